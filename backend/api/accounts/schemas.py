"""People in JSON."""

from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from backend.api.fields import MAX_ID, Input, Line, Name, UtcTime, absent
from backend.domain.accounts.actor import Role
from backend.domain.accounts.passwords import MAX_LENGTH
from backend.domain.accounts.user import UserChanges

RoleName = Literal["admin", "operator", "viewer"]
Language = Literal["en", "no", "sv", "da", "fi", "de", "fr"]
Theme = Literal["system", "dark", "light"]
Username = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]*$", min_length=1, max_length=64)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$", max_length=254)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LENGTH)]
SiteIds = Annotated[
    list[Annotated[int, Field(ge=1, le=MAX_ID)]],
    Field(max_length=200, description="Sites that this is limited to; empty means every site"),
    AfterValidator(lambda ids: sorted(set(ids))),
]


class Read(BaseModel):
    """An answer that is read from a domain value's attributes."""

    model_config = ConfigDict(from_attributes=True)


class User(Read):
    """A person who may log in."""

    id: int
    username: str
    email: str | None
    full_name: str
    role: RoleName
    site_ids: list[int]
    language: Language
    theme: Theme
    disabled: bool
    created_at: UtcTime
    last_login_at: UtcTime | None


class LoginRequest(Input):
    """Who you are, and what only you know."""

    username: Annotated[Line, Field(min_length=1)]
    password: Password


class Login(BaseModel):
    """An access token; send it as `Authorization: Bearer <token>`."""

    token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - its kind, not its value
    expires_at: UtcTime
    user: User


class Registration(Input):
    """An account that somebody makes for themselves."""

    username: Username
    password: Password
    email: Email | None = None


class ProfileChanges(Input):
    """What people may change about themselves."""

    language: Language = absent()
    theme: Theme = absent()
    email: Email | None = None
    full_name: Line = absent()

    def changes(self) -> UserChanges:
        """Only what was sent."""
        return cast(UserChanges, self.model_dump(exclude_unset=True))


class PasswordChange(Input):
    """A new password, and the present one to prove that it is you."""

    current_password: Password
    new_password: Password


class NewUser(Input):
    """A person to make known."""

    username: Username
    password: Password
    role: RoleName
    email: Email | None = None
    full_name: Line = ""
    site_ids: SiteIds = Field(default_factory=list)


class UserPatch(Input):
    """What an admin may change about a person; what is left out stays as it is."""

    role: RoleName = absent()
    site_ids: SiteIds = absent()
    email: Email | None = None
    full_name: Line = absent()
    language: Language = absent()
    theme: Theme = absent()
    disabled: bool = absent()
    password: Password = absent()

    def changes(self) -> UserChanges:
        """Only what was sent, in the domain's types."""
        sent: dict[str, Any] = self.model_dump(exclude_unset=True)
        if "role" in sent:
            sent["role"] = Role(sent["role"])
        if "site_ids" in sent:
            sent["site_ids"] = frozenset(sent["site_ids"])
        return cast(UserChanges, sent)


class Session(Read):
    """One login."""

    id: int
    created_at: UtcTime
    last_used_at: UtcTime
    address: str | None
    user_agent: str
    current: bool = False


class Ticket(BaseModel):
    """What the first message on a WebSocket carries; good once, for half a minute."""

    ticket: str
    expires_at: UtcTime


class NewApiToken(Input):
    """A key for a script; its role is at most your own."""

    name: Name
    role: RoleName
    site_ids: SiteIds = Field(default_factory=list)
    expires_in_days: int = Field(default=90, ge=1, le=365)


class ApiToken(Read):
    """A key for scripts, without its secret."""

    id: int
    name: str
    role: RoleName
    prefix: str
    site_ids: list[int]
    expires_at: UtcTime | None
    last_used_at: UtcTime | None
    created_at: UtcTime
    user_id: int
    username: str


class IssuedApiToken(ApiToken):
    """A new key with its text: it is shown this once and cannot be read again."""

    token: str


class AuditEvent(Read):
    """Something that somebody did."""

    id: int
    at: UtcTime
    actor: str
    actor_kind: Literal["user", "token", "system", "cli", "anonymous"]
    action: str
    entity: str
    entity_id: str | None
    address: str | None
    detail: dict[str, Any]


def user(found: object) -> User:
    """A person as JSON."""
    return User.model_validate(found)


def api_token(found: object) -> ApiToken:
    """A key as JSON."""
    return ApiToken.model_validate(found)

"""Who is doing something, and how much they may."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may do: look, work, or decide who else may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Higher may do everything that lower may."""
        return _RANKS[self]

    def covers(self, needed: "Role") -> bool:
        """Whether this role is enough where `needed` is asked for."""
        return self.rank >= needed.rank


_RANKS = {Role.VIEWER: 0, Role.OPERATOR: 1, Role.ADMIN: 2}


class ActorKind(StrEnum):
    """By what way somebody acts."""

    USER = "user"
    TOKEN = "token"  # noqa: S105 - the word, not a secret
    SYSTEM = "system"
    CLI = "cli"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever makes a call: a person at the UI, a script with an API token, the CLI, or Lanarium itself.

    `site_ids` empty means every site.
    """

    kind: ActorKind
    name: str
    role: Role
    user_id: int | None = None
    session_id: int | None = None
    api_token_id: int | None = None
    site_ids: frozenset[int] = field(default_factory=frozenset)
    address: str | None = None

    def may_see_site(self, site_id: int) -> bool:
        """Whether things of that site exist for this actor."""
        return not self.site_ids or site_id in self.site_ids


SYSTEM = Actor(ActorKind.SYSTEM, "lanarium", Role.ADMIN)

"""People who may log in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypedDict

from backend.domain.accounts.actor import Role
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class User:
    """One person; `site_ids` empty means every site.

    `epoch` is raised by a new role, site limit or password and by disabling: access tokens of an older one are
    void.
    """

    id: int
    username: str
    email: str | None
    full_name: str
    role: Role
    site_ids: frozenset[int]
    language: str
    theme: str
    disabled: bool
    epoch: int
    created_at: datetime
    last_login_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewUser:
    """What it takes to make a person known."""

    username: str
    password: str
    role: Role
    email: str | None = None
    full_name: str = ""
    site_ids: frozenset[int] = frozenset()


class UserChanges(TypedDict, total=False):
    """What may be changed about a person; what is absent stays as it is."""

    email: str | None
    full_name: str
    role: Role
    site_ids: frozenset[int]
    language: str
    theme: str
    disabled: bool
    password: str


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which people are asked for; `within_sites` empty means no limit."""

    search: str | None = None
    role: Role | None = None
    disabled: bool | None = None
    within_sites: frozenset[int] = frozenset()


class UserRepository(Protocol):
    """The people in the storage."""

    async def get(self, user_id: int) -> User | None:
        """One person."""
        ...

    async def by_username(self, username: str) -> User | None:
        """One person, by the name they log in with, in upper or lower case."""
        ...

    async def password_hash(self, user_id: int) -> str:
        """The hash of a person's password; raises NotFound."""
        ...

    async def page(self, wanted: UserFilter, request: PageRequest) -> Page[User]:
        """People, by name unless the request says otherwise."""
        ...

    async def add(self, user: NewUser, password_hash: str) -> User:
        """Make a person known; raises Conflict when the name or the e-mail address is taken."""
        ...

    async def change(self, user_id: int, changes: UserChanges, password_hash: str | None, *, end: bool) -> User:
        """Change a person (never the password by `changes`); `end` raises the epoch. Raises NotFound, Conflict."""
        ...

    async def note_login(self, user_id: int, at: datetime, password_hash: str | None) -> None:
        """Remember when they came, and their password's hash if it was made anew."""
        ...

    async def delete(self, user_id: int) -> None:
        """Forget a person, their sessions and tokens."""
        ...

    async def lock_admins(self) -> frozenset[int]:
        """Ids of the enabled admins of every site; nobody else changes them until the transaction ends."""
        ...

    async def is_empty(self) -> bool:
        """Whether nobody is known yet; whoever else asks waits until the transaction ends."""
        ...

    async def missing_sites(self, site_ids: frozenset[int]) -> frozenset[int]:
        """Those of the sites that do not exist."""
        ...

"""Making people known, changing them, and what they may change about themselves."""

from dataclasses import replace
from typing import Any

from backend.domain.accounts.actor import Actor, ActorKind, Role
from backend.domain.accounts.events import AccessChanged
from backend.domain.accounts.login import own_session
from backend.domain.accounts.passwords import PasswordHasher, PasswordPolicy
from backend.domain.accounts.throttle import FREE_TRIES, count_try, password_key
from backend.domain.accounts.user import NewUser, User, UserChanges, UserFilter
from backend.domain.clock import Clock
from backend.domain.errors import Conflict, Forbidden, Invalid, NotFound
from backend.domain.page import Page, PageRequest
from backend.domain.unit_of_work import UnitOfWork

# Changing one of these makes access tokens void that were given out before.
_RIGHTS = frozenset({"role", "site_ids", "disabled", "password"})


class PeopleService:
    """Users, as admins manage them and as they manage themselves.

    An admin who is limited to sites knows only people who are limited to some of the same sites.
    """

    def __init__(
        self, hasher: PasswordHasher, policy: PasswordPolicy, clock: Clock, *, open_registration: bool
    ) -> None:
        self._hasher = hasher
        self._policy = policy
        self._clock = clock
        self._open_registration = open_registration

    async def page(self, work: UnitOfWork, actor: Actor, wanted: UserFilter, request: PageRequest) -> Page[User]:
        """The people that the actor may manage."""
        return await work.users.page(replace(wanted, within_sites=actor.site_ids), request)

    async def get(self, work: UnitOfWork, actor: Actor, user_id: int) -> User:
        """One person; raises NotFound, also for one whom the actor may not manage."""
        user = await work.users.get(user_id)
        if user is None or not _manages(actor, user.site_ids):
            raise NotFound.of("user", user_id)
        return user

    async def create(self, work: UnitOfWork, actor: Actor, new: NewUser) -> User:
        """Make a person known; raises Invalid for a weak password or unknown sites, Conflict for a taken name."""
        self._policy.check(new.password, new.username)
        await self._check_sites(work, actor, new.site_ids)
        user = await work.users.add(new, await self._hasher.hash(new.password))
        await work.audit.record(actor, "create", "user", user.id, _told(new.username, new.role, new.site_ids))
        return user

    async def register(self, work: UnitOfWork, new: NewUser, address: str | None) -> User:
        """Make oneself known, as a viewer; raises Forbidden unless the setting allows it."""
        if not self._open_registration:
            raise Forbidden("Registration is closed; ask an admin for an account", code="registration_closed")
        actor = Actor(ActorKind.ANONYMOUS, new.username, Role.VIEWER, address=address)
        return await self.create(work, actor, new)

    async def change(self, work: UnitOfWork, actor: Actor, user_id: int, changes: UserChanges) -> User:
        """Change a person; raises NotFound, Invalid, and Conflict when no admin would be left."""
        before = await self.get(work, actor, user_id)
        if "site_ids" in changes:
            await self._check_sites(work, actor, changes["site_ids"])
        if not _is_keeper(before, changes):
            await _refuse_last_admin(work, user_id)
        hashed = await self._new_hash(before, changes)
        after = await work.users.change(user_id, changes, hashed, end=bool(_RIGHTS & changes.keys()))
        if "password" in changes or after.disabled:
            await work.sessions.revoke_all(user_id, "password or account changed by an admin", self._clock())
        await work.audit.record(actor, "update", "user", user_id, _difference(before, after, changes))
        work.collect(AccessChanged(user_id))
        return after

    async def delete(self, work: UnitOfWork, actor: Actor, user_id: int) -> None:
        """Forget a person; raises NotFound, and Conflict when no admin would be left."""
        user = await self.get(work, actor, user_id)
        await _refuse_last_admin(work, user_id)
        await work.users.delete(user_id)
        await work.audit.record(actor, "delete", "user", user_id, _told(user.username, user.role, user.site_ids))
        work.collect(AccessChanged(user_id))

    async def me(self, work: UnitOfWork, actor: Actor) -> User:
        """The person who calls."""
        user = await work.users.get(actor.user_id or 0)
        if user is None:
            raise NotFound.of("user", actor.user_id)
        return user

    async def change_me(self, work: UnitOfWork, actor: Actor, changes: UserChanges) -> User:
        """Change how oneself is greeted: never what one may do."""
        own_session(actor)
        before = await self.me(work, actor)
        after = await work.users.change(before.id, changes, None, end=False)
        await work.audit.record(actor, "update", "user", before.id, _difference(before, after, changes))
        return after

    async def change_password(self, work: UnitOfWork, actor: Actor, current: str, new: str) -> None:
        """Choose a new password; every other session ends.

        Raises Invalid when the present one is wrong, and Throttled when it was wrong too often.
        """
        session_id = own_session(actor)
        user = await self.me(work, actor)
        self._policy.check(new, user.username, "new_password")
        key = password_key(user.id)
        await count_try(work.throttles, {key: FREE_TRIES}, self._clock())
        await work.commit()
        if not await self._hasher.verify(current, await work.users.password_hash(user.id)):
            raise Invalid.for_field("current_password", "wrong_password", "This is not your present password")
        hashed = await self._hasher.hash(new)
        await work.throttles.clear(key)
        await work.users.change(user.id, {}, hashed, end=True)
        await work.sessions.revoke_all(user.id, "password changed", self._clock(), keep=session_id)
        await work.audit.record(actor, "change_password", "user", user.id)
        work.collect(AccessChanged(user.id))

    async def _new_hash(self, user: User, changes: UserChanges) -> str | None:
        if "password" not in changes:
            return None
        self._policy.check(changes["password"], user.username)
        return await self._hasher.hash(changes["password"])

    async def _check_sites(self, work: UnitOfWork, actor: Actor, site_ids: frozenset[int]) -> None:
        if not _manages(actor, site_ids):
            raise Forbidden("You may only give access to your own sites", code="site_not_yours")
        missing = await work.users.missing_sites(site_ids)
        if missing:
            raise Invalid.for_field("site_ids", "site_not_found", f"No such site: {min(missing)}", id=min(missing))


def _manages(actor: Actor, site_ids: frozenset[int]) -> bool:
    return not actor.site_ids or (bool(site_ids) and site_ids <= actor.site_ids)


def _is_keeper(user: User, changes: UserChanges) -> bool:
    """Whether the person is, after the changes, an enabled admin of every site."""
    role, sites = changes.get("role", user.role), changes.get("site_ids", user.site_ids)
    return role is Role.ADMIN and not sites and not changes.get("disabled", user.disabled)


async def _refuse_last_admin(work: UnitOfWork, user_id: int) -> None:
    admins = await work.users.lock_admins()
    if admins == {user_id}:
        raise Conflict("This is the last admin who can log in; make another one first", code="last_admin")


def _told(username: str, role: Role, site_ids: frozenset[int]) -> dict[str, Any]:
    return {"username": username, "role": role.value, "site_ids": sorted(site_ids)}


def _difference(before: User, after: User, changes: UserChanges) -> dict[str, Any]:
    """What changed, from what to what; of a password only that it did."""
    told: dict[str, Any] = {"username": before.username}
    for name in sorted(changes.keys() - {"password"}):
        was, is_now = getattr(before, name), getattr(after, name)
        if was != is_now:
            told[name] = [_plain(was), _plain(is_now)]
    if "password" in changes:
        told["password"] = "changed"  # noqa: S105 - says that, not what
    return told


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value

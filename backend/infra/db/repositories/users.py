"""People in PostgreSQL."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.actor import Role
from backend.domain.accounts.user import NewUser, User, UserChanges, UserFilter
from backend.domain.errors import Conflict, NotFound
from backend.domain.page import Page, PageRequest
from backend.infra.db.locks import Lock, hold
from backend.infra.db.sorting import ordering
from backend.infra.db.tables.accounts import user_sites
from backend.infra.db.tables.accounts import users as table
from backend.infra.db.tables.places import sites

_SITES = (
    sa.select(sa.func.array_agg(user_sites.c.site_id))
    .where(user_sites.c.user_id == table.c.id)
    .scalar_subquery()
    .label("site_ids")
)
_QUERY = sa.select(table, _SITES)
_SORTABLE = {
    "username": sa.func.lower(table.c.username),
    "role": table.c.role,
    "created_at": table.c.created_at,
    "last_login_at": table.c.last_login_at,
}
_PLAIN = ("email", "full_name", "language", "theme", "disabled", "role")


class SqlUsers:
    """Users on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: int) -> User | None:
        """One person."""
        row = (await self._connection.execute(_QUERY.where(table.c.id == user_id))).one_or_none()
        return _user(row) if row else None

    async def by_username(self, username: str) -> User | None:
        """One person, by the name they log in with."""
        found = _QUERY.where(sa.func.lower(table.c.username) == username.lower())
        row = (await self._connection.execute(found)).one_or_none()
        return _user(row) if row else None

    async def password_hash(self, user_id: int) -> str:
        """The hash of a person's password."""
        found = sa.select(table.c.password_hash).where(table.c.id == user_id)
        hashed: str | None = await self._connection.scalar(found)
        if hashed is None:
            raise NotFound.of("user", user_id)
        return hashed

    async def page(self, wanted: UserFilter, request: PageRequest) -> Page[User]:
        """People, by name unless the request says otherwise."""
        conditions = _conditions(wanted)
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions))
        rows = await self._connection.execute(
            _QUERY.where(*conditions)
            .order_by(ordering(request.sort, _SORTABLE, "username"), table.c.id)
            .limit(request.limit)
            .offset(request.offset)
        )
        return Page.of([_user(row) for row in rows], total or 0, request)

    async def add(self, user: NewUser, password_hash: str) -> User:
        """Make a person known."""
        values = {
            "username": user.username,
            "email": user.email,
            "full_name": user.full_name,
            "role": user.role.value,
            "password_hash": password_hash,
        }
        try:
            user_id = await self._connection.scalar(table.insert().values(values).returning(table.c.id))
        except IntegrityError as error:
            raise _taken(error) from error
        assert user_id is not None
        await self._set_sites(user_id, user.site_ids)
        return await self._known(user_id)

    async def change(self, user_id: int, changes: UserChanges, password_hash: str | None, *, end: bool) -> User:
        """Change a person."""
        values: dict[str, Any] = {name: changes[name] for name in _PLAIN if name in changes}  # type: ignore[literal-required]
        if password_hash is not None:
            values["password_hash"] = password_hash
        if end:
            values["epoch"] = table.c.epoch + 1
        if values:
            try:
                await self._connection.execute(table.update().where(table.c.id == user_id).values(values))
            except IntegrityError as error:
                raise _taken(error) from error
        if "site_ids" in changes:
            await self._set_sites(user_id, changes["site_ids"])
        return await self._known(user_id)

    async def note_login(self, user_id: int, at: datetime, password_hash: str | None) -> None:
        """Remember when they came, and their password's hash if it was made anew."""
        values: dict[str, Any] = {"last_login_at": at}
        if password_hash is not None:
            values["password_hash"] = password_hash
        await self._connection.execute(table.update().where(table.c.id == user_id).values(values))

    async def delete(self, user_id: int) -> None:
        """Forget a person; sessions, tokens and tickets go with them."""
        await self._connection.execute(table.delete().where(table.c.id == user_id))

    async def lock_admins(self) -> frozenset[int]:
        """Ids of the enabled admins of every site."""
        await hold(self._connection, Lock.ADMINS)
        limited = sa.exists().where(user_sites.c.user_id == table.c.id)
        admins = sa.select(table.c.id).where(table.c.role == Role.ADMIN.value, ~table.c.disabled, ~limited)
        return frozenset((await self._connection.scalars(admins)).all())

    async def is_empty(self) -> bool:
        """Whether nobody is known yet."""
        await hold(self._connection, Lock.FIRST_USER)
        return not await self._connection.scalar(sa.select(sa.exists().where(table.c.id.is_not(None))))

    async def missing_sites(self, site_ids: frozenset[int]) -> frozenset[int]:
        """Those of the sites that do not exist."""
        if not site_ids:
            return frozenset()
        found = await self._connection.scalars(sa.select(sites.c.id).where(sites.c.id.in_(site_ids)))
        return site_ids - frozenset(found.all())

    async def _set_sites(self, user_id: int, site_ids: frozenset[int]) -> None:
        await self._connection.execute(user_sites.delete().where(user_sites.c.user_id == user_id))
        if site_ids:
            rows = [{"user_id": user_id, "site_id": site_id} for site_id in sorted(site_ids)]
            await self._connection.execute(user_sites.insert(), rows)

    async def _known(self, user_id: int) -> User:
        user = await self.get(user_id)
        if user is None:
            raise NotFound.of("user", user_id)
        return user


def _conditions(wanted: UserFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.search:
        columns = (table.c.username, table.c.email, table.c.full_name)
        conditions.append(sa.or_(*(column.icontains(wanted.search, autoescape=True) for column in columns)))
    if wanted.role:
        conditions.append(table.c.role == wanted.role.value)
    if wanted.disabled is not None:
        conditions.append(table.c.disabled == wanted.disabled)
    if wanted.within_sites:
        own = user_sites.c.user_id == table.c.id
        conditions.append(sa.exists().where(own))
        conditions.append(~sa.exists().where(own, user_sites.c.site_id.not_in(wanted.within_sites)))
    return conditions


def _taken(error: IntegrityError) -> Conflict:
    if "uq_users_email" in str(error):
        return Conflict("Another user has this e-mail address", code="email_taken")
    return Conflict("Another user has this name", code="username_taken")


def _user(row: sa.Row[Any]) -> User:
    return User(
        id=row.id,
        username=row.username,
        email=row.email,
        full_name=row.full_name,
        role=Role(row.role),
        site_ids=frozenset(row.site_ids or ()),
        language=row.language,
        theme=row.theme,
        disabled=row.disabled,
        epoch=row.epoch,
        created_at=row.created_at,
        last_login_at=row.last_login_at,
    )

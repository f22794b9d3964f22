"""Schedules and blackout windows in PostgreSQL."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.blackouts import Blackout, NewBlackout
from backend.domain.discovery.schedules import NewSchedule, Schedule, Skipped
from backend.domain.discovery.storage import Sites
from backend.domain.errors import Conflict
from backend.domain.page import Page, PageRequest
from backend.infra.db.repositories.projects import in_sites
from backend.infra.db.sorting import ordering
from backend.infra.db.tables.discovery import blackout_windows, scan_schedules

SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "name": sa.func.lower(scan_schedules.c.name),
    "next_run_at": scan_schedules.c.next_run_at,
    "last_run_at": scan_schedules.c.last_run_at,
}


class SqlScanPlans:
    """Both on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_schedule(self, site_id: int, project_id: int, by: int | None, wanted: NewSchedule) -> int:
        """Write one down."""
        values = {"site_id": site_id, "project_id": project_id, "created_by": by, **_wanted(wanted)}
        return await self._add(scan_schedules, values)

    async def schedule(self, schedule_id: int, *, lock: bool = False) -> Schedule | None:
        """One schedule."""
        select = sa.select(scan_schedules).where(scan_schedules.c.id == schedule_id)
        row = (await self._connection.execute(select.with_for_update() if lock else select)).one_or_none()
        return _schedule(row) if row else None

    async def save_schedule(self, schedule: Schedule) -> None:
        """Write all of it."""
        skipped = schedule.last_skipped
        values = {
            **_wanted(schedule.wanted),
            "next_run_at": schedule.next_run_at,
            "last_run_at": schedule.last_run_at,
            "last_scan_id": schedule.last_scan_id,
            "last_skipped": skipped and {"at": skipped.at.isoformat(), "code": skipped.code, "text": skipped.text},
        }
        await self._free_name(scan_schedules, schedule.site_id, schedule.wanted.name, schedule.id)
        update = scan_schedules.update().where(scan_schedules.c.id == schedule.id)
        await self._connection.execute(update.values(**values))

    async def delete_schedule(self, schedule_id: int) -> None:
        """Forget it."""
        await self._connection.execute(scan_schedules.delete().where(scan_schedules.c.id == schedule_id))

    async def schedules(self, sites: Sites, request: PageRequest) -> Page[Schedule]:
        """Schedules by name."""
        matching = sa.select(scan_schedules).where(*in_sites(scan_schedules.c.site_id, sites))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(matching.subquery()))
        order = (ordering(request.sort, SORTS, "name"), scan_schedules.c.id)
        rows = await self._connection.execute(
            matching.order_by(*order).limit(request.limit).offset(request.offset)
        )
        return Page.of([_schedule(row) for row in rows], total or 0, request)

    async def due(self, now: datetime) -> Sequence[Schedule]:
        """Those whose time has come, locked."""
        select = (
            sa.select(scan_schedules)
            .where(scan_schedules.c.enabled, scan_schedules.c.next_run_at <= now)
            .order_by(scan_schedules.c.next_run_at, scan_schedules.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return [_schedule(row) for row in await self._connection.execute(select)]

    async def add_blackout(self, site_id: int, wanted: NewBlackout) -> int:
        """Write a window down."""
        return await self._add(blackout_windows, {"site_id": site_id, **_wanted(wanted)})

    async def blackout(self, blackout_id: int) -> Blackout | None:
        """One window."""
        select = sa.select(blackout_windows).where(blackout_windows.c.id == blackout_id)
        row = (await self._connection.execute(select)).one_or_none()
        return _blackout(row) if row else None

    async def save_blackout(self, blackout: Blackout) -> None:
        """Write all of it."""
        await self._free_name(blackout_windows, blackout.site_id, blackout.wanted.name, blackout.id)
        update = blackout_windows.update().where(blackout_windows.c.id == blackout.id)
        await self._connection.execute(update.values(**_wanted(blackout.wanted)))

    async def delete_blackout(self, blackout_id: int) -> None:
        """Forget it."""
        await self._connection.execute(blackout_windows.delete().where(blackout_windows.c.id == blackout_id))

    async def blackouts(self, sites: Sites) -> Sequence[Blackout]:
        """Every window by name."""
        select = sa.select(blackout_windows).where(*in_sites(blackout_windows.c.site_id, sites))
        order = (sa.func.lower(blackout_windows.c.name), blackout_windows.c.id)
        return [_blackout(row) for row in await self._connection.execute(select.order_by(*order))]

    async def _add(self, table: sa.Table, values: Mapping[str, Any]) -> int:
        made = insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
        new_id = (await self._connection.execute(made)).scalar_one_or_none()
        if new_id is None:
            raise _taken(str(values["name"]))
        return int(new_id)

    async def _free_name(self, table: sa.Table, site_id: int, name: str, mine: int) -> None:
        other = sa.select(table.c.id).where(
            table.c.site_id == site_id, sa.func.lower(table.c.name) == sa.func.lower(name), table.c.id != mine
        )
        if await self._connection.scalar(other) is not None:
            raise _taken(name)


def _taken(name: str) -> Conflict:
    return Conflict(f"There is one called {name} already", code="name_taken", params={"name": name})


def _wanted(wanted: NewSchedule | NewBlackout) -> dict[str, Any]:
    values = {slot.name: getattr(wanted, slot.name) for slot in dataclasses.fields(wanted)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _schedule(row: sa.Row[Any]) -> Schedule:
    skipped = row.last_skipped
    return Schedule(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        project_id=row.project_id,
        wanted=NewSchedule(
            name=row.name,
            targets=tuple(row.targets),
            exclusions=tuple(row.exclusions),
            profile=row.profile,
            options=row.options,
            cron=row.cron,
            timezone=row.timezone,
            enabled=row.enabled,
        ),
        created_by=row.created_by,
        created_at=row.created_at,
        next_run_at=row.next_run_at,
        last_run_at=row.last_run_at,
        last_scan_id=row.last_scan_id,
        last_skipped=Skipped(datetime.fromisoformat(skipped["at"]), skipped["code"], skipped["text"])
        if skipped
        else None,
    )


def _blackout(row: sa.Row[Any]) -> Blackout:
    wanted = NewBlackout(
        name=row.name,
        cron=row.cron,
        duration_min=row.duration_min,
        timezone=row.timezone,
        networks=tuple(row.networks),
        enabled=row.enabled,
    )
    return Blackout(row.id, row.uid, row.site_id, wanted, row.created_at)

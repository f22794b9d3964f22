"""What was measured, as charts, lists and exports read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg
import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.errors import Unavailable
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.metrics.exposition import Exposed
from backend.domain.metrics.points import Bucket
from backend.domain.metrics.reading import Series, Subject
from backend.domain.metrics.resolution import Filled, Plan
from backend.domain.monitoring.collector import Sample
from backend.domain.page import PageRequest
from backend.infra.db.queries.history_sql import METRICS, SAMPLES, Measured, parts_query, rows_query
from backend.infra.db.queries.newest import newest_values
from backend.infra.db.tables.inventory import devices
from backend.infra.db.tables.metrics import measure_levels, metrics, samples, series
from backend.infra.db.tables.monitoring import monitors, plugins

_NAME = sa.func.coalesce(sa.func.nullif(monitors.c.name, ""), devices.c.name, monitors.c.address, "")
_SUBJECTS = sa.select(monitors.c.id, plugins.c.type, monitors.c.polling_interval, _NAME.label("name")).select_from(
    monitors.join(plugins, plugins.c.id == monitors.c.plugin_id).outerjoin(
        devices, devices.c.id == monitors.c.device_id
    )
)


class SqlHistory:
    """Reads on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def subjects(self, scope: SiteScope, monitor_ids: Sequence[int]) -> list[Subject]:
        """Those of these monitors that there are within these sites."""
        query = _SUBJECTS.where(monitors.c.id.in_(monitor_ids)).order_by(monitors.c.id)
        if scope:
            query = query.where(monitors.c.site_id.in_(scope))
        rows = await self._connection.execute(query)
        return [Subject(row.id, row.type, row.polling_interval, row.name) for row in rows]

    async def filled(self) -> Filled:
        """How far roll-ups are filled, and what was dropped."""
        rows = (await self._connection.execute(sa.select(measure_levels))).all()
        return Filled(
            until={row.level: row.filled_until for row in rows if row.filled_until},
            since={row.level: row.kept_since for row in rows if row.kept_since},
        )

    async def latest(self, monitor_id: int) -> dict[str, Any] | None:
        """The newest row."""
        query = sa.select(metrics).where(metrics.c.monitor_id == monitor_id)
        found = await self._connection.execute(query.order_by(metrics.c.timestamp.desc()).limit(1))
        row = found.mappings().one_or_none()
        return dict(row) if row else None

    async def rows(
        self, monitor_id: int, columns: Sequence[str], start: datetime, end: datetime, most: int
    ) -> list[Mapping[str, Any]]:
        """Rows from `start` until before `end`, the oldest first."""
        return await self._fetch(rows_query(METRICS, tuple(columns)), monitor_id, start, end, most)

    async def buckets(self, monitor_ids: Sequence[int], columns: Sequence[str], plan: Plan) -> list[Bucket]:
        """Parts of buckets, in the order of monitor and time."""
        return await self._buckets(METRICS, monitor_ids, columns, plan)

    async def series(self, monitor_id: int, request: PageRequest) -> tuple[list[Series], int]:
        """A page of the labelled series of a monitor, and how many there are."""
        newest = (
            sa.select(samples.c.timestamp, samples.c.value)
            .where(samples.c.series_id == series.c.id)
            .order_by(samples.c.timestamp.desc())
            .limit(1)
            .lateral("newest")
        )
        mine = series.c.monitor_id == monitor_id
        query = (
            sa.select(series.c.id, series.c.name, series.c.labels, newest.c.value, newest.c.timestamp)
            .select_from(series.outerjoin(newest, sa.true()))
            .where(mine)
            .order_by(series.c.name, sa.cast(series.c.labels, sa.Text))
        )
        rows = await self._connection.execute(query.limit(request.limit).offset(request.offset))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(series).where(mine))
        return [Series(row.id, row.name, row.labels, row.value, row.timestamp) for row in rows], total or 0

    async def series_id(self, monitor_id: int, name: str, labels: dict[str, str]) -> int | None:
        """One series of a monitor."""
        given = sa.cast(sa.literal(orjson.dumps(labels).decode(), sa.Text), JSONB)
        query = sa.select(series.c.id).where(
            series.c.monitor_id == monitor_id, series.c.name == name, series.c.labels == given
        )
        found: int | None = await self._connection.scalar(query)
        return found

    async def samples_at(self, monitor_id: int, at: datetime) -> list[Sample]:
        """The labelled values of one poll."""
        query = (
            sa.select(series.c.name, series.c.labels, samples.c.value)
            .join(samples, samples.c.series_id == series.c.id)
            .where(series.c.monitor_id == monitor_id, samples.c.timestamp == at)
            .order_by(series.c.name, series.c.id)
        )
        return [Sample(row.name, row.value, row.labels) for row in await self._connection.execute(query)]

    async def sample_rows(
        self, series_id: int, start: datetime, end: datetime, most: int
    ) -> list[Mapping[str, Any]]:
        """Values from `start` until before `end`, the oldest first."""
        return await self._fetch(rows_query(SAMPLES, SAMPLES.columns), series_id, start, end, most)

    async def sample_buckets(self, series_id: int, plan: Plan) -> list[Bucket]:
        """Parts of buckets, in the order of time."""
        return await self._buckets(SAMPLES, (series_id,), ("value",), plan)

    async def newest(self, scope: SiteScope, monitors: int, samples: int) -> tuple[list[Exposed], bool]:
        """Values of at most so many monitors that are not too old; and whether there are more."""
        return await newest_values(self._connection, scope, monitors, samples)

    async def _buckets(
        self, measured: Measured, keys: Sequence[int], columns: Sequence[str], plan: Plan
    ) -> list[Bucket]:
        levels = tuple(part.level for part in plan.parts)
        moments = [moment for part in plan.parts for moment in (part.start, part.end)]
        text = parts_query(measured, tuple(columns), levels, plan.step_s)
        return await self._fetch(text, list(keys), *moments)

    async def _fetch(self, text: str, *given: Any) -> list[Any]:
        """Rows as the driver has them: of thousands, each costs SQLAlchemy more than PostgreSQL."""
        held = await self._connection.get_raw_connection()
        driver: Any = held.driver_connection
        try:
            found: list[Any] = await driver.fetch(text, *given)
        except (asyncpg.InterfaceError, OSError) as error:
            raise Unavailable("The database is away; try again in a moment", code="storage_away") from error
        return found

"""Lists of projects, scans and what they saw, for people."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.compare import Compared, Comparison
from backend.domain.discovery.difficult import DifficultTarget
from backend.domain.discovery.heatmap import CellCounts
from backend.domain.discovery.merged import merged_hosts
from backend.domain.discovery.projects import Project
from backend.domain.discovery.sampling import Answered
from backend.domain.discovery.scan import Artifact, LogLine, Scan
from backend.domain.discovery.storage import HostRow, ScanFilter, Sites
from backend.domain.errors import Invalid
from backend.domain.page import Page, PageRequest
from backend.infra.db.queries.scan_views import answered, cell_counts, comparison
from backend.infra.db.repositories.difficult_targets import SELECT_TARGET
from backend.infra.db.repositories.projects import SELECT as SELECT_PROJECT
from backend.infra.db.repositories.projects import in_sites, project_of
from backend.infra.db.repositories.scan_rows import SELECT_SCAN, artifact_of, line_of, scan_of, target_of
from backend.infra.db.tables.discovery import (
    artifacts,
    difficult_targets,
    projects,
    scan_chunks,
    scan_lines,
    scans,
)
from backend.infra.db.tables.inventory import observations

SCAN_SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "created_at": scans.c.created_at,
    "started_at": scans.c.started_at,
    "finished_at": scans.c.finished_at,
    "name": sa.func.lower(scans.c.name),
    "status": scans.c.status,
    "hosts_up": scans.c.hosts_up,
}
PROJECT_SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "name": sa.func.lower(projects.c.name),
    "created_at": projects.c.created_at,
}


class SqlDiscoveryReads:
    """Lists on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def projects(self, sites: Sites, request: PageRequest) -> Page[Project]:
        """Projects by name."""
        matching = SELECT_PROJECT.where(*in_sites(projects.c.site_id, sites))
        order = ordered(PROJECT_SORTS, request.sort or "name", projects.c.id)
        rows, total = await self._page(matching.order_by(*order), request)
        return Page.of([project_of(row) for row in rows], total, request)

    async def scans(self, sites: Sites, wanted: ScanFilter, request: PageRequest) -> Page[Scan]:
        """Scans, newest first unless asked otherwise."""
        matching = SELECT_SCAN.where(*in_sites(scans.c.site_id, sites), *_wanted(wanted))
        order = ordered(SCAN_SORTS, request.sort or "-created_at", scans.c.id)
        rows, total = await self._page(matching.order_by(*order), request)
        return Page.of([scan_of(row) for row in rows], total, request)

    async def scan_lines(self, scan_id: int, after: int, limit: int) -> tuple[LogLine, ...]:
        """The log after a sequence number."""
        select = sa.select(scan_lines).where(scan_lines.c.scan_id == scan_id, scan_lines.c.seq > after)
        rows = await self._connection.execute(select.order_by(scan_lines.c.seq).limit(limit))
        return tuple(line_of(row) for row in rows)

    async def find_lines(
        self, scan_id: int, after: int, limit: int, text: str, chunk: int | None
    ) -> tuple[tuple[LogLine, ...], int]:
        """Lines after a sequence number that hold the text or belong to the chunk, and how many there are."""
        fitting = [scan_lines.c.scan_id == scan_id]
        fitting += [scan_lines.c.text.icontains(text, autoescape=True)] if text else []
        fitting += [scan_lines.c.chunk == chunk] if chunk is not None else []
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(scan_lines).where(*fitting))
        select = sa.select(scan_lines).where(*fitting, scan_lines.c.seq > after)
        rows = await self._connection.execute(select.order_by(scan_lines.c.seq).limit(limit))
        return tuple(line_of(row) for row in rows), total or 0

    async def artifacts(self, scan_id: int) -> tuple[Artifact, ...]:
        """The files of a scan by chunk and kind."""
        select = sa.select(artifacts).join(scan_chunks, scan_chunks.c.id == artifacts.c.chunk_id)
        rows = await self._connection.execute(
            select.where(artifacts.c.scan_id == scan_id).order_by(scan_chunks.c.number, artifacts.c.kind)
        )
        return tuple(artifact_of(row) for row in rows)

    async def artifact(self, uid: UUID) -> tuple[Artifact, int] | None:
        """One file, and the site of its scan."""
        select = sa.select(artifacts, scans.c.site_id).join(scans, scans.c.id == artifacts.c.scan_id)
        row = (await self._connection.execute(select.where(artifacts.c.uid == uid))).one_or_none()
        return (artifact_of(row), row.site_id) if row else None

    async def difficult_targets(self, scan_id: int, request: PageRequest) -> Page[DifficultTarget]:
        """The targets of a scan that were put aside, by address."""
        matching = SELECT_TARGET.where(difficult_targets.c.scan_id == scan_id)
        order = (difficult_targets.c.address, difficult_targets.c.id)
        rows, total = await self._page(matching.order_by(*order), request)
        return Page.of([target_of(row) for row in rows], total, request)

    async def cell_counts(self, scan_id: int, cells: Sequence[AddressRange]) -> Mapping[int, CellCounts]:
        """What a scan saw in each cell, by the cell's place."""
        return await cell_counts(self._connection, scan_id, cells)

    async def answered(self, scan_id: int, request: PageRequest) -> Answered:
        """The /24s in which somebody answered a scan, by address."""
        return await answered(self._connection, scan_id, request)

    async def comparison(
        self, scans: tuple[int, int], addresses: AddressSet, ports: Compared, request: PageRequest
    ) -> Comparison:
        """The differences between a scan and an earlier one, at addresses that both asked."""
        return await comparison(self._connection, scans, addresses, ports, request)

    async def previous(self, scan: Scan) -> Scan | None:
        """The newest earlier scan that is over and was of the same targets, else of the same project."""
        over = scans.c.status.in_(["completed", "partial", "stopped"])
        same = scans.c.ranges == sa.cast(list(scan.ranges), JSONB)
        mine = sa.or_(same, scans.c.project_id == scan.project_id)
        earlier = SELECT_SCAN.where(scans.c.site_id == scan.site_id, scans.c.id < scan.id, over, mine)
        row = (await self._connection.execute(earlier.order_by(same.desc(), scans.c.id.desc()).limit(1))).first()
        return scan_of(row) if row else None

    async def hosts(self, scan_id: int, request: PageRequest) -> Page[HostRow]:
        """The hosts that a scan saw, by address, each from all that its sources said."""
        seen = sa.select(observations.c.address).where(
            observations.c.scan_id == scan_id, observations.c.address.is_not(None)
        )
        rows, total = await self._page(seen.distinct().order_by(observations.c.address), request)
        return Page.of(await self._seen(scan_id, [row.address for row in rows]), total, request)

    async def host(self, host_id: int) -> HostRow | None:
        """One of them."""
        select = sa.select(observations).where(observations.c.id == host_id)
        row = (await self._connection.execute(select)).one_or_none()
        if row is None or row.scan_id is None or row.address is None:
            return _host(row) if row else None
        return (await self._seen(row.scan_id, [row.address]))[0]

    async def history(self, address: str, sites: Sites, request: PageRequest) -> Page[HostRow]:
        """Everything that was ever observed at an address, newest first."""
        here = observations.c.address == sa.cast(address, INET)
        matching = sa.select(observations).where(here, *in_sites(observations.c.site_id, sites))
        order = (observations.c.observed_at.desc(), observations.c.id.desc())
        rows, total = await self._page(matching.order_by(*order), request)
        return Page.of([_host(row) for row in rows], total, request)

    async def _seen(self, scan_id: int, where: Sequence[Any]) -> list[HostRow]:
        mine = observations.c.scan_id == scan_id, observations.c.address.in_(where)
        order = observations.c.address, observations.c.id
        rows = await self._connection.execute(sa.select(observations).where(*mine).order_by(*order))
        return merged_hosts((row.source, _host(row)) for row in rows)

    async def _page(self, select: sa.Select[Any], request: PageRequest) -> tuple[list[sa.Row[Any]], int]:
        counted = sa.select(sa.func.count()).select_from(select.order_by(None).subquery())
        total = await self._connection.scalar(counted)
        rows = await self._connection.execute(select.limit(request.limit).offset(request.offset))
        return list(rows), total or 0


def ordered(
    sorts: Mapping[str, sa.ColumnElement[Any]], wanted: str, last: sa.ColumnElement[Any]
) -> tuple[sa.ColumnElement[Any], ...]:
    """The order that a person asked for, made unambiguous; raises Invalid for a field that does not sort."""
    column = sorts.get(wanted.removeprefix("-"))
    if column is None:
        choices = ", ".join(sorted(sorts))
        raise Invalid.for_field(
            "sort", "sort_unknown", f"Sort by one of {choices}; a dash before it turns it round", choices=choices
        )
    if wanted.startswith("-"):
        return column.desc().nulls_last(), last.desc()
    return column.asc().nulls_last(), last.asc()


def _wanted(wanted: ScanFilter) -> list[sa.ColumnElement[bool]]:
    status = wanted.status.value if wanted.status else None
    equal = {
        scans.c.project_id: wanted.project_id,
        scans.c.status: status,
        scans.c.site_id: wanted.site_id,
        scans.c.profile: wanted.profile,
    }
    return [column == value for column, value in equal.items() if value is not None]


def _host(row: sa.Row[Any]) -> HostRow:
    return HostRow(
        id=row.id,
        scan_id=row.scan_id,
        site_id=row.site_id,
        address=None if row.address is None else str(row.address).partition("/")[0],
        mac=row.mac,
        device_id=row.device_id,
        observed_at=row.observed_at,
        facts=row.facts,
    )

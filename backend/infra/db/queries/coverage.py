"""What was asked of the networks, and which addresses are known without having been asked."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.covering import Asked, KnownAddress, SampleScan
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.page import Page, PageRequest
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.base import INET
from backend.infra.db.tables.discovery import scan_chunks, scans
from backend.infra.db.tables.inventory import addresses, devices, observations

# A whole scan counts by its ranges, so that years of nightly scans stay a few thousand rows.
MOST_ASKED = 20_000
MOST_KNOWN = 20_000
SEEN_PIECEMEAL = 5_000
# They ask a few addresses of each /24: told of beside what was asked as a whole (`samples`).
_SAMPLED = ("sample",)
MOST_SAMPLES = 50
_IN_USE = sa.text(
    "SELECT w.place, count(DISTINCT network(set_masklen(o.address, 24))) AS in_use"
    " FROM unnest(:scans, :cidrs) WITH ORDINALITY AS w(scan, cidr, place)"
    " JOIN observations o ON o.scan_id = w.scan AND o.address <<= w.cidr AND o.facts->>'state' = 'up'"
    " GROUP BY 1"
).bindparams(sa.bindparam("scans", type_=ARRAY(sa.BigInteger)), sa.bindparam("cidrs", type_=ARRAY(INET)))
_SORTS = {
    "address": addresses.c.ip,
    "seen_at": addresses.c.last_seen,
    "source": addresses.c.source,
    "vendor": sa.func.lower(devices.c.vendor),
    "mac": devices.c.mac,
}
_FOUND = (
    addresses.c.site_id,
    sa.func.host(addresses.c.ip).label("address"),
    sa.cast(devices.c.mac, sa.Text).label("mac"),
    devices.c.vendor,
    addresses.c.source,
    addresses.c.last_seen,
    devices.c.id.label("device_id"),
    devices.c.name,
)


class SqlCoverageReader:
    """Reads on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def held(self, site_id: int, wanted: Collection[str]) -> set[str]:
        """Those of the addresses that a device of the site has at present."""
        query = sa.select(addresses.c.value).where(
            addresses.c.site_id == site_id, addresses.c.current, addresses.c.value.in_(wanted)
        )
        return set(await self._connection.scalars(query))

    async def asked(self, scope: SiteScope, site_id: int | None) -> list[Asked]:
        """Whole scans, chunks of scans that did not come to their end, and what those saw one by one."""
        whole = scans.c.status == "completed"
        mine = [scans.c.profile.not_in(_SAMPLED), *_in(scans.c.site_id, scope, site_id)]
        complete = sa.select(
            scans.c.site_id, scans.c.ranges.label("ranges"), scans.c.finished_at.label("at")
        ).where(whole, scans.c.finished_at.is_not(None), *mine)
        done = (
            sa.select(scans.c.site_id, scan_chunks.c.targets, scan_chunks.c.finished_at)
            .select_from(scan_chunks.join(scans))
            .where(sa.not_(whole), scan_chunks.c.status == "done", scan_chunks.c.finished_at.is_not(None), *mine)
        )
        both = sa.union_all(complete, done).subquery()
        rows = await self._connection.execute(sa.select(both).order_by(both.c.at.desc()).limit(MOST_ASKED))
        found = [Asked(row.site_id, tuple(row.ranges), row.at) for row in rows]
        found += await self._seen_piecemeal(mine)
        return sorted(found, key=lambda item: item.at, reverse=True)

    async def _seen_piecemeal(self, mine: list[sa.ColumnElement[bool]]) -> list[Asked]:
        """Addresses that a chunk saw which was not done: asked, though nobody knows what else was."""
        query = (
            sa.select(
                observations.c.site_id,
                sa.func.host(observations.c.address).label("address"),
                sa.func.max(observations.c.observed_at).label("at"),
            )
            .select_from(observations.join(scan_chunks, scan_chunks.c.id == observations.c.chunk_id).join(scans))
            .where(scan_chunks.c.status != "done", observations.c.address.is_not(None), *mine)
            .group_by(observations.c.site_id, observations.c.address)
            .order_by(sa.desc("at"))
            .limit(SEEN_PIECEMEAL)
        )
        return [Asked(row.site_id, (row.address,), row.at) for row in await self._connection.execute(query)]

    async def samples(self, scope: SiteScope, site_id: int | None) -> list[SampleScan]:
        """Samples that are over, newest first."""
        query = (
            sa.select(scans.c.id, scans.c.site_id, scans.c.ranges, scans.c.finished_at)
            .where(scans.c.profile.in_(_SAMPLED), scans.c.status == "completed", scans.c.finished_at.is_not(None))
            .where(*_in(scans.c.site_id, scope, site_id))
            .order_by(scans.c.finished_at.desc())
            .limit(MOST_SAMPLES)
        )
        rows = await self._connection.execute(query)
        return [SampleScan(row.id, row.site_id, tuple(row.ranges), row.finished_at) for row in rows]

    async def blocks_in_use(self, wanted: Sequence[tuple[int, str]]) -> list[int]:
        """For each scan and network, in how many /24s of the network somebody answered the scan."""
        if not wanted:
            return []
        values = {"scans": [scan for scan, _ in wanted], "cidrs": [cidr for _, cidr in wanted]}
        found = {row.place: int(row.in_use) for row in await self._connection.execute(_IN_USE, values)}
        return [found.get(place, 0) for place in range(1, len(wanted) + 1)]

    async def unasked_addresses(self, scope: SiteScope, site_id: int | None) -> list[KnownAddress]:
        """Known, and never asked; those seen last first."""
        query = _unasked(scope, site_id, None).order_by(addresses.c.last_seen.desc()).limit(MOST_KNOWN)
        return [_known(row) for row in await self._connection.execute(query)]

    async def unasked_page(
        self, scope: SiteScope, site_id: int | None, version: int | None, request: PageRequest
    ) -> Page[KnownAddress]:
        """The same in pages."""
        query = _unasked(scope, site_id, version)
        order = ordering(request.sort or "-seen_at", _SORTS, addresses.c.id)
        page = query.order_by(*order).limit(request.limit).offset(request.offset)
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        return Page.of([_known(row) for row in await self._connection.execute(page)], total or 0, request)


def _unasked(scope: SiteScope, site_id: int | None, version: int | None) -> sa.Select[Any]:
    asked = sa.exists().where(
        observations.c.site_id == addresses.c.site_id,
        observations.c.address == addresses.c.ip,
        observations.c.scan_id.is_not(None),
    )
    query = (
        sa.select(*_FOUND)
        .select_from(addresses.join(devices))
        .where(addresses.c.current, addresses.c.ip.is_not(None), ~asked, *_in(addresses.c.site_id, scope, site_id))
    )
    return query.where(sa.func.family(addresses.c.ip) == version) if version else query


def _in(column: sa.ColumnElement[Any], scope: SiteScope, site_id: int | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [column.in_(scope)] if scope else []
    return found + ([column == site_id] if site_id is not None else [])


def _known(row: Any) -> KnownAddress:
    return KnownAddress(
        site_id=row.site_id,
        address=row.address,
        mac=row.mac,
        vendor=row.vendor,
        source=row.source,
        seen_at=row.last_seen,
        device_id=row.device_id,
        device_name=row.name,
    )

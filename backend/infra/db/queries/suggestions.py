"""Open ports that nobody watches, found by one query whatever the number of devices."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.monitoring.suggestions import (
    PER_PORT,
    TLS_PORTS,
    Candidate,
    Hint,
    Key,
    SuggestionFilter,
)
from backend.domain.page import Page, PageRequest
from backend.infra.db.locks import Lock, hold
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.inventory import devices, ports
from backend.infra.db.tables.monitoring import dismissed_suggestions as dismissed
from backend.infra.db.tables.monitoring import monitors, plugins
from backend.infra.db.tables.places import networks

# From here on a service was understood, not guessed by its number.
UNDERSTOOD = 8
_UNDERSTOOD = sa.and_(ports.c.confidence >= UNDERSTOOD, ports.c.service.is_not(None))
_TLS = sa.or_(
    ports.c.tunnel == "ssl",
    ports.c.service.in_(("https", "https-alt")),
    sa.and_(sa.not_(_UNDERSTOOD), ports.c.port.in_(TLS_PORTS)),
)


class SqlSuggestions:
    """On one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, sites: SiteScope, hints: Sequence[Hint], wanted: SuggestionFilter, request: PageRequest
    ) -> Page[Candidate]:
        """What nobody watches."""
        if not hints or wanted.device_ids == ():
            return Page((), 0, None)
        found = _candidates(hints, sites, wanted).subquery()
        sorts = {"device": sa.func.lower(found.c.name), "collector": found.c.collector, "port": found.c.port}
        order = ordering(request.sort or "device", sorts, found.c.device_id)
        query = sa.select(found).order_by(*order, found.c.collector, found.c.port)
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(found))
        rows = await self._connection.execute(query.limit(request.limit).offset(request.offset))
        return Page.of([_candidate(row) for row in rows], total or 0, request)

    async def dismiss(self, keys: Sequence[Key]) -> None:
        """Suggest these no more."""
        rows = [{"device_id": key.device_id, "collector": key.collector, "port": key.port} for key in keys]
        if rows:
            await self._connection.execute(insert(dismissed).values(rows).on_conflict_do_nothing())

    async def dismiss_watched(self, monitor_id: int) -> None:
        """Suggest no more what this monitor watches."""
        watched = (
            sa.select(monitors.c.device_id, plugins.c.type, _asked())
            .join(plugins, plugins.c.id == monitors.c.plugin_id)
            .where(monitors.c.id == monitor_id, monitors.c.device_id.is_not(None))
        )
        columns = ["device_id", "collector", "port"]
        await self._connection.execute(insert(dismissed).from_select(columns, watched).on_conflict_do_nothing())

    async def restore(self, keys: Sequence[Key]) -> None:
        """Suggest these again."""
        for key in keys:
            same_port = sa.true() if key.collector not in PER_PORT else dismissed.c.port == key.port
            await self._connection.execute(
                dismissed.delete().where(
                    dismissed.c.device_id == key.device_id, dismissed.c.collector == key.collector, same_port
                )
            )

    async def hold(self) -> None:
        """One at a time."""
        await hold(self._connection, Lock.PROVISIONING)


def _candidates(hints: Sequence[Hint], sites: SiteScope, wanted: SuggestionFilter) -> sa.Select[Any]:
    """One row a device, collector and port; of what a machine has once, the lowest port."""
    hint = _values(hints)
    named = sa.and_(hint.c.port == ports.c.port, sa.or_(sa.not_(_UNDERSTOOD), _serves(hint)))
    understood = sa.and_(hint.c.port.is_(None), _UNDERSTOOD, _serves(hint))
    fits = sa.and_(hint.c.protocol == ports.c.protocol, sa.or_(named, understood))
    source = devices.join(
        ports, sa.and_(ports.c.device_id == devices.c.id, ports.c.address == devices.c.primary_address)
    ).join(hint, fits)
    once = sa.case((hint.c.whole_machine, 0), else_=ports.c.port)
    columns = (
        devices.c.id.label("device_id"),
        devices.c.site_id,
        devices.c.name,
        sa.func.host(devices.c.primary_address).label("address"),
        hint.c.collector,
        ports.c.protocol,
        ports.c.port,
        ports.c.service,
        _TLS.label("tls"),
        sa.func.coalesce(_UNDERSTOOD, False).label("understood"),
    )
    unwanted = sa.exists().where(
        dismissed.c.device_id == devices.c.id,
        dismissed.c.collector == hint.c.collector,
        sa.or_(hint.c.whole_machine, dismissed.c.port == ports.c.port),
    )
    return (
        sa.select(*columns)
        .ext(distinct_on(devices.c.id, hint.c.collector, once))
        .select_from(source)
        .where(
            ports.c.closed_at.is_(None),
            ports.c.state == "open",
            devices.c.inbox_state.in_(("new", "approved")),
            unwanted if wanted.dismissed else ~unwanted,
            ~_watched(hint),
            ~sa.and_(hint.c.collector == "http", ports.c.port == 80, devices.c.port_numbers.contains([443])),
            *_filtered(sites, wanted),
        )
        .order_by(devices.c.id, hint.c.collector, once, ports.c.port)
    )


def _values(hints: Sequence[Hint]) -> Any:
    columns = (
        sa.column("collector", sa.Text),
        sa.column("protocol", sa.Text),
        sa.column("port", sa.Integer),
        sa.column("services", ARRAY(sa.Text)),
        sa.column("whole_machine", sa.Boolean),
    )
    rows = [(h.collector, h.protocol, h.port, list(h.services), h.whole_machine) for h in hints]
    return sa.values(*columns, name="hint").data(rows)


def _serves(hint: Any) -> sa.ColumnElement[bool]:
    """The service that was understood is one of the collector's; TLS around anything is a certificate to watch."""
    by_name = ports.c.service == sa.any_(hint.c.services)
    wrapped = sa.and_(hint.c.collector == "tls", ports.c.tunnel == "ssl")
    anything = sa.func.cardinality(hint.c.services) == 0
    return sa.or_(by_name, wrapped, anything)


def _watched(hint: Any) -> sa.Exists:
    """A monitor is there already: of the collector, and of the port where a machine may have several."""
    same_host = sa.and_(
        monitors.c.device_id.is_(None),
        monitors.c.site_id == devices.c.site_id,
        monitors.c.address == sa.func.host(devices.c.primary_address),
    )
    return (
        sa.exists()
        .select_from(monitors.join(plugins, plugins.c.id == monitors.c.plugin_id))
        .where(
            sa.or_(monitors.c.device_id == devices.c.id, same_host),
            plugins.c.type == hint.c.collector,
            sa.or_(hint.c.whole_machine, _asked() == ports.c.port),
        )
    )


def _asked() -> sa.ColumnElement[int]:
    """The port that a monitor asks; 0 where its login or its kind decides that."""
    own, shared = monitors.c.config, plugins.c.config
    scheme = sa.func.coalesce(own["scheme"].astext, shared["scheme"].astext, "https")
    usual = sa.case(
        (plugins.c.type == "http", sa.case((scheme == "http", "80"), else_="443")),
        (plugins.c.type == "tls", "443"),
        else_="0",
    )
    return sa.cast(sa.func.coalesce(own["port"].astext, shared["port"].astext, usual), sa.Integer)


def _filtered(sites: SiteScope, wanted: SuggestionFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if sites:
        found.append(devices.c.site_id.in_(sites))
    if wanted.site_id is not None:
        found.append(devices.c.site_id == wanted.site_id)
    if wanted.device_id is not None:
        found.append(devices.c.id == wanted.device_id)
    if wanted.device_ids is not None:
        found.append(devices.c.id.in_(wanted.device_ids))
    if wanted.network_id is not None:
        inside = devices.c.primary_address.op("<<=")(networks.c.cidr)
        found.append(
            sa.exists().where(networks.c.id == wanted.network_id, networks.c.site_id == devices.c.site_id, inside)
        )
    return found


def _candidate(row: sa.Row[Any]) -> Candidate:
    return Candidate(
        key=Key(row.device_id, row.collector, row.port),
        site_id=row.site_id,
        device_name=row.name,
        address=row.address,
        protocol=row.protocol,
        service=row.service,
        tls=bool(row.tls),
        understood=row.understood,
    )

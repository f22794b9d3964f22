"""A scan as a map, and beside another scan."""

import dataclasses
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ChunkStatusName
from backend.api.errors import responses
from backend.api.fields import MAX_ID, Id
from backend.api.paging import Paging, cursor_of
from backend.api.policy import Viewer
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.compare import Changed, compared_ports
from backend.domain.discovery.heatmap import MAX_CELLS, cells_of, heatmap
from backend.domain.discovery.ledger import asked
from backend.domain.discovery.scan import AT_REST, Scan
from backend.domain.errors import NotFound
from backend.domain.page import Page
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["discovery"])
Kind = Literal[
    "host_new", "host_gone", "port_opened", "port_closed", "service_changed", "os_changed", "name_changed"
]


class CellOut(BaseModel):
    """One part of a scan's addresses; `status` is that of its chunks, the one that matters most."""

    first: str
    last: str
    addresses: int
    asked: int
    up: int
    ports: int
    difficult: int
    status: ChunkStatusName


class HeatmapOut(BaseModel):
    """A scan's addresses as cells, in order."""

    cells: list[CellOut]


class ChangeOut(BaseModel):
    """One difference; `port` such as `22/tcp`, `old` and `new` in words where there are any."""

    kind: Kind
    address: str
    device_id: int | None
    port: str | None
    old: str | None
    new: str | None

    @classmethod
    def of(cls, changed: Changed) -> "ChangeOut":
        """The answer for a difference."""
        return cls(**dataclasses.asdict(changed) | {"kind": changed.kind.value})


class ComparisonOut(BaseModel):
    """A page of differences, all of them counted by kind, and the scan that this one was compared with.

    `ports_compared` is false where the two asked different ports that cannot be told apart.
    """

    items: list[ChangeOut]
    total: int
    next: str | None
    totals: dict[Kind, int]
    compared_with: int | None
    addresses_compared: int
    ports_compared: bool


@router.get("/scans/{scan_id}/heatmap", responses=responses(401, 404))
async def scan_heatmap(
    actor: Viewer,
    work: Work,
    services: Services,
    scan_id: Id,
    cells: Annotated[int, Query(ge=1, le=MAX_CELLS)] = 1024,
) -> HeatmapOut:
    """The addresses of a scan in about so many cells: what was asked, what answered, what is difficult."""
    scan = await services.discovery.scans.visible(work, actor, scan_id)
    parts = cells_of(AddressSet.parse(scan.ranges), cells)
    counts = await work.discovery.cell_counts(scan_id, parts)
    found = heatmap(parts, await work.scans.chunks(scan_id), counts)
    return HeatmapOut(cells=[CellOut(**dataclasses.asdict(cell)) for cell in found])


@router.get("/scans/{scan_id}/compare", responses=responses(401, 404))
async def compare_scans(
    *,
    actor: Viewer,
    work: Work,
    services: Services,
    scan_id: Id,
    paging: Paging,
    other: Annotated[
        str, Query(alias="with", pattern="^(previous|[0-9]{1,19})$", description="A scan's id, or `previous`")
    ] = "previous",
) -> ComparisonOut:
    """What is different from an earlier scan, at addresses and ports that both asked, by address."""
    scan = await services.discovery.scans.visible(work, actor, scan_id)
    before = await work.discovery.previous(scan)
    if other != "previous":
        before = await services.discovery.scans.visible(work, actor, min(int(other), MAX_ID))
        if before.site_id != scan.site_id:
            raise NotFound.of("scan", before.id)
    if before is None:
        return _nothing()
    addresses = await _asked(work, scan) & await _asked(work, before)
    ports = compared_ports(scan, before)
    found = await work.discovery.comparison((scan.id, before.id), addresses, ports, paging)
    page = Page.of(list(found.items), found.total, paging)
    return ComparisonOut(
        items=[ChangeOut.of(item) for item in found.items],
        total=found.total,
        next=cursor_of(page.next_offset),
        totals={kind.value: number for kind, number in found.totals.items()},
        compared_with=before.id,
        addresses_compared=addresses.count,
        ports_compared=ports.ports_alike or bool(ports.tcp or ports.udp),
    )


async def _asked(work: UnitOfWork, scan: Scan) -> AddressSet:
    """The addresses of a scan that were asked to the end."""
    chunks = await work.scans.chunks(scan.id)
    done = (AddressSet.parse(chunk.targets) if chunk.status in AT_REST else asked(chunk) for chunk in chunks)
    return AddressSet.of(item for part in done for item in part.ranges)


def _nothing() -> ComparisonOut:
    return ComparisonOut(
        items=[], total=0, next=None, totals={}, compared_with=None, addresses_compared=0, ports_compared=False
    )

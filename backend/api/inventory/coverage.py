"""How far the networks are known: what was asked, what never was, what is known without."""

import dataclasses
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import MAX_ID, IdQuery, UtcTime
from backend.api.inventory.place_schemas import countable
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.clock import utc_now
from backend.domain.inventory.covering import Covering, KnownAddress, Sampled, Span, cover, sampled
from backend.domain.inventory.network import Network
from backend.domain.page import MAX_LIMIT, PageRequest

EVERY_NETWORK = PageRequest(limit=MAX_LIMIT)
router = APIRouter(tags=["inventory"])


class IndirectFilter(BaseModel):
    """Which addresses to list."""

    site_id: int | None = Field(None, ge=1, le=MAX_ID)
    version: Literal["4", "6"] | None = Field(None, description="One family of addresses")

    @property
    def family(self) -> int | None:
        """The same as a number."""
        return int(self.version) if self.version else None


Wanted = Annotated[IndirectFilter, Query()]


class CoverageRange(BaseModel):
    """Addresses side by side of which the same is to be said."""

    first: str
    last: str
    addresses: int | float
    state: Literal["scanned", "never", "indirect"]
    last_at: UtcTime | None

    @classmethod
    def of(cls, span: Span) -> "CoverageRange":
        """The answer for a span."""
        return cls(
            first=span.first,
            last=span.last,
            addresses=countable(span.addresses),
            state=span.state,
            last_at=span.last_at,
        )


class SampledOut(BaseModel):
    """What the newest sample says: in how many of the network's /24s somebody answered."""

    scan_id: int
    at: UtcTime
    networks: int
    in_use: int


class NetworkCoverage(BaseModel):
    """How far a network is known. `never_asked` counts those known only indirectly as well.

    A sample asks too little of a part for it to count as asked: `sampled` stands beside.
    """

    network_id: int
    network: str
    name: str
    site_id: int
    scan_allowed: bool
    devices: int
    addresses: int | float
    asked_24h: int | float
    asked_ever: int | float
    never_asked: int | float
    indirect: int
    last_scan_at: UtcTime | None
    ranges: list[CoverageRange]
    sampled: SampledOut | None

    @classmethod
    def of(cls, item: Covering, sample: Sampled | None = None) -> "NetworkCoverage":
        """The answer for a network."""
        network = item.network
        return cls(
            network_id=network.id,
            network=network.cidr,
            name=network.name,
            site_id=network.site_id,
            scan_allowed=network.scan_allowed,
            devices=network.device_count,
            addresses=countable(item.addresses),
            asked_24h=countable(item.asked_24h),
            asked_ever=countable(item.asked_ever),
            never_asked=countable(item.never_asked),
            indirect=item.indirect,
            last_scan_at=item.last_scan_at,
            ranges=[CoverageRange.of(span) for span in item.spans],
            sampled=SampledOut(**dataclasses.asdict(sample)) if sample else None,
        )


class IndirectAddress(BaseModel):
    """An address that something told of and no scan ever asked.

    `network` is the listed network that holds it; `interface` is where this machine's kernel hears it now.
    """

    address: str
    mac: str | None
    vendor: str | None
    source: str
    interface: str | None
    seen_at: UtcTime
    device_id: int
    device_name: str
    network: str | None
    scan_allowed: bool


class NeighboursRead(BaseModel):
    """What a look at the kernel's tables came to: neighbours in listed networks, and how many were news."""

    heard: int
    stored: int
    at: UtcTime


@router.get("/coverage", responses=responses(401, 422))
async def coverage(
    actor: Viewer, work: Work, paging: Paging, site_id: IdQuery | None = None
) -> Listing[NetworkCoverage]:
    """How far each network is known; sort as networks are."""
    page = await work.places.networks(actor.site_ids, paging, site_id)
    asked = await work.coverage.asked(actor.site_ids, site_id)
    known = await work.coverage.unasked_addresses(actor.site_ids, site_id)
    covered = cover(page.items, asked, known, utc_now())
    found = await sampled(work.coverage, page.items, await work.coverage.samples(actor.site_ids, site_id))
    return listing(page, [NetworkCoverage.of(item, found.get(item.network.id)) for item in covered])


@router.get("/coverage/indirect", responses=responses(401, 422))
async def indirect(
    actor: Viewer,
    work: Work,
    services: Services,
    paging: Paging,
    wanted: Wanted,
) -> Listing[IndirectAddress]:
    """Addresses known only indirectly; sort by address, seen_at, source, vendor or mac."""
    page = await work.coverage.unasked_page(actor.site_ids, wanted.site_id, wanted.family, paging)
    networks = await work.places.networks(actor.site_ids, EVERY_NETWORK, wanted.site_id)
    interfaces = services.inventory.neighbours.interfaces
    items = [_indirect(item, networks.items, interfaces.get(item.address)) for item in page.items]
    return listing(page, items)


@router.post("/coverage/neighbours", responses=responses(401, 403))
async def read_neighbours(_: Operator, services: Services) -> NeighboursRead:
    """Look at the kernel's neighbour tables now. Nothing is sent."""
    found = await services.inventory.neighbours.look()
    return NeighboursRead(heard=found.heard, stored=found.stored, at=found.at)


def _indirect(item: KnownAddress, networks: Sequence[Network], interface: str | None) -> IndirectAddress:
    address = ip_address(item.address)
    around = [n for n in networks if n.site_id == item.site_id and address in ip_network(n.cidr)]
    nearest = max(around, key=lambda n: ip_network(n.cidr).prefixlen, default=None)
    return IndirectAddress(
        address=item.address,
        mac=item.mac,
        vendor=item.vendor,
        source=item.source,
        interface=interface,
        seen_at=item.seen_at,
        device_id=item.device_id,
        device_name=item.device_name,
        network=nearest.cidr if nearest else None,
        scan_allowed=any(n.scan_allowed for n in around),
    )

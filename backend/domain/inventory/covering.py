"""What of each network was ever asked, and what is known without having been asked.

An address counts as asked once a chunk that held it was done, or once a scan saw something there. All arithmetic
is on ranges, newest first: a network that was scanned as a whole costs one step, however often that happened.
"""

import ipaddress
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, Protocol

from backend.domain.discovery.addresses import AddressRange, AddressSet, address_at
from backend.domain.discovery.sampling import block_count
from backend.domain.inventory.network import Network
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.page import Page, PageRequest

SpanState = Literal["scanned", "never", "indirect"]
DAY = timedelta(hours=24)
# More spans than this cannot be told apart on a strip; then it is cut into cells.
MOST_SPANS = 400
CELLS = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """Addresses of a site that were asked, and when that was over."""

    site_id: int
    ranges: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SampleScan:
    """A sample that is over: where it was free to ask."""

    scan_id: int
    site_id: int
    ranges: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the newest sample of a network says: in how many of its /24s somebody answered."""

    scan_id: int
    at: datetime
    networks: int
    in_use: int


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address that no scan ever asked and that something else told of."""

    site_id: int
    address: str
    mac: str | None
    vendor: str | None
    source: str
    seen_at: datetime
    device_id: int
    device_name: str


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring addresses of which the same is to be said."""

    first: str
    last: str
    addresses: int
    state: SpanState
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Covering:
    """How far one network is known. `never_asked` counts the indirectly known ones as well."""

    network: Network
    addresses: int
    asked_24h: int
    asked_ever: int
    never_asked: int
    indirect: int
    last_scan_at: datetime | None
    spans: tuple[Span, ...]


class CoverageReader(Protocol):
    """Reads what was asked and what is known. A scope hides what lies in other sites."""

    async def held(self, site_id: int, addresses: Collection[str]) -> set[str]:
        """Those of the addresses that a device of the site has at present."""
        ...

    async def asked(self, scope: SiteScope, site_id: int | None) -> list[Asked]:
        """What was asked, newest first."""
        ...

    async def samples(self, scope: SiteScope, site_id: int | None) -> list[SampleScan]:
        """Samples that are over, newest first."""
        ...

    async def blocks_in_use(self, wanted: Sequence[tuple[int, str]]) -> list[int]:
        """For each scan and network, in how many /24s of the network somebody answered the scan."""
        ...

    async def unasked_addresses(self, scope: SiteScope, site_id: int | None) -> list[KnownAddress]:
        """Addresses that are known and were never asked, those seen last first; at most some thousands."""
        ...

    async def unasked_page(
        self, scope: SiteScope, site_id: int | None, version: int | None, request: PageRequest
    ) -> Page[KnownAddress]:
        """The same in pages, of one family or both."""
        ...


async def sampled(
    reader: CoverageReader, networks: Sequence[Network], samples: Sequence[SampleScan]
) -> dict[int, Sampled]:
    """The newest sample of each network that had one, by the network's id."""
    found: list[tuple[Network, SampleScan, int]] = []
    for network in networks:
        whole = AddressSet((AddressRange.of_network(ipaddress.ip_network(network.cidr)),))
        for scan in samples:
            blocks = block_count(whole & _parsed(scan.ranges)) if scan.site_id == network.site_id else 0
            if blocks:
                found.append((network, scan, blocks))
                break
    counts = await reader.blocks_in_use([(scan.scan_id, network.cidr) for network, scan, _ in found])
    return {
        network.id: Sampled(scan.scan_id, scan.at, blocks, count)
        for (network, scan, blocks), count in zip(found, counts, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Piece:
    range: AddressRange
    state: SpanState
    at: datetime | None


def cover(
    networks: Iterable[Network], asked: Sequence[Asked], known: Sequence[KnownAddress], now: datetime
) -> list[Covering]:
    """How far each network is known; `asked` comes newest first."""
    sets = [(item.site_id, _parsed(item.ranges), item.at) for item in asked]
    indirect: dict[int, list[AddressRange]] = {}
    for address in known:
        indirect.setdefault(address.site_id, []).append(_single(address.address))
    return [_cover(network, sets, AddressSet.of(indirect.get(network.site_id, ())), now) for network in networks]


def _cover(
    network: Network, sets: Sequence[tuple[int, AddressSet, datetime]], known: AddressSet, now: datetime
) -> Covering:
    whole = AddressRange.of_network(ipaddress.ip_network(network.cidr))
    rest, pieces = AddressSet((whole,)), list[_Piece]()
    for site_id, ranges, at in sets:
        if not rest:
            break
        hit = rest & ranges if site_id == network.site_id else AddressSet()
        if hit:
            pieces += [_Piece(item, "scanned", at) for item in hit.ranges]
            rest -= hit
    heard = rest & known
    pieces += [_Piece(item, "indirect", None) for item in heard.ranges]
    pieces += [_Piece(item, "never", None) for item in (rest - heard).ranges]
    pieces.sort(key=lambda piece: piece.range)
    scanned = [piece for piece in pieces if piece.at]
    return Covering(
        network=network,
        addresses=whole.count,
        asked_24h=sum(p.range.count for p in scanned if p.at and p.at > now - DAY),
        asked_ever=sum(p.range.count for p in scanned),
        never_asked=rest.count,
        indirect=heard.count,
        last_scan_at=max((p.at for p in scanned if p.at), default=None),
        spans=tuple(_span(piece) for piece in _readable(_joined(pieces), whole)),
    )


def _parsed(ranges: tuple[str, ...]) -> AddressSet:
    try:
        return AddressSet.parse(ranges)
    except ValueError:
        # One text that is no range must not hide what else was asked.
        return AddressSet.of(item for text in ranges for item in _tolerant(text))


def _tolerant(text: str) -> Iterable[AddressRange]:
    try:
        return (AddressRange.parse(text),)
    except ValueError:
        return ()


def _single(address: str) -> AddressRange:
    parsed = ipaddress.ip_address(address)
    return AddressRange(parsed.version, int(parsed), int(parsed))


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbours of which the same is said become one; two times on the same day are the same to a person."""
    found = pieces[:1]
    for before, piece in pairwise(pieces):
        last = found[-1]
        touching = before.range.last + 1 == piece.range.first
        if touching and last.state == piece.state and _day(last.at) == _day(piece.at):
            whole = AddressRange(last.range.version, last.range.first, piece.range.last)
            found[-1] = replace(last, range=whole, at=max(filter(None, (last.at, piece.at)), default=None))
        else:
            found.append(piece)
    return found


def _day(at: datetime | None) -> object:
    return at.date() if at else None


def _readable(pieces: list[_Piece], whole: AddressRange) -> list[_Piece]:
    """As they are, or as cells of the same size: a cell with anything in it that was never asked says so."""
    if len(pieces) <= MOST_SPANS:
        return pieces
    size = -(-whole.count // CELLS)
    cells = []
    for first in range(whole.first, whole.last + 1, size):
        cell = AddressRange(whole.version, first, min(whole.last, first + size - 1))
        inside = [piece for piece in pieces if piece.range.overlap(cell)]
        state = next((s for s in ("indirect", "never") if any(p.state == s for p in inside)), "scanned")
        at = min((p.at for p in inside if p.at), default=None) if state == "scanned" else None
        cells.append(_Piece(cell, _STATES[state], at))
    return _joined(cells)


_STATES: dict[str, SpanState] = {"scanned": "scanned", "never": "never", "indirect": "indirect"}


def _span(piece: _Piece) -> Span:
    first, last = (address_at(piece.range.version, n) for n in (piece.range.first, piece.range.last))
    return Span(str(first), str(last), piece.range.count, piece.state, piece.at)

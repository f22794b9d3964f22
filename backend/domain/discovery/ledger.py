"""What is known of one chunk, by address: several sources tell of the same host, and it counts once."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from backend.domain.discovery.addresses import Address, AddressRange, AddressSet
from backend.domain.discovery.report import HostReport
from backend.domain.discovery.scan import Chunk

Doors = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class SeenHost:
    """What one source has said of one address of a chunk, as it is stored."""

    address: str
    source: str
    up: bool
    doors: Doors = frozenset()


@dataclass(slots=True)
class _Host:
    up: bool = False
    doors: dict[str, Doors] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return len(frozenset().union(*self.doors.values()))


class Places:
    """The addresses of a chunk in order, each with its place: the number of its bit."""

    def __init__(self, targets: AddressSet) -> None:
        self.targets = targets
        self._starts = [(item.version, item.first) for item in targets.ranges]
        self._offsets: list[int] = []
        total = 0
        for item in targets.ranges:
            self._offsets.append(total)
            total += item.count
        self.count = total

    def of(self, address: Address) -> int | None:
        """The place of an address; None for one that is not in the chunk."""
        number = int(address)
        index = bisect_right(self._starts, (address.version, number)) - 1
        if index < 0:
            return None
        item = self.targets.ranges[index]
        if item.version != address.version or number > item.last:
            return None
        return self._offsets[index] + number - item.first

    def with_bit(self, bits: bytes | bytearray, *, wanted: bool) -> AddressSet:
        """The addresses whose bit is set, or is not."""
        if not any(bits):  # nothing is finished: no need to look at each of 65,536
            return AddressSet() if wanted else self.targets
        return AddressSet.of(self._runs(bits, wanted=wanted))

    def _runs(self, bits: bytes | bytearray, *, wanted: bool) -> Iterable[AddressRange]:
        for item, offset in zip(self.targets.ranges, self._offsets, strict=True):
            start: int | None = None
            for step in range(item.count + 1):
                inside = step < item.count and is_set(bits, offset + step) is wanted
                if inside and start is None:
                    start = step
                elif not inside and start is not None:
                    yield AddressRange(item.version, item.first + start, item.first + step - 1)
                    start = None


def is_set(bits: bytes | bytearray, place: int) -> bool:
    """Whether the bit at a place is set; bits that are not there are not."""
    index = place >> 3
    return index < len(bits) and bool(bits[index] >> (place & 7) & 1)


def missing(chunk: Chunk) -> AddressSet:
    """The addresses of a chunk that still have to be asked."""
    targets = AddressSet.parse(chunk.targets)
    return Places(targets).with_bit(chunk.finished, wanted=False) if chunk.finished else targets


def asked(chunk: Chunk) -> AddressSet:
    """The addresses of a chunk of which nothing more is asked."""
    return Places(AddressSet.parse(chunk.targets)).with_bit(chunk.finished, wanted=True)


class ChunkLedger:
    """Counts one chunk while it runs, from what is stored of it and what comes in."""

    def __init__(self, chunk: Chunk, seen: Iterable[SeenHost] = ()) -> None:
        self._places = Places(AddressSet.parse(chunk.targets))
        self._bits = bytearray(chunk.finished.ljust((self._places.count + 7) // 8, b"\0"))
        self._hosts: dict[str, _Host] = {}
        self._done = sum(byte.bit_count() for byte in self._bits)
        self._up = self._open = 0
        self._before = self._done
        for host in seen:
            self._count(host.address, host.source, up=host.up, doors=host.doors)

    def begin(self) -> None:
        """Another attempt starts."""
        self._before = self._done

    @property
    def came_further(self) -> bool:
        """Whether this attempt finished a host."""
        return self._done > self._before

    def take(self, report: HostReport, *, final: bool) -> None:
        """Count what a source says of a host."""
        doors = frozenset((port.protocol, port.port) for port in report.ports if port.state == "open")
        self._count(report.address, report.source, up=report.state == "up", doors=doors)
        if final:
            self.finish(report.address)

    def finish(self, address: str) -> None:
        """Nothing more is asked of this address."""
        place = self._places.of(ip_address(address))
        if place is not None and not is_set(self._bits, place):
            self._bits[place >> 3] |= 1 << (place & 7)
            self._done += 1

    def missing(self) -> AddressSet:
        """The addresses that still have to be asked."""
        return self._places.with_bit(self._bits, wanted=False)

    def asked(self) -> AddressSet:
        """The addresses that are finished."""
        return self._places.with_bit(self._bits, wanted=True)

    def forget(self, others: AddressSet) -> None:
        """Count these addresses no longer: another chunk does from now on."""
        for address in [text for text in self._hosts if ip_address(text) in others]:
            host = self._hosts.pop(address)
            self._up -= host.up
            self._open -= host.open

    def counted(self, chunk: Chunk) -> Chunk:
        """The chunk with its counts."""
        return replace(
            chunk,
            hosts_up=self._up,
            hosts_done=self._done,
            ports_open=self._open,
            finished=bytes(self._bits),
        )

    def _count(self, address: str, source: str, *, up: bool, doors: Doors) -> None:
        if not up and not doors and address not in self._hosts:
            return  # silence needs no memory
        host = self._hosts.setdefault(address, _Host())
        before = host.open
        host.doors[source] = doors
        self._open += host.open - before
        self._up += up and not host.up
        host.up = host.up or up


def narrowed(chunk: Chunk, done: AddressSet) -> Chunk:
    """The chunk without what it handed to its pieces: what it had finished is all that it holds."""
    return replace(chunk, targets=done.texts(), target_count=done.count, hosts_done=done.count, finished=b"")

"""What the staged runner stands on, besides the ports of sweeping and naming."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.naming import Namings
from backend.domain.discovery.ports import Artifacts, NameResolver, NmapProcesses, ReportReader
from backend.domain.discovery.sweep import Sweeps


class PortTable(Protocol):
    """What is known of port numbers in general."""

    def most_common(self, protocol: Literal["tcp", "udp"], count: int) -> tuple[int, ...]:
        """The ports that are open most often, sorted by number."""
        ...

    def service(self, protocol: str, port: int) -> str | None:
        """What usually answers there."""
        ...


class CardMakers(Protocol):
    """Who made a network card."""

    def vendor_of(self, mac: str) -> str | None:
        """The maker, by the first half of the address."""
        ...


KnownAddresses = Callable[[tuple[str, ...]], Awaitable[Iterable[str]]]
"""The addresses within these ranges that devices of the inventory have: all of whose silence is news."""


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """What the inventory knows of the device at an address, as far as etiquette asks."""

    address: str
    ports: tuple[int, ...] = ()
    maker: str | None = None
    type: str | None = None


DelicateDevices = Callable[[tuple[str, ...]], Awaitable[Iterable[KnownDevice]]]
"""Devices at addresses within these ranges that may have to be asked gently."""


async def nobody_delicate(_: tuple[str, ...]) -> Iterable[KnownDevice]:
    """Where there is no inventory to ask."""
    return ()


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports of a staged run; `names` stands in where nobody can ask the hosts."""

    sweeps: Sweeps
    namings: Namings | None
    processes: NmapProcesses
    artifacts: Artifacts
    reader: Callable[[], ReportReader]
    ports: PortTable
    makers: CardMakers
    known: KnownAddresses
    delicate: DelicateDevices = nobody_delicate
    names: NameResolver | None = None
    clock: Clock = utc_now

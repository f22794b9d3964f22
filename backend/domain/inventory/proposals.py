"""Networks that this machine can see by itself, to be offered to a person who decides. No packet is sent.

What is offered is what a scan may touch at all; what is marked beforehand is what a person most likely means:
a network of an interface that leads somewhere, not larger than a /22.
"""

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from backend.domain.discovery.addresses import Network as IpNetwork
from backend.domain.discovery.estimate import estimate
from backend.domain.discovery.options import options_for
from backend.domain.inventory.addresses import IpAddress
from backend.domain.inventory.network import forbidden_reason, is_public

ProposalSource = Literal["interface", "route", "neighbours", "resolver"]
LARGEST_PRESELECTED = 1024
# Beyond this a scan is refused, so an estimate would say nothing.
LARGEST_SCAN = 65_536
# Of a network's addresses, how many usually answer: for a person to expect, nothing depends on it.
USUAL_SHARE = 0.25
MOST_IPV6_SEEN = 256
GUESSED_PREFIX = {4: 24, 6: 64}
LARGEST_ROUTED = {4: 16, 6: 64}


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface: `virtual` where it only leads to this machine's own guests (a bridge, a veth, a tunnel)."""

    name: str
    addresses: tuple[str, ...]
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One route of this machine; `destination` is `default` or a network."""

    destination: str
    interface: str | None = None
    gateway: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One entry of the ARP or NDP cache."""

    address: str
    mac: str | None
    interface: str | None = None
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class HostNetworks:
    """What this machine knows of the networks around it."""

    interfaces: tuple[Interface, ...] = ()
    routes: tuple[Route, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    resolvers: tuple[str, ...] = ()


class HostNetworksReader(Protocol):
    """Reads them, from the kernel's own tables only."""

    async def read(self) -> HostNetworks:
        """What is known now."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A network to offer."""

    cidr: str
    interface: str | None
    gateway: str | None
    source: ProposalSource
    hosts_known: int
    hosts_expected: int
    addresses: int
    seconds_estimated: int
    packets_estimated: int
    # IPv6 addresses of the network that the kernel has heard of: all that can be asked of so large a one.
    ipv6_seen: tuple[str, ...]
    preselected: bool
    already_allowed: bool


@dataclass(frozen=True, slots=True)
class _Found:
    network: IpNetwork
    source: ProposalSource
    interface: str | None
    virtual: bool


def proposals(around: HostNetworks, allowed: Iterable[str], *, raw: bool = True) -> tuple[Proposal, ...]:
    """The networks to offer, those that are marked first. `allowed` are those that may be scanned already."""
    listed = [ipaddress.ip_network(cidr) for cidr in allowed]
    gateways = _gateways(around)
    found: dict[IpNetwork, _Found] = {}
    for item in _candidates(around):
        inside = any(_covers(known, item.network) for known in found)
        if not inside and forbidden_reason(item.network) is None and not is_public(item.network):
            found[item.network] = item
    offered = [_proposal(item, around, gateways, listed, raw=raw) for item in found.values()]
    return tuple(sorted(offered, key=_order))


def _order(proposal: Proposal) -> tuple[bool, int, int, str]:
    network = ipaddress.ip_network(proposal.cidr)
    return (not proposal.preselected, network.version, int(network.network_address), proposal.cidr)


def _candidates(around: HostNetworks) -> Iterable[_Found]:
    """Everything that could be meant, what is known best first."""
    virtual = {i.name for i in around.interfaces if i.virtual}
    for interface in around.interfaces:
        for text in interface.addresses:
            own = ipaddress.ip_interface(text)
            if own.network.prefixlen < own.network.max_prefixlen:
                yield _Found(own.network, "interface", interface.name, interface.virtual)
    for route in around.routes:
        network = _routed(route)
        if network:
            yield _Found(network, "route", route.interface, route.interface in virtual)
    for neighbour in around.neighbours:
        yield _Found(_guess(neighbour.address), "neighbours", neighbour.interface, neighbour.interface in virtual)
    for resolver in around.resolvers:
        yield _Found(_guess(resolver), "resolver", None, False)


def _routed(route: Route) -> IpNetwork | None:
    if route.destination == "default":
        return None
    network = ipaddress.ip_network(route.destination, strict=False)
    single = network.prefixlen == network.max_prefixlen
    return None if single or network.prefixlen < LARGEST_ROUTED[network.version] else network


def _guess(address: str) -> IpNetwork:
    parsed: IpAddress = ipaddress.ip_address(address.partition("%")[0])
    return ipaddress.ip_network(f"{parsed}/{GUESSED_PREFIX[parsed.version]}", strict=False)


def _covers(wide: IpNetwork, narrow: IpNetwork) -> bool:
    if isinstance(wide, ipaddress.IPv4Network) and isinstance(narrow, ipaddress.IPv4Network):
        return narrow.subnet_of(wide)
    if isinstance(wide, ipaddress.IPv6Network) and isinstance(narrow, ipaddress.IPv6Network):
        return narrow.subnet_of(wide)
    return False


def _gateways(around: HostNetworks) -> Mapping[str | None, list[IpAddress]]:
    found: dict[str | None, list[IpAddress]] = {}
    for route in around.routes:
        if route.gateway:
            found.setdefault(route.interface, []).append(ipaddress.ip_address(route.gateway))
    return found


def _proposal(
    item: _Found,
    around: HostNetworks,
    gateways: Mapping[str | None, list[IpAddress]],
    allowed: list[IpNetwork],
    *,
    raw: bool,
) -> Proposal:
    gateway = next((g for group in gateways.values() for g in group if g in item.network), None)
    known = {n.address for n in around.neighbours if n.mac and ipaddress.ip_address(n.address) in item.network}
    seen = tuple(sorted(known, key=ipaddress.ip_address))[:MOST_IPV6_SEEN] if item.network.version == 6 else ()
    count = item.network.num_addresses
    # Of an IPv6 network only what was heard can be asked.
    askable = len(seen) if item.network.version == 6 else count
    done = any(_covers(wide, item.network) for wide in allowed)
    likely = item.source == "interface" and not item.virtual and 0 < askable <= LARGEST_PRESELECTED
    cost = estimate(min(askable, LARGEST_SCAN), options_for("standard"), raw=raw)
    return Proposal(
        cidr=str(item.network),
        interface=item.interface,
        gateway=str(gateway) if gateway else None,
        source=item.source,
        hosts_known=len(known),
        hosts_expected=max(len(known), 0 if seen else round(min(askable, LARGEST_SCAN) * USUAL_SHARE)),
        addresses=count,
        seconds_estimated=cost.seconds if askable else 0,
        packets_estimated=cost.packets if askable else 0,
        ipv6_seen=seen,
        preselected=likely and not done,
        already_allowed=done,
    )

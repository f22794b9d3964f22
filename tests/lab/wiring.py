"""Cables, addresses, routes and firewalls of a lab; nothing here starts a program.

One namespace holds the bridges, one per segment. Every host has a namespace with one veth pair per card,
whose other end hangs on a bridge. No end ever lies in the namespace of the machine itself.
"""

import ipaddress
from collections.abc import Iterator

from tests.lab import netns
from tests.lab.model import Host, Interface, Plan, Segment

SWITCH = "switch"


def namespace(prefix: str, machine: str) -> str:
    """The name of a machine's namespace."""
    return f"{prefix}-{machine}"


def namespaces(prefix: str, plan: Plan) -> list[str]:
    """Every namespace of a lab, the switch first."""
    return [namespace(prefix, name) for name in (SWITCH, *(host.name for host in plan.machines))]


def build(prefix: str, plan: Plan) -> None:
    """Make all namespaces and connect them. Raises CommandError."""
    for name in namespaces(prefix, plan):
        netns.create(name)
    switch = namespace(prefix, SWITCH)
    netns.batch(switch, list(_bridges(plan)))
    netns.batch(switch, list(_cables(prefix, plan)))
    for host in plan.machines:
        _configure(prefix, plan, host)
    netns.set_resolver(namespace(prefix, plan.scanner.name), gateway_address(plan, plan.scanner), plan.zone)


def _bridges(plan: Plan) -> Iterator[str]:
    for segment in plan.segments:
        yield f"link add {segment.name} type bridge"
        yield f"link set {segment.name} up"


def _cables(prefix: str, plan: Plan) -> Iterator[str]:
    for host in plan.machines:
        for index, card in enumerate(host.interfaces):
            port = f"{host.name[:11]}-{index}"
            other_end = f"peer name eth{index} address {card.mac} netns {namespace(prefix, host.name)}"
            yield f"link add {port} type veth {other_end}"
            yield f"link set {port} master {card.segment} up"


def _configure(prefix: str, plan: Plan, host: Host) -> None:
    name = namespace(prefix, host.name)
    netns.write_sysctl(name, _switches(host))
    netns.batch(name, [*_addresses(plan, host), *_routes(plan, host)])
    if rules := list(_firewall(host)):
        for tool in ("iptables-restore", "ip6tables-restore"):
            text = "\n".join(["*filter", *rules, "COMMIT", ""])
            netns.command("ip", "netns", "exec", name, tool, text=_for_protocol(tool, text))


def _switches(host: Host) -> dict[str, int]:
    """No host forwards but the router; none asks for routers.

    Linux answers closed UDP ports once a second at most, so that what a scan learns would depend on its pace:
    here every port is answered.
    """
    return {
        "net.ipv4.icmp_ratelimit": 0,
        "net.ipv6.icmp.ratelimit": 0,
        "net.ipv4.ip_forward": int(host.forwards),
        "net.ipv6.conf.all.forwarding": int(host.forwards),
        "net.ipv6.conf.all.router_solicitations": 0,
        "net.ipv6.conf.default.router_solicitations": 0,
    }


def _addresses(plan: Plan, host: Host) -> Iterator[str]:
    for index, card in enumerate(host.interfaces):
        for address in card_addresses(plan, card):
            length = _network(plan.segment(card.segment), address.version).prefixlen
            extra = " nodad" if address.version == 6 else ""
            yield f"address add {address}/{length} dev eth{index}{extra}"
        yield f"link set eth{index} up"


def _routes(plan: Plan, host: Host) -> Iterator[str]:
    """A way to every other segment, by the router; never a default route."""
    if host.forwards:
        return
    own = {card.segment for card in host.interfaces}
    for segment in plan.segments:
        if segment.name not in own:
            yield f"route add {segment.ipv4} via {gateway_address(plan, host)}"


def _firewall(host: Host) -> Iterator[str]:
    if not host.answers_ping:
        yield "-A INPUT -p icmp -j DROP"
    if host.dropped:
        ports = ",".join(str(port) for port in host.dropped)
        yield f"-A INPUT -p tcp -m multiport --dports {ports} -j DROP"


def _for_protocol(tool: str, rules: str) -> str:
    """IPv6 needs neighbour discovery, so only echo is dropped there."""
    if tool.startswith("ip6"):
        return rules.replace("-p icmp -j", "-p icmpv6 --icmpv6-type echo-request -j")
    return rules


def gateway_address(plan: Plan, host: Host) -> str:
    """The router's address on the first segment of a host."""
    segment = host.interfaces[0].segment
    gateway = plan.host(plan.gateway)
    card = next(card for card in gateway.interfaces if card.segment == segment)
    return str(card_addresses(plan, card)[0])


def card_addresses(plan: Plan, card: Interface) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The addresses of a card: IPv4, and IPv6 where its segment has it."""
    segment = plan.segment(card.segment)
    versions = (4, 6) if segment.ipv6 else (4,)
    return [_network(segment, version)[card.number] for version in versions]


def _network(segment: Segment, version: int) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    text = segment.ipv4 if version == 4 else segment.ipv6
    return ipaddress.ip_network(str(text))

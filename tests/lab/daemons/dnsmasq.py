"""dnsmasq as the name server of the lab's zone, with reverse records; it forwards to nobody."""

import ipaddress
from collections.abc import Iterator

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Plan, Program
from tests.lab.wiring import card_addresses


def prepare(place: Place, program: Program) -> list[Command]:
    """Write the zone as dnsmasq's configuration."""
    config = place.write("dnsmasq.conf", "\n".join(_lines(place.plan)) + "\n")
    return [Command(("/usr/sbin/dnsmasq", "--keep-in-foreground", f"--conf-file={config}", "--pid-file="))]


def _lines(plan: Plan) -> Iterator[str]:
    yield from ("no-resolv", "no-hosts", "no-poll", "log-facility=-", "user=nobody", "group=nogroup")
    yield f"local=/{plan.zone}/"
    for segment in plan.segments:
        for cidr in filter(None, (segment.ipv4, segment.ipv6)):
            yield f"local=/{_reverse_zone(cidr)}/"
    for host in plan.hosts:
        if host.in_dns:
            addresses = [str(address) for card in host.interfaces for address in card_addresses(plan, card)]
            yield from _records(f"{host.name}.{plan.zone}", addresses)
    for name, address in plan.foreign_names:
        yield f"address=/{name}.{plan.zone}/{address}"


def _records(name: str, addresses: list[str]) -> Iterator[str]:
    """One `host-record` takes at most one address of each version, and makes the reverse record too."""
    ipv6 = [address for address in addresses if ":" in address]
    for index, ipv4 in enumerate(address for address in addresses if ":" not in address):
        yield ",".join([f"host-record={name}", ipv4, *ipv6[index : index + 1]])


def _reverse_zone(cidr: str) -> str:
    network = ipaddress.ip_network(cidr)
    step = 8 if network.version == 4 else 4
    labels = network.network_address.reverse_pointer.split(".")
    return ".".join(labels[(network.max_prefixlen - network.prefixlen) // step :])

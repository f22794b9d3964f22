"""The sweep of addresses at which a delicate device is known to be: slower, and without what it may not expect.

Etiquette towards a device that is met for the first time begins once its ports and its maker are known. One that
the inventory knows already is spared from the first packet on: it is swept apart from all others.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.etiquette import HANDS_OFF, Manners, manners
from backend.domain.discovery.options import POLITE_PACE
from backend.domain.discovery.pipeline.tools import KnownDevice, PortTable
from backend.domain.discovery.sweep import SweepJob

# What every device with a network stack is asked somewhere, every day.
USUAL_TCP = 100
# SNMP is how printers and small devices are meant to be asked; everything else by UDP is a guess.
USUAL_UDP = frozenset({161})


@dataclass(frozen=True, slots=True)
class Parted:
    """A sweep in two: of everybody else, where there is anybody, and of delicate devices."""

    others: SweepJob | None
    gentle: SweepJob | None
    manners: Mapping[str, Manners]


def known_manners(devices: tuple[KnownDevice, ...]) -> dict[str, Manners]:
    """The addresses of delicate devices."""
    found = ((device.address, manners(device.ports, device.maker, device.type)) for device in devices)
    return {address: how for address, how in found if how}


def parted(job: SweepJob, delicate: Mapping[str, Manners], table: PortTable) -> Parted:
    """The job in two; as it is where it meets nobody delicate."""
    asked = AddressSet.parse(job.targets) - AddressSet.parse(job.exclusions)
    mine = tuple(sorted(address for address in delicate if ipaddress.ip_address(address) in asked))
    if not mine:
        return Parted(job, None, {})
    others = replace(job, exclusions=(*job.exclusions, *mine))
    anybody = (asked - AddressSet.parse(mine)).count > 0
    return Parted(others if anybody else None, _gently(job, mine, table), {a: delicate[a] for a in mine})


def _gently(job: SweepJob, targets: tuple[str, ...], table: PortTable) -> SweepJob:
    usual = frozenset(table.most_common("tcp", USUAL_TCP)) - HANDS_OFF
    # By ARP and ping, unless a person asks in no other way than by TCP.
    probes = tuple(probe for probe in job.probes if probe != "syn") or job.probes
    return replace(
        job,
        targets=targets,
        exclusions=(),
        probes=probes,
        tcp_ports=tuple(port for port in job.tcp_ports if port in usual),
        udp_ports=tuple(port for port in job.udp_ports if port in USUAL_UDP),
        rate=min(job.rate or POLITE_PACE, POLITE_PACE),
    )

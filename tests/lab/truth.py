"""The ground truth: what a perfect scan of the lab would report, as plain JSON."""

import json
import os
from pathlib import Path
from typing import Any

from tests.lab.model import Host, Interface, Plan, Port
from tests.lab.wiring import card_addresses


def ground_truth(plan: Plan) -> dict[str, Any]:
    """Everything that a scanner can be held to, made from the plan alone."""
    return {
        "zone": plan.zone,
        "networks": [
            {"name": segment.name, "ipv4": segment.ipv4, "ipv6": segment.ipv6} for segment in plan.segments
        ],
        "scanner": _machine(plan, plan.scanner),
        "hosts": [_machine(plan, host) for host in plan.hosts],
        "foreign_names": {f"{name}.{plan.zone}": address for name, address in plan.foreign_names},
    }


def write(path: Path, truth: dict[str, Any]) -> None:
    """Write the truth so that only root can read it, from the first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(truth, file, indent=1)


def _machine(plan: Plan, host: Host) -> dict[str, Any]:
    return {
        "name": host.name,
        "fqdn": f"{host.name}.{plan.zone}" if host.in_dns else None,
        "vendor": host.vendor,
        "answers_ping": host.answers_ping,
        "interfaces": [_card(plan, card) for card in host.interfaces],
        "ports": [_port(port) for program in host.programs for port in program.ports] + _filtered(host),
    }


def _card(plan: Plan, card: Interface) -> dict[str, Any]:
    addresses = [str(address) for address in card_addresses(plan, card)]
    ipv6 = addresses[1] if len(addresses) > 1 else None
    return {"segment": card.segment, "mac": card.mac, "ipv4": addresses[0], "ipv6": ipv6}


def _port(port: Port) -> dict[str, Any]:
    return {
        "protocol": port.protocol,
        "port": port.number,
        "state": port.state,
        "services": list(port.services),
        "product": port.product,
        "tunnel": port.tunnel,
    }


def _filtered(host: Host) -> list[dict[str, Any]]:
    return [_port(Port(number, (), state="filtered")) for number in host.dropped]

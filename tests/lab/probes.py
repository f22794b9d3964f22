"""Does a port of the lab answer? Asked from the router, so that the answer crosses the lab's own wires."""

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

from tests.lab import netns
from tests.lab.model import Plan, Port
from tests.lab.wiring import card_addresses, namespace

# One whole question per UDP service; any answer will do.
UDP_QUESTIONS = {
    # DNS: version.bind, class CHAOS, type TXT.
    53: bytes.fromhex("1d1d01000001000000000000") + b"\x07version\x04bind\x00" + bytes.fromhex("00100003"),
    # NetBIOS node status for "*" (RFC 1002 4.2.17).
    137: bytes.fromhex("1d1d00000001000000000000") + b"\x20CK" + b"A" * 30 + bytes.fromhex("0000210001"),
    # SNMPv2c get-request of sysUpTime.0 with community "public".
    161: bytes.fromhex("302902010104067075626c6963a01c02041d1d1d1d020100020100300e300c06082b060102010103000500"),
}
ATTEMPT_S = 0.5
PAUSE_S = 0.05


@dataclass(frozen=True, slots=True, order=True)
class Doorbell:
    """One port of one machine at one address."""

    host: str
    address: str
    port: Port


def doorbells(plan: Plan) -> list[Doorbell]:
    """Every port of the plan that must answer, at the first address of its host."""
    return [
        Doorbell(host.name, str(card_addresses(plan, host.interfaces[0])[0]), port)
        for host in plan.hosts
        for program in host.programs
        for port in program.ports
    ]


def silent(prefix: str, plan: Plan, bells: Iterable[Doorbell], *, patience_s: float) -> list[Doorbell]:
    """Ring until every port has answered or patience ends; gives those that never did."""

    def ring() -> list[Doorbell]:
        waiting = list(bells)
        deadline = time.monotonic() + patience_s
        while waiting := [bell for bell in waiting if not _answers(bell)]:
            if time.monotonic() >= deadline:
                break
            time.sleep(PAUSE_S)
        return waiting

    return netns.inside(namespace(prefix, plan.gateway), ring)


def _answers(bell: Doorbell) -> bool:
    try:
        if bell.port.protocol == "tcp":
            socket.create_connection((bell.address, bell.port.number), ATTEMPT_S).close()
            return True
        return _answers_question(bell)
    except OSError:
        return False


def _answers_question(bell: Doorbell) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.settimeout(ATTEMPT_S)
        asker.connect((bell.address, bell.port.number))
        asker.send(UDP_QUESTIONS[bell.port.number])
        return bool(asker.recv(4096))

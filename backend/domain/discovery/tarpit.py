"""Tells a tarpit from a host: hundreds of open ports that all answer alike are a trap, or a wall that lies.

LaBrea and firewalls with SYN cookies accept every port; endlessh and portspoof-like traps answer on all of them.
"""

from collections import Counter
from collections.abc import Iterable

from backend.domain.discovery.messages import Message
from backend.domain.discovery.report import HostReport, PortReport, TargetDifficult

MANY = 200  # open ports; servers with more exist, but theirs do not all say the same
ALIKE = 0.9  # of those that said something, how many have to say the same
ALL = 0.9  # of the ports that were asked, how many have to be open where none said anything
PROBED = 3  # confidence above nmap's guess by port number


def is_tarpit(ports: Iterable[PortReport], asked: int | None = None) -> bool:
    """Whether these ports of one host are a trap; `asked` is how many ports were asked, where that is known."""
    doors = [port for port in ports if port.state == "open"]
    if len(doors) <= MANY:
        return False
    said = Counter(banner for port in doors if (banner := _banner(port)))
    if said:
        return said.most_common(1)[0][1] > max(MANY, ALIKE * said.total())
    return asked is not None and len(doors) >= ALL * asked


def tarpit(report: HostReport, asked: int | None = None) -> TargetDifficult | None:
    """The host as a difficult target, where it is one of these."""
    if not is_tarpit(report.ports, asked):
        return None
    number = sum(port.state == "open" for port in report.ports)
    told = Message.of("target_tarpit", address=report.address, ports=number)
    return TargetDifficult(report.address, "tarpit", {"ports": number}, told.text)


def _banner(port: PortReport) -> tuple[str | None, ...] | None:
    """What a port said of itself; None where it is only guessed by its number."""
    if port.product or port.version or port.extra:
        return (port.service, port.product, port.version, port.extra)
    if port.confidence > PROBED:
        return (port.service, None, None, None)
    return None

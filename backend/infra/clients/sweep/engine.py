"""The engine of one sweep, in a process of its own: a job (marshal) on standard input, news on standard output.

SIGTERM ends it with what was found; whoever wants silence kills it.
"""

import marshal
import signal
import sys

from backend.infra.clients.sweep.family import Family, addresses, of_version
from backend.infra.clients.sweep.news import News
from backend.infra.clients.sweep.passes import Stopped
from backend.infra.clients.sweep.raw import RawSweep, split
from backend.infra.clients.sweep.udp import Udp
from backend.infra.clients.sweep.unprivileged import PlainSweep
from backend.infra.clients.sweep.work import Work

SWEEP_SHARE, TCP_SHARE = 0.3, 0.9  # of the progress, where ports follow


def run(work: Work) -> None:
    """Do all of a job, and say how it ended."""
    code, reason = "success", ""
    try:
        for version in (4, 6):
            ranges = [(first, last) for family, first, last in work.job["ranges"] if family == version]
            if ranges:
                _sweep(work, of_version(version), ranges)
        if work.unsendable and not work.sent:
            code = "no_route"
    except Stopped as stopped:
        code = str(stopped.args[0])
    except OSError as fault:
        code, reason = "fault", f"errno {fault.errno}"
    work.news.tell(1.0, now=True)
    work.news.ended(code, reason, sent=work.sent, received=work.received, passes=work.passes, loss=work.loss)


def _sweep(work: Work, family: Family, ranges: list[tuple[int, int]]) -> None:
    job = work.job
    ports = bool(job["tcp_ports"] or job["udp_ports"])
    sweep = RawSweep(work, family) if job["raw"] else PlainSweep(work, family)
    work.news.phase, work.span = "discovery", (0.0, SWEEP_SHARE if ports else 1.0)
    alive = sweep.discover(ranges) if job["probes"] else addresses(family, ranges)
    if not (ports and alive):
        return
    work.news.tell(SWEEP_SHARE, now=True)
    work.news.phase = "ports"
    if job["tcp_ports"]:
        work.span = (SWEEP_SHARE, TCP_SHARE)
        sweep.tcp(alive, job["tcp_ports"])
    if job["udp_ports"]:
        work.span = (TCP_SHARE, 1.0)
        _udp(work, family, alive)


def _udp(work: Work, family: Family, alive: bytes) -> None:
    hosts, ports = [family.text(item) for item in split(family, alive)], work.job["udp_ports"]

    def answered(number: int, data: bytes) -> None:
        port, host = divmod(number, len(hosts))
        work.news.port(hosts[host], "udp", ports[port], "open", data)

    work.ask(Udp(family, alive, ports, answered), least_passes=2)


def main() -> None:
    """Read the job, do it."""
    job = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - our own parent wrote it
    work = Work(job, News(sys.stdout.fileno()))
    signal.signal(signal.SIGTERM, work.stop)
    run(work)

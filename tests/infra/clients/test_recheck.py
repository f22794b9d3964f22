"""The second look: asked together, by sweep and by knocking; silence and "nobody could ask" are not the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.domain.discovery.ports import HelperGone, ScanPowers
from backend.domain.discovery.sweep import Alive, SweepEnded, SweepEvent, SweepJob, Swept
from backend.domain.monitoring.jobs import Recheck
from backend.infra.clients.recheck import HostRechecks


class FakeSweeps:
    """A helper that hears some addresses, or is gone."""

    def __init__(self, heard: dict[str, str], *, gone: bool = False) -> None:
        self.heard, self.gone, self.jobs = heard, gone, list[SweepJob]()

    async def powers(self) -> ScanPowers:
        if self.gone:
            raise HelperGone("away")
        return ScanPowers(raw_sockets=True, nmap_version="7.95")

    @asynccontextmanager
    async def sweep(self, job: SweepJob) -> "AsyncIterator[FakeSweeps]":
        self.jobs.append(job)
        yield self

    async def events(self) -> AsyncIterator[SweepEvent]:
        found = tuple(
            Alive(address, how)  # type: ignore[arg-type]
            for address, how in self.heard.items()
            if address in self.jobs[-1].targets
        )
        yield Swept("discovery", 1.0, alive=found)
        yield SweepEnded("success")

    async def stop(self) -> None:
        return None


def closed_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


async def test_many_that_fail_together_are_one_sweep() -> None:
    sweeps = FakeSweeps({"198.18.0.1": "echo", "198.18.0.2": "arp"})
    rechecks = HostRechecks(sweeps)
    asked = [rechecks.ask(f"198.18.0.{n}", (), pings=False) for n in range(1, 40)]
    found = await asyncio.gather(*asked)
    assert len(sweeps.jobs) == 1
    assert sweeps.jobs[0].probes == ("arp", "echo")
    assert found[:2] == [Recheck("icmp", True), Recheck("arp", True)]


async def test_an_echo_is_not_rechecked_by_an_echo() -> None:
    sweeps = FakeSweeps({"198.18.0.1": "syn_ack"})
    assert await HostRechecks(sweeps).ask("198.18.0.1", (), pings=True) == Recheck("tcp", True)
    assert sweeps.jobs[0].probes == ("arp", "syn")


async def test_without_a_helper_a_refused_knock_is_an_answer() -> None:
    found = await HostRechecks(FakeSweeps({}, gone=True)).ask("127.0.0.1", (closed_port(),), pings=False)
    assert found is not None
    assert (found.method, found.answered) == ("tcp", True)
    assert "refused" in found.detail


async def test_loopback_is_never_swept() -> None:
    sweeps = FakeSweeps({})
    await HostRechecks(sweeps).ask("127.0.0.1", (closed_port(),), pings=False)
    assert sweeps.jobs == []


async def test_where_nobody_can_ask_nothing_is_claimed() -> None:
    assert await HostRechecks(FakeSweeps({}, gone=True)).ask("198.18.0.1", (), pings=False) is None

"""The recorder's batches: small when little comes, large in a sweep, and halved around what cannot be stored."""

from dataclasses import dataclass, field
from typing import Any, cast

from backend.domain.discovery.recorder import RecorderLimits, ScanRecorder
from backend.domain.discovery.report import HostReport, PortReport
from tests.domain.discovery.world import NOW, World


@dataclass
class Counting:
    """A host writer that notes how many came at a time."""

    world: World
    sizes: list[int] = field(default_factory=list)

    async def store(self, work: Any, scan: Any, found: Any) -> Any:
        self.sizes.append(len(found))
        return await self.world.store(work, scan, found)


def recorder(world: World, hosts: Any, **limits: Any) -> ScanRecorder:
    world.add_scan(chunks=3)
    return ScanRecorder(
        world.tables.scans[1],
        world.tables.chunks.values(),
        transactions=cast("Any", world.transaction),
        hosts=hosts,
        clock=lambda: NOW,
        limits=RecorderLimits(retry_s=0.001, **limits),
        announce=world.bus.publish,
    )


async def fill(recording: ScanRecorder, world: World, hosts: int, ports: int = 0) -> None:
    chunks = list(world.tables.chunks.values())
    opened = tuple(PortReport("tcp", number, "open") for number in range(ports))
    for n in range(hosts):
        chunk = chunks[n % len(chunks)]
        await recording.host(chunk, HostReport(f"10.0.{n >> 8}.{n & 255}", "up", ports=opened))


async def test_what_waits_is_stored_together_whatever_chunks_it_is_of() -> None:
    world = World()
    counting = Counting(world)
    recording = recorder(world, counting)
    await fill(recording, world, 900)
    await recording.drain()
    assert counting.sizes == [500, 400]
    assert len(world.tables.hosts) == 900


async def test_hosts_with_many_ports_make_smaller_batches() -> None:
    world = World()
    counting = Counting(world)
    recording = recorder(world, counting, batch_ports=100)
    await fill(recording, world, 10, ports=50)
    await recording.drain()
    assert counting.sizes == [2] * 5


async def test_one_bad_host_among_hundreds_is_found_by_halves() -> None:
    world = World()
    world.poison = "10.0.1.5"
    counting = Counting(world)
    recording = recorder(world, counting)
    await fill(recording, world, 400)
    await recording.drain()
    assert len(world.tables.hosts) == 399
    assert len(counting.sizes) < 25
    assert any("10.0.1.5" in line.text for line in world.tables.lines.values())

"""A helper in a container of its own tells which networks are around it, and spares its own addresses."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from backend.domain.inventory.proposals import HostNetworks
from backend.infra.clients.host_networks import KernelTables
from backend.infra.clients.own_addresses import own_addresses
from backend.infra.clients.scan_helper import HelperSurroundings, ScanHelperProcesses
from backend.infra.scan_helper.server import sparing_ourselves
from tests.domain.discovery.jobs import make_job

Start = Callable[[str], Awaitable[ScanHelperProcesses]]


async def test_the_app_hears_what_the_helpers_kernel_knows(start_helper: Start) -> None:
    client = await start_helper("exit 0")
    heard, here = await HelperSurroundings(client).read(), await KernelTables().read()
    assert heard.interfaces == here.interfaces
    assert heard.resolvers == here.resolvers


async def test_a_helper_that_is_away_knows_no_network(tmp_path: Path) -> None:
    away = ScanHelperProcesses(tmp_path / "nobody.sock")
    assert await HelperSurroundings(away).read() == HostNetworks()


def test_the_helper_leaves_out_its_own_addresses_too() -> None:
    ours = next(address for address in own_addresses() if address.startswith("127."))
    job = make_job(targets=("127.0.0.0-127.0.0.3",), exclusions=("127.0.0.3",))
    assert set(sparing_ourselves(job).exclusions) == {"127.0.0.3", ours}
    assert sparing_ourselves(make_job(targets=("203.0.113.0/30",))).exclusions == ()

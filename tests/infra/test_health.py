"""What /status says of scanning."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.ports import HelperGone, NmapProcesses, NmapRun, ScanPowers
from backend.infra.db.engine import create_engine
from backend.infra.health import SystemHealth

ROOT = Path(__file__).resolve().parents[2]


class Helper(NmapProcesses):
    """Can do everything, or is away."""

    def __init__(self, powers: ScanPowers | None) -> None:
        self._powers = powers

    def start(self, job: NmapJob) -> AbstractAsyncContextManager[NmapRun]:
        raise HelperGone("starts nothing")

    async def powers(self) -> ScanPowers:
        if self._powers is None:
            raise HelperGone("away")
        return self._powers


async def limitations(powers: ScanPowers | None, *, in_container_network: bool) -> tuple[str, ...]:
    health = SystemHealth(
        create_engine("postgresql://nobody@127.0.0.1:1/nowhere"),
        Helper(powers),
        loops=dict,
        app_dir=ROOT,
        version="0",
        limits={},
        in_container_network=in_container_network,
    )
    return (await health.status()).powers.limitations


async def test_a_network_of_containers_is_a_limitation() -> None:
    able = ScanPowers(raw_sockets=True, nmap_version="7.95")
    assert await limitations(able, in_container_network=True) == ("container_network",)
    assert await limitations(able, in_container_network=False) == ()
    connecting = ScanPowers(raw_sockets=False, nmap_version="7.95")
    assert await limitations(connecting, in_container_network=True) == ("no_raw_sockets", "container_network")


async def test_a_helper_that_is_away_is_the_only_thing_worth_saying() -> None:
    assert await limitations(None, in_container_network=True) == ("helper_gone",)

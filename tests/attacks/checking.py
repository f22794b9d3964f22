"""Polls as the program makes them, on names that an attacker answers for."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import cycle

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.monitoring.collector import Credential, Ways
from backend.domain.monitoring.echoes import Echoes
from backend.domain.monitoring.egress import Egress, SiteEgress
from backend.domain.monitoring.measuring import Measured, Measurer, Tries
from backend.infra import plugins
from backend.infra.collector_catalogue import InstalledCollectors
from tests.domain.monitoring.making import watched

ALLOWED = "10.80.0.7"
SCOPE = Scope((AllowedNetwork("10.80.0.0/16"),), (), ("10.80.0.1",))
FORBIDDEN = ("127.0.0.1", "169.254.169.254", "10.80.0.1", "::1", "::ffff:127.0.0.1", "192.168.7.7")


class TurningNames:
    """A name server that answers something else each time (TTL 0)."""

    def __init__(self, answers: Sequence[tuple[str, ...]]) -> None:
        self._answers: Iterator[tuple[str, ...]] = cycle(answers)

    async def addresses(self, name: str) -> tuple[str, ...]:
        return next(self._answers)


class OneSite:
    """The real judge of one site."""

    def __init__(self, names: TurningNames) -> None:
        self._site = SiteEgress(self._scope, names)

    def of(self, site_id: int) -> Ways:
        return self._site

    async def _scope(self) -> Scope:
        return SCOPE


class NoLogins:
    """Nobody logs in."""

    def login(self, profile_id: int, target: str) -> AbstractAsyncContextManager[Credential]:
        raise NotImplementedError


class Poller:
    """Polls with the installed collectors, once each."""

    def __init__(self, egress: Egress, echoes: Echoes | None = None) -> None:
        collectors = InstalledCollectors(plugins.discover())
        self.measurer = Measurer(collectors, egress, NoLogins(), tries=Tries(most=1), echoes=echoes)

    async def poll(self, collector: str, host: str, **options: object) -> Measured:
        monitor = watched(0, address=host, collector=collector, config={**options, "timeout_s": 2.0})
        return await self.measurer.measure(monitor)

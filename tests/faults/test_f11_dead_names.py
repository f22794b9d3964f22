"""F11: the name server is dead; addresses and known names are watched as ever, and nobody is called down."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.monitoring.egress import SiteEgress
from backend.domain.monitoring.measuring import Measurer, Tries
from backend.domain.monitoring.poller import failure_of
from backend.domain.monitoring.states import Condition, after_failure
from backend.infra.clients import resolver
from tests.domain.monitoring.making import T0, Fakes, Pipeline, answering, watched

NAMES, ADDRESSES = 500, 200


class DeadServer:
    """A name server that answered, and from some moment on takes questions and never answers."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.dead = False

    def __call__(self, name: str) -> tuple[str, ...]:
        if self.dead:
            self.over.wait(30)
            return ()
        return ("10.80.9.9",)


class OneSite:
    """The judge of the site, with the real resolver."""

    def __init__(self) -> None:
        self.names = resolver.SystemResolver(wait_s=0.5)
        self.site = SiteEgress(self._scope, self.names)

    def of(self, site_id: int) -> SiteEgress:
        return self.site

    async def _scope(self) -> Scope:
        return Scope((AllowedNetwork("10.80.0.0/16"),))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DeadServer]:
    made = DeadServer()
    monkeypatch.setattr(resolver, "_addresses", made)
    monkeypatch.setattr(resolver, "KEEP_S", 0.0)
    yield made
    made.over.set()


async def lag(seconds: float) -> float:
    """The loop's lag that one in a hundred looks found longer."""
    found = []
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        await asyncio.sleep(0.01)
        found.append(time.monotonic() - began - 0.01)
    return sorted(found)[int(len(found) * 0.99)]


async def test_addresses_are_watched_as_ever(server: DeadServer) -> None:
    server.dead = True
    named = [watched(n, interval=1, address=f"host{n}.test") for n in range(NAMES)]
    literal = [watched(1000 + n, interval=1) for n in range(ADDRESSES)]
    line = Pipeline([*named, *literal], answering)
    site = OneSite()
    line.measurer._egress = site
    entries, late = await asyncio.gather(line.run(4.0), lag(3.5))
    polls = Counter(entry.monitor_id for entry in entries if entry.up)
    assert {monitor.id for monitor in literal} == set(polls), "each address, and no name that nobody ever knew"
    assert min(polls.values()) >= 2
    assert late < 0.25
    assert {entry.condition.state for entry in entries if entry.up is False} <= {"pending", "unknown"}
    site.names.close()


async def test_the_last_good_answer_is_used(server: DeadServer) -> None:
    fakes, site = Fakes(answering), OneSite()
    measurer = Measurer(fakes, site, fakes, tries=Tries(most=1))
    monitors = [watched(n, address=f"host{n}.test") for n in range(1, 9)]
    assert all([(await measurer.measure(monitor)).reading for monitor in monitors])
    server.dead = True
    found = await asyncio.gather(*(measurer.measure(monitor) for monitor in monitors))
    assert [measured.address for measured in found] == ["10.80.9.9"] * len(monitors)
    measurer.close()
    site.names.close()


async def test_nobody_is_called_down_for_it(server: DeadServer) -> None:
    server.dead = True
    fakes, site = Fakes(answering), OneSite()
    measured = await Measurer(fakes, site, fakes, tries=Tries(most=1)).measure(watched(address="new.test"))
    assert measured.failed is not None
    failure = failure_of(measured.failed, measured.phases)
    condition, _ = after_failure(Condition("up", T0), T0, failure)
    assert (failure.code, condition.state) == ("name_not_found", "unknown")
    site.names.close()

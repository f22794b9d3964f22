"""F06 in the naming engine: tarpits, floods and the silent keep nobody waiting, and cost their time only."""

import asyncio
import resource
import time
from contextlib import AsyncExitStack

import pytest

from backend.domain.discovery.naming import HostPorts
from backend.infra.clients.naming import doors, hosts
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.doors import NEVER
from tests.infra.clients.naming.strangers import (
    Behaviour,
    ask,
    drip,
    flood,
    greets,
    noise,
    reset,
    silent,
    stranger,
)

HOST = "127.0.0.1"
FTP = b"220 (vsFTPd 3.0.3)\r\n"


async def test_one_good_port_among_bad_ones() -> None:
    async with AsyncExitStack() as stack:
        behaviours: list[Behaviour] = [silent, flood, reset, noise, greets(FTP)]
        ports = [await stack.enter_async_context(stranger(one)) for one in behaviours]
        begun = time.monotonic()
        heard = await ask(HostPorts(HOST, tuple(ports)))
        assert time.monotonic() - begun < 8
    good = heard.port(ports[-1])
    assert good is not None
    assert (good.service, good.product, good.version) == ("ftp", "vsftpd", "3.0.3")
    assert heard.difficult == []


async def test_a_drip_is_called_a_tarpit_and_ends_in_time() -> None:
    async with stranger(drip) as port, stranger(greets(FTP)) as good:
        begun = time.monotonic()
        heard = await ask(HostPorts(HOST, (port, good)))
        assert time.monotonic() - begun < 8
    assert [(item.address, item.code) for item in heard.difficult] == [(HOST, "tarpit")]
    assert heard.port(good) is not None


async def test_a_flood_is_cut_and_leaves_no_trace_in_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with stranger(flood) as port:
        begun = time.monotonic()
        heard = await ask(HostPorts(HOST, (port,)))
        assert time.monotonic() - begun < 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024
    assert sum(len(s.output) for named in heard.named for p in named.ports for s in p.scripts) < 32_768


async def test_many_ports_with_one_banner_are_a_tarpit() -> None:
    async with AsyncExitStack() as stack:
        ports = [await stack.enter_async_context(stranger(greets(b"220 hello\r\n"))) for _ in range(210)]
        begun = time.monotonic()
        heard = await ask(HostPorts(HOST, tuple(sorted(ports))))
        assert time.monotonic() - begun < 10
    assert [item.code for item in heard.difficult] == ["tarpit"]
    assert heard.of("banner") is None


def test_different_answers_are_no_tarpit() -> None:
    different: list[Answer | None] = [Answer(service="http", product=str(number)) for number in range(24)]
    assert not hosts.is_tarpit(different)
    assert hosts.is_tarpit([Answer(service="ftp")] * 24)
    assert hosts.is_tarpit([None] * 24)


async def test_a_host_has_its_time_and_no_more() -> None:
    async with stranger(silent) as quiet, stranger(greets(FTP)) as good:
        begun = time.monotonic()
        heard = await ask(HostPorts(HOST, (quiet, good)), HostPorts("127.0.0.2", (good,)), per_host_s=0.5)
        assert time.monotonic() - begun < 2
    assert heard.port(good) is not None
    assert [item.code for item in heard.difficult] == ["lagging"]


async def test_the_whole_job_has_its_time_and_keeps_what_was_learnt() -> None:
    async with stranger(silent) as quiet, stranger(greets(FTP)) as good:
        heard = await ask(HostPorts(HOST, (quiet, good)), deadline_s=0.7, per_host_s=0.7)
    assert heard.ended is not None
    assert heard.ended.code in {"deadline", "success"}
    assert heard.port(good) is not None


async def test_few_conversations_with_one_host_at_a_time() -> None:
    open_now, most = 0, 0

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        writer.write(FTP)
        await silent(reader, writer)
        open_now -= 1

    async with AsyncExitStack() as stack:
        ports = [await stack.enter_async_context(stranger(count)) for _ in range(30)]
        heard = await ask(HostPorts(HOST, tuple(ports)), per_host_limit=3)
    assert most <= 4  # one may still be hanging up
    assert {port.port for port in heard.named[0].ports} == set(ports)


async def test_an_engine_that_fails_costs_its_own_answer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> Answer | None:
        raise RuntimeError("a fault in a parser")

    real = doors.ask
    async with stranger(greets(FTP)) as bad, stranger(greets(FTP)) as good:
        monkeypatch.setattr(doors, "ask", lambda place: broken() if place.port == bad else real(place))
        heard = await ask(HostPorts(HOST, (bad, good)))
    assert heard.port(good) is not None
    assert heard.port(bad) is None
    assert heard.ended is not None
    assert heard.ended.code == "success"


async def test_printers_and_machines_are_not_spoken_to() -> None:
    assert {9100, 515, 502, 102} <= NEVER
    spoken = asyncio.Event()

    async def listen(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        spoken.set()

    async with stranger(listen, "127.0.0.9", 9100):
        heard = await ask(HostPorts("127.0.0.9", (9100,)))
    assert not spoken.is_set()
    assert heard.named == []


async def test_a_drip_too_slow_for_one_conversation_is_known_by_the_whole_host() -> None:
    async def slow(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(2)

    async with AsyncExitStack() as stack:
        ports = [await stack.enter_async_context(stranger(slow)) for _ in range(60)]
        heard = await ask(HostPorts(HOST, tuple(sorted(ports))), per_host_s=9)
    assert [item.code for item in heard.difficult] == ["tarpit"]


def test_a_slow_host_with_a_few_strange_services_is_no_drip() -> None:
    strange = [Answer(greeting=b"hm?") for _ in range(9)]
    assert not hosts.drips_slowly(strange)
    assert hosts.drips_slowly(strange * 2)
    assert not hosts.drips_slowly([*strange * 2, *(Answer(service="http") for _ in range(3))])

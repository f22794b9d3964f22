"""A08: any byte string is a legal community, arrives as it is, and is in no argument, environment or log
(LibreNMS CVE-2018-20434, Cacti CVE-2025-66399)."""

import os
import re
from collections.abc import Awaitable, Callable
from socket import SOCK_DGRAM

import pytest

from backend.domain.monitoring.collector import Credential, Target, Trace
from backend.infra.clients.naming.der import children
from backend.infra.clients.snmp.ber import oid
from backend.infra.clients.snmp.session import Agent, Known, session
from backend.infra.collectors.snmp import SnmpOptions, ask
from tests import agents
from tests.attacks.corpus import TEXTS
from tests.attacks.payloads import PINGS
from tests.attacks.recorder import started_processes
from tests.attacks.twins import snmp as twins

UP_TIME = "1.3.6.1.2.1.1.3.0"
ODD = tuple(bytes((byte, other)) for byte in range(256) for other in (0, 10, byte))
# Half a surrogate is no text, and no body of JSON brings one.
LONG = tuple(
    text for text in (*TEXTS, *PINGS) if text and len(text) < 16_384 and not re.search("[\\ud800-\\udfff]", text)
)
Asking = Callable[[int, bytes], Awaitable[None]]


async def by_session(port: int, community: bytes) -> None:
    async with session(Agent("127.0.0.1", port, community), Known()) as opened:
        await opened.get([oid(UP_TIME)])


async def arrived(asking: Asking, communities: tuple[bytes, ...]) -> list[bytes]:
    """What an agent was given for each."""
    async with agents.agent({UP_TIME: agents.ticks(5)}) as listening:
        for community in communities:
            await asking(listening.port, community)
    return [children(data, 0x30)[1].content for data in listening.heard]


async def test_any_bytes_arrive_as_they_are() -> None:
    with started_processes() as started:
        assert await arrived(by_session, ODD) == list(ODD)
    assert started == []


async def test_texts_arrive_through_the_collector_and_stay_out_of_the_logs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def by_collector(port: int, community: bytes) -> None:
        credential = Credential(1, "snmp_v2c", secrets={"community": community.decode()})
        assert community.decode() not in repr(credential) or len(community) < 12
        await ask(
            Target("127.0.0.1"), SnmpOptions(port=port, interfaces=False, storage=False), credential, Trace()
        )

    communities = tuple(text.encode() for text in LONG)
    with caplog.at_level(0), started_processes() as started:
        assert await arrived(by_collector, communities) == list(communities)
    assert started == []
    said = caplog.text
    assert not [text for text in LONG if len(text) > 11 and text in said]
    assert not [text for text in LONG if len(text) > 11 and text in repr(os.environ)]


async def test_the_twin_that_calls_a_program_is_caught() -> None:
    with started_processes() as started:
        twins.community_in_the_arguments(agents.free_port(SOCK_DGRAM), b"s3cret")
    assert started != []


async def test_the_twin_that_cleans_is_caught() -> None:
    async def asking(port: int, community: bytes) -> None:
        await by_session(port, twins.cleaned_community(community))

    assert await arrived(asking, (b"$(id)",)) != [b"$(id)"]

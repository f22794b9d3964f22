"""Whatever the other side says, no question fails, and none takes long."""

import asyncio
import struct
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.infra.clients.naming import (
    certificate,
    der,
    dns,
    dns_message,
    doors,
    greeting,
    http,
    ipp,
    mdns,
    mqtt,
    mysql,
    netbios,
    ntlm,
    ntp,
    postgresql,
    rdp,
    redis,
    rtsp,
    sip,
    smb,
    smux,
    snmp,
    ssdp,
    ssh,
    ssh_exchange,
    telnet,
    vnc,
)
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.doors import Question
from tests.infra.clients.naming.talks import place, talk

QUESTIONS: dict[str, Question] = {
    "doors": doors._listen,
    "dns": dns.ask,
    "greeting": greeting.ask,
    "http": http.ask,
    "ipp": ipp.ask,
    "mqtt": mqtt.ask,
    "mysql": mysql.ask,
    "postgresql": postgresql.ask,
    "rdp": rdp.ask,
    "redis": redis.ask,
    "rtsp": rtsp.ask,
    "sip": sip.ask,
    "smb": smb.ask,
    "smux": smux.ask,
    "ssh": ssh.ask,
    "telnet": telnet.ask,
    "vnc": vnc.ask,
}
# Beginnings that lead a question deeper in, before the nonsense starts.
BEGINNINGS = (
    b"",
    b"SSH-2.0-x\r\n",
    b"SSH-2.0-x\r\n\x00\x00\x01\x00\x04\x14" + bytes(16) + b"\x00\x00\x00\x04abcd" * 10,
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nServer: ",
    b"220 ",
    b"\xff\xfb\x01\xff\xfd\x03",
    b"\x20\x02\x00\x00\x30\x40",
    b"\x00\x00\x00\x80\xfeSMB" + bytes(60),
    b"\x03\x00\x00\x13\x0e\xd0\x00\x00\x00\x00\x00\x02\x00\x08\x00\x02\x00\x00\x00",
    b"\x4a\x00\x00\x00\x0a5.5.5-10",
    b"$100\r\n",
    b"RFB 003.008\n",
    b"RTSP/1.0 200 OK\r\n",
    b"SIP/2.0 200 OK\r\n",
)
ANY = st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=600))
PARSERS: dict[str, Callable[[bytes], object]] = {
    "certificate": lambda data: certificate.read(data, Answer()),
    "der": lambda data: [list(der.items(item.content)) for item in der.items(data)],
    "der children": lambda data: der.children(data, 0x30, 0x30, 0x04),
    "oid": der.oid_text,
    "dns": dns_message.records,
    "dns name": dns_message.asked_name,
    "dns version": lambda data: dns.read(data, 0),
    "txt": dns_message.txt,
    "ntlm": lambda data: ntlm.challenge_in(ntlm.SIGNATURE + b"\x02\x00\x00\x00" + data),
    "netbios": lambda data: netbios.read(bytes(12) + b"\x20" + bytes(33) + b"\x00\x21" + data),
    "ntp": ntp.is_answer,
    "snmp engine": snmp.engine_id,
    "snmp values": lambda data: snmp.values(data, 1),
    "mdns": lambda data: mdns.read("10.0.0.1", dns_message.records(data), Answer()),
    "ssdp answer": ssdp.is_answer,
    "ssdp location": lambda data: ssdp.location(data.decode("latin-1"), "10.0.0.1"),
    "ssdp description": ssdp.description,
    "ipp": ipp.attributes,
    "mqtt version": mqtt.version,
    "ssh lists": lambda data: _malformed(ssh_exchange.name_lists, data),
    "ssh key": ssh.spellings,
    "sip": sip.read,
    "headers": http.headers,
    "telnet": telnet.refused,
}
PATIENT = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _malformed(parse: Callable[[bytes], object], data: bytes) -> None:
    """Parse what may be refused in the one way that its caller knows."""
    with suppress(ssh_exchange.Malformed, struct.error, UnicodeDecodeError):
        parse(data)


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.binary(max_size=2000))
@example(data=b"\x80" * 9000)
@example(data=b"<a>" * 3000)
@example(data=b"\xc0\x0c" * 2000)
@example(data=b"\x30\x80" * 2000)
@settings(max_examples=80, deadline=None)
def test_parsers(name: str, data: bytes) -> None:
    begun = time.perf_counter()
    PARSERS[name](data)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize("name", QUESTIONS)
@given(data=ANY, cut=st.integers(0, 700))
@PATIENT
def test_questions(name: str, data: bytes, cut: int) -> None:
    async def ask() -> None:
        said, _ = talk(data[:cut], data[cut:])
        begun = time.perf_counter()
        answer = await QUESTIONS[name](said, place(1))
        assert answer is None or isinstance(answer, Answer)
        if answer:
            assert sum(len(script.output) for script in answer.scripts) < 32_768
        assert time.perf_counter() - begun < 2

    asyncio.run(ask())


@pytest.mark.parametrize("name", QUESTIONS)
async def test_silence_costs_its_time_and_no_more(name: str) -> None:
    said, _ = talk(ends=False)
    begun = time.perf_counter()
    assert await QUESTIONS[name](said, place(1)) is None
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("name", QUESTIONS)
async def test_a_flood_is_cut(name: str) -> None:
    said, _ = talk(*[b"220-" + b"A" * 60_000] * 5, ends=False)
    await QUESTIONS[name](said, place(1))
    assert said.total < 64 * 1024

"""A sweep's frames: what goes in comes out, and no bytes make them fail otherwise than as they say."""

import contextlib
import json
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.ports import Refused
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import Alive, PortSeen, SweepEnded, SweepJob, Swept
from backend.domain.errors import DomainError
from backend.infra.clients.sweep.checks import checked_sweep
from backend.infra.clients.sweep.news import News
from backend.infra.clients.sweep.process import orders
from backend.infra.scan_helper.protocol import ProtocolError
from backend.infra.scan_helper.sweep_protocol import decode_news, decode_sweep, encode_sweep

SCOPE = Scope((AllowedNetwork("10.0.0.0/16", "n"), AllowedNetwork("fd00::/64")), ("10.0.9.0/24",), ("10.0.0.1",))
JOB = SweepJob(
    "uid",
    ("10.0.1.0/24", "10.0.2.1-10.0.2.9"),
    SCOPE,
    exclusions=("10.0.1.7",),
    probes=("arp", "syn"),
    tcp_ports=(22, 80),
    udp_ports=(53,),
    rate=2000,
)
VALID = encode_sweep(JOB)[5:]


def test_a_job_comes_out_as_it_went_in() -> None:
    assert decode_sweep(VALID) == JOB
    assert checked_sweep(JOB).count == 256 + 9 - 1


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_sweep(data)
    for kind in (b"w", b"d", b"r", b"x"):
        with contextlib.suppress(ProtocolError):
            decode_news(kind, data)


def test_jobs_that_are_nearly_right() -> None:
    chance = random.Random(8)
    values: tuple[object, ...] = (
        "-oN",
        ["--script"],
        -1,
        0,
        2**70,
        None,
        True,
        [[1]],
        math.nan,
        math.inf,
        [0],
        [80, 80],
        "10.0.0.0/8",
        [],
    )
    for _ in range(3000):
        message = json.loads(VALID)
        message[chance.choice((*message, "argv"))] = chance.choice(values)
        data = bytearray(json.dumps(message).encode())
        if chance.random() < 0.3:
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            job = decode_sweep(bytes(data))
            addresses = checked_sweep(job)
        except (ProtocolError, DomainError):
            continue
        assert addresses.count <= 65_536
        assert orders(job, addresses)


def test_news_come_out_as_the_engine_wrote_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("news") / "pipe"
    with path.open("wb") as file:
        news = News(file.fileno())
        for number in range(2500):
            news.alive(f"10.0.{number >> 8}.{number & 255}", "echo", 0.00123, 64)
        news.alive("fd00::1", "nd", None, None, b"\x02\x00\x00\x00\x00\x01")
        news.port("10.0.0.1", "tcp", 80, "open")
        news.port("10.0.0.1", "udp", 53, "open", bytes(range(256)))
        news.tell(0.5, now=True)
        news.ended("fault", "errno 1", sent=3, received=2, passes=1, loss=0.5)
    data, events = path.read_bytes(), []
    while data:
        length = int.from_bytes(data[1:5], "big")
        assert length < 256 * 1024
        events.append(decode_news(data[:1], data[5 : 5 + length]))
        data = data[5 + length :]
    swept = [event for event in events if isinstance(event, Swept)]
    alive = [item for event in swept for item in event.alive]
    assert len(alive) == 2501
    assert alive[0] == Alive("10.0.0.0", "echo", 1.23, 64, None)
    assert alive[-1] == Alive("fd00::1", "nd", None, None, "02:00:00:00:00:01")
    assert [item for event in swept for item in event.ports] == [
        PortSeen("10.0.0.1", "tcp", 80),
        PortSeen("10.0.0.1", "udp", 53, "open", bytes(range(256))),
    ]
    assert events[-1] == SweepEnded("fault", {"reason": "errno 1"}, 3, 2, 1, 0.5)


def test_a_refusal_comes_out_too() -> None:
    assert decode_news(b"r", b'{"code":"scope_refused","params":{"reason":"no"}}') == Refused(
        "scope_refused", {"reason": "no"}
    )

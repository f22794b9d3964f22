"""What leaves is what the standards say, and nothing that comes in can break the readers (Hypothesis)."""

import os
import socket
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.echo import PACKET, Echo
from backend.infra.clients.sweep.family import IPV4, IPV6, addresses, mixed
from backend.infra.clients.sweep.neighbours import judge_advertisement
from backend.infra.clients.sweep.passes import CHECK
from backend.infra.clients.sweep.payloads import OTHER, QUESTIONS
from backend.infra.clients.sweep.routes import Card
from backend.infra.clients.sweep.syn import Syn
from backend.infra.clients.sweep.ways import KernelWay, LinkWay

SOURCE = socket.inet_aton("10.0.0.1")
NETWORK = addresses(IPV4, [(0x0A000100, 0x0A0001FF)])


class Quiet(Echo):
    """Without sockets."""

    def _open(self, _protocol: int) -> socket.socket:
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


@pytest.fixture(scope="module")
def echo() -> Iterator[Echo]:
    """256 addresses to ask."""
    prober = Quiet(IPV4, NETWORK, lambda *_: None)
    yield prober
    prober._socket.close()


def _valid(data: bytes) -> bool:
    """Whether the sum over all words, checksum included, is 0xFFFF."""
    return vectors.word_sum(data) == 0xFFFF


def _answer(question: bytes) -> bytes:
    return bytes((0, 0)) + question[2:]


def test_every_echo_has_a_right_checksum(echo: Echo) -> None:
    packets = bytes(echo.packets(range(256), CHECK))
    assert all(_valid(packets[place : place + PACKET]) for place in range(0, len(packets), PACKET))
    assert len({packets[place + 4 : place + 12] for place in range(0, len(packets), PACKET)}) == 256


def test_an_answer_is_known_by_its_cookie(echo: Echo) -> None:
    question = bytes(echo.packets([7], 3))
    answer = echo.judge(NETWORK[28:32], _answer(question))
    assert answer is not None
    assert answer[:2] == (7, 3)
    assert echo.judge(NETWORK[32:36], _answer(question)) is None
    assert echo.judge(b"\x08\x08\x08\x08", _answer(question)) is None
    assert echo.judge(NETWORK[28:32], question) is None


@given(place=st.integers(4, PACKET - 1), flip=st.integers(1, 255))
def test_a_changed_answer_is_a_strangers(echo: Echo, place: int, flip: int) -> None:
    answer = bytearray(_answer(bytes(echo.packets([9], 0))))
    answer[place] ^= flip
    assert echo.judge(NETWORK[36:40], bytes(answer)) is None


class Trusting(Quiet):
    """A twin that believes whoever answers at an address that was asked."""

    def judge(self, source: bytes, body: bytes) -> tuple[int, int, int] | None:
        number = self._numbers.get(source)
        return (number, 0, 0) if number is not None and body[:1] == b"\0" else None


def test_the_trusting_twin_is_caught() -> None:
    twin = Trusting(IPV4, NETWORK, lambda *_: None)
    answer = bytearray(_answer(bytes(twin.packets([9], 0))))
    answer[8] ^= 1
    assert twin.judge(NETWORK[36:40], bytes(answer)) is not None
    twin._socket.close()


@given(source=st.binary(max_size=16), body=st.binary(max_size=64))
def test_no_bytes_break_the_echo_reader(echo: Echo, source: bytes, body: bytes) -> None:
    assert echo.judge(source, body) is None
    assert echo.judge(NETWORK[:4], body) is None


@given(body=st.binary(max_size=64), life=st.integers(0, 255))
def test_no_bytes_break_the_advertisement_reader(body: bytes, life: int) -> None:
    answer = judge_advertisement(body, life)
    assert answer is None or (life == 255 and len(answer[0]) == 16 and len(answer[1]) == 6)


@given(secret=st.binary(min_size=4, max_size=4), data=st.binary(max_size=600), turn=st.integers(0, 15))
def test_no_bytes_break_the_readers_of_udp_answers(secret: bytes, data: bytes, turn: int) -> None:
    for question in (*QUESTIONS.values(), OTHER):
        assert question.answers(secret, data) in {True, False}
        assert 0 < len(question.ask(secret, turn)) < 512


@given(st.lists(st.binary(min_size=40, max_size=40), min_size=1, max_size=20))
def test_checksums_of_many_at_once(records: list[bytes]) -> None:
    joined = b"".join(records)
    columns = [b"".join(record[place : place + 2] for record in records) for place in range(0, 40, 2)]
    sums = vectors.checksums(0x1234, [vectors.lane(words) for words in columns], len(records))
    assert len(joined) == 40 * len(records)
    for number, record in enumerate(records):
        expected = vectors.folded(vectors.word_sum(record) + 0x1234) ^ 0xFFFF
        found = int.from_bytes(sums[number * 2 : number * 2 + 2], "big")
        assert found in {expected, expected ^ 0xFFFF if expected in {0, 0xFFFF} else expected}


@pytest.mark.skipif(os.geteuid() != 0, reason="raw sockets need root")
@pytest.mark.parametrize("turn", [0, 1, 14, CHECK])
def test_every_syn_has_right_checksums(turn: int) -> None:
    way = LinkWay(Card("none", 1, bytes(6)), SOURCE, bytes(6))
    sent: list[bytes] = []

    def send(packets: bytes | bytearray, names: bytes) -> int:
        sent.append(bytes(packets))
        return len(names)

    prober = Syn(IPV4, NETWORK, (22, 80, 65535), SOURCE, lambda *_: None, way=way, hosts_only=False)
    try:
        prober._batches.send = send  # type: ignore[method-assign]
        prober.send(range(256, 512), turn)
    finally:
        prober.close()
    for place in range(0, len(sent[0]), 44):
        header, segment = sent[0][place : place + 20], sent[0][place + 20 : place + 44]
        assert _valid(header)
        assert _valid(header[12:20] + struct.pack(">HH", 6, 24) + segment)
        assert struct.unpack_from(">H", segment, 2)[0] == 80
        assert segment[13] == 2


def test_addresses_are_mixed_and_none_is_lost() -> None:
    assert sorted(mixed(IPV4, NETWORK)) == sorted(NETWORK)
    six = addresses(IPV6, [(1 << 120, (1 << 120) + 300)])
    order = mixed(IPV6, six)
    assert {order[place : place + 16] for place in range(0, len(order), 16)} == {
        six[place : place + 16] for place in range(0, len(six), 16)
    }


def test_the_kernels_way_needs_no_header_of_ours() -> None:
    assert KernelWay(IPV4).heads(NETWORK, 1, PACKET) == b""

"""Echoes in the scan helper's protocol: one long connection, many targets in a frame, both ways.

    app -> helper    E questions (records)        helper -> app    E answers (records)

A question is number, count, interval, wait, size, address (IPv4 mapped into IPv6); an answer is number, code,
sent, received and four times. Records are bounded, and so is each value in them.
"""

import socket
import struct
from collections.abc import Iterable, Iterator

from backend.domain.monitoring.echoes import Echoed, EchoPlan
from backend.infra.scan_helper.protocol import ProtocolError, frame

ECHO = b"E"
MOST = 4096
_QUESTION = struct.Struct(">IBHHH16s")
_ANSWER = struct.Struct(">IBBBffff")
MAX_QUESTION_BYTES = MOST * _QUESTION.size
MAX_ANSWER_BYTES = MOST * _ANSWER.size
_CODES = ("", "unreachable", "unsendable", "no_rights", "forbidden", "busy")
_NUMBERS = {code: number for number, code in enumerate(_CODES)}
_MAPPED = bytes(10) + b"\xff\xff"
MOST_COUNT, LEAST_INTERVAL, MOST_INTERVAL, MOST_WAIT = 20, 20, 1_000, 5_000
LEAST_SIZE, MOST_SIZE = 20, 1_400
Question = tuple[int, str, EchoPlan]


def packed_question(number: int, address: str, plan: EchoPlan) -> bytes:
    """One question's record; raises OSError for what is no address."""
    if ":" in address:
        where = socket.inet_pton(socket.AF_INET6, address)
    else:
        where = _MAPPED + socket.inet_pton(socket.AF_INET, address)
    return _QUESTION.pack(number, plan.count, plan.interval_ms, plan.wait_ms, plan.size, where)


def questions(records: Iterable[bytes]) -> bytes:
    """A frame of questions."""
    return frame(ECHO, b"".join(records))


def read_questions(data: bytes) -> Iterator[Question]:
    """The questions of a frame; raises ProtocolError for values that nobody may ask for."""
    if len(data) > MAX_QUESTION_BYTES or len(data) % _QUESTION.size:
        raise ProtocolError("questions of another length")
    plans: dict[tuple[int, int, int, int], EchoPlan] = {}
    for number, count, interval, wait, size, where in _QUESTION.iter_unpack(data):
        key = (count, interval, wait, size)
        plan = plans.get(key)
        if plan is None:
            plan = plans[key] = _plan(*key)
        four = where.startswith(_MAPPED)
        yield number, socket.inet_ntoa(where[12:]) if four else socket.inet_ntop(socket.AF_INET6, where), plan


def packed_answer(number: int, echoed: Echoed) -> bytes:
    """One answer's record."""
    return _ANSWER.pack(
        number,
        _NUMBERS[echoed.code],
        echoed.sent,
        echoed.received,
        echoed.min_ms,
        echoed.avg_ms,
        echoed.max_ms,
        echoed.jitter_ms,
    )


def answers(records: Iterable[bytes]) -> bytes:
    """A frame of answers."""
    return frame(ECHO, b"".join(records))


def read_answers(data: bytes) -> Iterator[tuple[int, Echoed]]:
    """The answers of a frame; raises ProtocolError."""
    if len(data) % _ANSWER.size:
        raise ProtocolError("answers of another length")
    for number, code, *rest in _ANSWER.iter_unpack(data):
        if code >= len(_CODES):
            raise ProtocolError("an answer that means nothing")
        yield number, Echoed(_CODES[code], *rest)


def _plan(count: int, interval: int, wait: int, size: int) -> EchoPlan:
    within = (
        1 <= count <= MOST_COUNT
        and LEAST_INTERVAL <= interval <= MOST_INTERVAL
        and 1 <= wait <= MOST_WAIT
        and LEAST_SIZE <= size <= MOST_SIZE
    )
    if not within:
        raise ProtocolError("a plan out of range")
    return EchoPlan(count, interval, wait, size)

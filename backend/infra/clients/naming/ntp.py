"""NTP (RFC 5905 7.3): one question for the time."""

import struct

from backend.infra.clients.naming import datagrams
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Gate

_QUESTION = struct.pack(">B3x11I", 0b00_100_011, *([0] * 9), 0xDEADBEEF, 0xCAFEF00D)
_SERVER = 4


async def ask_udp(gate: Gate, address: str, port: int) -> Answer | None:
    """Ask, and tell version and distance from a clock."""
    heard = await datagrams.ask(gate, address, port, _QUESTION, is_answer)
    if not heard:
        return None
    leap, version, stratum = heard[0] >> 6, heard[0] >> 3 & 7, heard[1]
    where = "unsynchronized" if leap == 3 or stratum in {0, 16} else f"stratum {stratum}"
    return Answer(service="ntp", product="NTP", version=f"v{version}", extra=where)


def is_answer(data: bytes) -> bool:
    """Whether a server answers this very question."""
    return len(data) >= 48 and data[0] & 7 == _SERVER and data[24:32] == _QUESTION[40:48]

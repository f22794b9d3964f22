"""A11: whatever is sent to the scan helper, it lives on and starts nothing but the command line of a valid job."""

import asyncio
import os
import random
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from backend.domain.errors import DomainError
from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.scan_helper.protocol import ProtocolError, decode_job, encode_job, frame
from tests.attacks.payloads import COMMANDS, SPELLINGS
from tests.attacks.recorder import started_processes
from tests.attacks.scanning import helper
from tests.attacks.twins.scanners import obedient_helper
from tests.domain.discovery.jobs import make_job
from tests.infra.scan_helper.fake_nmap import write_fake_nmap

JOBS = int(os.environ.get("LANARIUM_FUZZ_JOBS", "5000"))
SEED = 4_711
VALID = encode_job(make_job())[5:]
# Every word that may stand on the command line, as the arguments' own module writes them.
WORD = re.compile(
    r"--(privileged|unprivileged|no-stylesheet|stats-every|top-ports|version-intensity|osscan-limit|max-os-tries"
    r"|script|script-timeout|max-rate|max-hostgroup|host-timeout)|-6|-n|-v|-iL|-|1s|-o[XNG]|/dev/fd/\d+"
    r"|-P[ESRAn][\d,]*|-s[STUVn]|-O|-p|[TU]:[\d,-]+(,U:[\d,-]+)?|-T[234]|\d+s?|[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9-]+)*"
)


def mutations(count: int) -> Iterator[bytes]:
    """Jobs that are nearly right, and bytes that are nothing."""
    chance = random.Random(SEED)
    for _ in range(count):
        yield chance.choice((_flipped, _field_changed, _cut, _noise))(chance)


def _flipped(chance: random.Random) -> bytes:
    data = bytearray(VALID)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _field_changed(chance: random.Random) -> bytes:
    job = msgspec.json.decode(VALID)
    inner = chance.choice((job, job["options"], job["limits"]))
    text = chance.choice((*SPELLINGS, *COMMANDS)).replace("\udc00", "")
    value = chance.choice((text, [text], {"argv": [text]}, -1, 2**70, None, True, [[[[text]]]], 1e308))
    inner[chance.choice((*inner, "argv", text))] = value
    return msgspec.json.encode(job)


def _cut(chance: random.Random) -> bytes:
    return VALID[: chance.randrange(len(VALID))]


def _noise(chance: random.Random) -> bytes:
    return chance.choice((b"[" * 5000, b'{"a":' * 900, chance.randbytes(200), b"null", b'"x"', b""))


async def foreign_words(send: Callable[[bytes], Awaitable[None]], jobs: Iterator[bytes]) -> list[str]:
    """Words on started command lines that no valid job can put there."""
    with started_processes() as started:
        for data in jobs:
            await send(data)
    lines = [line[line.index("--") + 1 :] for line in map(list, started) if "--" in line]
    lines += [list(line) for line in started if "--" not in line]
    return [word for line in lines for word in _after_nmap(line) if not WORD.fullmatch(word)]


def _after_nmap(line: list[str]) -> list[str]:
    """The words after our own fixed beginning and the program."""
    if "setpriv" in line:
        line = line[line.index("--") + 1 :]
    return line[1:]


async def test_the_helper_lives_on_and_starts_nothing_else(tmp_path: Path) -> None:
    program = NmapProgram(write_fake_nmap(tmp_path, "xml(HEAD, TAIL)\n"))
    async with helper(tmp_path, program) as client:

        async def send(data: bytes) -> None:
            reader, writer = await asyncio.open_unix_connection(tmp_path / "attack.sock")
            writer.write(frame(b"J", data))
            async with asyncio.timeout(30):
                await reader.read()
            writer.close()

        assert await foreign_words(send, mutations(JOBS)) == []
        assert (await client.powers()).nmap_version


async def test_the_twin_is_caught() -> None:
    async def send(data: bytes) -> None:
        obedient_helper(data)

    assert await foreign_words(send, mutations(100))


def test_a_job_survives_its_journey() -> None:
    job = make_job()
    assert decode_job(encode_job(job)[5:]) == job


@pytest.mark.parametrize("data", [b'{"argv": ["-oN", "x"]}', VALID[:-1] + b', "argv": []}', b"{}"])
def test_unknown_names_are_refused(data: bytes) -> None:
    with pytest.raises((ProtocolError, DomainError)):
        decode_job(data)

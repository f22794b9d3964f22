"""What the helper takes from the engine: whole frames that the engine could have written, and nothing else."""

import asyncio
from dataclasses import replace

from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingJob
from backend.domain.discovery.report import PortReport, ScriptResult
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.infra.clients.naming.codec import decode_event, decode_job, encode_event, encode_job
from backend.infra.clients.naming.process import MAX_FRAME, NamingProgram, next_frame

JOB = NamingJob("u", (HostPorts("127.0.0.1", (1,), (53,)),), Scope((AllowedNetwork("10.0.0.0/8"),), ("10.0.0.1",)))


async def read(data: bytes) -> bytes | None:
    """What comes of these bytes."""
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return await next_frame(reader)


async def test_frames_are_bounded() -> None:
    ended = encode_event(NamingEnded("success"))
    assert await read(ended + b"more") == ended
    assert await read(ended[:-1]) is None
    assert await read(b"") is None
    assert await read(b"a" + (MAX_FRAME + 1).to_bytes(4, "big") + bytes(MAX_FRAME + 1)) is None


def test_a_job_arrives_as_it_was_sent() -> None:
    assert decode_job(encode_job(JOB)[5:]) == JOB
    assert decode_job(encode_job(replace(JOB, names=False, per_host_limit=1))[5:]).per_host_limit == 1


def test_a_host_that_says_too_much_is_shortened() -> None:
    port = PortReport("tcp", 80, "open", extra="x" * 5000, scripts=(ScriptResult("banner", "\x00" * 4096),) * 8)
    named = Named("10.0.0.2", "banner", ports=tuple(replace(port, port=number) for number in range(1, 800)))
    data = encode_event(named)
    assert len(data) <= MAX_FRAME
    told = decode_event(data[:1], data[5:])
    assert isinstance(told, Named)
    assert len(told.ports) == 500


async def test_an_engine_that_is_killed_is_a_fault() -> None:
    child = await NamingProgram().start(replace(JOB, names=False, per_host_s=20.0))
    child.kill()
    frames = [frame async for frame in child.frames()]
    await child.close()
    last = decode_event(frames[-1][:1], frames[-1][5:])
    assert isinstance(last, NamingEnded)
    assert last.code == "fault"

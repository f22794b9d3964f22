"""What app and helper say to each other."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.job import OutputLimits
from backend.domain.discovery.options import PROFILES
from backend.domain.discovery.ports import Exited, Output, Refused, ScanPowers, Stream, Truncated
from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour, Route
from backend.infra.scan_helper.protocol import (
    ProtocolError,
    Told,
    decode_frame,
    decode_job,
    encode_frame,
    encode_job,
    frame,
    read_frame,
)
from tests.domain.discovery.jobs import make_job

STREAMS: tuple[Stream, ...] = ("out", "err", "xml", "nmap", "gnmap")
streams = st.sampled_from(STREAMS)
frames = st.one_of(
    st.builds(Output, streams, st.binary(max_size=200)),
    st.builds(Truncated, streams, st.integers(0, 2**31)),
    st.builds(Exited, st.none() | st.integers(0, 255), st.none() | st.integers(1, 64)),
    st.builds(
        Refused, st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3)
    ),
    st.builds(ScanPowers, st.booleans(), st.none() | st.text(max_size=10)),
    st.just(
        HostNetworks(
            (Interface("eth0", ("10.9.0.2/24",)),),
            (Route("default", "eth0", "10.9.0.1"),),
            (Neighbour("10.9.0.1", None, "eth0", True),),
            ("10.9.0.1",),
        )
    ),
)


def reader_of(data: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return reader


@given(frames)
async def test_every_frame_arrives_as_it_left(item: Told) -> None:
    assert decode_frame(*await read_frame(reader_of(encode_frame(item)), 10_000)) == item


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_profile_arrives_as_it_left(profile: str) -> None:
    job = make_job(options=PROFILES[profile], exclusions=("10.0.0.3",), raw=False, limits=OutputLimits(1, 2, 3, 4))
    assert decode_job(encode_job(job)[5:]) == job


def test_where_files_go_is_not_told() -> None:
    assert b"secret-place" not in encode_job(make_job(artifact_dir="/secret-place"))


async def test_a_long_frame_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProtocolError):
        await read_frame(reader_of(frame(b"J", b"x" * 100)), 99)
    with pytest.raises(asyncio.IncompleteReadError):
        await read_frame(reader_of(frame(b"J", b"x" * 100)[:50]), 100)


@pytest.mark.parametrize(("kind", "data"), [(b"?", b""), (b"z", b"{"), (b"t", b'{"stream": "disk", "limit": 1}')])
def test_frames_that_are_none(kind: bytes, data: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_frame(kind, data)


@pytest.mark.parametrize("limits", [OutputLimits(0, 1, 1, 1), OutputLimits(1, 1, 1, 2**40)])
def test_limits_are_limited(limits: OutputLimits) -> None:
    with pytest.raises(ProtocolError):
        decode_job(encode_job(make_job(limits=limits))[5:])

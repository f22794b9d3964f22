"""What the app and the scan helper say to each other: frames of a kind, a length and that many bytes.

    app -> helper    J job (JSON)   C what can you do   N which networks do you see   S stop
    helper -> app    o e x n g bytes of a stream   t a stream was cut   z nmap is gone   r refused
                     p powers   s networks seen
Sweeps, echoes and naming have frames of their own: sweep_protocol.py, echo_protocol.py, clients/naming/codec.py.

A job is typed options, never arguments; unknown names, wrong types and long frames are refused.
"""

import asyncio
import struct
from typing import Any

import msgspec

from backend.domain.discovery.job import NmapJob, OutputLimits
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.ports import Exited, Frame, Output, Refused, ScanPowers, Stream, Truncated
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.inventory.proposals import HostNetworks

MAX_JOB_BYTES = 4 * 1024 * 1024
MAX_DATA_BYTES = 256 * 1024
MAX_LIMIT_BYTES = 1024**3
_HEADER = struct.Struct(">cI")
_STREAMS: dict[bytes, Stream] = {b"o": "out", b"e": "err", b"x": "xml", b"n": "nmap", b"g": "gnmap"}
Told = Frame | ScanPowers | HostNetworks
_KINDS: dict[Stream, bytes] = {stream: kind for kind, stream in _STREAMS.items()}


class ProtocolError(Exception):
    """The other side sent what no honest side sends."""


class _Network(msgspec.Struct, forbid_unknown_fields=True):
    cidr: str
    name: str = ""
    allow_public: bool = False


class _Limits(msgspec.Struct, forbid_unknown_fields=True):
    text_bytes: int
    xml_bytes: int
    artifact_bytes: int
    line_bytes: int


class _Job(msgspec.Struct, forbid_unknown_fields=True):
    uid: str
    targets: list[str]
    exclusions: list[str]
    options: dict[str, Any]
    allowed: list[_Network]
    excluded: list[str]
    own: list[str]
    host_timeout_s: int
    chunk_timeout_s: int
    raw: bool
    limits: _Limits


def encode_job(job: NmapJob) -> bytes:
    """A job as one frame; where its files go stays with us."""
    message = {
        "uid": job.uid,
        "targets": job.targets,
        "exclusions": job.exclusions,
        "options": job.options,
        "allowed": job.scope.allowed,
        "excluded": job.scope.excluded,
        "own": job.scope.own,
        "host_timeout_s": job.host_timeout_s,
        "chunk_timeout_s": job.chunk_timeout_s,
        "raw": job.raw,
        "limits": job.limits,
    }
    return frame(b"J", msgspec.json.encode(message))


def decode_job(data: bytes) -> NmapJob:
    """Read a job from a frame's bytes; raises ProtocolError, and Invalid for options that are not allowed."""
    try:
        message = msgspec.json.decode(data, type=_Job)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise ProtocolError(str(wrong)[:200]) from wrong
    limits = message.limits
    if not all(0 < value <= MAX_LIMIT_BYTES for value in msgspec.structs.astuple(limits)):
        raise ProtocolError("a limit is out of range")
    return NmapJob(
        uid=message.uid,
        targets=tuple(message.targets),
        exclusions=tuple(message.exclusions),
        options=ScanOptions.from_mapping(message.options),
        scope=Scope(
            tuple(AllowedNetwork(item.cidr, item.name, item.allow_public) for item in message.allowed),
            tuple(message.excluded),
            tuple(message.own),
        ),
        host_timeout_s=message.host_timeout_s,
        chunk_timeout_s=message.chunk_timeout_s,
        raw=message.raw,
        limits=OutputLimits(*msgspec.structs.astuple(limits)),
    )


def encode_frame(item: Told) -> bytes:
    """What the helper tells, as one frame."""
    match item:
        case Output(stream, data):
            return frame(_KINDS[stream], data)
        case Truncated():
            return frame(b"t", msgspec.json.encode(item))
        case Exited():
            return frame(b"z", msgspec.json.encode(item))
        case Refused(code, params):
            return frame(b"r", msgspec.json.encode({"code": code, "params": dict(params)}))
        case ScanPowers():
            return frame(b"p", msgspec.json.encode(item))
        case HostNetworks():
            return frame(b"s", msgspec.json.encode(item))


def decode_frame(kind: bytes, data: bytes) -> Told:
    """Read what the helper told; raises ProtocolError."""
    if kind in _STREAMS:
        return Output(_STREAMS[kind], data)
    types: dict[bytes, type[Told]] = {
        b"t": Truncated,
        b"z": Exited,
        b"r": Refused,
        b"p": ScanPowers,
        b"s": HostNetworks,
    }
    if kind not in types:
        raise ProtocolError("an unknown kind of frame")
    try:
        return msgspec.json.decode(data, type=types[kind])
    except msgspec.MsgspecError as wrong:
        raise ProtocolError(str(wrong)[:200]) from wrong


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """One frame."""
    return _HEADER.pack(kind, len(data)) + data


async def read_frame(reader: asyncio.StreamReader, limit: int) -> tuple[bytes, bytes]:
    """The next frame. Raises ProtocolError for one longer than `limit`, IncompleteReadError at the end."""
    kind, length = _HEADER.unpack(await reader.readexactly(_HEADER.size))
    if length > limit:
        raise ProtocolError(f"a frame of {length} bytes")
    return kind, await reader.readexactly(length)

"""A naming job and what comes of it as frames of a kind, a length and JSON, as the helper's protocol has them.

app -> helper -> engine    Q ask (JSON)
engine -> helper -> app    a what a source says, or a difficult host   q it ended   r refused by the helper
"""

import struct
from dataclasses import replace
from typing import Any

import msgspec

from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingEvent, NamingJob
from backend.domain.discovery.ports import Refused
from backend.domain.discovery.report import TargetDifficult
from backend.domain.discovery.scope import AllowedNetwork, Scope

ASK, TOLD, ENDED, REFUSED = b"Q", b"a", b"q", b"r"
MAX_EVENT = 200 * 1024
HEADER = struct.Struct(">cI")
_KINDS: dict[bytes, Any] = {b"n": Named, b"d": TargetDifficult}
_FIELDS = ("names", "banners", "deadline_s", "per_host_limit", "per_host_s", "snmp_public")


class _Network(msgspec.Struct, forbid_unknown_fields=True):
    cidr: str
    name: str = ""
    allow_public: bool = False


class _Host(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    address: str
    tcp: list[int]
    udp: list[int]


class _Job(msgspec.Struct, forbid_unknown_fields=True):
    uid: str
    hosts: list[_Host]
    allowed: list[_Network]
    excluded: list[str]
    own: list[str]
    names: bool
    banners: bool
    deadline_s: float
    per_host_limit: int
    per_host_s: float
    snmp_public: bool


class Unreadable(Exception):
    """These bytes are no such frame."""


def frame(kind: bytes, data: bytes) -> bytes:
    """One frame."""
    return HEADER.pack(kind, len(data)) + data


def encode_job(job: NamingJob) -> bytes:
    """A job as one frame."""
    message: dict[str, object] = {name: getattr(job, name) for name in _FIELDS}
    message |= {
        "uid": job.uid,
        "hosts": [(host.address, host.tcp, host.udp) for host in job.hosts],
        "allowed": job.scope.allowed,
        "excluded": job.scope.excluded,
        "own": job.scope.own,
    }
    return frame(ASK, msgspec.json.encode(message))


def decode_job(data: bytes) -> NamingJob:
    """A job from a frame's bytes; raises Unreadable."""
    message = _decoded(data, _Job)
    allowed = tuple(AllowedNetwork(item.cidr, item.name, item.allow_public) for item in message.allowed)
    return NamingJob(
        uid=message.uid,
        hosts=tuple(HostPorts(host.address, tuple(host.tcp), tuple(host.udp)) for host in message.hosts),
        scope=Scope(allowed, tuple(message.excluded), tuple(message.own)),
        **{name: getattr(message, name) for name in _FIELDS},
    )


def encode_event(event: NamingEvent) -> bytes:
    """What the engine tells, as one frame that is never too long."""
    if isinstance(event, NamingEnded):
        return frame(ENDED, msgspec.json.encode(event))
    if isinstance(event, Refused):
        return frame(REFUSED, msgspec.json.encode({"code": event.code, "params": dict(event.params)}))
    kind = b"n" if isinstance(event, Named) else b"d"
    data = kind + msgspec.json.encode(event)
    if len(data) > MAX_EVENT and isinstance(event, Named):
        data = kind + msgspec.json.encode(shortened(event))
    return frame(TOLD, data)


def shortened(event: Named) -> Named:
    """A host that says too much for one frame, without what its ports said at length."""
    ports = tuple(
        replace(
            port, scripts=(), extra=(port.extra or "")[:100] or None, product=(port.product or "")[:100] or None
        )
        for port in event.ports[:500]
    )
    return replace(event, ports=ports, scripts=(), hostnames=event.hostnames[:16], keys=event.keys[:16])


def decode_event(kind: bytes, data: bytes) -> NamingEvent:
    """An event from a frame; raises Unreadable."""
    if kind == TOLD and data[:1] in _KINDS:
        told: NamingEvent = _decoded(data[1:], _KINDS[data[:1]])
        return told
    if kind == ENDED:
        ended: NamingEnded = _decoded(data, NamingEnded)
        return ended
    if kind == REFUSED:
        refused: Refused = _decoded(data, Refused)
        return refused
    raise Unreadable("not an event of naming")


def _decoded(data: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Unreadable(str(wrong)[:200]) from wrong

"""Sweeps in the scan helper's protocol.

app -> helper    W sweep (JSON)
helper -> app    w news of a sweep (JSON, written by the engine)   d it ended   r refused
"""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Literal

import msgspec

from backend.domain.discovery.ports import Refused
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import (
    Alive,
    How,
    Phase,
    PortSeen,
    PortState,
    SweepEnded,
    SweepEvent,
    SweepJob,
    Swept,
)
from backend.domain.errors import Param
from backend.infra.scan_helper.protocol import ProtocolError, frame

SWEEP = b"W"


class _Network(msgspec.Struct, forbid_unknown_fields=True):
    cidr: str
    name: str = ""
    allow_public: bool = False


class _Sweep(msgspec.Struct, forbid_unknown_fields=True):
    uid: str
    targets: list[str]
    exclusions: list[str]
    allowed: list[_Network]
    excluded: list[str]
    own: list[str]
    probes: list[Literal["arp", "echo", "syn"]]
    syn_probe_ports: list[int]
    tcp_ports: list[int]
    udp_ports: list[int]
    rate: int | None
    max_passes: int
    deadline_s: float
    raw: bool


class _Alive(msgspec.Struct, array_like=True):
    address: str
    how: How
    rtt_ms: float | None
    ttl: int | None
    mac: str | None


class _Port(msgspec.Struct, array_like=True):
    address: str
    protocol: Literal["tcp", "udp"]
    port: int
    state: PortState
    data: str


class _News(msgspec.Struct):
    phase: Phase
    fraction: float
    alive: list[_Alive]
    ports: list[_Port]


class _Ended(msgspec.Struct):
    code: str
    params: dict[str, str | int | float | bool | None] = {}
    sent: int = 0
    received: int = 0
    passes: int = 0
    loss: float = 0.0


class _Refused(msgspec.Struct):
    code: str
    params: dict[str, Param] = {}


_NEWS = msgspec.json.Decoder(_News)
_ENDED = msgspec.json.Decoder(_Ended)
_REFUSED = msgspec.json.Decoder(_Refused)


def encode_sweep(job: SweepJob) -> bytes:
    """A job as one frame."""
    message = {
        "uid": job.uid,
        "targets": job.targets,
        "exclusions": job.exclusions,
        "allowed": job.scope.allowed,
        "excluded": job.scope.excluded,
        "own": job.scope.own,
        "probes": job.probes,
        "syn_probe_ports": job.syn_probe_ports,
        "tcp_ports": job.tcp_ports,
        "udp_ports": job.udp_ports,
        "rate": job.rate,
        "max_passes": job.max_passes,
        "deadline_s": job.deadline_s,
        "raw": job.raw,
    }
    return frame(SWEEP, msgspec.json.encode(message))


def decode_sweep(data: bytes) -> SweepJob:
    """Read a job from a frame's bytes; raises ProtocolError."""
    try:
        message = msgspec.json.decode(data, type=_Sweep)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise ProtocolError(str(wrong)[:200]) from wrong
    return SweepJob(
        uid=message.uid,
        targets=tuple(message.targets),
        scope=Scope(
            tuple(AllowedNetwork(item.cidr, item.name, item.allow_public) for item in message.allowed),
            tuple(message.excluded),
            tuple(message.own),
        ),
        exclusions=tuple(message.exclusions),
        probes=tuple(message.probes),
        syn_probe_ports=tuple(message.syn_probe_ports),
        tcp_ports=tuple(message.tcp_ports),
        udp_ports=tuple(message.udp_ports),
        rate=message.rate,
        max_passes=message.max_passes,
        deadline_s=message.deadline_s,
        raw=message.raw,
    )


def decode_news(kind: bytes, data: bytes) -> SweepEvent:
    """Read what the helper told of a sweep; raises ProtocolError."""
    try:
        if kind == b"w":
            return _swept(_NEWS.decode(data))
        if kind == b"d":
            ended = _ENDED.decode(data)
            return SweepEnded(ended.code, ended.params, ended.sent, ended.received, ended.passes, ended.loss)
        if kind == b"r":
            refused = _REFUSED.decode(data)
            return Refused(refused.code, refused.params)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotBase64, ValueError) as wrong:
        raise ProtocolError(str(wrong)[:200]) from wrong
    raise ProtocolError("not news of a sweep")


def _swept(news: _News) -> Swept:
    return Swept(
        news.phase,
        news.fraction,
        tuple(Alive(item.address, item.how, item.rtt_ms, item.ttl, item.mac) for item in news.alive),
        tuple(map(_port, news.ports)),
    )


def _port(item: _Port) -> PortSeen:
    data = b64decode(item.data) if item.data else b""
    return PortSeen(item.address, item.protocol, item.port, item.state, data)

"""Projects, scans and what they found, as the API says them."""

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from backend.api.fields import Input, Line, Name, Prose, UtcTime, absent
from backend.domain.discovery import options as domain_options
from backend.domain.discovery.difficult import DifficultTarget
from backend.domain.discovery.messages import Message
from backend.domain.discovery.projects import Project
from backend.domain.discovery.scan import Artifact, Chunk, LogLine, Scan, ScanStatus

ScanStatusName = Literal[
    "queued",
    "running",
    "pausing",
    "paused",
    "stopping",
    "completed",
    "partial",
    "stopped",
    "failed",
    "interrupted",
]
ChunkStatusName = Literal["queued", "running", "done", "partial", "failed", "stopped", "parked"]
Texts = str | list[str]
HOUR = 3600
MOST_NAMED = 256  # ranges of a chunk; those of a sample are thousands of single addresses
Ports = Annotated[str, StringConstraints(max_length=8192)]
ChunkSize = Annotated[
    int | None, Field(ge=1, le=domain_options.MAX_CHUNK, description="Addresses in a chunk; absent: the profile's")
]
Rate = Annotated[
    int | None,
    Field(ge=1, le=domain_options.MAX_RATE, description="Packets a second at most; absent: the profile's pace"),
]


class ProjectOut(BaseModel):
    """A project: a group of scans."""

    id: int
    uid: str
    name: str
    description: str
    site_id: int
    scan_count: int
    last_scan_at: UtcTime | None
    created_at: UtcTime

    @classmethod
    def of(cls, project: Project) -> "ProjectOut":
        """The answer for a project."""
        return cls(**dataclasses.asdict(project) | {"uid": str(project.uid)})


class ProjectIn(Input):
    """A new project."""

    name: Name
    description: Prose = ""
    site_id: int | None = Field(default=None, ge=1, le=2**63 - 1)


class ProjectPatch(Input):
    """What should be different about a project."""

    name: Name = absent()
    description: Prose = absent()


class ScanOptionsIn(Input):
    """How to scan, for the profile `custom`: only these options exist, and none is text for nmap."""

    host_discovery: domain_options.HostDiscovery = "default"
    tcp_ports: Ports | None = Field(default="top:1000", description='null, "22,80,1000-1100" or "top:100"')
    udp_ports: Ports | None = Field(default=None, description="As tcp_ports")
    service_versions: bool = False
    version_intensity: int = Field(default=7, ge=0, le=9)
    os_detection: bool = False
    scripts: list[Line] = Field(default_factory=list, max_length=100, description="Names from the allowed list")
    timing: domain_options.Timing = "normal"
    max_rate: int | None = Field(default=None, ge=1, le=domain_options.MAX_RATE)
    resolve_names: bool = True
    sweep: bool = True
    etiquette: bool = True


class ScanIn(Input):
    """A scan to start."""

    targets: Texts = Field(description="Networks, ranges, addresses and names, by line, comma or blank")
    exclusions: Texts = Field(default_factory=list, description="What to leave out, written as targets are")
    project_id: int | None = Field(default=None, ge=1, le=2**63 - 1, description="Absent: the default project")
    name: Line = ""
    profile: domain_options.Profile = "standard"
    options: ScanOptionsIn | None = Field(default=None, description="For the profile `custom` only")
    chunk_size: ChunkSize = None
    max_rate: Rate = None
    concurrency: int = Field(default=2, ge=1, le=16)
    host_timeout_s: int = Field(default=900, ge=1, le=24 * HOUR)
    chunk_timeout_s: int = Field(default=HOUR, ge=1, le=7 * 24 * HOUR)
    force: bool = Field(default=False, description="Within a blackout window all the same; for admins")


class ExpandIn(Input):
    """Targets to look at before a scan."""

    targets: Texts
    exclusions: Texts = Field(default_factory=list)
    site_id: int | None = Field(default=None, ge=1, le=2**63 - 1, description="Absent: the default project's site")
    profile: domain_options.Profile = "standard"
    options: ScanOptionsIn | None = None
    chunk_size: ChunkSize = None
    max_rate: Rate = None
    concurrency: int = Field(default=2, ge=1, le=16)


class NamedAddresses(BaseModel):
    """A name and what it resolved to."""

    name: str
    addresses: list[str]


class NamedNetwork(BaseModel):
    """A network that takes part."""

    cidr: str
    name: str


class Expansion(BaseModel):
    """What the targets mean, and what scanning them would cost.

    A sample asks `address_count` addresses of `sampled_networks` /24s within `ranges`; other scans ask all.
    """

    address_count: int
    ranges: list[str]
    names: list[NamedAddresses]
    networks: list[NamedNetwork]
    chunks_estimated: int
    seconds_estimated: int
    packets_estimated: int
    sampled_networks: int


class MessageOut(BaseModel):
    """Something a person reads: code and parameters to translate, text in English."""

    code: str
    params: dict[str, Any]
    text: str

    @classmethod
    def of(cls, message: Message | None) -> "MessageOut | None":
        """The answer for a message."""
        return cls(code=message.code, params=dict(message.params), text=message.text) if message else None


class ChunkCountsOut(BaseModel):
    """Chunks by state."""

    total: int
    queued: int
    running: int
    done: int
    partial: int
    failed: int
    stopped: int
    parked: int


class CanOut(BaseModel):
    """What may be done with the scan in its present state, by somebody who may."""

    stop: bool
    pause: bool
    resume: bool
    retry_chunks: bool
    delete: bool


class CapabilitiesOut(BaseModel):
    """With which powers it ran: without raw sockets there is no SYN, UDP or OS detection."""

    raw_sockets: bool


class ScanOut(BaseModel):
    """A scan."""

    id: int
    uid: str
    project_id: int
    project_name: str
    site_id: int
    name: str
    status: ScanStatusName
    profile: str
    options: dict[str, Any]
    targets: list[str]
    exclusions: list[str]
    address_count: int
    chunk_size: int
    concurrency: int
    host_timeout_s: int
    chunk_timeout_s: int
    chunks: ChunkCountsOut
    hosts_up: int
    hosts_done: int
    ports_open: int
    progress: float
    requested_by: str | None
    paused_by: Literal["person", "blackout"] | None
    schedule_id: int | None
    created_at: UtcTime
    started_at: UtcTime | None
    finished_at: UtcTime | None
    message: MessageOut | None
    capabilities: CapabilitiesOut
    can: CanOut

    @classmethod
    def of(cls, scan: Scan, progress: float | None = None) -> "ScanOut":
        """The answer for a scan; `progress` is what the running scan says of itself."""
        plain = {
            name: getattr(scan, name)
            for name in cls.model_fields
            if name
            not in {
                "uid",
                "status",
                "options",
                "chunks",
                "message",
                "capabilities",
                "can",
                "progress",
                "paused_by",
            }
        }
        counts = {"total": scan.chunks.total, **dataclasses.asdict(scan.chunks)}
        return cls(
            **plain | {"targets": list(scan.targets), "exclusions": list(scan.exclusions)},
            uid=str(scan.uid),
            status=scan.status.value,
            paused_by=scan.paused_by.value if scan.paused_by else None,
            options=options_json(scan.options),
            chunks=ChunkCountsOut(**counts),
            message=MessageOut.of(scan.message),
            capabilities=CapabilitiesOut(raw_sockets=scan.raw_sockets),
            can=CanOut(**dataclasses.asdict(scan.can)),
            progress=max(progress or 0.0, scan.progress),
        )


class ArtifactOut(BaseModel):
    """A file that a chunk left."""

    uid: str
    scan_id: int
    chunk_id: int
    kind: Literal["xml", "nmap", "gnmap"]
    size: int
    complete: bool
    created_at: UtcTime

    @classmethod
    def of(cls, artifact: Artifact) -> "ArtifactOut":
        """The answer for a file; where it lies is nobody's business."""
        return cls(**{n: getattr(artifact, n) for n in cls.model_fields if n != "uid"}, uid=str(artifact.uid))


class ChunkOut(BaseModel):
    """A part of a scan that one nmap deals with. `targets` names at most 256 ranges; `target_count` counts all."""

    id: int
    uid: str
    number: int
    targets: list[str]
    target_count: int
    status: ChunkStatusName
    parent: int | None
    attempts: int
    started_at: UtcTime | None
    finished_at: UtcTime | None
    hosts_up: int
    hosts_done: int
    message: MessageOut | None
    artifacts: list[ArtifactOut]

    @classmethod
    def of(cls, chunk: Chunk, artifacts: tuple[Artifact, ...] = ()) -> "ChunkOut":
        """The answer for a chunk."""
        special = {"uid", "targets", "status", "message", "artifacts"}
        return cls(
            **{name: getattr(chunk, name) for name in cls.model_fields if name not in special},
            uid=str(chunk.uid),
            targets=list(chunk.targets[:MOST_NAMED]),
            status=chunk.status.value,
            message=MessageOut.of(chunk.message),
            artifacts=[ArtifactOut.of(item) for item in artifacts if item.chunk_id == chunk.id],
        )


class DifficultTargetOut(BaseModel):
    """An address that was put aside so that the rest could go on."""

    id: int
    address: str
    device_id: int | None
    code: str
    params: dict[str, Any]
    text: str
    chunk: int
    seen_at: UtcTime
    state: Literal["parked", "retried", "released"]

    @classmethod
    def of(cls, target: DifficultTarget) -> "DifficultTargetOut":
        """The answer for a difficult target."""
        plain = {name: getattr(target, name) for name in cls.model_fields if name not in {"params", "state"}}
        return cls(**plain, params=dict(target.params), state=target.state.value)


class LineOut(BaseModel):
    """One line of a scan's log; chunk 0 is the scan itself."""

    seq: int
    chunk: int
    text: str
    at: UtcTime
    kind: Literal["out", "err", "note"]

    @classmethod
    def of(cls, line: LogLine) -> "LineOut":
        """The answer for a line."""
        return cls(seq=line.seq, chunk=line.chunk, text=line.text, at=line.at, kind=line.kind)


class ProfileOut(BaseModel):
    """A named way to scan."""

    name: domain_options.Profile
    summary_code: str
    options: dict[str, Any]
    available: bool
    limitations: list[str]


class ProfilesOut(BaseModel):
    """All profiles, and what the custom one may set."""

    items: list[ProfileOut]
    total: int
    next: None = None
    option_schema: dict[str, Any]
    scripts: list[str]


def options_json(options: domain_options.ScanOptions) -> dict[str, Any]:
    """Scan options as JSON."""
    return dataclasses.asdict(options) | {"scripts": list(options.scripts)}


def options_of(body: ScanOptionsIn | None) -> Mapping[str, object] | None:
    """The options that a person sent, for the domain to judge."""
    return None if body is None else body.model_dump()


__all__ = ["ScanStatus"]

"""What a scan tells: hosts and their ports as the scanner saw them, and the events of one running chunk."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from backend.domain.errors import Params

HostState = Literal["up", "down"]
LineKind = Literal["out", "err", "note"]
ArtifactKind = Literal["xml", "nmap", "gnmap"]
ChunkStatus = Literal["done", "partial", "failed", "stopped"]
ARTIFACT_KINDS: tuple[ArtifactKind, ...] = ("xml", "nmap", "gnmap")


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """What one script printed; text from the scanned device, never trusted."""

    name: str
    output: str


@dataclass(frozen=True, slots=True)
class OsGuess:
    """The operating system that a fingerprint fits best, and how well (0..100)."""

    name: str
    accuracy: int
    family: str | None = None
    cpe: str | None = None
    device_type: str | None = None
    vendor: str | None = None


@dataclass(frozen=True, slots=True)
class PortReport:
    """One port of one host; every text in it comes from the device."""

    protocol: str
    port: int
    state: str
    reason: str = ""
    service: str | None = None
    product: str | None = None
    version: str | None = None
    extra: str | None = None
    tunnel: str | None = None
    confidence: int = 0
    cpe: tuple[str, ...] = ()
    scripts: tuple[ScriptResult, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedPorts:
    """Which ports of a protocol were really asked, such as `22,80,1000-1100`."""

    protocol: str
    ports: str


@dataclass(frozen=True, slots=True)
class HostReport:
    """One host that the scanner has finished with, whether it answered or not."""

    address: str
    state: HostState
    reason: str = ""
    hostnames: tuple[str, ...] = ()
    mac: str | None = None
    mac_vendor: str | None = None
    os: OsGuess | None = None
    ports: tuple[PortReport, ...] = ()
    scripts: tuple[ScriptResult, ...] = ()
    timed_out: bool = False
    started_at: datetime | None = None
    finished_at: datetime | None = None
    source: str = "nmap"  # the plugin that says it: an observation of its own beside those of other sources
    display_name: str | None = None  # what the device calls itself to people; no host name
    vendor: str | None = None  # its maker in its own words, as distinct from its card's
    device_type: str | None = None  # a word of inventory/classify.py
    keys: tuple[str, ...] = ()  # ssh:, tls: and snmp: keys, as inventory/keys.py spells them
    # Ports asked one by one, silence of which means closed; None: those of the scan's options.
    asked: tuple[AskedPorts, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChunkOutcome:
    """How a chunk ended: a status, a code that never changes its meaning, and a sentence.

    Codes: success, nmap_missing, nmap_killed, nmap_failed, chunk_deadline, helper_gone, output_quota,
    artifact_disk_full, xml_refused, scope_refused, job_refused, stopped, and of the staged runner details_missing
    (done, without what only nmap can tell) and sweep_failed.
    """

    status: ChunkStatus
    code: str
    params: Params = field(default_factory=dict)
    text: str = ""
    hosts_done: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line for people: what nmap said (out, err) or what we have to add (note)."""

    text: str
    kind: LineKind = "out"


@dataclass(frozen=True, slots=True)
class HostFinished:
    """What one source has to say of a host; `final` where nothing more of this host follows in its chunk."""

    report: HostReport
    final: bool = True


@dataclass(frozen=True, slots=True)
class TargetDifficult:
    """A host that would hold up the others, or lies about its ports, was put aside.

    Codes: tarpit, lagging, timed_out, scan_fault. The text says in a sentence what was seen.
    """

    address: str
    code: str
    params: Params = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the present task is, as nmap guesses it."""

    percent: float
    remaining_s: int | None = None
    task: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactWritten:
    """A file of the chunk is closed; `complete` is false where the disk or the quota cut it."""

    kind: ArtifactKind
    path: str
    size: int
    complete: bool


@dataclass(frozen=True, slots=True)
class ChunkFinished:
    """The last event of every run."""

    outcome: ChunkOutcome


RunnerEvent = Line | HostFinished | TargetDifficult | Progress | ArtifactWritten | ChunkFinished

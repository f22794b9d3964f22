"""How a chunk ended, decided from what was seen of it. nmap's exit code alone proves nothing."""

from dataclasses import dataclass, field

from backend.domain.discovery.report import ChunkOutcome, ChunkStatus
from backend.domain.errors import Params

_SENTENCES = {
    "success": "Finished",
    "artifact_disk_full": "Finished, but the disk is full: a result file is incomplete",
    "stopped": "Stopped by a person",
    "chunk_deadline": "Stopped after {seconds} s, the longest time a chunk may take",
    "output_quota": "Stopped: nmap wrote more than {limit} bytes of results",
    "xml_refused": "Stopped: the results were not a report that can be trusted ({reason})",
    "nmap_missing": "nmap is not installed",
    "details_missing": "Finished without nmap, which is not installed: {hosts} devices lack details",
    "sweep_failed": "The sweep could not finish: {reason}",
    "nmap_killed": "nmap was killed by signal {signal}",
    "nmap_failed": "nmap ended without finishing: {stderr}",
    "helper_gone": "The scan helper went away",
    "scope_refused": "The scan helper refused addresses outside the allowed networks",
    "job_refused": "The scan helper refused the job",
    "helper_busy": "The scan helper runs {limit} jobs already, and takes no more",
}


@dataclass(slots=True)
class Seen:
    """What the runner has seen of one chunk so far."""

    hosts_done: int = 0
    complete: bool = False
    disk_full: bool = False
    code: int | None = None
    signal: int | None = None
    stderr: str = ""
    cut_short: str = ""  # our own reason for ending it, if we did
    params: Params = field(default_factory=dict)


def decide(seen: Seen) -> ChunkOutcome:
    """Status, code and sentence for a chunk that is over."""
    code, params = _reason(seen)
    return ChunkOutcome(_status(code, seen), code, params, _SENTENCES[code].format(**params), seen.hosts_done)


def _reason(seen: Seen) -> tuple[str, Params]:
    if seen.complete and not seen.cut_short:
        return ("artifact_disk_full", {}) if seen.disk_full else ("success", {})
    if seen.cut_short:
        return seen.cut_short, seen.params
    if seen.signal is not None:
        return "nmap_killed", {"signal": seen.signal}
    return "nmap_failed", {"exit_code": seen.code, "stderr": seen.stderr or "no reason given"}


def _status(code: str, seen: Seen) -> ChunkStatus:
    if code in {"success", "artifact_disk_full", "details_missing"}:
        return "done"
    if code == "stopped":
        return "stopped"
    return "partial" if seen.hosts_done else "failed"

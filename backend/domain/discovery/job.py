"""One chunk of a scan as the runner and the scan helper know it."""

from dataclasses import dataclass, field

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.scope import Scope, ScopeGuard
from backend.domain.discovery.targets import check_size
from backend.domain.errors import FieldError, Invalid

MIN_TIMEOUT_S, MAX_TIMEOUT_S = 1, 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class OutputLimits:
    """How much one chunk may say before it is cut, visibly."""

    text_bytes: int = 8 * 1024 * 1024
    xml_bytes: int = 64 * 1024 * 1024
    artifact_bytes: int = 64 * 1024 * 1024
    line_bytes: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class NmapJob:
    """Which addresses, how, for how long, and where the files go.

    `targets` and `exclusions` are literal addresses, networks and first-last ranges, never names. `scope` is what
    the helper judges them by once more. `artifact_dir` means something to the caller's side only.
    """

    uid: str
    targets: tuple[str, ...]
    options: ScanOptions
    scope: Scope
    exclusions: tuple[str, ...] = ()
    host_timeout_s: int = 900
    chunk_timeout_s: int = 3600
    artifact_dir: str = ""
    raw: bool = True
    limits: OutputLimits = field(default_factory=OutputLimits)


def checked_addresses(job: NmapJob) -> AddressSet:
    """The addresses of a job that may run; raises Invalid where a part of it may not.

    Unlike a person's list, a job has been judged before: whatever the guard would leave out is refused here.
    """
    try:
        wanted = AddressSet.parse(job.targets) - AddressSet.parse(job.exclusions)
        guard = ScopeGuard(job.scope)
    except ValueError as wrong:
        raise Invalid("A job holds addresses only", code="job_refused") from wrong
    check_size(wanted)
    permitted = guard.require(wanted)
    if permitted.count != wanted.count:
        raise Invalid("A job may not hold excluded addresses", code="scope_refused")
    if len({item.version for item in wanted.ranges}) != 1:
        raise Invalid("A job stays in one address family", code="job_refused")
    for name in ("host_timeout_s", "chunk_timeout_s"):
        if not MIN_TIMEOUT_S <= getattr(job, name) <= MAX_TIMEOUT_S:
            error = FieldError(name, "out_of_range", {"low": MIN_TIMEOUT_S, "high": MAX_TIMEOUT_S})
            raise Invalid(f"{name} is out of range", code="job_refused", errors=(error,))
    return wanted

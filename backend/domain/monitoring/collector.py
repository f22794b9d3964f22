"""What a collector is: one async function that measures one target once, and what it may need and say.

The runner owns deadline, retries, concurrency and logging; a collector asks, measures, and raises CheckFailed with
a sentence when there is no answer. Text from a target is hostile: it is cut and cleaned before it is kept.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal, Protocol

from backend.domain.errors import Params
from backend.domain.monitoring.catalogue import Metric
from backend.domain.monitoring.echoes import Echoes

CredentialType = Literal["winrm", "ssh", "snmp_v2c", "snmp_v3", "http_basic", "http_bearer", "proxmox"]


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential profile, opened for one use. Its secrets never show in a repr, a log or an error."""

    id: int
    type: CredentialType
    username: str = ""
    domain: str = ""
    port: int | None = None
    use_ssl: bool = False
    config: Mapping[str, object] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def secret(self, name: str = "password") -> str:
        """One secret: `password`, `community`, `token`, `private_key`, `passphrase`, `auth_key`, `priv_key`."""
        return self.secrets.get(name, "")


class Ways(Protocol):
    """Where else a check may go, when its target sends it on (see egress.py)."""

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        """The addresses of a host that may be contacted; raises CheckFailed."""
        ...


@dataclass(frozen=True, slots=True)
class ServerKey:
    """The public key by which a server proves who it is: its algorithm and its blob, as SSH has them."""

    algorithm: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` shows it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")


class KnownHosts(Protocol):
    """The keys by which servers of one site are known."""

    async def pinned(self, address: str, port: int) -> ServerKey | None:
        """The key of the server there; None before the first contact. Raises CheckFailed."""
        ...

    async def pin(self, address: str, port: int, key: ServerKey) -> ServerKey:
        """Keep the key of a first contact; the answer is the one that is kept, which may be another's by now."""
        ...

    async def changed(self, address: str, port: int, key: ServerKey) -> None:
        """The server shows another key than the pinned one: it is written down for a person to decide."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: an address that was judged, and the name under which it is known (for TLS and HTTP hosts)."""

    address: str
    name: str | None = None
    monitor_id: int = 0
    device_id: int | None = None
    ways: Ways | None = None
    known_hosts: KnownHosts | None = None
    # Sends pings for those who may not.
    echoes: Echoes | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a check: `dns`, `connect`, `tls`, `first_byte`, `transfer`, `login`, `query`."""

    name: str
    ms: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled value."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one check measured: columns of the wide row, labelled samples, the phases, and facts of the target.

    `facts` are for people and identity (host name, OS, certificate subject), never secrets.
    """

    values: Mapping[str, float | int | None] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    phases: tuple[Phase, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class CheckFailed(Exception):
    """A check without an answer, or with the wrong one: code, params, a sentence, and the phase it died in.

    `final` failures are not tried again within the same poll: a refused password does not get better, and
    trying it three times locks accounts.
    """

    def __init__(
        self, code: str, text: str, *, phase: str = "", params: Params | None = None, final: bool = False
    ) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.phase = phase
        self.params: Params = params or {}
        self.final = final


@dataclass(slots=True)
class Trace:
    """Times the phases of one check, also of one that fails."""

    phases: list[Phase] = field(default_factory=list)
    phase: str = ""

    @contextmanager
    def step(self, name: str, detail: str = "") -> Iterator[None]:
        """Time what happens inside; the phase's name stays in `phase` when it fails."""
        self.phase = name
        began = perf_counter()
        try:
            yield
        finally:
            self.phases.append(Phase(name, (perf_counter() - began) * 1000, detail))


@dataclass(frozen=True, slots=True)
class Traits:
    """What a collector declares: the credentials that it can use, what it yields, and what suggests it.

    `ports` are (protocol, port) of open ports that suggest it on a discovered device. `blocking` collectors run in
    a bounded pool of threads through a synchronous library; all others share the loop.
    """

    metrics: tuple[Metric, ...]
    credentials: tuple[CredentialType, ...] = ()
    credential_needed: bool = False
    ports: tuple[tuple[str, int], ...] = ()
    blocking: bool = False
    default_interval_s: int = 60
    timeout_s: float = 10.0

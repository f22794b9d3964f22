"""The collector "http": one request, judged by status and body; every phase timed, the certificate read."""

import base64
import hashlib
import re
from functools import lru_cache
from typing import Annotated, Literal
from urllib.parse import SplitResult, urljoin, urlsplit

from pydantic import Field, StringConstraints

from backend.domain.monitoring.catalogue import LATENCY, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.registry import collector
from backend.infra.clients.http_check.engine import Exchange, Request, exchange
from backend.infra.clients.tls_contexts import client_context, days_left
from backend.infra.collector_options import CheckOptions

MAX_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
STATUS = Metric("http_status", "none", "The status of the answer")
SIZE = Metric("http_body_bytes", "bytes", "How long the answer was")
PHASE = Metric("http_phase_ms", "milliseconds", "How long each phase took", labels=("phase",))
EXPIRY = Metric("certificate_days_left", "days", "Until the certificate expires")
Path = Annotated[str, StringConstraints(max_length=2048, pattern=r"^/[!-~]*$")]
Header = Annotated[str, StringConstraints(max_length=4096, pattern=r"^[\x20-\x7e\t]*$")]
HeaderName = Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
StatusSet = Annotated[str, StringConstraints(max_length=200, pattern=r"^\d{3}(-\d{3})?(,\s*\d{3}(-\d{3})?)*$")]
HostName = Annotated[str, StringConstraints(max_length=253, pattern=r"^[A-Za-z0-9._-]+$")]


class HttpOptions(CheckOptions):
    """What to ask, and which answer is good."""

    scheme: Literal["http", "https"] = Field("https", description="With TLS or without")
    port: int | None = Field(None, ge=1, le=65535, description="Unset: 443, or 80 without TLS")
    host: HostName | None = Field(None, description="The name to ask for; unset: the target's own")
    path: Path = Field("/", description="Path and query")
    method: Literal["GET", "HEAD", "POST"] = Field("GET", description="The request's method")
    headers: dict[HeaderName, Header] = Field(default_factory=dict, description="Further headers; never a secret")
    body: str = Field("", max_length=16_384, description="What a POST sends")
    accepted_statuses: StatusSet = Field("200-399", description="Good statuses: 200, 200-299, or a list of both")
    contains: str = Field("", max_length=1024, description="Text that the answer must contain")
    lacks: str = Field("", max_length=1024, description="Text that the answer must not contain")
    follow_redirects: bool = Field(True, description="At most five, each judged like the first address")
    verify_certificate: bool = Field(True, description="Refuse a certificate that is not valid for the name")
    fingerprint: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = Field(
        "", description="SHA-256 of the one certificate to accept, in hexadecimal"
    )
    expiry_days: int = Field(
        14, ge=0, le=3650, description="Fail when the certificate expires within so many days"
    )


@collector(
    "http",
    options=HttpOptions,
    traits=Traits(
        metrics=(LATENCY, STATUS, SIZE, PHASE, EXPIRY),
        credentials=("http_basic", "http_bearer"),
        ports=(("tcp", 80), ("tcp", 443), ("tcp", 8080), ("tcp", 8443), ("tcp", 8000), ("tcp", 8006)),
    ),
)
async def ask(target: Target, options: HttpOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Asks a web server, and judges its status, its text and its certificate."""
    place = _Place.first(target, options)
    secret = _authorization(credential)
    for _ in range(MAX_HOPS + 1):
        if secret is None and credential is None:
            request = _prepared(place, options)
        else:
            request = _request(place, options, secret, credential)
        answer = await exchange(request, trace)
        expiry = _certificate(answer, place, options)
        location = answer.response.headers.get("location")
        if not (options.follow_redirects and answer.response.status in REDIRECTS and location):
            return _judged(answer, options, trace, expiry)
        following = await place.onward(location, target, options)
        if following.origin != place.origin:
            secret = None  # a secret is for the one who was meant
        place = following
    raise CheckFailed("too_many_redirects", f"More than {MAX_HOPS} redirects", phase="transfer", final=True)


class _Place:
    """Where one request goes."""

    def __init__(self, scheme: str, host: str, port: int, path: str, address: str) -> None:
        self.scheme, self.host, self.port, self.path, self.address = scheme, host, port, path, address

    @classmethod
    def first(cls, target: Target, options: HttpOptions) -> "_Place":
        """The target itself."""
        port = options.port or (443 if options.scheme == "https" else 80)
        host = options.host or target.name or target.address
        return cls(options.scheme, host, port, options.path, target.address)

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom a secret is for."""
        return self.scheme, self.host.lower(), self.port

    @property
    def authority(self) -> str:
        """The value of the Host header (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return host if self.port == usual else f"{host}:{self.port}"

    async def onward(self, location: str, target: Target, options: HttpOptions) -> "_Place":
        """Where a redirect leads, judged like a first address; raises CheckFailed."""
        parts = _parsed(f"{self.scheme}://{self.authority}{self.path}", location)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if host.lower() == self.host.lower():
            return _Place(parts.scheme, host, port, path, self.address)
        if target.ways is None:
            raise CheckFailed(
                "redirect_elsewhere",
                f"The answer sends on to {host[:100]}",
                final=True,
                params={"host": host[:100]},
            )
        addresses = await target.ways.addresses(host, allow_public=options.allow_public)
        return _Place(parts.scheme, host, port, path, addresses[0])


def _parsed(base: str, location: str) -> SplitResult:
    """The place that a redirect names; raises CheckFailed for one that is none of the web's."""
    try:
        url = urljoin(base, location)
        parts = urlsplit(url)
        usable = parts.port != 0 and url.isascii() and url.isprintable() and " " not in url and len(url) <= 4096
    except ValueError:
        usable = False
    if not usable or parts.scheme not in {"http", "https"} or not parts.hostname:
        text = "The answer sends on to a place that checks do not go to"
        raise CheckFailed("redirect_refused", text, phase="transfer", final=True, params={"to": location[:100]})
    return parts


_PREPARED: dict[tuple[int, str, str, int, str, str], tuple[HttpOptions, Request]] = {}
_MOST_PREPARED = 50_000


def _prepared(place: _Place, options: HttpOptions) -> Request:
    """The request without a secret, put together once. Options are held with it, so that their id stays theirs."""
    key = (id(options), place.scheme, place.host, place.port, place.path, place.address)
    found = _PREPARED.get(key)
    if found is None:
        if len(_PREPARED) >= _MOST_PREPARED:
            _PREPARED.clear()
        found = _PREPARED[key] = (options, _request(place, options, None, None))
    return found[1]


def _request(place: _Place, options: HttpOptions, secret: str | None, credential: Credential | None) -> Request:
    verify = options.verify_certificate and not options.fingerprint
    if credential is not None and credential.config.get("verify_certificate") is False and not options.fingerprint:
        verify = False
    lines = [f"{options.method} {place.path} HTTP/1.1", f"Host: {place.authority}"]
    given = {name.lower(): (name, value) for name, value in options.headers.items()}
    usual = {"User-Agent": "Lanarium", "Accept": "*/*", "Accept-Encoding": "identity"}
    lines += [f"{name}: {value}" for name, value in usual.items() if name.lower() not in given]
    reserved = {"host", "connection", "content-length", "transfer-encoding"}
    lines += [f"{name}: {value}" for key, (name, value) in given.items() if key not in reserved]
    body = options.body.encode() if options.method == "POST" else b""
    if options.method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    if secret:
        lines.append(f"Authorization: {secret}")
    head = "\r\n".join([*lines, "Connection: close", "", ""])
    return Request(
        address=place.address,
        port=place.port,
        method=options.method,
        head=head.encode("latin-1"),
        body=body,
        tls=client_context(verify=verify) if place.scheme == "https" else None,
        server_name=place.host,
    )


def _authorization(credential: Credential | None) -> str | None:
    if credential is None:
        return None
    if credential.type == "http_bearer":
        token = credential.secret("token")
        if not re.fullmatch(r"[\x21-\x7e]+", token):
            text = "The token holds characters that no HTTP header can carry"
            raise CheckFailed("token_not_sendable", text, phase="login", final=True)
        return f"Bearer {token}"
    pair = f"{credential.username}:{credential.secret()}".encode()
    return "Basic " + base64.b64encode(pair).decode()


def _certificate(answer: Exchange, place: _Place, options: HttpOptions) -> float | None:
    """Days until the certificate expires; raises CheckFailed for another one than was pinned."""
    if answer.certificate is None:
        return None
    if options.fingerprint and hashlib.sha256(answer.certificate).hexdigest() != options.fingerprint:
        raise CheckFailed(
            "certificate_changed",
            f"{place.host} shows another certificate than the pinned one",
            phase="tls",
            final=True,
        )
    return days_left(answer.certificate)


def _judged(answer: Exchange, options: HttpOptions, trace: Trace, expiry: float | None) -> Reading:
    response = answer.response
    trace.phase = "transfer"
    if not _accepted(options.accepted_statuses, response.status):
        raise CheckFailed(
            "status_not_accepted",
            f"The answer was {response.status} {response.reason}".strip(),
            phase="transfer",
            params={"status": response.status, "accepted": options.accepted_statuses},
        )
    text = response.body.decode("utf-8", "replace") if options.contains or options.lacks else ""
    if options.contains and options.contains not in text:
        raise CheckFailed("text_missing", "The answer does not contain the text", phase="transfer")
    if options.lacks and options.lacks in text:
        raise CheckFailed("text_present", "The answer contains the text that it must not", phase="transfer")
    if expiry is not None and expiry < options.expiry_days:
        raise CheckFailed(
            "certificate_expires",
            f"The certificate expires in {expiry:.0f} days",
            phase="tls",
            params={"days": round(expiry)},
            final=True,
        )
    return _reading(answer, trace, expiry)


def _reading(answer: Exchange, trace: Trace, expiry: float | None) -> Reading:
    samples = [
        Sample(STATUS.name, answer.response.status),
        Sample(SIZE.name, len(answer.response.body)),
        *(Sample(PHASE.name, phase.ms, {"phase": phase.name}) for phase in trace.phases[-4:]),
    ]
    if expiry is not None:
        samples.append(Sample(EXPIRY.name, expiry))
    latency = sum(phase.ms for phase in trace.phases)
    return Reading({"latency_ms": latency}, tuple(samples), tuple(trace.phases))


@lru_cache(maxsize=256)
def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    found = re.findall(r"(\d{3})(?:-(\d{3}))?", text)
    return tuple((int(first), int(last or first)) for first, last in found)


def _accepted(text: str, status: int) -> bool:
    return any(first <= status <= last for first, last in _ranges(text))

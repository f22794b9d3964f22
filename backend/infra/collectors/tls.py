"""The collector "tls": the handshake of any TLS listener, its certificate, and how long that still holds."""

import asyncio
import hashlib
import ssl
from typing import Annotated

from cryptography import x509
from pydantic import Field, StringConstraints

from backend.domain.monitoring.catalogue import LATENCY, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.registry import collector
from backend.infra.clients.connect_errors import connect_failure, tls_failure
from backend.infra.clients.tls_contexts import client_context, days_left
from backend.infra.collector_options import CheckOptions

DAYS = Metric("certificate_days_left", "days", "Until the certificate expires")
HostName = Annotated[str, StringConstraints(max_length=253, pattern=r"^[A-Za-z0-9._-]+$")]


class TlsOptions(CheckOptions):
    """Which listener, and which certificate is good."""

    port: int = Field(443, ge=1, le=65535, description="The port to connect to")
    host: HostName | None = Field(None, description="The name to ask for; unset: the target's own")
    verify_certificate: bool = Field(True, description="Refuse a certificate that is not valid for the name")
    fingerprint: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = Field(
        "", description="SHA-256 of the one certificate to accept, in hexadecimal"
    )
    expiry_days: int = Field(
        14, ge=0, le=3650, description="Fail when the certificate expires within so many days"
    )


@collector(
    "tls",
    options=TlsOptions,
    traits=Traits(
        metrics=(LATENCY, DAYS),
        ports=tuple(("tcp", port) for port in (443, 465, 636, 853, 993, 995, 8443, 8883)),
        default_interval_s=3600,
    ),
)
async def handshake(target: Target, options: TlsOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Shakes hands with a TLS listener and reads its certificate."""
    del credential
    name = options.host or target.name or target.address
    certificate, version = await _shake(target, options, name, trace)
    if options.fingerprint and hashlib.sha256(certificate).hexdigest() != options.fingerprint:
        text = f"{name} shows another certificate than the pinned one"
        raise CheckFailed("certificate_changed", text, phase="tls", final=True)
    left = days_left(certificate)
    if left < options.expiry_days:
        text = f"The certificate expires in {left:.0f} days"
        raise CheckFailed("certificate_expires", text, phase="tls", params={"days": round(left)}, final=True)
    latency = sum(phase.ms for phase in trace.phases)
    facts = {"certificate_subject": _subject(certificate), "tls_version": version}
    return Reading({"latency_ms": latency}, (Sample(DAYS.name, left),), tuple(trace.phases), facts)


async def _shake(target: Target, options: TlsOptions, name: str, trace: Trace) -> tuple[bytes, str]:
    loop = asyncio.get_running_loop()
    with trace.step("connect"):
        try:
            transport, protocol = await loop.create_connection(asyncio.Protocol, target.address, options.port)
        except OSError as error:
            raise connect_failure(error, target.address, options.port) from None
    context = client_context(verify=options.verify_certificate and not options.fingerprint)
    try:
        with trace.step("tls"):
            try:
                secured = await loop.start_tls(transport, protocol, context, server_hostname=name)
            except (ssl.SSLError, OSError) as error:
                raise tls_failure(error, name) from None
        session = secured.get_extra_info("ssl_object") if secured else None
        certificate = session.getpeercert(binary_form=True) if session else None
        if session is None or certificate is None:
            raise CheckFailed("tls_failed", "The TLS handshake was cut off", phase="tls")
        secured.abort()  # type: ignore[union-attr]  # a session came from it
        return certificate, str(session.version())
    finally:
        transport.abort()


def _subject(certificate: bytes) -> str:
    return x509.load_der_x509_certificate(certificate).subject.rfc4514_string()[:255]

"""How collectors speak TLS as clients, and how long a certificate still holds."""

import ssl
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509


@lru_cache(maxsize=4)
def client_context(*, verify: bool) -> ssl.SSLContext:
    """The system's authorities and the name, or nobody's word; made once, since making one is dear."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def days_left(certificate: bytes) -> float:
    """Until a certificate (DER) expires."""
    return (_expires(certificate) - datetime.now(UTC)).total_seconds() / 86_400


@lru_cache(maxsize=4096)
def _expires(certificate: bytes) -> datetime:
    return x509.load_der_x509_certificate(certificate).not_valid_after_utc

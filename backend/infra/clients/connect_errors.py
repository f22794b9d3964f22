"""Why a connection did not come about, in words: the same for every collector."""

import errno
import ssl

from backend.domain.errors import Param
from backend.domain.monitoring.collector import CheckFailed

_REFUSALS = {
    errno.ECONNREFUSED: ("connection_refused", "Nobody listens at port {port} of {address}"),
    errno.EHOSTUNREACH: ("host_unreachable", "There is no way to {address}"),
    errno.ENETUNREACH: ("network_unreachable", "There is no route to the network of {address}"),
    errno.ECONNRESET: ("connection_reset", "{address} ended the connection at port {port}"),
    errno.ETIMEDOUT: ("connect_timeout", "{address} did not answer at port {port}"),
}
# X509_V_ERR_* of OpenSSL, by number (x509_vfy.h).
_CERTIFICATE = {
    10: ("certificate_expired", "The certificate of {name} has expired"),
    9: ("certificate_not_yet_valid", "The certificate of {name} is not valid yet"),
    18: ("certificate_self_signed", "The certificate of {name} is signed by itself, and is not pinned"),
    19: ("certificate_unknown_authority", "The certificate of {name} comes from an authority that is not trusted"),
    20: ("certificate_unknown_authority", "The certificate of {name} comes from an authority that is not trusted"),
    21: ("certificate_unknown_authority", "The certificate of {name} comes from an authority that is not trusted"),
    62: ("certificate_wrong_name", "The certificate is not for {name}"),
    64: ("certificate_wrong_name", "The certificate is not for {name}"),
}


def connect_failure(error: OSError, address: str, port: int) -> CheckFailed:
    """A TCP connection that did not come about."""
    code, text = _REFUSALS.get(error.errno or 0, ("connect_failed", "{address} cannot be reached at port {port}"))
    params: dict[str, Param] = {"address": address, "port": port}
    return CheckFailed(code, text.format(**params), phase="connect", params=params)


def tls_failure(error: Exception, name: str) -> CheckFailed:
    """A TLS handshake that failed. A certificate that is wrong stays wrong: it is not tried again at once."""
    if isinstance(error, ssl.SSLCertVerificationError):
        fallback = ("certificate_invalid", "The certificate of {name} is not valid")
        code, text = _CERTIFICATE.get(error.verify_code, fallback)
        return CheckFailed(code, text.format(name=name), phase="tls", params={"name": name}, final=True)
    reason = (getattr(error, "reason", None) or "the handshake was cut off").replace("_", " ").lower()
    return CheckFailed(
        "tls_failed",
        f"{name} does not speak TLS as it should: {reason}",
        phase="tls",
        params={"name": name, "reason": reason},
    )

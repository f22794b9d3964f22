"""What a TLS certificate says: names, issuer, expiry, and a key where the device signed it itself."""

import hashlib
import ipaddress
import re
import warnings

from cryptography import x509
from cryptography.x509.oid import NameOID

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise

MAX_NAMES = 16
MAX_DER = 64 * 1024
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*")
_NOBODY = frozenset({"localhost", "localhost.localdomain", "example.com", "debian", "ubuntu"})


def read(der: bytes | None, answer: Answer) -> None:
    """Note what a certificate says; one that cannot be read says nothing."""
    if not der or len(der) > MAX_DER:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # serial numbers and dates that no authority would write
            found = x509.load_der_x509_certificate(der)
            subject, issuer = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
            expires, names = found.not_valid_after_utc, _names(found)
    except (ValueError, TypeError, OverflowError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return
    digest = hashlib.sha1(der, usedforsecurity=False).hexdigest()
    if subject == issuer:  # one from an authority may sit on many machines
        answer.certificate_keys.append(f"tls:{digest}")
    answer.certificate_names += [name for name in names if is_host_name(name)]
    recognise("certificate", f"subject={subject} issuer={issuer}", answer)
    lines = (
        f"Subject: {subject}",
        f"Subject Alternative Name: {', '.join(names)}" if names else "",
        f"Issuer: {issuer}",
        f"Not valid after: {expires:%Y-%m-%dT%H:%M:%S}",
        f"SHA-1: {' '.join(digest[i : i + 4] for i in range(0, 40, 4))}",
        f"SHA-256: {hashlib.sha256(der).hexdigest()}",
    )
    answer.note("ssl-cert", "\n".join(line for line in lines if line))


def is_host_name(text: str) -> bool:
    """Whether this names one machine: no pattern, no address, no name that everybody has."""
    if not _HOST.fullmatch(text) or text.lower() in _NOBODY:
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return not text.replace(".", "").isdecimal()
    return False


def _names(found: x509.Certificate) -> list[str]:
    """The subject's names, alternative ones first."""
    try:
        extension = found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = list(extension.value.get_values_for_type(x509.DNSName))
    except (x509.ExtensionNotFound, ValueError):
        names = []
    names += [str(item.value) for item in found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return list(dict.fromkeys(names))[:MAX_NAMES]

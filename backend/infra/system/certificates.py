"""The TLS certificate of the web server: the person's own, or one from a local authority made at first start.

tls/own.crt, own.key        put there by a person, used as they are, never written
tls/ca.crt, ca.key          the local authority; its key is read only to issue
tls/server.crt, server.key  issued by it; again when it nears its end or the machine gets another address
"""

import ipaddress
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.infra.system.problems import StartRefused

AUTHORITY_LIFE = timedelta(days=3650)
# Browsers accept at most 398 days from public authorities; staying below it is safe everywhere.
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
# A clock that runs a little behind must not find the certificate "not yet valid".
CLOCK_SLACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """What the web server shows, and the fingerprint by which a person recognises it."""

    certificate: Path
    key: Path
    fingerprint: str
    own: bool
    ends: datetime


def ensure_certificate(folder: Path, names: Iterable[str], now: datetime) -> ServerCertificate:
    """The certificate to serve, made or renewed when that is needed.

    `names` are the host names and addresses by which people reach this machine. Raises StartRefused when the
    person's own certificate cannot be used.
    """
    own = folder / "own.crt"
    if own.exists():
        return _own(own, folder / "own.key", now)
    wanted = _alternative_names(names)
    if not _usable(folder / "server.crt", wanted, now):
        _issue(folder, wanted, now)
    return _described(folder / "server.crt", folder / "server.key", own=False)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in pairs, the way browsers show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _own(path: Path, key_path: Path, now: datetime) -> ServerCertificate:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise StartRefused(
            f"The certificate in {path} and its key cannot be read: {problem}",
            code="own_certificate_unreadable",
            remedy="Put both there as PEM, the key without a passphrase, or remove them.",
        ) from None
    if _public(key.public_key()) != _public(certificate.public_key()):
        raise StartRefused(f"{key_path} is not the key of {path}.", code="own_certificate_mismatch")
    if certificate.not_valid_after_utc <= now:
        raise StartRefused(
            f"The certificate in {path} ended on {certificate.not_valid_after_utc:%Y-%m-%d}.",
            code="own_certificate_expired",
            remedy="Put a new one there, or remove it to use the local authority's.",
        )
    return _described(path, key_path, own=True)


def _described(path: Path, key_path: Path, *, own: bool) -> ServerCertificate:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return ServerCertificate(path, key_path, fingerprint(certificate), own, certificate.not_valid_after_utc)


def _usable(path: Path, wanted: list[x509.GeneralName], now: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    in_time = certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEW_BEFORE
    return in_time and set(wanted) <= set(names)


def _issue(folder: Path, names: list[x509.GeneralName], now: datetime) -> None:
    authority, authority_key = _authority(folder, now)
    key = ec.generate_private_key(ec.SECP256R1())
    ends = min(now + SERVER_LIFE, authority.not_valid_after_utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_called("Lanarium"))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    _write_secret(folder / "server.key", key)
    _write(folder / "server.crt", _pem(certificate), 0o644)


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The local authority, as long as it lives; then a new one."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
        key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), password=None)
    except (OSError, ValueError):
        return _new_authority(folder, now)
    if isinstance(key, ec.EllipticCurvePrivateKey) and now + SERVER_LIFE < certificate.not_valid_after_utc:
        return certificate, key
    return _new_authority(folder, now)


def _new_authority(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _called(f"Lanarium local authority {x509.random_serial_number():x}"[:48])
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_secret(folder / "ca.key", key)
    _write(folder / "ca.crt", _pem(certificate), 0o644)
    return certificate, key


def _alternative_names(names: Iterable[str]) -> list[x509.GeneralName]:
    return [_alternative_name(name) for name in dict.fromkeys(names)]


def _alternative_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _public(key: object) -> bytes:
    encode = getattr(key, "public_bytes")  # noqa: B009 - every key class has it, no common type says so
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return bytes(encode(serialization.Encoding.DER, form))


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_secret(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    _write(path, key.private_bytes(serialization.Encoding.PEM, form, plain), 0o400)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never for a moment more readable than it should be."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    temporary.replace(path)


def utc_now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)

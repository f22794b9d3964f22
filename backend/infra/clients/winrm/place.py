"""Where a WS-Management service is asked, as whom, and which certificate it has to show."""

import base64
import hashlib
import re
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, cast

from backend.domain.monitoring.collector import CheckFailed, Credential
from backend.infra.clients.tls_contexts import client_context

CLEAR_PORT, TLS_PORT = 5985, 5986
_HOST_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?")
Method = Literal["ntlm", "kerberos", "basic"]


@dataclass(frozen=True, slots=True)
class Trust:
    """Which certificate is good: one that the system's authorities (or the given one) vouch for, or the pinned."""

    verify: bool = True
    fingerprint: bytes = b""
    authority: str = ""

    @property
    def proven(self) -> bool:
        """Whether the other side has to prove who it is."""
        return self.verify or bool(self.fingerprint)

    def context(self) -> ssl.SSLContext:
        """For the handshake; a pinned certificate is compared after it."""
        if self.authority and self.verify and not self.fingerprint:
            return _context_of(self.authority)
        return client_context(verify=self.verify and not self.fingerprint)

    def accepts(self, certificate: bytes) -> bool:
        """Whether a certificate (DER) is the pinned one; true where none is pinned."""
        return not self.fingerprint or hashlib.sha256(certificate).digest() == self.fingerprint


@dataclass(frozen=True, slots=True)
class Account:
    """Who logs in, and how. The password shows in no repr."""

    method: Method
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """One service at a judged address; `name` is what its certificate and its tickets are made out to."""

    address: str
    port: int
    name: str
    tls: bool
    trust: Trust

    @property
    def url(self) -> str:
        """Its endpoint; WinRM listens to this path alone."""
        host = f"[{self.name}]" if ":" in self.name else self.name
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}/wsman"


def place_of(
    address: str,
    credential: Credential,
    *,
    name: str | None = None,
    port: int | None = None,
    verify: bool = True,
) -> Place:
    """Where a credential profile says that the service is; `port` and `verify` are the monitor's own word.

    Raises CheckFailed for a fingerprint that is none.
    """
    config = credential.config
    trust = Trust(
        verify=verify and config.get("verify_certificate") is not False,
        fingerprint=_digest(str(config.get("fingerprint") or "")),
        authority=str(config.get("ca_certificate") or ""),
    )
    usual = TLS_PORT if credential.use_ssl else CLEAR_PORT
    # A device may have told us a name that no certificate, ticket or header can hold.
    known = name if name and _HOST_NAME.fullmatch(name) else address
    return Place(address, port or credential.port or usual, known, credential.use_ssl, trust)


def account_of(credential: Credential, place: Place) -> Account:
    """Who logs in there. Raises CheckFailed where a password would travel to whom it may not."""
    method = cast(Method, credential.config.get("transport") or "ntlm")
    if method == "basic" and not place.tls:
        text = "The method basic sends the password in clear; it is only used over TLS"
        raise CheckFailed("winrm_basic_in_clear", text, phase="connect", final=True)
    if method == "basic" and not place.trust.proven:
        text = "The method basic shows the password to whoever answers; it needs a certificate that is checked"
        raise CheckFailed("winrm_basic_unproven", text, phase="connect", final=True)
    username = credential.username
    if credential.domain and "\\" not in username and "@" not in username:
        username = f"{credential.domain}\\{username}"
    return Account(method, username, credential.secret())


@lru_cache(maxsize=64)
def _context_of(authority: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cadata=authority)
    except ssl.SSLError:
        text = "The authority's certificate in the credential profile cannot be read"
        raise CheckFailed("winrm_authority_unreadable", text, phase="tls", final=True) from None


def _digest(fingerprint: str) -> bytes:
    """SHA-256 as OpenSSH writes it, or in hexadecimal with or without colons."""
    try:
        if fingerprint.startswith("SHA256:"):
            return base64.b64decode(fingerprint.removeprefix("SHA256:") + "=", validate=True)
        return bytes.fromhex(fingerprint.replace(":", ""))
    except ValueError:
        text = "The pinned fingerprint is not one"
        raise CheckFailed("winrm_fingerprint_unreadable", text, phase="tls", final=True) from None

"""Host keys that scripts printed: with them a device is found again where no MAC is to be seen."""

import re
from collections.abc import Iterable
from typing import Protocol

_SSH = re.compile(r"\b\d{3,5}\s+((?:[0-9a-f]{2}:){15}[0-9a-f]{2})\s+\((RSA|DSA|ECDSA|ED25519)\)", re.IGNORECASE)
_SSH_SHA256 = re.compile(r"SHA256:([A-Za-z0-9+/]{43})")
_TLS = re.compile(r"SHA-1:\s*((?:[0-9a-f]{4}\s?){10})", re.IGNORECASE)
_SUBJECT = re.compile(r"^\s*Subject:\s*(.+)$", re.MULTILINE)
_ISSUER = re.compile(r"^\s*Issuer:\s*(.+)$", re.MULTILINE)
MAX_KEYS = 8


class Script(Protocol):
    """What one script printed."""

    @property
    def name(self) -> str:
        """The script's name."""
        ...

    @property
    def output(self) -> str:
        """Its output."""
        ...


def identity_keys(scripts: Iterable[Script]) -> tuple[str, ...]:
    """The fingerprints of SSH host keys and of certificates that a device signed itself.

    A certificate from an authority may sit on many machines; one that is its own issuer was made on one.
    """
    found: set[str] = set()
    for script in scripts:
        if script.name == "ssh-hostkey":
            found |= _ssh(script.output)
        elif script.name == "ssl-cert":
            found |= _tls(script.output)
    return tuple(sorted(found)[:MAX_KEYS])


def _ssh(output: str) -> set[str]:
    old = {f"ssh:{kind.lower()}:{digest.replace(':', '').lower()}" for digest, kind in _SSH.findall(output)}
    return old | {f"ssh:sha256:{digest}" for digest in _SSH_SHA256.findall(output)}


def _tls(output: str) -> set[str]:
    subject, issuer = _SUBJECT.search(output), _ISSUER.search(output)
    if not (subject and issuer and subject[1].strip() == issuer[1].strip()):
        return set()
    return {"tls:" + "".join(digest.split()).lower() for digest in _TLS.findall(output)}

"""The key that signs, what is derived from it, and random values."""

import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.infra.system.keys import KeyFiles, check_key, check_key_file, ensure_keys


def load_key(given: str | None, folder: Path) -> str:
    """The key from JWT_SECRET, else from the folder, else a new one that is kept there.

    Raises StartRefused for a key that is weak or that others can read, and OSError for a folder that takes none.
    """
    if given is not None:
        check_key(given, "JWT_SECRET")
        return given
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ensure_keys(KeyFiles(folder))
    return check_key_file(KeyFiles(folder).jwt)


class KeyedSecrets:
    """Random values, and hashes with keys derived from the signing key."""

    def __init__(self, secret: str) -> None:
        self._api_token_key = _derived(secret, b"lanarium api tokens")
        self._refresh_key = _derived(secret, b"lanarium refresh tokens")

    def random(self) -> str:
        """256 bits that nobody can guess, as text."""
        return secrets.token_urlsafe(32)

    def hash(self, value: str) -> bytes:
        """The hash of a random value: what is random needs no slow hash."""
        return hashlib.sha256(value.encode()).digest()

    def keyed_hash(self, value: str) -> bytes:
        """A hash that cannot be computed from a stolen database alone."""
        return hmac.digest(self._api_token_key, value.encode(), "sha256")

    def successor(self, refresh_token: str) -> str:
        """The refresh token that follows this one, each time the same: a lost answer can be given again."""
        return hmac.digest(self._refresh_key, refresh_token.encode(), "sha256").hex()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())

"""Keys of the user-based security model (RFC 3414 A.2, RFC 7860, RFC 3826), and what is done with them."""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import NamedTuple

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_MEGABYTE = 1 << 20
Clock = tuple[int, int]  # an engine's boots and time


class AuthProtocol(NamedTuple):
    """The hash behind a protocol, and how many bytes of the digest travel."""

    hash: str
    length: int


AUTH: Mapping[str, AuthProtocol] = {
    "MD5": AuthProtocol("md5", 12),
    "SHA1": AuthProtocol("sha1", 12),
    "SHA224": AuthProtocol("sha224", 16),
    "SHA256": AuthProtocol("sha256", 24),
    "SHA384": AuthProtocol("sha384", 32),
    "SHA512": AuthProtocol("sha512", 48),
}


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys for one engine: they open nothing anywhere else. Empty where the level has none."""

    auth: bytes = field(default=b"", repr=False)
    priv: bytes = field(default=b"", repr=False)


class KeyRing:
    """Keys that were made for engines: making one costs a hash of a megabyte, which no poll should pay twice.

    It is asked with the secret and keeps none: entries are found by a keyed hash of it, and hold only keys of one
    engine each.
    """

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._salt = token_bytes(32)
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    def localized(self, protocol: str, secret: bytes, engine: bytes) -> bytes:
        """The key of a secret for an engine."""
        known = b"\0".join((protocol.encode(), engine, secret))
        name = hashlib.blake2b(known, key=self._salt, digest_size=32).digest()
        if name not in self._kept:
            self._kept[name] = localized(AUTH[protocol].hash, secret, engine)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name]


def localized(name: str, secret: bytes, engine: bytes) -> bytes:
    """RFC 3414 A.2: the secret to a key, the key to that of one engine."""
    repeated = (secret * (_MEGABYTE // len(secret) + 1))[:_MEGABYTE]
    key = hashlib.new(name, repeated, usedforsecurity=False).digest()
    return hashlib.new(name, key + engine + key, usedforsecurity=False).digest()


def digest(protocol: str, key: bytes, message: bytes) -> bytes:
    """What proves a message."""
    name, length = AUTH[protocol]
    return hmac.digest(key, message, name)[:length]


def encrypted(protocol: str, key: bytes, clock: Clock, plain: bytes) -> tuple[bytes, bytes]:
    """A scoped PDU, hidden, and the salt that goes with it."""
    salt = token_bytes(8)
    if protocol == "DES":
        salt = clock[0].to_bytes(4, "big") + salt[:4]
        plain += bytes(-len(plain) % 8)
    return _cipher(protocol, key, clock, salt).encryptor().update(plain), salt


def decrypted(protocol: str, key: bytes, clock: Clock, hidden: bytes, salt: bytes) -> bytes:
    """The opposite. What does not fit is empty: it is read as a malformed message."""
    if len(salt) != 8 or (protocol == "DES" and len(hidden) % 8):
        return b""
    return _cipher(protocol, key, clock, salt).decryptor().update(hidden)


def _cipher(protocol: str, key: bytes, clock: Clock, salt: bytes) -> "Cipher[CFB] | Cipher[modes.CBC]":
    if protocol == "DES":  # RFC 3414 8.1.1; three equal keys make DES of it
        start = bytes(a ^ b for a, b in zip(key[8:16], salt, strict=True))
        return Cipher(TripleDES(key[:8] * 3), modes.CBC(start))
    start = clock[0].to_bytes(4, "big") + clock[1].to_bytes(4, "big") + salt  # RFC 3826 3.1.2.1
    return Cipher(algorithms.AES(key[:16]), CFB(start))

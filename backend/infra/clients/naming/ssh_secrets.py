"""Our half of SSH's ways to agree on a secret (RFC 4253 8, RFC 5656, RFC 8731)."""

import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_PI = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
_PI += "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
# RFC 2409 and RFC 3526: the Oakley groups 2 and 14.
GROUP_2 = int(_PI + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF", 16)
GROUP_14 = int(
    _PI + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to agree on a secret, and the hash that goes with it."""

    hash: str
    prime: int = 0
    curve: str = ""


METHODS: dict[str, Method] = {
    "curve25519-sha256": Method("sha256", curve="x25519"),
    "curve25519-sha256@libssh.org": Method("sha256", curve="x25519"),
    "ecdh-sha2-nistp256": Method("sha256", curve="p256"),
    "diffie-hellman-group14-sha256": Method("sha256", prime=GROUP_14),
    "diffie-hellman-group14-sha1": Method("sha1", prime=GROUP_14),
    "diffie-hellman-group1-sha1": Method("sha1", prime=GROUP_2),
}


def string(data: bytes) -> bytes:
    """A string with its length before it."""
    return struct.pack(">I", len(data)) + data


def mpint(number: int) -> bytes:
    """A number that is not negative, as RFC 4251 writes it."""
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big") if number else b"")


class Half:
    """Our half of an exchange: `public` as it is sent, with its length."""

    public: bytes

    def secret(self, theirs: bytes) -> bytes:
        """The shared secret as an mpint; raises ValueError for a half that is none."""
        raise NotImplementedError


class _CurveHalf(Half):
    def __init__(self) -> None:
        self._key = x25519.X25519PrivateKey.generate()
        self.public = string(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def secret(self, theirs: bytes) -> bytes:
        shared = self._key.exchange(x25519.X25519PublicKey.from_public_bytes(theirs))
        return mpint(int.from_bytes(shared, "big"))


class _NistHalf(Half):
    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        raw = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = string(raw)

    def secret(self, theirs: bytes) -> bytes:
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        return mpint(int.from_bytes(self._key.exchange(ec.ECDH(), other), "big"))


class _GroupHalf(Half):
    def __init__(self, prime: int) -> None:
        self._prime = prime
        self._power = int.from_bytes(os.urandom(32), "big")
        self.public = mpint(pow(2, self._power, prime))

    def secret(self, theirs: bytes) -> bytes:
        number = int.from_bytes(theirs, "big")
        if not 1 < number < self._prime - 1:
            raise ValueError("not in the group")
        return mpint(pow(number, self._power, self._prime))


def half_of(method: Method) -> Half:
    """A fresh half."""
    if method.prime:
        return _GroupHalf(method.prime)
    return _CurveHalf() if method.curve == "x25519" else _NistHalf()

"""The key exchange of SSH, as far as the server's proof that it holds its host key (RFC 4253, 5656, 8731).

What comes after it, encryption and login, is never begun.
"""

import hashlib
import os
import struct

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from backend.infra.clients.naming.ssh_secrets import METHODS, half_of, string
from backend.infra.clients.naming.talk import Talk

OUR_LINE = b"SSH-2.0-Lanarium"
MAX_PACKET = 35_000
MAX_PACKETS = 20
DISCONNECT, KEXINIT, KEX_INIT, KEX_REPLY = 1, 20, 30, 31
# The signature schemes of each kind of key, the ones to wish for first.
KINDS: dict[str, tuple[str, ...]] = {
    "ed25519": ("ssh-ed25519",),
    "ecdsa": ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    "rsa": ("rsa-sha2-256", "rsa-sha2-512", "ssh-rsa"),
}
CURVES: dict[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    "ecdsa-sha2-nistp256": (ec.SECP256R1(), hashes.SHA256()),
    "ecdsa-sha2-nistp384": (ec.SECP384R1(), hashes.SHA384()),
    "ecdsa-sha2-nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
RSA_HASHES: dict[str, hashes.HashAlgorithm] = {
    "rsa-sha2-256": hashes.SHA256(),
    "rsa-sha2-512": hashes.SHA512(),
    "ssh-rsa": hashes.SHA1(),  # noqa: S303 - what old devices sign with
}


class Malformed(Exception):
    """The server said what no server says."""


class Exchange:
    """One exchange over one connection whose version line has been read."""

    def __init__(self, talk: Talk, their_line: bytes) -> None:
        self._talk = talk
        self._their_line = their_line
        self._their_init = b""
        self._lists: list[list[str]] = []
        self._started = False

    async def kinds(self) -> list[str]:
        """The kinds of host keys the server has, as far as we can ask for them."""
        try:
            await self._begin()
        except (Malformed, struct.error, UnicodeDecodeError):
            return []
        theirs = self._lists[1]
        return [kind for kind, schemes in KINDS.items() if any(scheme in theirs for scheme in schemes)]

    async def key(self, kind: str) -> bytes | None:
        """The host key of that kind, once the server has proven that it holds it; None without proof."""
        try:
            return await self._key(kind)
        except (Malformed, struct.error, ValueError, InvalidSignature, UnsupportedAlgorithm, OverflowError):
            return None

    async def _begin(self) -> None:
        if self._their_init:
            return
        if not self._started:
            self._started = True
            await self._talk.say(OUR_LINE + b"\r\n")
        self._their_init = await self._packet(KEXINIT)
        self._lists = name_lists(self._their_init)

    async def _key(self, kind: str) -> bytes | None:
        await self._begin()
        schemes = [scheme for scheme in KINDS[kind] if scheme in self._lists[1]]
        name = next((name for name in METHODS if name in self._lists[0]), None)
        if name is None or not schemes:
            return None
        ours = our_init(name, schemes[0], self._lists)
        half = half_of(METHODS[name])
        await self._talk.say(packet(ours) + packet(bytes([KEX_INIT]) + half.public))
        reply = _Fields((await self._packet(KEX_REPLY))[1:])
        blob, theirs, signature = reply.string(), reply.string(), reply.string()
        lines = (OUR_LINE, self._their_line, ours, self._their_init, blob)
        transcript = b"".join(map(string, lines)) + half.public + string(theirs) + half.secret(theirs)
        digest = hashlib.new(METHODS[name].hash, transcript, usedforsecurity=False).digest()
        check_signature(blob, schemes[0], signature, digest)
        return blob

    async def _packet(self, wanted: int) -> bytes:
        """The payload of the next packet of that kind; debug and the like in between are passed over."""
        for _ in range(MAX_PACKETS):
            (length,) = struct.unpack(">I", await self._talk.exactly(4))
            if not 2 <= length <= MAX_PACKET:
                raise Malformed("packet length")
            body = await self._talk.exactly(length)
            payload = body[1 : len(body) - body[0]] if len(body) == length else b""
            if not payload or payload[0] == DISCONNECT:
                raise Malformed("no packet")
            if payload[0] == wanted:
                return payload
        raise Malformed("too many packets")


class _Fields:
    """Reads strings off the front of a message."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def string(self) -> bytes:
        (length,) = struct.unpack_from(">I", self._data)
        if length > len(self._data) - 4:
            raise Malformed("string length")
        value, self._data = self._data[4 : 4 + length], self._data[4 + length :]
        return value


def name_lists(init: bytes) -> list[list[str]]:
    """The ten lists of a KEXINIT. Raises Malformed, struct.error or UnicodeDecodeError."""
    fields = _Fields(init[17:])
    return [fields.string().decode("ascii").split(",") for _ in range(10)]


def our_init(method: str, scheme: str, theirs: list[list[str]]) -> bytes:
    """A KEXINIT that leaves the server no choice; for all but key and method it is offered what it offers."""
    ciphers = [",".join(names).encode() for names in theirs[2:8]]
    lists = [method.encode(), scheme.encode(), *ciphers, b"", b""]
    return bytes([KEXINIT]) + os.urandom(16) + b"".join(map(string, lists)) + bytes(5)


def packet(payload: bytes) -> bytes:
    """A packet as it is before encryption begins."""
    padding_length = 8 - (len(payload) + 5) % 8
    padding_length += 8 if padding_length < 4 else 0
    return struct.pack(">IB", len(payload) + padding_length + 1, padding_length) + payload + bytes(padding_length)


def key_type(blob: bytes) -> str:
    """The type that a key names; raises nothing, answers an empty text for none."""
    try:
        return _Fields(blob).string().decode("ascii")
    except (Malformed, struct.error, UnicodeDecodeError):
        return ""


def check_signature(blob: bytes, scheme: str, signature: bytes, digest: bytes) -> None:
    """Raises InvalidSignature, ValueError or Malformed unless the key signed the digest with this scheme."""
    key, signed = _Fields(blob), _Fields(signature)
    kind, said = key.string().decode("ascii"), signed.string().decode("ascii")
    value = signed.string()
    if said != scheme or kind != ("ssh-rsa" if scheme in RSA_HASHES else scheme):
        raise Malformed("another scheme than agreed")
    if scheme in RSA_HASHES:
        exponent, modulus = (int.from_bytes(key.string(), "big") for _ in range(2))
        if modulus.bit_length() > 16_384 or exponent.bit_length() > 32:
            raise Malformed("a key made to take long")
        public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
        public.verify(value, digest, padding.PKCS1v15(), RSA_HASHES[scheme])
    elif scheme in CURVES:
        curve, algorithm = CURVES[scheme]
        key.string()
        point = ec.EllipticCurvePublicKey.from_encoded_point(curve, key.string())
        parts = _Fields(value)
        numbers = [int.from_bytes(parts.string(), "big") for _ in range(2)]
        point.verify(utils.encode_dss_signature(*numbers), digest, ec.ECDSA(algorithm))
    else:
        ed25519.Ed25519PublicKey.from_public_bytes(key.string()).verify(value, digest)

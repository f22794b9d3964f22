"""The key that signs, what is derived from it, and random values."""

import hashlib
import hmac
import math
import os
import re
import secrets
import stat
from collections import Counter
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MIN_LENGTH = 32
MIN_ENTROPY_BITS = 80
# Words of keys that were copied from a sample instead of made.
_SAMPLES = re.compile(
    r"change.?(me|this|it|in.?prod)|your.?(own.?)?(jwt.?)?(secret|key|super)|super.?secret|secret.?key|replace.?(me|this|with)|example|sample"
    r"|default|insecure|placeholder|password|lanarium|development|do.?not.?use|01234567|abcdefgh",
    re.IGNORECASE,
)


class BadKey(Exception):
    """The signing key cannot be used; the text says why and what to do."""


def check_key(secret: str, origin: str) -> str:
    """The key, if it is one that nobody can guess; raises BadKey."""
    if len(secret) < MIN_LENGTH:
        raise BadKey(f"{origin} is shorter than {MIN_LENGTH} characters; `openssl rand -hex 32` makes a good one")
    if _SAMPLES.search(secret):
        raise BadKey(f"{origin} looks like one from a sample; `openssl rand -hex 32` makes a good one")
    if _entropy_bits(secret) < MIN_ENTROPY_BITS or _is_periodic(secret):
        raise BadKey(f"{origin} is too regular to be random; `openssl rand -hex 32` makes a good one")
    return secret


def load_key(given: str | None, path: Path) -> str:
    """The key from JWT_SECRET, else from the file, else a new one that is kept in the file. Raises BadKey."""
    if given is not None:
        return check_key(given, "JWT_SECRET")
    if not path.exists():
        make_private_file(path, secrets.token_urlsafe(48))
    return check_key(read_private_file(path), str(path))


def make_private_file(path: Path, content: str) -> None:
    """Write a whole key beside its place and link it there: nobody ever reads half a key or replaces one.

    Raises BadKey where it cannot be kept.
    """
    written = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was faster: its key is the one
            os.link(written, path)
    except OSError as error:
        raise BadKey(f"The key cannot be kept in {path}: {error.strerror}") from error
    finally:
        written.unlink(missing_ok=True)


def read_private_file(path: Path) -> str:
    """What is in a file that only we can read; raises BadKey."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise BadKey(f"{path} cannot be read: {error.strerror}") from error
    with os.fdopen(descriptor) as file:
        about = os.fstat(file.fileno())
        if stat.S_IMODE(about.st_mode) & 0o077 or not stat.S_ISREG(about.st_mode):
            raise BadKey(f"{path} can be read by others; `chmod 600` it, or delete it to have a new one made")
        if about.st_uid not in {os.geteuid(), 0}:
            raise BadKey(f"{path} belongs to somebody else")
        return file.read(4096).strip()


def _entropy_bits(text: str) -> float:
    counts = Counter(text).values()
    return -sum(n * math.log2(n / len(text)) for n in counts)


def _is_periodic(text: str) -> bool:
    return text in (text + text)[1:-1]


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

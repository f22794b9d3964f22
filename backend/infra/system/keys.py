"""The two secrets that Lanarium makes for itself: one signs sessions, the other seals stored secrets.

No default exists. A key that is empty, short, a known sample, or open to other users is refused at start,
because whoever knows it is an administrator (CVE-2023-27524).
"""

import base64
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from backend.infra.system.problems import StartRefused

SHORTEST = 32
FEWEST_DIFFERENT_CHARACTERS = 10
# Words found in the sample keys of products and tutorials; a real random key holds none of them.
SAMPLE_WORDS = (
    "secret",
    "change",
    "example",
    "password",
    "default",
    "sample",
    "lanarium",
    "your-",
    "your_",
    "insecure",
)


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the two secrets lie."""

    folder: Path

    @property
    def jwt(self) -> Path:
        """The key that signs access tokens: one line of text."""
        return self.folder / "jwt-secret"

    @property
    def keyring(self) -> Path:
        """Keys for stored secrets: `id base64` on each line, the first one encrypts, all of them decrypt."""
        return self.folder / "keyring"


def ensure_keys(files: KeyFiles, owner: tuple[int, int] | None = None) -> None:
    """Make what is missing, and refuse what is weak. `owner` is the uid and gid that may read them."""
    if not files.jwt.exists():
        _write_secret(files.jwt, secrets.token_urlsafe(48), owner)
    if not files.keyring.exists():
        _write_secret(files.keyring, _new_ring_line(), owner)
    check_key_file(files.jwt)
    for line in check_key_file(files.keyring).splitlines():
        _check_ring_line(files.keyring, line)


def check_key_file(path: Path) -> str:
    """Its text, if only its owner can read it and it is strong; StartRefused otherwise."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise StartRefused(
            f"{path} can be read by other users (mode {mode:04o}).",
            code="key_file_open",
            remedy=f"Make a new key, since this one may be known, and run: chmod 0400 {path}",
        )
    text = path.read_text().strip()
    check_key(text, str(path))
    return text


def check_key(text: str, name: str) -> None:
    """Refuse a signing key that somebody could know or guess. `name` says where it came from."""
    if len(text) < SHORTEST:
        raise _weak(name, f"is shorter than {SHORTEST} characters")
    if len(set(text)) < FEWEST_DIFFERENT_CHARACTERS:
        raise _weak(name, "repeats a few characters")
    if text in (text + text)[1:-1]:
        raise _weak(name, "is one piece over and over")
    lowered = text.lower()
    if any(word in lowered for word in SAMPLE_WORDS):
        raise _weak(name, "looks like a sample")


def _weak(name: str, why: str) -> StartRefused:
    return StartRefused(
        f"The key in {name} {why}.",
        code="weak_key",
        remedy="Remove it, and Lanarium makes a strong one; or use the output of: openssl rand -base64 48",
    )


def _new_ring_line() -> str:
    return f"{secrets.token_hex(4)} {base64.b64encode(secrets.token_bytes(32)).decode()}"


def _check_ring_line(path: Path, line: str) -> None:
    try:
        _, encoded = line.split()
        length = len(base64.b64decode(encoded, validate=True))
    except ValueError:
        length = 0
    if length != 32:
        raise StartRefused(f"A line of {path} is not `id base64-of-32-bytes`.", code="keyring_unreadable")


def _write_secret(path: Path, text: str, owner: tuple[int, int] | None) -> None:
    """Never overwrites: O_EXCL, because losing an old key loses everything sealed with it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text + "\n")
        os.fsync(stream.fileno())
    if owner:
        os.chown(path, *owner)

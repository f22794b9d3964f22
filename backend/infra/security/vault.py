"""Seals secrets with AES-256-GCM (NIST SP 800-38D), each bound to its row.

A box is `1 || nonce (12) || ciphertext || tag (16)`. The additional data are the purpose, the row's uid and the
key's id: a box that is moved to another row, or given another key's name, does not open. Keys are files of 32
random bytes in `keys/vault/`, named by when they were made; the newest seals, all of them open.
"""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.domain.clock import Clock, utc_now
from backend.domain.monitoring.credentials import SealBroken, SealedBox
from backend.infra.security.secrets import BadKey, make_private_file, read_private_file

_FORM = b"\x01"
_NONCE = 12
_PURPOSE = b"lanarium credential profile"
_KEY_NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}\.key", re.ASCII)


class FileVault:
    """Keys in a folder that only we can read."""

    def __init__(self, folder: Path, clock: Clock = utc_now) -> None:
        """Reads the keys; makes the first one where there is none yet. Raises BadKey."""
        self._folder = folder
        self._clock = clock
        self._keys: dict[str, AESGCM] = {}
        self.reload()
        if not self._keys:
            self.rotate()

    @property
    def key_id(self) -> str:
        """The newest key: names sort by time."""
        return max(self._keys)

    def seal(self, row: UUID, secrets_: Mapping[str, str]) -> SealedBox:
        """Seal secrets for a row with the newest key, also where another process has made it just now."""
        self.reload()
        key_id, nonce = self.key_id, os.urandom(_NONCE)
        box = self._keys[key_id].encrypt(nonce, msgspec.json.encode(dict(secrets_)), _bound(row, key_id))
        return SealedBox(key_id, _FORM + nonce + box)

    def open(self, row: UUID, box: SealedBox) -> dict[str, str]:
        """The secrets of a row; a key that another process made since is looked for once."""
        if box.key_id not in self._keys:
            self.reload()
        key = self._keys.get(box.key_id)
        if key is None:
            raise SealBroken(f"The key {box.key_id} is not in {self._folder}")
        if box.data[:1] != _FORM:
            raise SealBroken("The secret was sealed by a newer Lanarium")
        try:
            text = key.decrypt(box.data[1 : 1 + _NONCE], box.data[1 + _NONCE :], _bound(row, box.key_id))
        except InvalidTag:
            raise SealBroken("The secret was changed, or belongs to another row") from None
        return msgspec.json.decode(text, type=dict[str, str])

    def rotate(self) -> str:
        """Make a new key, which seals from now on; answers its name."""
        stamp = self._clock().strftime("%Y%m%dT%H%M%S%fZ")
        name = f"{stamp}-{secrets.token_hex(4)}"
        make_private_file(self._folder / f"{name}.key", secrets.token_hex(32))
        self.reload()
        return name

    def forget_others(self) -> list[str]:
        """Delete every key but the newest: only once nothing is sealed with them any more."""
        gone = sorted(set(self._keys) - {self.key_id})
        for name in gone:
            (self._folder / f"{name}.key").unlink(missing_ok=True)
            del self._keys[name]
        return gone

    def reload(self) -> None:
        """Read the keys that the folder has; raises BadKey."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if _KEY_NAME.fullmatch(path.name) and path.stem not in self._keys:
                self._keys[path.stem] = AESGCM(_key(read_private_file(path), path))


def _key(text: str, path: Path) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise BadKey(f"{path} is not a key of ours")
    return key


def _bound(row: UUID, key_id: str) -> bytes:
    return b"\x00".join((_PURPOSE, row.bytes, key_id.encode()))

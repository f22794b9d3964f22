"""Leaves the first admin's password in a file that only its owner can read."""

import os
from pathlib import Path

import orjson


class FirstAdminFile:
    """`run/first-admin`: whoever started Lanarium prints it once and removes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def hand_over(self, username: str, password: str) -> None:
        """Write it whole, then put it in its place."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = self._path.with_suffix(".new")
        written.unlink(missing_ok=True)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(orjson.dumps({"username": username, "password": password}))
        written.replace(self._path)

    def take_back(self) -> None:
        """Remove it again."""
        self._path.unlink(missing_ok=True)

"""One log file per process, started anew when it grows too large, with a few old ones kept."""

import os
from pathlib import Path

LARGEST = 10 * 1024 * 1024
KEPT = 4


class LogFile:
    """Appends bytes to `path`; the previous files are `path.1` (newest) to `path.4`."""

    def __init__(
        self, path: Path, *, largest: int = LARGEST, kept: int = KEPT, owner: tuple[int, int] | None = None
    ) -> None:
        self._path = path
        self._largest = largest
        self._kept = kept
        self._owner = owner
        self._open()

    def write(self, data: bytes) -> None:
        """Append; a full disk loses log lines, never the process that wrote them."""
        try:
            if self._size + len(data) > self._largest and self._size:
                self._turn()
            self._size += self._stream.write(data)
        except OSError:
            return

    def close(self) -> None:
        """Write no more."""
        self._stream.close()

    def tail(self, lines: int = 12) -> str:
        """The last lines, for an error message."""
        with self._path.open("rb") as stream:
            stream.seek(max(0, self._size - 16_384))
            return b"\n".join(stream.read().splitlines()[-lines:]).decode(errors="replace")

    def _open(self) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        # The supervisor begins as root and goes on as the application's user, who must own its logs.
        if self._owner and os.geteuid() == 0:
            os.fchown(descriptor, *self._owner)
        self._stream = os.fdopen(descriptor, "ab", buffering=0)
        self._size = self._path.stat().st_size

    def _turn(self) -> None:
        self._stream.close()
        for number in range(self._kept, 0, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))
        self._open()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}") if number else self._path

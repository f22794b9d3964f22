"""The scans folder: files are opened by a path from the database, never through a link, never outside."""

import asyncio
import os
import re
import shutil
import stat
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from backend.domain.errors import NotFound

PIECE = 256 * 1024
PROLOG = 64 * 1024
# A stylesheet or any other instruction before the first element would make a viewer act; nmap writes none for us.
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)[^>]{0,4096}>", re.IGNORECASE)


class ScanFolder:
    """Implements the domain's ScanFiles below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, uid: uuid.UUID) -> str:
        """Where the files of a scan go."""
        return str(self._root / str(uid))

    async def open(self, path: str) -> tuple[int, AsyncIterator[bytes]]:
        """The size and the bytes of a file; raises NotFound where there is none, or it lies elsewhere."""
        try:
            descriptor = await asyncio.to_thread(self._open, path)
        except (OSError, ValueError):
            raise NotFound("The file is not there any more", code="artifact_not_found") from None
        size = os.fstat(descriptor).st_size
        return size, _bytes(descriptor, size, is_xml=path.endswith(".xml"))

    async def remove(self, uid: str) -> None:
        """Delete the files of a scan."""
        await asyncio.to_thread(shutil.rmtree, self._root / str(uuid.UUID(uid)), ignore_errors=True)

    def _open(self, path: str) -> int:
        """Open one folder after the other, so that no link anywhere on the way is followed."""
        scan, _, name = path.partition("/")
        if str(uuid.UUID(scan)) != scan or str(uuid.UUID(Path(name).stem)) != Path(name).stem:
            raise ValueError("not a path that we gave out")
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
        root = os.open(self._root, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
        try:
            folder = os.open(scan, flags | os.O_DIRECTORY, dir_fd=root)
        finally:
            os.close(root)
        try:
            descriptor = os.open(name, flags | os.O_NONBLOCK, dir_fd=folder)
        finally:
            os.close(folder)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise ValueError("not a file")
        return descriptor


async def _bytes(descriptor: int, size: int, *, is_xml: bool) -> AsyncIterator[bytes]:
    """The file as it was when it was opened: what is appended later is not sent, what is cut off is padded."""
    offset = 0
    try:
        while offset < size:
            length = min(PROLOG if offset == 0 else PIECE, size - offset)
            piece = await asyncio.to_thread(os.pread, descriptor, length, offset)
            if offset == 0 and is_xml:
                piece = without_instructions(piece)
            offset += length
            yield piece.ljust(length)
    finally:
        os.close(descriptor)


def without_instructions(start: bytes) -> bytes:
    """The beginning of an XML file with processing instructions blanked out; its length stays."""
    return _INSTRUCTION.sub(lambda match: b" " * len(match[0]), start)

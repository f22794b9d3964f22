"""The files of a scan: `<scan uid>/<chunk uid>.xml|.nmap|.gnmap` in the data folder."""

import asyncio
import errno
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ArtifactKind, ArtifactWritten

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileArtifacts:
    """Opens the files of chunks. Names are uids, whatever a job says, so they lead nowhere else."""

    async def open(self, job: NmapJob, kind: ArtifactKind) -> "FileArtifact":
        """Start one file, in place of an earlier attempt's."""
        path = Path(job.artifact_dir) / f"{uuid.UUID(job.uid)}.{kind}"
        artifact = FileArtifact(path, kind)
        await artifact.start()
        return artifact


class FileArtifact:
    """One file. A disk that refuses is remembered; the scan goes on without the rest of the file."""

    def __init__(self, path: Path, kind: ArtifactKind) -> None:
        self._path = path
        self._kind = kind
        self._file: BinaryIO | None = None
        self._size = 0
        self._failed = False
        self._full = False

    @property
    def disk_full(self) -> bool:
        """Whether the disk refused a write."""
        return self._full

    async def start(self) -> None:
        """Make the folder and the empty file."""
        await self._try(self._open)

    async def write(self, data: bytes) -> None:
        """Append; after a refusal nothing more is tried, so the file is a clean beginning."""
        if self._file is not None and not self._failed:
            await self._try(self._append, data)

    async def close(self, *, whole: bool) -> ArtifactWritten:
        """Close the file; it is complete if `whole` and the disk took all of it."""
        if self._file is not None:
            await self._try(self._file.close)
        return ArtifactWritten(self._kind, str(self._path), self._size, whole and not self._failed)

    async def _try(self, action: Callable[..., object], *arguments: bytes) -> None:
        try:
            await asyncio.to_thread(action, *arguments)
        except OSError as refused:
            self._failed = True
            self._full |= refused.errno in _FULL

    def _open(self) -> None:
        self._path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._file = self._path.open("wb", buffering=0)

    def _append(self, data: bytes) -> None:
        if self._file is None:
            return
        rest = memoryview(data)
        while rest:
            written = self._file.write(rest)
            self._size += written
            rest = rest[written:]

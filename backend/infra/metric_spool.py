"""The file in which results wait while the database is away: batches in frames, each checked and on the disk.

    frame: length, number of results, CRC-32 of what follows (big endian, 4 bytes each) || msgpack

The file is cut into segments, so that what is stored elsewhere goes away by and by. A frame that was being written
when the machine died was never answered for; it is recognised by its sum and left out. How much of a segment is
stored elsewhere is not remembered across a restart: storing the same result again changes nothing.
"""

import asyncio
import logging
import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from backend.domain.metrics.ports import Spool
from backend.domain.monitoring.collector import Phase, Sample
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.jobs import Failure, Recheck
from backend.domain.monitoring.states import Condition, Reason, State, Transition

log = logging.getLogger(__name__)
MAX_BYTES = 512 * 1024 * 1024
SEGMENT = 8 * 1024 * 1024
# States that turned and reasons of failures still find room where measures do not.
RESERVE = 1.1
_HEADER = struct.Struct(">III")
_NAME = re.compile(r"\d{12}\.spool", re.ASCII)


class _Reason(msgspec.Struct, array_like=True):
    code: str
    text: str
    params: dict[str, Any]


class _Condition(msgspec.Struct, array_like=True):
    state: State
    since: datetime
    checked_at: datetime | None
    failures: int
    latency_ms: float | None
    reason: _Reason | None


class _Transition(msgspec.Struct, array_like=True):
    state: State
    before: State
    at: datetime
    reason: _Reason | None


class _Failure(msgspec.Struct, array_like=True):
    code: str
    text: str
    params: dict[str, Any]
    phase: str
    phases: list[tuple[str, float, str]]
    recheck: tuple[str, bool, str] | None


class _Record(msgspec.Struct, array_like=True):
    monitor_id: int
    site_id: int
    at: datetime
    up: bool | None
    condition: _Condition
    values: dict[str, float | int | None]
    samples: list[tuple[str, float, dict[str, str]]]
    failure: _Failure | None
    transition: _Transition | None


@dataclass(slots=True)
class _Segment:
    path: Path
    size: int
    waiting: int
    read: int = 0


class FileSpool(Spool):
    """Segments in one folder; one process at a time."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES, segment: int = SEGMENT) -> None:
        """Looks at what an earlier run left."""
        self._folder, self._max_bytes, self._segment = folder, max_bytes, segment
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[_Record]).decode
        self._open: int | None = None
        self._shown: list[tuple[_Segment, int, int]] = []  # what `oldest` answered: segment, up to where, how many
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._segments = [_found(path) for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name)]
        self._number = int(self._segments[-1].path.stem) if self._segments else 0

    @property
    def waiting(self) -> int:
        """How many results are in the file."""
        return sum(segment.waiting for segment in self._segments)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(segment.size for segment in self._segments)

    async def append(self, batch: Sequence[Entry]) -> int:
        """Write a batch and wait until the disk has it."""
        return await asyncio.to_thread(self._append, batch)

    async def oldest(self, most: int) -> list[Entry]:
        """The oldest results that were not forgotten."""
        return await asyncio.to_thread(self._oldest, most)

    async def forget(self) -> None:
        """Let go of what `oldest` answered last."""
        await asyncio.to_thread(self._forget)

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        if self._open is not None:
            os.close(self._open)
            self._open = None

    def _append(self, batch: Sequence[Entry]) -> int:
        kept = batch
        data = self._encode([_packed(entry) for entry in batch])
        if self.size + len(data) > self._max_bytes:
            kept = [replace(entry, values={}, samples=(), up=None) for entry in batch if entry.transition]
            data = self._encode([_packed(entry) for entry in kept])
            if not kept or self.size + len(data) > self._max_bytes * RESERVE:
                return len(batch)
        self._write(_HEADER.pack(len(data), len(kept), zlib.crc32(data)) + data, len(kept))
        return len(batch) - len(kept)

    def _write(self, frame: bytes, count: int) -> None:
        segment = self._current(len(frame))
        assert self._open is not None
        try:
            view = memoryview(frame)
            while view:
                view = view[os.write(self._open, view) :]
            os.fdatasync(self._open)
        except OSError:
            os.ftruncate(self._open, segment.size)  # a torn frame must not hide what comes behind it
            raise
        segment.size += len(frame)
        segment.waiting += count

    def _current(self, room: int) -> _Segment:
        if self._open is not None and self._segments and self._segments[-1].size + room <= self._segment:
            return self._segments[-1]
        self.close()
        self._number += 1
        path = self._folder / f"{self._number:012d}.spool"
        self._open = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        _sync_folder(self._folder)
        self._segments.append(_Segment(path, 0, 0))
        return self._segments[-1]

    def _oldest(self, most: int) -> list[Entry]:
        found: list[Entry] = []
        self._shown = []
        for segment in self._segments:
            place, count = segment.read, 0
            for end, number, data in _frames(segment.path, segment.read):
                found += [_unpacked(record) for record in self._decode(data)]
                place, count = end, count + number
                if len(found) >= most:
                    break
            self._shown.append((segment, place, count))
            if len(found) >= most:
                break
        return found

    def _forget(self) -> None:
        for segment, place, count in self._shown:
            segment.read, segment.waiting = place, segment.waiting - count
            if segment.read >= segment.size:
                self._remove(segment)
        self._shown = []

    def _remove(self, segment: _Segment) -> None:
        if segment is self._segments[-1]:
            self.close()
        self._segments.remove(segment)
        segment.path.unlink(missing_ok=True)


def _found(path: Path) -> _Segment:
    """A segment of an earlier run, up to the last frame that is whole."""
    size = waiting = 0
    for end, count, _ in _frames(path, 0):
        size, waiting = end, waiting + count
    if size < path.stat().st_size:
        log.warning("%s ends with a batch that was not finished; it is left out", path.name)
    return _Segment(path, size, waiting)


def _frames(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Whole frames: where each ends, how many results are in it, and its data."""
    with path.open("rb") as file:
        file.seek(start)
        while len(header := file.read(_HEADER.size)) == _HEADER.size:
            length, count, crc = _HEADER.unpack(header)
            data = file.read(length)
            if len(data) < length or zlib.crc32(data) != crc:
                return
            yield file.tell(), count, data


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _packed(entry: Entry) -> tuple[Any, ...]:
    failure, turned = entry.failure, entry.transition
    return (
        entry.monitor_id,
        entry.site_id,
        entry.at,
        entry.up,
        _packed_condition(entry.condition),
        entry.values,
        [(sample.name, sample.value, sample.labels) for sample in entry.samples],
        _packed_failure(failure) if failure else None,
        (turned.state, turned.before, turned.at, _packed_reason(turned.reason)) if turned else None,
    )


def _packed_condition(known: Condition) -> tuple[Any, ...]:
    reason = _packed_reason(known.reason)
    return known.state, known.since, known.checked_at, known.failures, known.latency_ms, reason


def _packed_reason(reason: Reason | None) -> tuple[Any, ...] | None:
    return (reason.code, reason.text, reason.params) if reason else None


def _packed_failure(failure: Failure) -> tuple[Any, ...]:
    phases = [(phase.name, phase.ms, phase.detail) for phase in failure.phases]
    asked = failure.recheck
    recheck = (asked.method, asked.answered, asked.detail) if asked else None
    return failure.code, failure.text, failure.params, failure.phase, phases, recheck


def _unpacked(record: _Record) -> Entry:
    known, turned = record.condition, record.transition
    return Entry(
        monitor_id=record.monitor_id,
        site_id=record.site_id,
        at=record.at,
        up=record.up,
        condition=Condition(
            known.state, known.since, known.checked_at, known.failures, known.latency_ms, _reason(known.reason)
        ),
        values=record.values,
        samples=tuple(Sample(name, value, labels) for name, value, labels in record.samples),
        failure=_failure(record.failure) if record.failure else None,
        transition=Transition(turned.state, turned.before, turned.at, _reason(turned.reason)) if turned else None,
    )


def _reason(found: _Reason | None) -> Reason | None:
    return Reason(found.code, found.text, found.params) if found else None


def _failure(found: _Failure) -> Failure:
    phases = tuple(Phase(*phase) for phase in found.phases)
    recheck = Recheck(*found.recheck) if found.recheck else None
    return Failure(found.code, found.text, found.params, found.phase, phases, recheck)

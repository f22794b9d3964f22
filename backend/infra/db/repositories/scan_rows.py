"""Rows of scans and their parts as values of the domain."""

import dataclasses
from typing import Any

import sqlalchemy as sa

from backend.domain.discovery.difficult import DifficultTarget, TargetState
from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.scan import (
    Artifact,
    Chunk,
    ChunkCounts,
    ChunkStatus,
    LogLine,
    PausedBy,
    Scan,
    ScanStatus,
)
from backend.infra.db.tables.accounts import users
from backend.infra.db.tables.discovery import projects, scan_chunks, scans


def _counted(status: ChunkStatus) -> sa.ColumnElement[int]:
    return sa.func.count().filter(scan_chunks.c.status == status.value).label(status.value)


_COUNTS = (
    sa.select(*(_counted(status) for status in ChunkStatus))
    .where(scan_chunks.c.scan_id == scans.c.id)
    .lateral("counts")
)
SELECT_SCAN = (
    sa.select(
        scans,
        projects.c.name.label("project_name"),
        users.c.username.label("requested_by_name"),
        *(_COUNTS.c[status.value].label(f"chunks_{status.value}") for status in ChunkStatus),
    )
    .join(projects, projects.c.id == scans.c.project_id)
    .outerjoin(users, users.c.id == scans.c.requested_by)
    .join(_COUNTS, sa.true())
)


def scan_of(row: sa.Row[Any]) -> Scan:
    """A row of SELECT_SCAN."""
    same = ("id", "uid", "site_id", "project_id", "project_name", "name", "profile", "address_count")
    numbers = ("chunk_size", "concurrency", "host_timeout_s", "chunk_timeout_s", "hosts_up", "hosts_done")
    times = ("ports_open", "last_seq", "created_at", "started_at", "finished_at")
    mapping = row._mapping
    return Scan(
        **{name: mapping[name] for name in (*same, *numbers, *times)},
        status=ScanStatus(row.status),
        options=ScanOptions.from_mapping(row.options),
        targets=tuple(row.targets),
        exclusions=tuple(row.exclusions),
        ranges=tuple(row.ranges),
        names={name: tuple(found) for name, found in row.names.items()},
        raw_sockets=bool(row.capabilities.get("raw_sockets", True)),
        chunks=ChunkCounts(**{status.value: mapping[f"chunks_{status.value}"] for status in ChunkStatus}),
        progress=_progress(row),
        message=message_of(row.message),
        requested_by=row.requested_by_name,
        paused_by=PausedBy(row.paused_by) if row.paused_by else None,
        forced=row.forced,
        schedule_id=row.schedule_id,
    )


def _progress(row: sa.Row[Any]) -> float:
    if row.status == ScanStatus.COMPLETED.value:
        return 1.0
    return float(min(row.hosts_done / max(1, row.address_count), 1.0))


def chunk_of(row: sa.Row[Any]) -> Chunk:
    """A row of scan_chunks."""
    mapping = row._mapping
    values = {field.name: mapping[field.name] for field in dataclasses.fields(Chunk)}
    return Chunk(
        **values
        | {
            "targets": tuple(row.targets),
            "status": ChunkStatus(row.status),
            "finished": bytes(row.finished),
            "message": message_of(row.message),
        }
    )


def line_of(row: sa.Row[Any]) -> LogLine:
    """A row of scan_lines."""
    return LogLine(row.seq, row.chunk, row.kind, row.text, row.at)


def artifact_of(row: sa.Row[Any]) -> Artifact:
    """A row of artifacts."""
    return Artifact(row.uid, row.scan_id, row.chunk_id, row.kind, row.path, row.size, row.complete, row.created_at)


def target_of(row: sa.Row[Any]) -> DifficultTarget:
    """A row of difficult_targets with the device that was seen there."""
    return DifficultTarget(
        id=row.id,
        scan_id=row.scan_id,
        address=str(row.address).partition("/")[0],
        code=row.code,
        params=row.params,
        text=row.text,
        chunk=row.chunk,
        seen_at=row.seen_at,
        state=TargetState(row.state),
        device_id=row.device_id,
    )


def message_of(value: dict[str, Any] | None) -> Message | None:
    """A message from its JSON."""
    return Message(value["code"], value["params"], value["text"]) if value else None


def message_json(message: Message | None) -> dict[str, Any] | None:
    """A message as JSON."""
    return {"code": message.code, "params": dict(message.params), "text": message.text} if message else None

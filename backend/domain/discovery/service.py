"""Starts, pauses, stops, resumes and deletes scans, each in the transaction of its caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from backend.domain.accounts.actor import Actor, Role
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.blackouts import open_window, refuse
from backend.domain.discovery.chunks import cut
from backend.domain.discovery.events import (
    PauseRequested,
    ScanChanged,
    ScanDeleted,
    ScanFinished,
    ScanQueued,
    StopRequested,
)
from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions, chunk_size, options_for, with_rate
from backend.domain.discovery.planning import Planner, ScanPlan
from backend.domain.discovery.projects import Project, ProjectService
from backend.domain.discovery.sampling import SAMPLE
from backend.domain.discovery.scan import Chunk, ChunkStatus, NewChunk, NewScan, PausedBy, Scan, ScanStatus
from backend.domain.errors import Conflict, Forbidden, NotFound

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

Texts = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class StartScan:
    """What a person asks for."""

    targets: Texts
    exclusions: Texts = ()
    project_id: int | None = None
    name: str = ""
    profile: str = "standard"
    options: Mapping[str, object] | None = None
    chunk_size: int | None = None
    max_rate: int | None = None
    concurrency: int = 2
    host_timeout_s: int = 900
    chunk_timeout_s: int = 3600
    schedule_id: int | None = None
    force: bool = False  # within a blackout window, for admins


class ScanService:
    """What may be done with scans."""

    def __init__(self, planner: Planner, projects: ProjectService, clock: Clock = utc_now) -> None:
        self._planner = planner
        self._projects = projects
        self._clock = clock

    async def visible(self, work: "UnitOfWork", actor: Actor, scan_id: int, *, lock: bool = False) -> Scan:
        """One scan; raises NotFound where there is none for this person."""
        scan = await work.scans.get(scan_id, lock=lock)
        if scan is None or not actor.may_see_site(scan.site_id):
            raise NotFound.of("scan", scan_id)
        return scan

    async def start(self, work: "UnitOfWork", actor: Actor, wanted: StartScan) -> Scan:
        """Write a scan and all its chunks down, to run when there is room.

        Raises Invalid for targets, options or a scope that cannot be, NotFound for the project, Conflict within a
        blackout window, which only an admin may overrule (Forbidden).
        """
        options = with_rate(options_for(wanted.profile, _custom(wanted.options)), wanted.max_rate)
        project = await self._projects.named_or_default(work, actor, wanted.project_id)
        uid = uuid4()
        by = uid if wanted.profile == SAMPLE else None
        plan = await self._planner.plan(work, project.site_id, wanted.targets, wanted.exclusions, by)
        await self._check_windows(work, project.site_id, plan.reach, actor if wanted.force else None)
        new = replace(self._new(actor, wanted, project, plan, options), uid=uid)
        scan_id = await work.scans.add(new, _chunks(plan, wanted))
        work.collect(ScanQueued(scan_id))
        detail = {"targets": list(plan.texts[:20]), "addresses": plan.permitted.count, "profile": wanted.profile}
        await work.audit.record(actor, "start", "scan", scan_id, detail)
        return await self._changed(work, scan_id)

    async def stop(self, work: "UnitOfWork", actor: Actor, scan_id: int) -> Scan:
        """Stop a scan; what it has found stays. Raises Conflict where it is not running or waiting."""
        scan = await self.visible(work, actor, scan_id, lock=True)
        if scan.status is ScanStatus.STOPPING:
            return scan
        if scan.status in {ScanStatus.QUEUED, ScanStatus.PAUSED}:
            await self._stop_waiting(work, actor, scan)
        else:
            scan.to(ScanStatus.STOPPING)
            counts = scan.chunks
            told = Message.of("stopped_by_person", name=actor.name, done=counts.done, total=counts.total)
            await work.scans.set_status(scan_id, ScanStatus.STOPPING, told)
            work.collect(StopRequested(scan_id))
        await work.audit.record(actor, "stop", "scan", scan_id)
        return await self._changed(work, scan_id)

    async def pause(self, work: "UnitOfWork", actor: Actor, scan_id: int) -> Scan:
        """Pause a scan; it waits for a resume. Raises Conflict where it is neither running nor waiting."""
        scan = await self.visible(work, actor, scan_id, lock=True)
        if scan.status is ScanStatus.PAUSING:
            return scan
        if not scan.can.pause:
            raise wrong_state(scan, "paused")
        counts = scan.chunks
        told = Message.of("paused_by_person", name=actor.name, done=counts.done, total=counts.total)
        await work.audit.record(actor, "pause", "scan", scan_id)
        return await self.pause_for(work, scan, PausedBy.PERSON, told)

    async def pause_for(self, work: "UnitOfWork", scan: Scan, by: PausedBy, told: Message) -> Scan:
        """Pause a scan that runs or waits; what runs now is ended at once, and finished hosts are kept."""
        waiting = scan.status is ScanStatus.QUEUED
        status = scan.to(ScanStatus.PAUSED if waiting else ScanStatus.PAUSING).status
        await work.scans.set_status(scan.id, status, told)
        await work.scans.set_paused_by(scan.id, by)
        if not waiting:
            work.collect(PauseRequested(scan.id))
        return await self._changed(work, scan.id)

    async def resume(self, work: "UnitOfWork", actor: Actor, scan_id: int) -> Scan:
        """Queue every chunk of which something is missing. Raises Conflict where there is nothing to resume."""
        scan = await self.visible(work, actor, scan_id, lock=True)
        if not scan.can.resume:
            raise wrong_state(scan, "resumed")
        if not scan.forced:
            await self._check_windows(work, scan.site_id, AddressSet.parse(scan.ranges), None)
        chunks = await work.scans.requeue(scan_id)
        await work.audit.record(actor, "resume", "scan", scan_id, {"chunks": chunks})
        return await self.queue(work, scan)

    async def queue(self, work: "UnitOfWork", scan: Scan) -> Scan:
        """Have a scan run what waits in it; raises Conflict where its state does not allow that."""
        await work.scans.set_status(scan.id, scan.to(ScanStatus.QUEUED).status)
        await work.scans.set_paused_by(scan.id, None)
        work.collect(ScanQueued(scan.id))
        return await self._changed(work, scan.id)

    async def delete(self, work: "UnitOfWork", actor: Actor, scan_id: int) -> None:
        """Forget a scan with its log and files. Raises Conflict while it runs or waits."""
        scan = await self.visible(work, actor, scan_id, lock=True)
        if not scan.can.delete:
            raise wrong_state(scan, "deleted")
        await work.scans.delete(scan_id)
        work.collect(ScanDeleted(scan_id, scan.site_id, str(scan.uid)))
        await work.audit.record(actor, "delete", "scan", scan_id, {"uid": str(scan.uid), "name": scan.name})

    async def _check_windows(
        self, work: "UnitOfWork", site_id: int, addresses: AddressSet, forcing: Actor | None
    ) -> None:
        if forcing is not None:
            if forcing.role is not Role.ADMIN:
                raise Forbidden("Only an admin starts a scan within a blackout window", code="force_needs_admin")
            return
        found = open_window(await work.plans.blackouts(frozenset()), site_id, addresses, self._clock())
        if found:
            raise refuse(*found)

    async def _stop_waiting(self, work: "UnitOfWork", actor: Actor, scan: Scan) -> None:
        chunks = [_stopped(chunk, self._clock()) for chunk in await work.scans.chunks(scan.id)]
        await work.scans.save_chunks(chunks)
        counts = scan.chunks
        told = Message.of("stopped_by_person", name=actor.name, done=counts.done, total=counts.total)
        await work.scans.set_status(scan.id, scan.to(ScanStatus.STOPPED).status, told, finished_at=self._clock())
        stopped = await work.scans.get(scan.id)
        assert stopped
        work.collect(ScanFinished(stopped))

    async def _changed(self, work: "UnitOfWork", scan_id: int) -> Scan:
        scan = await work.scans.get(scan_id)
        assert scan
        work.collect(ScanChanged(scan))
        return scan

    def _new(
        self, actor: Actor, wanted: StartScan, project: Project, plan: ScanPlan, options: ScanOptions
    ) -> NewScan:
        return NewScan(
            site_id=project.site_id,
            project_id=project.id,
            name=wanted.name or plan.title,
            profile=wanted.profile,
            options=options,
            targets=plan.texts,
            exclusions=plan.exclusion_texts,
            ranges=plan.reach.texts(),
            names=plan.names,
            address_count=plan.permitted.count,
            chunk_size=chunk_size(wanted.profile, wanted.chunk_size),
            concurrency=wanted.concurrency,
            host_timeout_s=wanted.host_timeout_s,
            chunk_timeout_s=wanted.chunk_timeout_s,
            raw_sockets=self._planner.raw_sockets,
            requested_by=actor.user_id,
            schedule_id=wanted.schedule_id,
            forced=wanted.force,
        )


def _custom(options: Mapping[str, object] | None) -> ScanOptions | None:
    return None if options is None else ScanOptions.from_mapping(options)


def _chunks(plan: ScanPlan, wanted: StartScan) -> list[NewChunk]:
    parts = cut(plan.permitted, chunk_size(wanted.profile, wanted.chunk_size))
    return [NewChunk(number, part.texts(), part.count) for number, part in enumerate(parts, start=1)]


def _stopped(chunk: Chunk, now: datetime) -> Chunk:
    if chunk.status is not ChunkStatus.QUEUED:
        return chunk
    return chunk.ended(ChunkStatus.STOPPED, None, now)


def wrong_state(scan: Scan, done: str) -> Conflict:
    """Refuse what the scan's state does not allow."""
    return Conflict(
        f"The scan is {scan.status} and cannot be {done}",
        code=f"scan_cannot_be_{done}",
        params={"status": scan.status.value},
    )

"""Scans: start, look at, stop, resume, delete; targets and profiles before a scan."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Query, status

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import (
    ExpandIn,
    Expansion,
    NamedAddresses,
    NamedNetwork,
    ProfileOut,
    ProfilesOut,
    ScanIn,
    ScanOptionsIn,
    ScanOut,
    options_json,
    options_of,
)
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.accounts.actor import Actor
from backend.domain.discovery import options as domain_options
from backend.domain.discovery.options import PROFILES, ScanOptions, chunk_size, effective, options_for, with_rate
from backend.domain.discovery.sampling import SAMPLE
from backend.domain.discovery.scan import Scan, ScanStatus
from backend.domain.discovery.scripts import ALLOWED_SCRIPTS
from backend.domain.discovery.service import StartScan
from backend.domain.discovery.storage import ScanFilter
from backend.domain.errors import NotFound
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["discovery"])


@router.get("/scan-profiles", responses=responses(401))
async def scan_profiles(_: Viewer, services: Services) -> ProfilesOut:
    """The named ways to scan, what each cannot do here, and the options of the custom one."""
    raw = services.discovery.planner.raw_sockets
    profiles: dict[domain_options.Profile, ScanOptions] = {
        "sweep": PROFILES["sweep"],
        "sample": PROFILES["sample"],
        "quick": PROFILES["quick"],
        "standard": PROFILES["standard"],
        "full": PROFILES["full"],
        "custom": ScanOptions(),
    }
    items = [_profile(name, options, raw) for name, options in profiles.items()]
    return ProfilesOut(
        items=items,
        total=len(items),
        option_schema=ScanOptionsIn.model_json_schema(),
        scripts=list(ALLOWED_SCRIPTS),
    )


def _profile(name: domain_options.Profile, options: ScanOptions, raw: bool) -> ProfileOut:
    _, limitations = effective(options, raw=raw)
    return ProfileOut(
        name=name,
        summary_code=f"scan_profile_{name}",
        options=options_json(options),
        available=True,
        limitations=list(limitations),
    )


@router.post("/targets/expand", responses=responses(401, 403, 404))
async def expand_targets(actor: Operator, work: Work, services: Services, body: ExpandIn) -> Expansion:
    """What targets mean and what scanning them would cost; nothing is sent to them."""
    planner = services.discovery.planner
    options = with_rate(options_for(body.profile, _custom(body.options)), body.max_rate)
    site_id = await _site(services, work, actor, body.site_id)
    by = uuid4() if body.profile == SAMPLE else None
    plan = await planner.plan(work, site_id, body.targets, body.exclusions, by)
    preview = planner.preview(plan, options, chunk_size(body.profile, body.chunk_size), body.concurrency)
    return Expansion(
        address_count=plan.permitted.count,
        ranges=list(plan.reach.texts()),
        names=[NamedAddresses(name=name, addresses=list(found)) for name, found in plan.names.items()],
        networks=[NamedNetwork(cidr=network.cidr, name=network.name) for network in plan.networks],
        chunks_estimated=preview.chunks,
        seconds_estimated=preview.seconds,
        packets_estimated=preview.packets,
        sampled_networks=plan.sampled,
    )


def _custom(options: ScanOptionsIn | None) -> ScanOptions | None:
    given = options_of(options)
    return None if given is None else ScanOptions.from_mapping(given)


async def _site(services: Services, work: UnitOfWork, actor: Actor, wanted: int | None) -> int:
    if wanted is None:
        return (await services.discovery.projects.named_or_default(work, actor, None)).site_id
    if not actor.may_see_site(wanted) or not await work.projects.site_exists(wanted):
        raise NotFound.of("site", wanted)
    return wanted


@router.get("/scans", responses=responses(401))
async def scans(
    *,
    actor: Viewer,
    work: Work,
    services: Services,
    paging: Paging,
    project_id: IdQuery | None = None,
    status: ScanStatus | None = None,
    site_id: IdQuery | None = None,
    profile: Annotated[domain_options.Profile | None, Query()] = None,
) -> Listing[ScanOut]:
    """Scans, newest first; sort by created_at, started_at, finished_at, name, status or hosts_up."""
    wanted = ScanFilter(project_id, status, site_id, profile)
    page = await work.discovery.scans(actor.site_ids, wanted, paging)
    return listing(page, [_out(services, scan) for scan in page.items])


@router.post("/scans/start", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404))
@router.post("/scans", status_code=status.HTTP_201_CREATED, include_in_schema=False)
async def start_scan(actor: Operator, work: Work, services: Services, body: ScanIn) -> ScanOut:
    """Start a scan: it is written down with all its chunks, and runs when there is room."""
    wanted = StartScan(**body.model_dump(exclude={"options"}), options=options_of(body.options))
    return _out(services, await services.discovery.scans.start(work, actor, wanted))


@router.get("/scans/{scan_id}", responses=responses(401, 404))
async def scan(actor: Viewer, work: Work, services: Services, scan_id: Id) -> ScanOut:
    """One scan."""
    return _out(services, await services.discovery.scans.visible(work, actor, scan_id))


@router.post("/scans/{scan_id}/stop", responses=responses(401, 403, 404, 409))
async def stop_scan(actor: Operator, work: Work, services: Services, scan_id: Id) -> ScanOut:
    """Stop a scan; nmap is killed at once, and what was found stays."""
    return _out(services, await services.discovery.scans.stop(work, actor, scan_id))


@router.post("/scans/{scan_id}/pause", responses=responses(401, 403, 404, 409))
async def pause_scan(actor: Operator, work: Work, services: Services, scan_id: Id) -> ScanOut:
    """Pause a scan: what runs is ended at once, finished hosts are kept, and it waits for a resume."""
    return _out(services, await services.discovery.scans.pause(work, actor, scan_id))


@router.post("/scans/{scan_id}/resume", responses=responses(401, 403, 404, 409))
async def resume_scan(actor: Operator, work: Work, services: Services, scan_id: Id) -> ScanOut:
    """Run the rest of a scan: whatever its chunks are missing."""
    return _out(services, await services.discovery.scans.resume(work, actor, scan_id))


@router.delete("/scans/{scan_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404, 409))
async def delete_scan(actor: Operator, work: Work, services: Services, scan_id: Id) -> None:
    """Forget a scan with its log and files; devices and what was observed of them stay."""
    await services.discovery.scans.delete(work, actor, scan_id)


def _out(services: Services, found: Scan) -> ScanOut:
    return ScanOut.of(found, services.discovery.coordinator.progress(found.id))

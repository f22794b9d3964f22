"""What is known so far, on one page."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ScanOut
from backend.api.errors import responses
from backend.api.fields import IdQuery
from backend.api.inventory.schemas import Device
from backend.api.policy import Viewer
from backend.domain.accounts.actor import Actor
from backend.domain.discovery.scan import Scan, ScanStatus
from backend.domain.discovery.storage import ScanFilter
from backend.domain.page import PageRequest
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["inventory"])
ACTIVE = (ScanStatus.RUNNING, ScanStatus.STOPPING, ScanStatus.QUEUED)
RECENT = 5


class TypeCount(BaseModel):
    """How many devices are of a type."""

    type: str
    count: int


class DeviceNumbers(BaseModel):
    """Devices in numbers; `named` are those to which a person gave a name."""

    total: int
    up: int
    new_24h: int
    inbox: int
    named: int
    by_type: list[TypeCount]


class TopPort(BaseModel):
    """A port that many devices have open, and what it mostly is."""

    port: int
    service: str | None
    count: int


class PortNumbers(BaseModel):
    """Open ports in numbers."""

    open: int
    new_24h: int
    top: list[TopPort]


class Coverage(BaseModel):
    """How far a network is known."""

    network_id: int
    cidr: str
    name: str
    addresses: float
    devices: int
    last_scan_at: str | None


class NetworkNumbers(BaseModel):
    """Networks in numbers."""

    total: int
    allowed: int
    scanned_24h: int
    coverage: list[Coverage]


class OverviewScans(BaseModel):
    """Scans that run or wait, and the newest that are over."""

    running: list[ScanOut]
    recent: list[ScanOut]


class Overview(BaseModel):
    """What is known so far; `needs_setup` until a network may be scanned."""

    devices: DeviceNumbers
    ports: PortNumbers
    networks: NetworkNumbers
    scans: OverviewScans
    recent_devices: list[Device]
    needs_setup: bool


@router.get("/overview", responses=responses(401))
@router.get("/dashboard", include_in_schema=False)
async def overview(actor: Viewer, work: Work, services: Services, site_id: IdQuery | None = None) -> Overview:
    """What is known so far, of every site that the caller may see or of one."""
    found: dict[str, Any] = await work.inventory.overview(actor.site_ids, site_id)
    progress = services.discovery.coordinator.progress
    running, recent = await _scans(work, actor, site_id)
    scans = OverviewScans(
        running=[ScanOut.of(scan, progress(scan.id)) for scan in running],
        recent=[ScanOut.of(scan, progress(scan.id)) for scan in recent],
    )
    return Overview.model_validate({**found, "scans": scans})


async def _scans(work: UnitOfWork, actor: Actor, site_id: int | None) -> tuple[list[Scan], list[Scan]]:
    running: list[Scan] = []
    for status in ACTIVE:
        wanted = ScanFilter(status=status, site_id=site_id)
        running += (await work.discovery.scans(actor.site_ids, wanted, PageRequest())).items
    newest = PageRequest(limit=RECENT + len(running))
    page = await work.discovery.scans(actor.site_ids, ScanFilter(site_id=site_id), newest)
    return running, [scan for scan in page.items if scan.status not in ACTIVE][:RECENT]

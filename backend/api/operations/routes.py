"""Is it alive, is it ready, how is it doing, what can be plugged in."""

import asyncio
from ipaddress import ip_address
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from backend.api.deps import Services
from backend.api.errors import responses
from backend.api.fields import UtcTime
from backend.api.paging import Listing
from backend.api.policy import Viewer, client_address, public
from backend.domain.accounts.actor import Role
from backend.domain.errors import Forbidden, NotAuthenticated
from backend.domain.health import Readiness, Status, readiness
from backend.domain.metrics.exposition import MOST_LINES, MOST_MONITORS, exposition

api_router = APIRouter(tags=["operations"])
root_router = APIRouter(tags=["operations"])
PROXY_HEADERS = frozenset({"x-forwarded-for", "x-real-ip", "forwarded"})
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Health(BaseModel):
    """A sign of life."""

    status: Literal["ok"] = "ok"


class CheckOut(BaseModel):
    """One thing that was looked at."""

    ok: bool
    code: str


class Ready(BaseModel):
    """Whether Lanarium can do its work: degraded when only something it can do without is missing."""

    status: Readiness
    checks: dict[str, CheckOut]


class StorageOut(BaseModel):
    """Which database, and how much of TimescaleDB it offers."""

    engine: str
    version: str
    level: Literal["plain", "timescale-apache", "timescale"]
    timescale_version: str | None


class PowersOut(BaseModel):
    """What scanning can do here; `limitations` are codes of what it cannot."""

    raw_sockets: bool
    nmap_version: str | None
    limitations: list[str]


class LoopOut(BaseModel):
    """How one loop is doing."""

    running: bool
    restarts: int
    error: str | None


class PollingOut(BaseModel):
    """How polling is doing, counted since the start; since `storage_away_since` results go to a file."""

    model_config = ConfigDict(from_attributes=True)

    monitors: int
    polling: int
    polls: int
    late: int
    late_p99_s: float
    skipped: int
    missed: int
    answered: int
    failed: int
    rechecked: int
    rows: int
    samples: int
    discarded: int
    refused: int
    storage_away_since: UtcTime | None
    waiting: int
    spooled: int
    lost: int


class StatusOut(BaseModel):
    """How Lanarium is doing; without a login, the version only."""

    version: str
    commit: str | None = None
    storage: StorageOut | None = None
    capabilities: PowersOut | None = None
    limits: dict[str, int] | None = None
    started_at: UtcTime | None = None
    uptime_s: int | None = None
    loops: dict[str, LoopOut] | None = None
    polling: PollingOut | None = None


class Extension(BaseModel):
    """Something plugged in: one file in one of four folders."""

    kind: Literal["source", "collector", "sync", "notifier"]
    name: str
    summary: str
    options_schema: dict[str, Any]
    # Of a collector: the credential profiles it can use, and how often it is usually asked.
    credentials: list[str] = []
    credential_needed: bool = False
    default_interval_s: int | None = None


@root_router.get("/health", dependencies=[public()])
@api_router.get("/health", dependencies=[public()])
async def health() -> Health:
    """Answers as long as the process does, whatever the state of the database."""
    return Health()


@root_router.get("/ready", dependencies=[public()], responses={503: {"model": Ready}})
@api_router.get("/ready", dependencies=[public()], responses={503: {"model": Ready}})
async def ready(services: Services, response: Response) -> Ready:
    """200 when it can do its work (even degraded), 503 when it cannot."""
    checks = await services.health.checks()
    found = readiness(checks)
    response.status_code = 503 if found == "not_ready" else 200
    return Ready(status=found, checks={n: CheckOut(ok=c.ok, code=c.code) for n, c in checks.items()})


@root_router.get("/status", dependencies=[public()])
@api_router.get("/status", dependencies=[public()])
async def status(request: Request, services: Services) -> StatusOut:
    """Version, storage level, powers and loops, for people who are logged in; the version for everybody."""
    authorization = request.headers.get("authorization")
    if await services.authenticator.authenticate(authorization, client_address(request)) is None:
        return StatusOut(version=services.health.version)
    return _status(await services.health.status())


def _status(found: Status) -> StatusOut:
    storage, powers = found.storage, found.powers
    return StatusOut(
        version=found.version,
        commit=found.commit,
        storage=StorageOut(
            engine=storage.engine,
            version=storage.version,
            level=storage.level,
            timescale_version=storage.timescale_version,
        )
        if storage
        else None,
        capabilities=PowersOut(
            raw_sockets=powers.raw_sockets,
            nmap_version=powers.nmap_version,
            limitations=list(powers.limitations),
        ),
        limits=dict(found.limits),
        started_at=found.started_at,
        uptime_s=found.uptime_s,
        loops={
            name: LoopOut(running=loop.running, restarts=loop.restarts, error=loop.error)
            for name, loop in found.loops.items()
        },
        polling=PollingOut.model_validate(found.polling) if found.polling else None,
    )


@root_router.get("/metrics", dependencies=[public()], include_in_schema=False)
async def metrics(request: Request, services: Services) -> Response:
    """Numbers for Prometheus: for this machine itself, or for an admin's token."""
    await _may_read_metrics(request, services)
    return Response(await services.metrics.text(), headers={"Content-Type": PROMETHEUS})


@root_router.get("/metrics/monitors", dependencies=[public()], include_in_schema=False)
async def monitor_values(request: Request, services: Services) -> Response:
    """The newest values of every monitor for Prometheus: for this machine itself, or for an admin's token."""
    scope = await _may_read_metrics(request, services)
    async with services.reading() as work:
        found, cut = await work.history.newest(scope, MOST_MONITORS, MOST_LINES)
    return Response(await asyncio.to_thread(exposition, found, cut=cut), headers={"Content-Type": PROMETHEUS})


async def _may_read_metrics(request: Request, services: Services) -> frozenset[int]:
    """Answers the sites that the caller sees; none are all of them."""
    if _is_this_machine(request):
        return frozenset()
    authorization = request.headers.get("authorization")
    actor = await services.authenticator.authenticate(authorization, client_address(request))
    if actor is None:
        raise NotAuthenticated("Metrics are for this machine itself, or for an admin's token")
    if actor.role is not Role.ADMIN:
        raise Forbidden("Metrics need the role admin", code="role_too_small", params={"needed": "admin"})
    return actor.site_ids


def _is_this_machine(request: Request) -> bool:
    """Whether the call came straight from here: our own socket, or loopback, and no proxy in between."""
    if not PROXY_HEADERS.isdisjoint(request.headers.keys()):
        return False
    return request.client is None or ip_address(request.client.host).is_loopback


@api_router.get("/extensions", responses=responses(401))
async def extensions(_: Viewer, services: Services) -> Listing[Extension]:
    """Everything that is plugged in, with the schema of its options."""
    items = [
        Extension(
            kind=plugin.kind.value,
            name=plugin.name,
            summary=plugin.summary,
            options_schema=plugin.options.model_json_schema(),
            credentials=list(plugin.traits.credentials) if plugin.traits else [],
            credential_needed=plugin.traits is not None and plugin.traits.credential_needed,
            default_interval_s=plugin.traits.default_interval_s if plugin.traits else None,
        )
        for plugin in services.plugins.all()
    ]
    return Listing[Extension](items=items, total=len(items), next=None)

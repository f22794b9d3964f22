"""How long what was measured is kept."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Input, UtcTime
from backend.api.policy import Admin
from backend.domain.metrics.retention import FIELDS, MOST_DAYS, Retention
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(prefix="/settings", tags=["monitoring"])
Days = Annotated[int | None, Field(ge=1, le=MOST_DAYS, description="Days; null: for ever")]


class RetentionBody(Input):
    """How long rows and roll-ups are kept; what is coarser, at least as long as what is finer."""

    raw_days: Days = None
    rollup_5m_days: Days = None
    rollup_1h_days: Days = None
    rollup_1d_days: Days = None


class RetentionOut(RetentionBody):
    """What is in force; `kept_since`: before that moment everything was dropped, null where nothing was."""

    kept_since: dict[str, UtcTime | None]


@router.get("/retention", responses=responses(401, 403))
async def retention(_: Admin, work: Work) -> RetentionOut:
    """How long measures are kept."""
    return await _shown(work)


@router.put("/retention", responses=responses(401, 403, 422))
async def change_retention(actor: Admin, work: Work, services: Services, body: RetentionBody) -> RetentionOut:
    """Keep measures that long: what is older goes within minutes, in whole partitions, when it is summed."""
    await services.monitoring.retention.change(work, actor, Retention(**{n: getattr(body, n) for n in FIELDS}))
    return await _shown(work)


async def _shown(work: UnitOfWork) -> RetentionOut:
    return RetentionOut(**asdict(await work.retention.get()), kept_since=dict(await work.retention.kept_since()))

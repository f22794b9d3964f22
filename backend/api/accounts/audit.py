"""What people did."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.api.accounts import schemas
from backend.api.deps import Work
from backend.api.errors import responses
from backend.api.fields import Line, Moment
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin
from backend.domain.accounts.audit import AuditFilter
from backend.domain.accounts.keys import rules_everything
from backend.domain.errors import Forbidden

router = APIRouter(prefix="/audit-events", tags=["audit"])


@router.get("", responses=responses(401, 403, 429))
async def list_events(
    *,
    caller: Admin,
    work: Work,
    paging: Paging,
    actor: Annotated[Line | None, Query(description="A username")] = None,
    action: Annotated[Line | None, Query()] = None,
    entity: Annotated[Line | None, Query()] = None,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
) -> Listing[schemas.AuditEvent]:
    """What was done, newest first; for admins of every site."""
    if not rules_everything(caller):
        raise Forbidden("The audit log is for admins of every site", code="needs_all_sites")
    page = await work.audit.page(AuditFilter(actor, action, entity, since, until), paging)
    return listing(page, [schemas.AuditEvent.model_validate(event) for event in page.items])

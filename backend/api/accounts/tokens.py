"""API tokens: keys for scripts."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.api.accounts import schemas
from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Viewer
from backend.domain.accounts.actor import Role
from backend.domain.accounts.session import NewApiToken

router = APIRouter(prefix="/api-tokens", tags=["tokens"])


@router.get("", responses=responses(401, 403, 429))
async def list_tokens(
    actor: Viewer,
    work: Work,
    services: Services,
    paging: Paging,
    everyones: Annotated[bool, Query(alias="all", description="Everybody's; for admins")] = False,
) -> Listing[schemas.ApiToken]:
    """Your API tokens; sorts by id, name, username, created_at, expires_at, last_used_at."""
    page = await services.accounts.api_tokens.page(work, actor, paging, everyones=everyones)
    return listing(page, [schemas.api_token(token) for token in page.items])


@router.post("", status_code=201, responses=responses(401, 403, 429))
async def create_token(
    body: schemas.NewApiToken, actor: Viewer, work: Work, services: Services
) -> schemas.IssuedApiToken:
    """Make an API token; its text is in this answer and nowhere else."""
    new = NewApiToken(body.name, Role(body.role), frozenset(body.site_ids), body.expires_in_days)
    issued = await services.accounts.api_tokens.create(work, actor, new)
    return schemas.IssuedApiToken(**schemas.api_token(issued.token).model_dump(), token=issued.text)


@router.delete("/{token_id}", status_code=204, responses=responses(401, 403, 404, 429))
async def revoke_token(token_id: Id, actor: Viewer, work: Work, services: Services) -> None:
    """End an API token; it stops working within five seconds."""
    await services.accounts.api_tokens.revoke(work, actor, token_id)

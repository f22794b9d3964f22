"""Users, for admins."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.api.accounts import schemas
from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, Search
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin
from backend.domain.accounts.actor import Role
from backend.domain.accounts.user import NewUser, UserFilter

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", responses=responses(401, 403, 429))
async def list_users(
    *,
    actor: Admin,
    work: Work,
    services: Services,
    paging: Paging,
    q: Annotated[Search | None, Query(description="Part of a name or an e-mail address")] = None,
    role: Annotated[schemas.RoleName | None, Query()] = None,
    disabled: Annotated[bool | None, Query()] = None,
) -> Listing[schemas.User]:
    """The users that you may manage; sorts by username, role, created_at, last_login_at."""
    wanted = UserFilter(q, Role(role) if role else None, disabled)
    page = await services.accounts.people.page(work, actor, wanted, paging)
    return listing(page, [schemas.user(user) for user in page.items])


@router.post("", status_code=201, responses=responses(401, 403, 409, 429, 503))
async def create_user(body: schemas.NewUser, actor: Admin, work: Work, services: Services) -> schemas.User:
    """Make a user."""
    new = NewUser(
        body.username, body.password, Role(body.role), body.email, body.full_name, frozenset(body.site_ids)
    )
    return schemas.user(await services.accounts.people.create(work, actor, new))


@router.get("/{user_id}", responses=responses(401, 403, 404, 429))
async def get_user(user_id: Id, actor: Admin, work: Work, services: Services) -> schemas.User:
    """One user."""
    return schemas.user(await services.accounts.people.get(work, actor, user_id))


@router.patch("/{user_id}", responses=responses(401, 403, 404, 409, 429, 503))
async def change_user(
    user_id: Id, body: schemas.UserPatch, actor: Admin, work: Work, services: Services
) -> schemas.User:
    """Change a user; a new role, password or site limit bites within five seconds."""
    return schemas.user(await services.accounts.people.change(work, actor, user_id, body.changes()))


@router.delete("/{user_id}", status_code=204, responses=responses(401, 403, 404, 409, 429))
async def delete_user(user_id: Id, actor: Admin, work: Work, services: Services) -> None:
    """Remove a user with their sessions and tokens; what they did stays in the audit log."""
    await services.accounts.people.delete(work, actor, user_id)

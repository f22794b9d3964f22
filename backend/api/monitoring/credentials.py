"""Credential profiles."""

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.monitoring.credential_schemas import (
    CredentialProfile,
    CredentialsBody,
    CredentialTest,
    CredentialTested,
)
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin, Operator

router = APIRouter(prefix="/credential-profiles", tags=["monitoring"])


@router.get("", responses=responses(401, 403, 422))
async def credential_profiles(actor: Operator, work: Work, paging: Paging) -> Listing[CredentialProfile]:
    """Credential profiles, without any secret; sort by name, type, created_at or updated_at."""
    page = await work.credential_profiles.page(actor.site_ids, paging)
    return listing(page, [CredentialProfile.of(item) for item in page.items])


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_credential_profile(
    actor: Admin, work: Work, services: Services, body: CredentialsBody
) -> CredentialProfile:
    """A new profile; its secrets are sealed before they are stored."""
    return CredentialProfile.of(await services.monitoring.credentials.create(work, actor, body.to_domain()))


@router.get("/{profile_id}", responses=responses(401, 403, 404))
async def credential_profile(actor: Operator, work: Work, services: Services, profile_id: Id) -> CredentialProfile:
    """One profile, without any secret."""
    return CredentialProfile.of(await services.monitoring.credentials.visible(work, actor, profile_id))


@router.put("/{profile_id}", responses=responses(401, 403, 404, 409))
async def replace_credential_profile(
    actor: Admin, work: Work, services: Services, profile_id: Id, body: CredentialsBody
) -> CredentialProfile:
    """Another version of a profile. A secret that is left out stays, unless port or protocol change."""
    changed = await services.monitoring.credentials.change(work, actor, profile_id, body.to_domain())
    return CredentialProfile.of(changed)


@router.delete("/{profile_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(400, 401, 403, 404))
async def delete_credential_profile(actor: Admin, work: Work, services: Services, profile_id: Id) -> None:
    """Forget a profile; 400 while a monitor or a discovery profile uses it."""
    await services.monitoring.credentials.delete(work, actor, profile_id)


@router.post("/{profile_id}/test", responses=responses(401, 403, 404, 429))
async def test_credential_profile(
    actor: Operator, services: Services, profile_id: Id, body: CredentialTest
) -> CredentialTested:
    """Log in once at an address and say exactly what was refused; a few times a minute for each profile."""
    trials = services.monitoring.trials
    async with services.transactions() as work:
        prepared = await trials.prepare(work, actor, profile_id, body.to_domain())
        await work.commit()
    return CredentialTested.of(await trials.run(prepared))

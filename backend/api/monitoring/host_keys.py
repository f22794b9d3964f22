"""Host keys: by what servers are known, and what to do when one shows another."""

from typing import Annotated

from fastapi import APIRouter, Query, status
from pydantic import BaseModel, Field

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, Input, UtcTime
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin, Operator
from backend.domain.monitoring.collector import ServerKey
from backend.domain.monitoring.host_keys_ports import HostKey as HostKeyValue

router = APIRouter(prefix="/host-keys", tags=["monitoring"])


class OfferedKey(BaseModel):
    """A key that a server shows and that nobody accepted yet."""

    algorithm: str
    fingerprint: str
    at: UtcTime


class HostKey(BaseModel):
    """A server's pinned key; with `offered` no check logs in there."""

    id: int
    site_id: int
    address: str
    port: int
    algorithm: str
    fingerprint: str
    pinned_at: UtcTime
    pinned_by: str = Field(description="Who accepted it; empty: pinned at the first contact")
    offered: OfferedKey | None

    @classmethod
    def of(cls, known: HostKeyValue) -> "HostKey":
        """The answer for a key."""
        return cls(
            id=known.id,
            site_id=known.site_id,
            address=known.address,
            port=known.port,
            algorithm=known.key.algorithm,
            fingerprint=known.key.fingerprint,
            pinned_at=known.pinned_at,
            pinned_by=known.pinned_by,
            offered=_offered(known.offered, known),
        )


class Acceptance(Input):
    """Which key is meant: a key that came since then is not accepted by accident."""

    fingerprint: str = Field(pattern=r"^SHA256:[A-Za-z0-9+/]{43}$", description="As `ssh-keygen -l` shows it")


@router.get("", responses=responses(401, 403, 422))
async def host_keys(
    actor: Operator, work: Work, paging: Paging, changed: Annotated[bool | None, Query()] = None
) -> Listing[HostKey]:
    """Host keys; `changed=true` for those that wait for somebody. Sort by address, pinned_at or offered_at."""
    page = await work.host_keys.page(actor.site_ids, paging, changed=changed)
    return listing(page, [HostKey.of(item) for item in page.items])


@router.post("/{key_id}/accept", responses=responses(401, 403, 404, 409))
async def accept_host_key(actor: Admin, work: Work, services: Services, key_id: Id, body: Acceptance) -> HostKey:
    """Trust the key that the server shows now; checks log in there again."""
    return HostKey.of(await services.monitoring.host_keys.accept(work, actor, key_id, body.fingerprint))


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404))
async def forget_host_key(actor: Admin, work: Work, services: Services, key_id: Id) -> None:
    """Forget a server's key: the next contact is the first one again."""
    await services.monitoring.host_keys.forget(work, actor, key_id)


def _offered(key: ServerKey | None, known: HostKeyValue) -> OfferedKey | None:
    if key is None or known.offered_at is None:
        return None
    return OfferedKey(algorithm=key.algorithm, fingerprint=key.fingerprint, at=known.offered_at)

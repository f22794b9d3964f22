"""Networks: what there is, and what of it may be scanned."""

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery
from backend.api.inventory.place_schemas import Network, NetworkCreate, NetworkPatch, NetworkProposal
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin, Operator, Viewer
from backend.domain.inventory.network import NetworkChange, NewNetwork
from backend.domain.inventory.places import visible_site
from backend.domain.inventory.proposals import proposals

router = APIRouter(tags=["inventory"])


@router.get("/networks", responses=responses(401, 422))
async def networks(actor: Viewer, work: Work, paging: Paging, site_id: IdQuery | None = None) -> Listing[Network]:
    """Networks; sort by cidr, name, vlan or created_at."""
    page = await work.places.networks(actor.site_ids, paging, site_id)
    return listing(page, [Network.of(item) for item in page.items])


@router.get("/networks/proposals", responses=responses(401, 403, 404))
async def network_proposals(
    actor: Operator, work: Work, services: Services, site_id: IdQuery | None = None
) -> Listing[NetworkProposal]:
    """Networks that this machine sees by itself. Nothing is sent: the kernel's own tables are read."""
    site = await visible_site(work, actor, site_id)
    around = await services.inventory.surroundings.read()
    found = proposals(around, await work.places.allowed_cidrs(site.id))
    return Listing(items=[NetworkProposal.of(item) for item in found], total=len(found), next=None)


@router.post("/networks", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_network(actor: Admin, work: Work, services: Services, body: NetworkCreate) -> Network:
    """Write down a network, and with `scan_allowed` let it be scanned."""
    new = NewNetwork(**body.model_dump() | {"tags": tuple(body.tags)})
    return Network.of(await services.inventory.networks.add(work, actor, new))


@router.get("/networks/{network_id}", responses=responses(401, 404))
async def network(actor: Viewer, work: Work, services: Services, network_id: Id) -> Network:
    """One network."""
    return Network.of(await services.inventory.networks.visible(work, actor, network_id))


@router.patch("/networks/{network_id}", responses=responses(401, 403, 404))
async def change_network(
    actor: Admin, work: Work, services: Services, network_id: Id, body: NetworkPatch
) -> Network:
    """Describe a network, or allow or forbid scanning it."""
    given = body.model_fields_set
    values = {name: getattr(body, name) for name in given - {"tags", "vlan"}}
    change = NetworkChange(
        **values,
        vlan=body.vlan,
        clear_vlan="vlan" in given and body.vlan is None,
        tags=tuple(body.tags) if "tags" in given else None,
    )
    return Network.of(await services.inventory.networks.change(work, actor, network_id, change))


@router.delete(
    "/networks/{network_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404)
)
async def delete_network(actor: Admin, work: Work, services: Services, network_id: Id) -> None:
    """Delete a network: nothing in it is scanned any more. Devices stay."""
    await services.inventory.networks.remove(work, actor, network_id)

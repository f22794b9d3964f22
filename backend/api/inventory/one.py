"""One device, if it is there for the caller."""

from backend.api.inventory.schemas import Device
from backend.domain.accounts.actor import Actor
from backend.domain.errors import NotFound
from backend.domain.inventory.facts_view import facts_of
from backend.domain.unit_of_work import UnitOfWork


async def one_device(work: UnitOfWork, actor: Actor, device_id: int) -> Device:
    """The device with its addresses and facts; raises NotFound."""
    row = await work.inventory.device(actor.site_ids, device_id)
    if row is None:
        raise NotFound.of("device", device_id)
    state = (await work.devices.load([device_id]))[0]
    row["facts"] = facts_of(state, await work.inventory.pins(device_id))
    return Device.model_validate(row)


async def require_device(work: UnitOfWork, actor: Actor, device_id: int) -> int:
    """The site of the device; raises NotFound where the caller may not see it."""
    found = await work.device_edits.site_and_version(device_id)
    if found is None or not actor.may_see_site(found[0]):
        raise NotFound.of("device", device_id)
    return found[0]

"""What people do with devices: add one by hand, fix what is said of it, delete it. Each is in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock
from backend.domain.errors import Blocked, Conflict, FieldError, Invalid, NotFound
from backend.domain.history.change import OTHERS, moved
from backend.domain.inventory.addresses import parse_ip, usable_mac
from backend.domain.inventory.classify import DEVICE_TYPES
from backend.domain.inventory.events import DeviceChanged, DeviceRemoved
from backend.domain.inventory.fold import PERSON
from backend.domain.inventory.identity import OWNED_KINDS
from backend.domain.inventory.inbox import InboxState
from backend.domain.inventory.neighbourhood import device_values, find
from backend.domain.inventory.observation import Facts, Observation, normalised
from backend.domain.inventory.places import visible_site
from backend.domain.inventory.sighting import owned_addresses
from backend.domain.inventory.state import DeviceState
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device as a person writes it down."""

    name: str
    site_id: int | None = None
    addresses: tuple[str, ...] = ()
    mac: str | None = None
    pins: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """What a person changes. `pins` holds only the fields that are to change; None lets one go."""

    pins: Mapping[str, str | None] = field(default_factory=dict)
    notes: str | None = None
    tags: tuple[str, ...] | None = None
    version: int | None = None


class DeviceService:
    """Devices, as people change them."""

    def __init__(self, writer: InventoryWriter, clock: Clock) -> None:
        self._writer, self._clock = writer, clock

    async def add(self, uow: UnitOfWork, actor: Actor, new: NewDevice) -> int:
        """Write down a device; answers its id.

        Raises Invalid for an address that is none, NotFound for the site, and Conflict where a device of
        the site holds one of the addresses now.
        """
        _check_type(new.pins.get("type"))
        site = await visible_site(uow, actor, new.site_id)
        said = self._observation(new, site.id)
        await uow.devices.lock(site.id)
        await _refuse_held(uow, said)
        seen = await self._writer.observe(uow, [said])
        device_id = seen[0].device_id
        await uow.inbox.file({device_id: InboxState.APPROVED})
        await uow.device_edits.pin(device_id, {**new.pins, "name": new.name}, actor.user_id)
        await uow.device_edits.describe(device_id, notes=new.notes, tags=new.tags)
        await self._writer.show(uow, site.id, device_id)
        told = {**new.pins, "name": new.name, "addresses": list(new.addresses), "mac": new.mac}
        await uow.audit.record(actor, "create", "device", device_id, told)
        return device_id

    async def change(self, uow: UnitOfWork, actor: Actor, device_id: int, change: DeviceChange) -> None:
        """Fix or let go of fields, write notes and tags.

        Raises NotFound, Invalid, and Conflict where somebody changed the device since `version`.
        """
        _check_type(change.pins.get("type"))
        site_id, version = await self._visible(uow, actor, device_id)
        await uow.devices.lock(site_id)
        if change.version is not None and change.version != version:
            raise Conflict(
                "Somebody else changed this device in the meantime",
                code="device_changed",
                params={"version": version, "yours": change.version},
            )
        await uow.device_edits.pin(device_id, change.pins, actor.user_id)
        await uow.device_edits.describe(device_id, notes=change.notes, tags=change.tags)
        await uow.device_edits.touch_version(device_id)
        await self._writer.show(uow, site_id, device_id)
        await self._record(uow, actor, device_id, change)

    async def remove(self, uow: UnitOfWork, actor: Actor, device_id: int) -> None:
        """Delete a device; what was said of it stays as evidence. Raises NotFound, Blocked.

        If it is seen again it comes back as a new one.
        """
        site_id, _ = await self._visible(uow, actor, device_id)
        await uow.devices.lock(site_id)
        blockers = await uow.device_edits.blockers(device_id)
        if any(blockers.values()):
            raise Blocked.by("device", blockers)
        gone = (await uow.devices.load([device_id]))[0]
        neighbours = await find(uow.devices, site_id, device_values(gone))
        await uow.device_edits.remove(device_id)
        await moved(uow, site_id, OTHERS, [gone.uid])
        # Who lost an address to it may have it back.
        await self._writer.rebuild(uow, site_id, [d.id for d in neighbours if d.id and d.id != device_id])
        name = gone.shown.name if gone.shown else ""
        await uow.audit.record(actor, "delete", "device", device_id, {"name": name})
        uow.collect(DeviceRemoved(site_id, device_id, gone.uid))

    def _observation(self, new: NewDevice, site_id: int) -> Observation:
        addresses = [_address(text, n) for n, text in enumerate(new.addresses)]
        mac = usable_mac(new.mac)
        if new.mac and mac is None:
            raise Invalid.for_field("mac", "mac_invalid", f"{new.mac[:40]!r} is not a MAC of one device")
        facts = Facts(addresses=tuple(addresses[1:]), reason="by_hand")
        first = addresses[0] if addresses else None
        return normalised(Observation(site_id, PERSON, first, mac, self._clock(), facts))

    async def _visible(self, uow: UnitOfWork, actor: Actor, device_id: int) -> tuple[int, int]:
        found = await uow.device_edits.site_and_version(device_id)
        if found is None or not actor.may_see_site(found[0]):
            raise NotFound.of("device", device_id)
        return found

    async def _record(self, uow: UnitOfWork, actor: Actor, device_id: int, change: DeviceChange) -> None:
        told: dict[str, object] = dict(change.pins)
        told |= {"notes": True} if change.notes is not None else {}
        told |= {"tags": list(change.tags)} if change.tags is not None else {}
        await uow.audit.record(actor, "update", "device", device_id, told)
        fields = tuple(name for name in ("notes", "tags") if name in told)
        if fields:
            device = (await uow.devices.load([device_id]))[0]
            name = device.shown.name if device.shown else ""
            uow.collect(DeviceChanged(device.site_id, device_id, device.uid, name, self._clock(), fields))


def _check_type(kind: str | None) -> None:
    if kind is not None and kind not in DEVICE_TYPES:
        allowed = ", ".join(DEVICE_TYPES)
        raise Invalid.for_field("type", "type_unknown", f"A device is one of {allowed}", allowed=allowed)


def _address(text: str, number: int) -> str:
    address = parse_ip(text)
    if address is None:
        raise Invalid.for_field(
            f"addresses.{number}", "address_invalid", f"{text[:60]!r} is not an address", value=text[:60]
        )
    return str(address)


async def _refuse_held(uow: UnitOfWork, said: Observation) -> None:
    wanted = set(owned_addresses(said))
    holders = await find(uow.devices, said.site_id, set(wanted))
    errors = tuple(e for holder in holders for e in _held_by(holder, wanted))
    if errors:
        first = errors[0]
        raise Conflict(first.detail, code="address_in_use", params=first.params, errors=errors)


def _held_by(holder: DeviceState, wanted: set[tuple[str, str]]) -> list[FieldError]:
    held = [a for key, a in holder.addresses.items() if key in wanted and a.current and a.kind in OWNED_KINDS]
    name = holder.shown.name if holder.shown else ""
    return [
        FieldError(
            "mac" if a.kind == "mac" else "addresses",
            "address_in_use",
            {"address": a.value, "device_id": holder.id, "device": name},
            f"{a.value} is an address of {name} (device {holder.id})",
        )
        for a in held
    ]

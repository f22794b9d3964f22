"""What people do with finds: approve, hide, ignore, merge, split, undo. Each is one transaction with its audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock
from backend.domain.errors import Conflict, FieldError, Invalid, NotFound
from backend.domain.history.change import OTHERS, moved
from backend.domain.inventory.events import DeviceChanged
from backend.domain.inventory.inbox import STATE_OF, UNDO_FOR, Action, Filed, InboxState, NewAction
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be done with devices."""

    action: str
    device_ids: tuple[int, ...]
    into_id: int | None = None
    reason: str = ""


class InboxService:
    """Finds, as people decide of them."""

    def __init__(self, writer: InventoryWriter, clock: Clock) -> None:
        self._writer, self._clock = writer, clock

    async def act(self, uow: UnitOfWork, actor: Actor, wish: Wish) -> Action:
        """Do it to all of the devices, or to none.

        Raises NotFound for a device that is not there or not this person's, Invalid for a merge into nothing,
        Conflict for a merge across sites.
        """
        if wish.action == "merge":
            return await self._merge(uow, actor, wish)
        files = await self._files(uow, actor, wish.device_ids)
        state = STATE_OF[wish.action]
        changed = [f for f in files if f.state is not state]
        await uow.inbox.file({f.id: state for f in changed})
        self._tell(uow, changed)
        before = {"states": {str(f.id): f.state for f in changed}}
        return await self._remember(uow, actor, wish, files, len(changed), before)

    async def split(
        self, uow: UnitOfWork, actor: Actor, device_id: int, address_ids: Sequence[int], reason: str
    ) -> tuple[Action, int]:
        """Make a device of its own of some addresses of a device; answers its id too.

        What was said at those addresses goes with them, and no evidence joins the two again. Raises NotFound,
        and Conflict where nothing or everything would go.
        """
        (old,) = await self._files(uow, actor, (device_id,))
        chosen = await uow.inbox.addresses(device_id, address_ids)
        if len(chosen) != len(set(address_ids)):
            raise NotFound.of("address", next(iter(address_ids), None))
        places = [value for kind, value in chosen if kind in {"ipv4", "ipv6"}]
        macs = [value for kind, value in chosen if kind == "mac"]
        going = await uow.inbox.said_at(device_id, places, macs)
        bindings = (await uow.inbox.bindings([device_id]))[device_id]
        if not going or len(going) == len(bindings):
            code = "split_nothing" if not going else "split_everything"
            raise Conflict("A split leaves something of the device, and takes something away", code=code)
        before = {"devices": await uow.inbox.belongings([device_id]), "bindings": {str(device_id): bindings}}
        new = await uow.inbox.add_device(device_id)
        await uow.inbox.set_apart(old.id, new.id)
        staying = [b["id"] for b in bindings if b["id"] not in set(going)]
        await uow.inbox.bind(going, new.id, new.uid)
        await uow.inbox.bind(staying, old.id, old.uid)
        await self._writer.rebuild(uow, old.site_id, [old.id, new.id])
        wish = Wish("split", (device_id, new.id), reason=reason)
        return await self._remember(uow, actor, wish, [old, new], 2, before), new.id

    async def undo(self, uow: UnitOfWork, actor: Actor, action_id: int) -> Action:
        """Put back exactly what an action changed; what was seen since stays. Raises NotFound, Conflict."""
        done = await uow.inbox.action(action_id)
        if done is None or not all(actor.may_see_site(site) for site in done.site_ids):
            raise NotFound.of("inbox_action", action_id)
        if done.undone_at is not None:
            raise Conflict("This was undone already", code="undone_already")
        if done.undo_until < self._clock():
            raise Conflict("This was done too long ago to be undone", code="undo_expired")
        for site_id in sorted(done.site_ids):
            await uow.devices.lock(site_id)
        if done.action in STATE_OF:
            await self._undo_states(uow, done)
        elif done.action == "merge":
            await self._undo_merge(uow, done)
        else:
            await self._undo_split(uow, done)
        await uow.inbox.mark_undone(action_id, actor.name, self._clock())
        detail = {"action": done.action, "device_ids": list(done.device_ids)}
        await uow.audit.record(actor, "undo", "inbox_action", action_id, detail)
        found = await uow.inbox.action(action_id)
        return found or done

    async def _merge(self, uow: UnitOfWork, actor: Actor, wish: Wish) -> Action:
        if wish.into_id is None:
            raise Invalid.for_field("into_id", "into_required", "A merge needs the device to merge into")
        gone_ids = tuple(dict.fromkeys(i for i in wish.device_ids if i != wish.into_id))
        if not gone_ids:
            raise Invalid.for_field("device_ids", "merge_with_itself", "A device cannot be merged into itself")
        into, *gone = await self._files(uow, actor, (wish.into_id, *gone_ids))
        if {f.site_id for f in gone} != {into.site_id}:
            raise Conflict("Devices of different sites cannot be one", code="merge_across_sites")
        everyone = [into.id, *gone_ids]
        bindings = await uow.inbox.bindings(everyone)
        before = {
            "devices": await uow.inbox.belongings(everyone),
            "bindings": {str(i): items for i, items in bindings.items()},
        }
        bound = [b["id"] for items in bindings.values() for b in items]
        await uow.inbox.bind(bound, into.id, into.uid)
        await self._writer.join(uow, into.site_id, into.id, gone_ids)
        return await self._remember(uow, actor, wish, [into, *gone], len(gone), before)

    async def _undo_states(self, uow: UnitOfWork, done: Action) -> None:
        before = {int(key): value for key, value in done.changed["states"].items()}
        files = {f.id: f for f in await uow.inbox.filed(before)}
        errors = [
            _cannot(i, "device_gone" if i not in files else "device_filed_since")
            for i in before
            if i not in files or files[i].state is not STATE_OF[done.action]
        ]
        _refuse(errors)
        await uow.inbox.file(before)
        self._tell(uow, list(files.values()))

    async def _undo_merge(self, uow: UnitOfWork, done: Action) -> None:
        before: dict[str, list[dict[str, object]]] = done.changed["bindings"]
        files = {f.id for f in await uow.inbox.filed([int(i) for i in before])}
        gone = [int(i) for i in before if int(i) != done.into_id]
        if done.into_id is None or done.into_id not in files:
            _refuse([_cannot(done.into_id or 0, "device_gone")])
        assert done.into_id is not None
        for items in before.values():
            if await uow.inbox.still_bound(items, done.into_id) != len(items):
                _refuse([_cannot(done.into_id, "device_joined_since")])
        _refuse([_cannot(i, "device_id_taken") for i in gone if i in files])
        await uow.inbox.restore(done.changed["devices"])
        back = await uow.inbox.filed([int(i) for i in before])
        await moved(uow, done.site_ids[0], OTHERS, [device.uid for device in back])
        for device_id, items in before.items():
            await uow.inbox.rebind(int(device_id), items)
        await self._work_out(uow, done.site_ids[0], [int(i) for i in before])

    async def _undo_split(self, uow: UnitOfWork, done: Action) -> None:
        (old_id, items), *_ = done.changed["bindings"].items()
        new_id = next(i for i in done.device_ids if i != int(old_id))
        files = {f.id for f in await uow.inbox.filed(done.device_ids)}
        _refuse([_cannot(i, "device_gone") for i in done.device_ids if i not in files])
        held = [await uow.inbox.still_bound(items, i) for i in done.device_ids]
        if sum(held) != len(items):
            _refuse([_cannot(int(old_id), "device_joined_since")])
        later = (await uow.inbox.bindings([new_id]))[new_id]
        await uow.inbox.rebind(int(old_id), [*later, *items])
        await uow.inbox.restore(done.changed["devices"])
        await self._writer.join(uow, done.site_ids[0], int(old_id), (new_id,))

    async def _work_out(self, uow: UnitOfWork, site_id: int, ids: Sequence[int]) -> None:
        """Raises Conflict where what was seen since makes the devices one without anybody's help."""
        await self._writer.rebuild(uow, site_id, ids)
        there = {f.id for f in await uow.inbox.filed(ids)}
        _refuse([_cannot(i, "device_same_by_evidence") for i in ids if i not in there])

    async def _files(self, uow: UnitOfWork, actor: Actor, ids: Sequence[int]) -> list[Filed]:
        """The devices, in this order, their sites locked."""
        files = {f.id: f for f in await uow.inbox.filed(ids)}
        for wanted in ids:
            if wanted not in files or not actor.may_see_site(files[wanted].site_id):
                raise NotFound.of("device", wanted)
        for site_id in sorted({f.site_id for f in files.values()}):
            await uow.devices.lock(site_id)
        return [files[i] for i in dict.fromkeys(ids)]

    async def _remember(  # noqa: PLR0917 - what an action consists of
        self,
        uow: UnitOfWork,
        actor: Actor,
        wish: Wish,
        files: list[Filed],
        affected: int,
        before: Mapping[str, object],
    ) -> Action:
        done = NewAction(
            action=wish.action,
            actor=actor.name,
            reason=wish.reason,
            site_ids=tuple(sorted({f.site_id for f in files})),
            device_ids=tuple(f.id for f in files),
            affected=affected,
            undo_until=self._clock() + UNDO_FOR,
            into_id=wish.into_id,
            changed=dict(before),
        )
        kept = await uow.inbox.remember(done)
        told: dict[str, object] = {"devices": {str(f.id): f.name for f in files}, "inbox_action": kept.id}
        told |= {"reason": wish.reason} if wish.reason else {}
        told |= {"into": wish.into_id} if wish.into_id else {}
        first = wish.into_id or (files[0].id if len(files) == 1 else None)
        await uow.audit.record(actor, wish.action, "device", first, told)
        return kept

    def _tell(self, uow: UnitOfWork, files: list[Filed]) -> None:
        for f in files:
            uow.collect(DeviceChanged(f.site_id, f.id, f.uid, f.name, self._clock(), ("inbox_state",)))


def _cannot(device_id: int, code: str) -> FieldError:
    return FieldError("device_ids", code, {"device_id": device_id}, _WHY[code].format(device_id))


_WHY = {
    "device_gone": "Device {} is not there any more",
    "device_filed_since": "Something else was decided of device {} since",
    "device_joined_since": "Device {} was merged or split since; undo that first",
    "device_id_taken": "Device {} is there already",
    "device_same_by_evidence": "What was seen since shows that device {} is the same thing; split it instead",
}


def _refuse(errors: Sequence[FieldError]) -> None:
    if errors:
        first = errors[0]
        raise Conflict(first.detail, code="undo_impossible", params=first.params, errors=tuple(errors))


__all__ = ["InboxService", "InboxState", "Wish"]

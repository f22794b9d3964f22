"""Which devices a find might really be: what is not sure enough to be decided without a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.domain.inventory.addresses import AddressKind, MacWorth, mac_worth
from backend.domain.inventory.neighbourhood import Value, device_values
from backend.domain.inventory.state import DeviceState

AT_LEAST, MOST = 25, 3
WEIGHTS = {"ssh": 45, "snmp": 50, "tls": 30, "name": 25}
FORMER_ADDRESS, OTHER_MACS = 25, -15


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A device that a find may be, with the strongest reason and how much speaks for it (0..100)."""

    device_id: int
    name: str
    code: str
    value: str
    confidence: int


def suggested_values(devices: Iterable[DeviceState]) -> set[Value]:
    """What other devices are asked for."""
    return {v for d in devices for v in device_values(d) if isinstance(v, str) or v[0] != AddressKind.NAME}


def suggest(find: DeviceState, others: Sequence[DeviceState]) -> list[Suggestion]:
    """The likeliest devices that this one may be, the likeliest first."""
    alike = (_compare(find, other) for other in others if other.id != find.id and other.uid not in find.apart)
    found = [s for s in alike if s and s.confidence >= AT_LEAST]
    return sorted(found, key=lambda s: (-s.confidence, s.device_id))[:MOST]


def _compare(find: DeviceState, other: DeviceState) -> Suggestion | None:
    reasons = {
        kind: (weight, min(shared).partition(":")[2])
        for kind, weight in WEIGHTS.items()
        if (shared := {k for k in find.keys & other.keys if k.startswith(kind + ":")})
    }
    former = [a.value for key, a in find.addresses.items() if key in other.addresses and a.kind != "name"]
    if former:
        reasons["address"] = (FORMER_ADDRESS, min(former))
    if not reasons or other.id is None:
        return None
    total = sum(weight for weight, _ in reasons.values()) + (OTHER_MACS if _have_other_macs(find, other) else 0)
    code = max(reasons, key=lambda kind: reasons[kind][0])
    name = other.shown.name if other.shown else ""
    return Suggestion(other.id, name, f"same_{code}", reasons[code][1], max(0, min(95, total)))


def _have_other_macs(find: DeviceState, other: DeviceState) -> bool:
    mine, theirs = _stable_macs(find), _stable_macs(other)
    return bool(mine and theirs and not mine & theirs)


def _stable_macs(device: DeviceState) -> set[str]:
    return {a.value for a in device.current(AddressKind.MAC) if mac_worth(a.value) is MacWorth.STABLE}

"""Where each fact comes from: what won, what lost, and what a person fixed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.domain.inventory.reading import Pin
from backend.domain.inventory.resolve import ranked
from backend.domain.inventory.state import Claim, DeviceState

FIELDS = ("name", "hostname", "type", "vendor", "os", "os_family")


def facts_of(device: DeviceState, pins: Mapping[str, Pin]) -> dict[str, Any]:
    """Every field that somebody said something of, as the API answers it."""
    primary = device.shown.primary_address if device.shown else None
    found = {}
    for field in FIELDS:
        claims = ranked(device, field, primary)
        pin = pins.get(field)
        if claims or pin:
            found[field] = _fact(claims, pin)
    return found


def _fact(claims: list[Claim], pin: Pin | None) -> dict[str, Any]:
    won = claims[0] if claims else None
    value = pin.value if pin else won.value if won else None
    losing = [c for c in claims if c.value != value]
    return {
        "value": value,
        "source": "person" if pin or won is None else won.source,
        "observed_at": _iso(pin.at if pin else won.observed_at if won else None),
        "confidence": 100 if pin or won is None else won.confidence,
        "pinned": pin is not None,
        "pinned_by": pin.by if pin else None,
        "losing": [{"value": c.value, "source": c.source, "observed_at": _iso(c.observed_at)} for c in losing],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None

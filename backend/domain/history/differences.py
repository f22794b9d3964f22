"""What happened between two portraits of one device, in the words of the change feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from backend.domain.history.portrait import FIELDS, Portrait

ChangeKind = Literal[
    "device_new",
    "device_removed",
    "device_silent",
    "device_returned",
    "name_changed",
    "hostname_changed",
    "type_changed",
    "vendor_changed",
    "os_changed",
    "address_gained",
    "address_lost",
    "port_opened",
    "port_closed",
    "service_changed",
    "version_changed",
]
KINDS: tuple[ChangeKind, ...] = ChangeKind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different; `key` as portraits have it, empty for the device as a whole."""

    kind: ChangeKind
    key: str = ""
    old: str | None = None
    new: str | None = None


def differences(before: Portrait | None, after: Portrait | None) -> list[Difference]:
    """What happened. A device that is new or gone is one difference, whatever it has or had."""
    if before is None and after is None:
        return []
    if before is None:
        return [Difference("device_new", new=_called(after))]
    if after is None:
        return [Difference("device_removed", old=_called(before))]
    return list(_between(before, after))


def _between(before: Portrait, after: Portrait) -> Iterator[Difference]:
    for key in sorted(before.keys() | after.keys(), key=_order):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        kind, _, rest = key.partition(":")
        if kind == "status":
            yield Difference("device_returned" if new == "up" else "device_silent", key, old, new)
        elif kind in FIELDS:
            yield Difference(f"{kind}_changed", key, old, new)  # type: ignore[arg-type]
        elif kind == "address":
            value = rest.split(":", 1)[1]
            yield (
                Difference("address_lost", key, old=value)
                if new is None
                else Difference("address_gained", key, new=value)
            )
        else:
            yield from _port(
                kind, key, old, new, opened=f"port:{rest}" not in before, closed=f"port:{rest}" not in after
            )


def _port(
    kind: str, key: str, old: str | None, new: str | None, *, opened: bool, closed: bool
) -> Iterator[Difference]:
    """Of a port that opened or closed its version is no news of its own; nor is what was not known before."""
    if kind == "port" and opened:
        yield Difference("port_opened", key, new=new)
    elif kind == "port" and closed:
        yield Difference("port_closed", key, old=old)
    elif kind == "port":
        yield Difference("service_changed", key, old or None, new or None)
    elif not opened and not closed:
        yield Difference("version_changed", key, old, new)


def _called(portrait: Portrait | None) -> str | None:
    return (portrait or {}).get("name")


def _order(key: str) -> tuple[int, str, str, int, str]:
    """Fields, then addresses, then ports by number, each with its version."""
    kind, _, rest = key.partition(":")
    head, _, tail = rest.partition(":")
    rank = FIELDS.index(kind) if kind in FIELDS else len(FIELDS) + (kind != "address")
    return rank, head, "" if tail.isdecimal() else tail, int(tail) if tail.isdecimal() else 0, kind

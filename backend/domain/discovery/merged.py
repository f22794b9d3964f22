"""What one scan saw of one address, from all that its sources said: one host for people, as they asked for it.

The device is the inventory's business; this is the scan's own view, before anything that was known earlier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from backend.domain.discovery.storage import HostRow

Json = Mapping[str, Any]
# Whose name is shown where several know one: what the network's owner wrote down, then the device's own word. The
# maker is the card's where that is known.
_ORDER = ("dns", "nmap", "snmp", "mdns", "netbios", "ssdp", "banner", "tls", "sweep")
_SEES_CARDS = frozenset({"nmap", "sweep"})


def merged_hosts(rows: Iterable[tuple[str, HostRow]]) -> list[HostRow]:
    """One row for each address, in the order given; rows of an address stand together, each with its source."""
    return [_merged(list(group)) for _, group in groupby(rows, key=lambda item: item[1].address)]


def _merged(said: Sequence[tuple[str, HostRow]]) -> HostRow:
    ranked = [row for _, row in sorted(said, key=lambda item: _rank(item[0]))]
    rows = [row for _, row in said]
    facts: dict[str, object] = dict(rows[0].facts)
    facts["hostnames"] = [name for row in ranked for name in _list(row.facts, "hostnames")]
    facts["ports"] = _ports(row.facts for row in rows)
    by_card = [row for source, row in said if source in _SEES_CARDS]
    facts["vendor"] = _first([*by_card, *ranked], "vendor")
    facts["os"] = max((row.facts.get("os") for row in rows), key=_accuracy, default=None)
    return replace(
        rows[0],
        id=min(row.id for row in rows),
        mac=next((row.mac for row in rows if row.mac), None),
        device_id=next((row.device_id for row in rows if row.device_id), None),
        observed_at=max(row.observed_at for row in rows),
        facts=facts,
    )


def _rank(source: str) -> int:
    return _ORDER.index(source) if source in _ORDER else len(_ORDER)


def _ports(facts: Iterable[Json]) -> list[Json]:
    """Each port as the source has it that knows it best; what scripts said of it comes along."""
    best: dict[tuple[str, int], dict[str, Any]] = {}
    for item in (port for one in facts for port in _list(one, "ports")):
        key = (item["protocol"], item["port"])
        old = best.get(key)
        scripts = [*_list(old or {}, "scripts"), *_list(item, "scripts")]
        chosen = item if old is None or item.get("confidence", 0) >= old.get("confidence", 0) else old
        best[key] = {**chosen, "scripts": scripts}
    return [best[key] for key in sorted(best)]


def _accuracy(guess: object) -> int:
    return int(guess.get("accuracy") or 0) + 1 if isinstance(guess, Mapping) else 0


def _first(rows: Iterable[HostRow], name: str) -> object:
    return next((row.facts[name] for row in rows if row.facts.get(name)), None)


def _list(facts: Json, name: str) -> list[Json]:
    found = facts.get(name, ())
    return found if isinstance(found, list) else []

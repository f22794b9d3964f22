"""Facts as the JSON value that is stored, and back; what says nothing is left out."""

import dataclasses
from typing import Any, Literal

from backend.domain.inventory.observation import Coverage, Facts, NameFact, OsFact, PortFact, ScriptFact

Json = dict[str, Any]


def facts_to_json(facts: Facts) -> Json:
    """A JSON object; `facts_from_json` answers the same facts."""
    return {"state": facts.state, **_sparse(facts)}


def facts_from_json(value: Json) -> Facts:
    """The facts behind a stored JSON object."""
    os_guess = value.get("os")
    state: Literal["up", "down"] = "down" if value.get("state") == "down" else "up"
    return Facts(
        state=state,
        reason=value.get("reason"),
        name=value.get("name"),
        hostnames=tuple(NameFact(**item) for item in value.get("hostnames", ())),
        addresses=tuple(value.get("addresses", ())),
        vendor=value.get("vendor"),
        os=OsFact(**os_guess) if os_guess else None,
        type=value.get("type"),
        hints=tuple(value.get("hints", ())),
        ports=tuple(_port(item) for item in value.get("ports", ())),
        covered=tuple(Coverage(**item) for item in value.get("covered", ())),
        scripts=_scripts(value),
        keys=tuple(value.get("keys", ())),
    )


def scripts_to_json(scripts: tuple[ScriptFact, ...]) -> list[Json]:
    """Scripts as JSON."""
    return [{"name": script.name, "output": script.output} for script in scripts]


def scripts_from_json(items: list[Json]) -> tuple[ScriptFact, ...]:
    """Scripts back from JSON."""
    return tuple(ScriptFact(**item) for item in items)


def _port(value: Json) -> PortFact:
    return PortFact(**{**value, "scripts": _scripts(value)})


def _scripts(value: Json) -> tuple[ScriptFact, ...]:
    return scripts_from_json(value.get("scripts", []))


def _sparse(item: Any) -> Any:
    if dataclasses.is_dataclass(item):
        return {f.name: _sparse(v) for f in dataclasses.fields(item) if _differs(f, v := getattr(item, f.name))}
    return [_sparse(part) for part in item] if isinstance(item, tuple) else item


def _differs(slot: dataclasses.Field[Any], value: Any) -> bool:
    return slot.default is dataclasses.MISSING or value != slot.default

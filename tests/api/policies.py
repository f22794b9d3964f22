"""Reads from the application who may call what: from the routes themselves, not from what is written about them.

`python -m tests.api.policies` prints what `policy.json` should hold; a change of it is a change of who may
do what, and is read as such.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

CHECKED_IN = Path(__file__).with_name("policy.json")
# Answers without a policy of ours: the description of the API, which the source tells everybody anyway.
DESCRIPTION = "/api/openapi.json"
_ORDER = ("public", "viewer", "operator", "admin")


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path, or one WebSocket, and its policy; None for one that declares none."""

    method: str
    path: str
    policy: str | None

    @property
    def name(self) -> str:
        """As it stands in policy.json."""
        return f"{self.method} {self.path}"


def routes_of(app: FastAPI) -> list[Route]:
    """Every route of the application."""
    found = []
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        declared = "public" if path == DESCRIPTION else _declared(getattr(context, "dependant", None))
        methods = sorted((context.methods or {"WS"}) - {"HEAD"})
        found += [Route(method, path, declared) for method in methods]
    return found


def _declared(dependant: Dependant | None) -> str | None:
    """The strictest policy anywhere among what a route depends on."""
    if dependant is None:
        return None
    found = set(_policies(dependant))
    tickets = {policy for policy in found if policy.startswith("ticket:")}
    return max(tickets) if tickets else max(found, key=_ORDER.index, default=None)


def _policies(dependant: Dependant) -> list[str]:
    own = getattr(dependant.call, "policy", None)
    inner = [policy for each in dependant.dependencies for policy in _policies(each)]
    return [own, *inner] if own else inner


def table(app: FastAPI) -> dict[str, str | None]:
    """Every route by name, without the second prefix, which has to be the same."""
    return {route.name: route.policy for route in sorted(routes_of(app), key=_by_path) if not is_alias(route)}


def is_alias(route: Route) -> bool:
    """Whether it is the documents' own path (`/api/x`) of a route below `/api/v1`."""
    return route.path.startswith("/api/") and not route.path.startswith("/api/v1/") and route.path != DESCRIPTION


def _by_path(route: Route) -> tuple[str, str]:
    return route.path, route.method


def main() -> None:
    """Print the table of the application as it is."""
    from backend.bootstrap import build  # noqa: PLC0415
    from backend.main import create_app  # noqa: PLC0415
    from backend.settings import Settings  # noqa: PLC0415

    given: dict[str, Any] = {"DATABASE_URL": "postgresql:///nowhere", "JWT_SECRET": secrets.token_hex(32)}
    print(json.dumps(table(create_app(build(Settings(**given), loops=()))), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()

"""What `lanarium up` needs to know, as one plain value."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.infra.system.service_users import ServiceUsers

# What the application reads from the environment; nothing else of the caller's environment reaches it.
DOCUMENTED_NAMES = ("AUTH_USERNAME", "AUTH_PASSWORD", "JWT_SECRET", "TRUSTED_PROXIES", "NATS_URL", "TZ")
OWN_PREFIX = "LANARIUM_"


@dataclass(frozen=True, slots=True)
class UpConfig:
    """Where things are, on what to listen, and as whom to run.

    `users` is None for an ordinary user: then everything runs as the caller. `addresses` are written as nginx
    writes them, so IPv6 ones stand in brackets.
    """

    data_dir: Path
    app_dir: Path
    https_port: int = 8443
    addresses: tuple[str, ...] = ()
    database_url: str = ""
    users: ServiceUsers | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    trusted_proxies: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    python: str = sys.executable
    verbose: bool = False
    ready_within_s: float = 60.0
    healthy_within_s: float = 15.0


def passed_on(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that the application may see."""
    return {
        name: value
        for name, value in environment.items()
        if name in DOCUMENTED_NAMES or name.startswith(OWN_PREFIX)
    }

"""Fixtures that attacks share: the application, its people, a network that was seen, the scan helper."""

from tests.api.conftest import (
    admin,
    app,
    as_admin,
    as_operator,
    as_viewer,
    client,
    operator,
    program,
    viewer,
)
from tests.api.inventory.conftest import observe
from tests.infra.scan_helper.conftest import pair

__all__ = [
    "admin",
    "app",
    "as_admin",
    "as_operator",
    "as_viewer",
    "client",
    "observe",
    "operator",
    "pair",
    "program",
    "viewer",
]

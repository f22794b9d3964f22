"""Fixtures that attacks share: the application and its people, and the scan helper."""

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
from tests.infra.scan_helper.conftest import pair

__all__ = [
    "admin",
    "app",
    "as_admin",
    "as_operator",
    "as_viewer",
    "client",
    "operator",
    "pair",
    "program",
    "viewer",
]

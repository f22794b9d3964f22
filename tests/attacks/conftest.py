"""Fixtures that attacks share."""

from tests.infra.scan_helper.conftest import pair

__all__ = ["pair"]

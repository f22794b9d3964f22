"""Fixtures: the real helper on a cable, and one before a routed network."""

from tests.infra.scan_helper.conftest import helper, pair

__all__ = ["helper", "pair"]

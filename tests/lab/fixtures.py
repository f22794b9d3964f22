"""Fixtures for tests that need real machines: import them in a conftest.py."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.capture import Capture
from tests.lab.lab import Lab


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """A lab of this test process's own, brought up once; its prefix carries the process id."""
    if os.geteuid() != 0:
        pytest.skip("the lab needs root")
    with Lab(f"t{os.getpid()}") as built:
        yield built


@pytest.fixture(scope="session")
def truth(lab: Lab) -> dict[str, Any]:
    """What a perfect scan of the lab reports."""
    return lab.truth()


@pytest.fixture
def capture(lab: Lab, tmp_path: Path) -> Iterator[Capture]:
    """Every packet that the scanner's machine sends during the test."""
    with Capture(lab, tmp_path / "scanner.pcap") as recording:
        yield recording

"""The first hour on a product that knows nothing yet: one press after the login to the first devices."""

import os
from pathlib import Path

import pytest

from tests.e2e.browser_story import tell
from tests.lab.lab import Lab
from tests.lab.product import Product
from tests.lab.program import build_web_ui

pytestmark = [pytest.mark.lab, pytest.mark.browser]


def test_from_login_to_the_first_devices(tmp_path: Path) -> None:
    build_web_ui()
    with Lab(f"f{os.getpid()}") as lab, Product(lab) as fresh:
        tell("first_hour", fresh, tmp_path, timeout_s=170, fills=True)

"""Runs one story of `tests/e2e/browser/stories` against a running product."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.lab import netns
from tests.lab.product import USERNAME, Product

RUNNER = Path(__file__).parent / "browser" / "run.mjs"


def tell(story: str, product: Product, pictures: Path, *, timeout_s: float = 120, **details: Any) -> None:
    """Tell the story in Debian's chromium. Raises AssertionError with what the browser said.

    The browser runs in the lab too: it drops its requests whenever an interface comes or goes on its machine
    (ERR_NETWORK_CHANGED), which other labs make happen on this one, and in the lab it can call nobody.
    """
    config = {
        "url": product.inside_url,
        "username": USERNAME,
        "password": product.password,
        "pictures": str(pictures),
        **details,
    }
    done = subprocess.run(
        netns.argv_inside(product.namespace, [_node(), str(RUNNER), story]),
        input=json.dumps(config),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert done.returncode == 0, f"{story} (pictures in {pictures}):\n{done.stdout}{done.stderr}"


def _node() -> str:
    """Node of the venv, else the machine's."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("node", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    assert found, "node is missing: scripts/frontend.sh install brings it"
    return found

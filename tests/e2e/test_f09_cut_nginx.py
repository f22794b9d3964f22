"""F09: nginx is killed again and again under a browser that watches a scan, and one in which somebody types."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.e2e.browser_story import tell
from tests.e2e.person import Person
from tests.e2e.survey import SLOW
from tests.lab.inhabitants import named
from tests.lab.product import Product
from tests.lab.program import build_web_ui

pytestmark = [pytest.mark.lab, pytest.mark.browser]

CUTS = 4
BETWEEN_S = 2.0  # a cut is a length of time: long enough for a page to be back before the next one


@contextmanager
def _killed_again_and_again(product: Product, watching: Path) -> Iterator[None]:
    """All of nginx dies every few seconds, as soon as it is back, while the file is there."""
    over = threading.Event()

    def strike() -> None:
        while not over.wait(BETWEEN_S):
            if watching.exists() and product.ready():
                for process in named(product.namespace, "nginx"):
                    with suppress(ProcessLookupError):
                        os.kill(process.pid, signal.SIGKILL)

    thread = threading.Thread(target=strike)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.timeout(400)
def test_f09_nothing_is_missing_after_nginx_was_killed_again_and_again(
    person: Person, product: Product, tmp_path: Path
) -> None:
    build_web_ui()
    person.patch("/auth/me", {"language": "en"})
    scan = person.start_scan(**{**SLOW, "options": {**SLOW["options"], "max_rate": 30}})  # type: ignore[dict-item]
    watching = tmp_path / "watching"
    with _killed_again_and_again(product, watching):
        tell("cut_nginx", product, tmp_path, timeout_s=350, scan=scan["id"], cuts=CUTS, watching=str(watching))

"""Whatever the scan helper refuses with has a sentence for people."""

import re
from pathlib import Path

import pytest

from backend.domain.discovery.outcome import Seen, decide

HELPER = Path(__file__).resolve().parents[3] / "backend" / "infra"
CODES = sorted(
    {code for path in HELPER.rglob("*.py") for code in re.findall(r'\bRefused\("(\w+)"', path.read_text())}
)


def test_there_are_refusals() -> None:
    assert "helper_busy" in CODES


@pytest.mark.parametrize("code", CODES)
def test_refusal_has_a_sentence(code: str) -> None:
    outcome = decide(
        Seen(cut_short=code, params={"limit": 4, "seconds": 1, "reason": "x", "signal": 9, "stderr": "x"})
    )
    assert outcome.code == code
    assert outcome.text

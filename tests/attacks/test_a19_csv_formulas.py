"""A19: no cell of a table becomes a formula, and reading the table back restores every value (CWE-1236)."""

import csv
import io
from collections.abc import Callable, Iterable

import httpx2

from backend.domain.inventory.table import csv_line, original_of
from tests.api.inventory.conftest import Observe, said
from tests.attacks.corpus import TEXTS
from tests.attacks.twins.inventory import one_way_csv_line, plain_csv_line

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
csv.field_size_limit(2_000_000)


def read_back(line: str) -> list[str]:
    return next(csv.reader(io.StringIO(line, newline="")))


def faults(write: Callable[[Iterable[str]], str]) -> list[str]:
    """Texts that become formulas, or that do not come back as they were."""
    bad = []
    for text in TEXTS:
        cells = read_back(write(["before", text, "after"]))
        runs = any(cell.lstrip(" ").startswith(STARTS) for cell in cells)
        lost = [original_of(cell) for cell in cells] != ["before", text, "after"]
        bad += [text[:40]] if runs or lost else []
    return bad


def test_tables_are_safe_and_whole() -> None:
    assert faults(csv_line) == []


def test_both_twins_are_caught() -> None:
    assert faults(plain_csv_line)
    assert faults(one_way_csv_line)


async def test_the_export_of_devices(as_operator: httpx2.AsyncClient, observe: Observe) -> None:
    names = [text for text in TEXTS if 0 < len(text) < 100 and text.isprintable() and text.strip() == text]
    seen = await observe(*(said(f"10.9.0.{n + 1}", minute=n) for n in range(len(names))))
    for item, name in zip(seen, names, strict=True):
        done = await as_operator.patch(f"/api/v1/devices/{item.device_id}", json={"notes": name})
        assert done.status_code == 200
    text = (await as_operator.get("/api/v1/devices/export.csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert not any(cell.lstrip(" ").startswith(STARTS) for row in rows for cell in row.values())
    assert sorted(original_of(row["notes"]) for row in rows) == sorted(names)

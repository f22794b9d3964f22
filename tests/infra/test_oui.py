"""Who made it: the table that ships, and the longest block that counts."""

import gzip
import re
from pathlib import Path

from backend.infra.oui import FILE, OuiTable


def test_known_makers() -> None:
    table = OuiTable()
    assert table.vendor_of("00:1b:21:12:34:56") == "Intel Corporate"
    assert table.vendor_of("da:a1:19:00:00:01") is None


def test_the_longest_block_counts(tmp_path: Path) -> None:
    file = tmp_path / "oui.gz"
    file.write_bytes(gzip.compress(b"aabbcc\tWide\naabbccd\tMiddle\naabbccdde\tNarrow\n"))
    table = OuiTable(file)
    assert table.vendor_of("aa:bb:cc:00:00:00") == "Wide"
    assert table.vendor_of("aa:bb:cc:d0:00:00") == "Middle"
    assert table.vendor_of("aa:bb:cc:dd:e0:00") == "Narrow"


def test_the_file_holds_names_and_nothing_else() -> None:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    assert len(lines) > 40_000
    assert all(re.fullmatch(r"[0-9a-f]{6,9}\t\S.*", line) for line in lines)
    assert not any("http" in line.lower() and "//" in line for line in lines)

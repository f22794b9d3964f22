"""Who was given which block of MAC addresses: a table that ships with the program."""

import gzip
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "oui.txt.gz"
PREFIX_LENGTHS = (9, 7, 6)


class OuiTable:
    """The table, read when it is first asked."""

    def __init__(self, path: Path = FILE) -> None:
        self._path = path

    def vendor_of(self, mac: str) -> str | None:
        """The maker behind a MAC: the longest block that is registered to somebody counts."""
        bare = mac.replace(":", "").lower()
        blocks = _blocks(self._path)
        return next((name for n in PREFIX_LENGTHS if (name := blocks.get(bare[:n]))), None)


@cache
def _blocks(path: Path) -> dict[str, str]:
    """The table, once a process."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {prefix: name for prefix, _, name in (line.rstrip("\n").partition("\t") for line in file)}

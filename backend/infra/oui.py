"""Who was given which block of MAC addresses: a table that ships with the program."""

import gzip
from functools import cached_property
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
        return next((name for n in PREFIX_LENGTHS if (name := self._blocks.get(bare[:n]))), None)

    @cached_property
    def _blocks(self) -> dict[str, str]:
        with gzip.open(self._path, "rt", encoding="utf-8") as file:
            return dict(line.rstrip("\n").split("\t", 1) for line in file)

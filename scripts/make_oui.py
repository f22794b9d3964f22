"""Writes the table of MAC address blocks that Lanarium ships, from Debian's `ieee-data` package.

    python scripts/make_oui.py [/usr/share/ieee-data] [backend/infra/data/oui.txt.gz]

The registry is public: the IEEE asserts no copyright in it and does not restrict its distribution (see the
package's copyright file). One line a block, `prefix<TAB>name`, sorted; prefixes are 6, 7 or 9 hex digits
(24, 28 and 36 bit). Same input, same bytes.
"""

import csv
import gzip
import sys
from pathlib import Path

FILES = ("oui.csv", "mam.csv", "oui36.csv", "iab.csv")
UNNAMED = frozenset({"", "private", "ieee registration authority"})


def blocks(folder: Path) -> dict[str, str]:
    """Every block that is registered to somebody by name."""
    found: dict[str, str] = {}
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                maker = " ".join(row["Organization Name"].split())
                if maker.lower() not in UNNAMED:
                    found[row["Assignment"].lower()] = maker[:80]
    return found


def main() -> None:
    """Read, sort, write."""
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/ieee-data")
    target = Path(sys.argv[2] if len(sys.argv) > 2 else "backend/infra/data/oui.txt.gz")
    lines = "".join(f"{prefix}\t{maker}\n" for prefix, maker in sorted(blocks(source).items()))
    target.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    print(f"{lines.count(chr(10))} blocks, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

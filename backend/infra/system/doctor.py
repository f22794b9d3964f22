"""`lanarium doctor`: what is here, what is missing, and how to get it. Looks, and changes nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.infra.db.postgres_binaries import all_binaries
from backend.infra.system import machine
from backend.infra.system.problems import StartRefused
from backend.infra.system.readiness import port_free

SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
ENOUGH_SPACE = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One question and its answer. `needed` tells what stops Lanarium from what only takes something away."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class DoctorConfig:
    """What to look at."""

    data_dir: Path
    app_dir: Path
    https_port: int = 8443
    database_url: str = ""


def examine(config: DoctorConfig) -> list[Finding]:
    """Every finding, in the order in which a person would mend them."""
    checks: tuple[Callable[[DoctorConfig], Finding], ...] = (
        _python, _nmap, _nginx, _postgres, _timescale, _openssl, _fping, _git,
        _raw_sockets, _port, _data_folder, _disk, _web_ui,
    )  # fmt: skip
    return [check(config) for check in checks]


def _python(_: DoctorConfig) -> Finding:
    found = sys.version_info[:2]
    detail = f"{found[0]}.{found[1]} ({sys.executable})"
    return Finding("Python", OLDEST_PYTHON <= found <= NEWEST_PYTHON, detail, "Use Python 3.11, 3.12 or 3.13.")


def _nmap(_: DoctorConfig) -> Finding:
    return _program("nmap", ("--version",), "Nothing can be scanned without it.")


def _nginx(_: DoctorConfig) -> Finding:
    return _program("nginx", ("-v",), "It serves the web page and does the encryption.")


def _openssl(_: DoctorConfig) -> Finding:
    return _program("openssl", ("version",), "Only for looking at certificates by hand.", needed=False)


def _fping(_: DoctorConfig) -> Finding:
    return _program("fping", ("--version",), "Without it many pings at once are slower.", needed=False)


def _git(_: DoctorConfig) -> Finding:
    return _program("git", ("--version",), "The history of the inventory is kept with it.", needed=False)


def _program(name: str, arguments: tuple[str, ...], use: str, *, needed: bool = True) -> Finding:
    path = shutil.which(name, path=SEARCH_PATH)
    if path is None:
        return Finding(name, False, f"not installed. {use}", f"apt-get install {name}", needed)
    said = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    first = (said.stdout or said.stderr).strip().partition("\n")[0]
    return Finding(name, True, f"{first} ({path})", needed=needed)


def _postgres(config: DoctorConfig) -> Finding:
    if config.database_url:
        return Finding("PostgreSQL", True, "a server of yours (DATABASE_URL)")
    found = all_binaries()
    if not found:
        remedy = "apt-get install postgresql, or set DATABASE_URL"
        return Finding("PostgreSQL", False, "none of version 15 or later", remedy)
    best = found[0]
    origin = "this machine's package" if best.origin == "host" else "the one that comes with Lanarium"
    return Finding("PostgreSQL", True, f"{best.major}, {origin} ({best.bin})")


def _timescale(config: DoctorConfig) -> Finding:
    name = "TimescaleDB"
    if config.database_url:
        return Finding(name, True, "asked of your server when Lanarium starts", needed=False)
    found = all_binaries()
    if found and found[0].has_timescale():
        return Finding(name, True, f"for PostgreSQL {found[0].major}", needed=False)
    wanted = f"postgresql-{found[0].major}-timescaledb" if found else "postgresql-17-timescaledb"
    remedy = f"Debian 13 has it: apt-get install {wanted}. Plain PostgreSQL does everything too."
    return Finding(name, False, "not installed; metrics are kept in plain tables", remedy, needed=False)


def _raw_sockets(_: DoctorConfig) -> Finding:
    if machine.may_open_raw_sockets():
        return Finding("raw sockets", True, "this user may open them", needed=False)
    detail = "not for this user: scans connect, and see neither MAC addresses nor operating systems"
    return Finding("raw sockets", False, detail, "Start Lanarium as root: sudo make up", needed=False)


def _port(config: DoctorConfig) -> Finding:
    name = f"port {config.https_port}"
    try:
        free = port_free("0.0.0.0", config.https_port)  # noqa: S104 - asked, not listened on
    except StartRefused as refusal:
        return Finding(name, False, refusal.detail, refusal.remedy)
    if free:
        return Finding(name, True, "free")
    if _locked(config.data_dir):
        return Finding(name, True, "in use by this Lanarium")
    remedy = f"Set LANARIUM_HTTPS_PORT, or see who has it: ss -ltnp 'sport = :{config.https_port}'"
    return Finding(name, False, "in use by another program", remedy)


def _locked(data_dir: Path) -> bool:
    """Whether a Lanarium on that folder runs, as far as this user can see."""
    try:
        number = int((data_dir / "lock").read_text().strip())
        return Path(f"/proc/{number}").exists()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False


def _data_folder(config: DoctorConfig) -> Finding:
    place = _nearest_existing(config.data_dir)
    if os.access(place, os.W_OK | os.X_OK):
        return Finding("data folder", True, str(config.data_dir))
    remedy = "Start as root, or set LANARIUM_DATA_DIR to a folder of yours."
    return Finding("data folder", False, f"{place} is not writable for this user", remedy)


def _disk(config: DoctorConfig) -> Finding:
    free = shutil.disk_usage(_nearest_existing(config.data_dir)).free
    detail = f"{free / 1024**3:.1f} GiB free where the data lies"
    return Finding("disk space", free >= ENOUGH_SPACE, detail, "Free some, at least 2 GiB.", needed=False)


def _web_ui(config: DoctorConfig) -> Finding:
    page = config.app_dir / "frontend" / "dist" / "index.html"
    if page.exists():
        return Finding("web UI", True, str(page.parent), needed=False)
    return Finding("web UI", False, "not built; the API works without it", "make setup", needed=False)


def _nearest_existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())

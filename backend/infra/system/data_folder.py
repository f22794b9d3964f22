"""The data folder: what lies where, who owns it and who else may enter.

pg/        the database's files             logs/      what every process said
run/       sockets, one folder per server   keys/      what signs sessions and seals secrets
tls/       certificates                     nginx/     the web server's configuration and temporary files
scans/     what nmap wrote, a folder a scan
"""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from backend.infra.system.problems import StartRefused
from backend.infra.system.service_users import Identity, ServiceUsers


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths below one data folder."""

    root: Path

    @property
    def run(self) -> Path:
        """Sockets, and the first administrator's one-shot file."""
        return self.root / "run"

    @property
    def app_socket(self) -> Path:
        """Where nginx finds the application."""
        return self.run / "app" / "app.sock"

    @property
    def scan_socket(self) -> Path:
        """Where the application finds the scan helper."""
        return self.run / "scan" / "scan.sock"

    @property
    def database_sockets(self) -> Path:
        """Where PostgreSQL puts its socket."""
        return self.run / "pg"

    @property
    def first_admin(self) -> Path:
        """The application leaves the first administrator's password here, once, for the supervisor."""
        return self.run / "first-admin"

    def path(self, name: str) -> Path:
        """One of the folders directly below."""
        return self.root / name


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder, its owner and group (by job) and its mode when each job has a user of its own."""

    name: str
    owner: str
    group: str
    mode: int


# A set-group-id bit hands the group down to the sockets and files made inside.
PLACES = (
    _Place("pg", "database", "database", 0o700),
    _Place("run", "app", "app", 0o711),
    _Place("run/app", "app", "web", 0o2750),
    _Place("run/pg", "database", "app", 0o2750),
    _Place("run/scan", "scan", "app", 0o2750),
    _Place("tls", "root", "root", 0o700),
    _Place("nginx", "web", "web", 0o700),
    _Place("scans", "app", "app", 0o700),
    _Place("spool", "app", "app", 0o700),
    _Place("keys", "app", "app", 0o700),
    _Place("logs", "app", "app", 0o750),
)


def make_folders(data: DataFolder, users: ServiceUsers | None) -> None:
    """Create what is missing and set owners and modes; with no users everything belongs to the caller.

    Raises StartRefused when the disk does not take it.
    """
    try:
        data.root.mkdir(parents=True, exist_ok=True)
        data.root.chmod(0o711 if users else 0o700)
        for place in PLACES:
            _make(data.root / place.name, place, users)
    except OSError as problem:
        raise StartRefused(
            f"The data folder {data.root} cannot be written: {problem.strerror}.",
            code="data_folder_not_writable",
            remedy="Choose another with LANARIUM_DATA_DIR, or mend its owner or its disk.",
        ) from None


def _make(path: Path, place: _Place, users: ServiceUsers | None) -> None:
    path.mkdir(exist_ok=True)
    if users is None:
        path.chmod(0o700)
        return
    os.chown(path, _uid(place.owner, users), _gid(place.group, users))
    path.chmod(place.mode)


def _uid(job: str, users: ServiceUsers) -> int:
    return 0 if job == "root" else Identity.of(getattr(users, job)).uid


def _gid(job: str, users: ServiceUsers) -> int:
    return 0 if job == "root" else Identity.of(getattr(users, job)).gid


def lock(data: DataFolder) -> int:
    """Hold the folder for as long as this process lives; StartRefused when another Lanarium holds it."""
    path = data.root / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise StartRefused(
            f"{path} cannot be opened: {problem.strerror}.", code="data_folder_not_writable"
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
        os.close(descriptor)
        raise StartRefused(
            f"Another Lanarium (process {holder}) is using {data.root}.",
            code="data_folder_locked",
            remedy="Stop it first, or give this one another LANARIUM_DATA_DIR.",
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor

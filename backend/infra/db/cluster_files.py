"""The files of a private cluster that Lanarium writes or judges: settings, who may enter, stale locks."""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from backend.infra.db.postgres_binaries import PostgresBinaries

MAP_NAME = "lanarium"

# Sized for one busy application on a small machine; every value is plain PostgreSQL, see its manual.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "maintenance_work_mem": "64MB",
    "synchronous_commit": "on",
    "min_wal_size": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "2s",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "unix_socket_permissions": "0770",
    "idle_in_transaction_session_timeout": "5min",
}


def write_settings(data: Path, socket_dir: Path, binaries: PostgresBinaries, extra: Mapping[str, str]) -> None:
    """Write `lanarium.conf` and make `postgresql.conf` read it last."""
    values = {**SETTINGS, "unix_socket_directories": str(socket_dir), **extra}
    if binaries.has_timescale():
        values |= {"shared_preload_libraries": "timescaledb", "timescaledb.telemetry_level": "off"}
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    _replace(data / "lanarium.conf", "\n".join(lines))
    main = data / "postgresql.conf"
    include = "include = 'lanarium.conf'"
    if include not in main.read_text().splitlines():
        with main.open("a") as stream:
            stream.write(f"\n{include}\n")


def write_access(data: Path, role: str, users: Iterable[str], owner: str) -> None:
    """Only the named operating-system users may enter, each as `role`; the owner also as superuser."""
    names = dict.fromkeys([*users, owner])
    entries = [f"{MAP_NAME} {_quoted_name(name)} {_quoted_name(role)}" for name in names]
    entries.append(f"{MAP_NAME} {_quoted_name(owner)} postgres")
    _replace(data / "pg_ident.conf", "\n".join(entries))
    _replace(data / "pg_hba.conf", f"local all all peer map={MAP_NAME}")


def remember_binaries(folder: Path, binaries: PostgresBinaries) -> None:
    """Write down which PostgreSQL made the cluster, for the day another one is installed."""
    made_by = {"major": binaries.major, "bin": str(binaries.bin), "origin": binaries.origin}
    _replace(folder / "made-by.json", json.dumps(made_by))


def made_with(folder: Path) -> Path | None:
    """The folder of the programs that made the cluster, if that was written down."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return Path(str(json.loads((folder / "made-by.json").read_text())["bin"]))
    return None


def major_of(data: Path) -> int | None:
    """The major version that a data folder belongs to; None when there is no cluster in it yet."""
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def running_server(data: Path) -> int | None:
    """The process id of a server that really runs on this folder.

    PostgreSQL believes a `postmaster.pid` whose number was given to some other program after a crash, and
    then refuses to start. Here the process must also work in this very folder.
    """
    try:
        number = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        works_in = Path(f"/proc/{number}/cwd").readlink()
    except (OSError, ValueError):
        return None
    return number if works_in == data.resolve() else None


def forget_dead_server(data: Path) -> None:
    """Remove what a killed server left behind; does nothing while one runs."""
    if running_server(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quoted_name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all, readable by the cluster's owner only."""
    before = path.parent.stat()
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text + "\n")
    temporary.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(temporary, before.st_uid, before.st_gid)
    temporary.replace(path)

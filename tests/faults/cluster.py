"""A PostgreSQL that a test may stop, at once and as often as it likes."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import create_async_engine

from backend.infra.db.engine import migrate
from tests import postgres

ROOT = Path(__file__).resolve().parents[2]


class Cluster:
    """One server; `stop` is a crash as far as the server's memory goes."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._prefix = postgres._as_somebody()
        if self._prefix:
            shutil.chown(home, self._prefix[2])
        self._bin = postgres.binaries()
        self.url = f"postgresql://postgres@/postgres?host={home}"
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"{postgres.OPTIONS} -c unix_socket_directories={self._home}"
        self._run("pg_ctl", "-w", "-l", str(self._home / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        command = [*self._prefix, str(self._bin / program), "-D", str(self._home / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._home)


@contextmanager
def stoppable() -> Iterator[Cluster]:
    """A server of the test's own."""
    home = Path(tempfile.mkdtemp(prefix="lanarium-fault-pg-"))
    cluster = Cluster(home)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


async def migrated(url: str) -> None:
    """Bring its database up to date."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    await migrate(engine, ROOT / "alembic")
    await engine.dispose()

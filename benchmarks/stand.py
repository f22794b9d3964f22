"""What benchmarks of the application stand on: a database of their own, programs as processes, their CPU time."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.infra.db.engine import as_async_url, create_engine, migrate
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "meadow-lantern-47-quiet"
TICKS = os.sysconf("SC_CLK_TCK")
START_S = 60.0


@contextmanager
def server() -> Iterator[str]:
    """The maintenance database of the server that LANARIUM_TEST_SERVER names, or of a private one."""
    given = os.environ.get("LANARIUM_TEST_SERVER")
    if given:
        yield given
        return
    with postgres.cluster() as url:
        yield url


@asynccontextmanager
async def fresh_database(url: str) -> AsyncIterator[AsyncEngine]:
    """A migrated database on a server, dropped at the end."""
    name = postgres.database_name()
    admin = create_async_engine(as_async_url(url), isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine = create_engine(make_url(url).set(database=name).render_as_string(hide_password=False))
    try:
        await migrate(engine, ROOT / "alembic")
        yield engine
    finally:
        await engine.dispose()
        async with admin.connect() as connection:
            await connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()


@contextmanager
def database() -> Iterator[str]:
    """A migrated database on a private server: its URL."""
    with postgres.cluster() as server:
        url = make_url(server).set(database="postgres").render_as_string(hide_password=False)
        asyncio.run(_migrated(url))
        yield url


async def _migrated(url: str) -> None:
    engine = create_engine(url)
    await migrate(engine, ROOT / "alembic")
    await engine.dispose()


def environment(url: str, folder: Path) -> dict[str, str]:
    """The application's settings: its own database and folder, and no limit on calls, which would be measured."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LANARIUM_")}
    return {
        **plain,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "LANARIUM_DATA_DIR": str(folder),
        "LANARIUM_APP_DIR": str(ROOT),
        "LANARIUM_LOG_LEVEL": "warning",
        "LANARIUM_RATE_LIMIT": "10000000/minute",
        "LANARIUM_RATE_LIMIT_STRANGERS": "10000000/minute",
        "AUTH_USERNAME": "admin",
        "AUTH_PASSWORD": PASSWORD,
        "JWT_SECRET": "f2b7c9d04e1a5836f2c9b7d01e4a8365aa90",
    }


@contextmanager
def running(command: Sequence[str], env: Mapping[str, str], socket: Path, log: Path) -> Iterator[int]:
    """A program that listens on a Unix socket: its process id. It is ended at the end, and only it."""
    socket.parent.mkdir(parents=True, exist_ok=True)
    socket.unlink(missing_ok=True)
    with log.open("ab") as output:
        program = subprocess.Popen(command, env=dict(env), cwd=ROOT, stdout=output, stderr=output)
    try:
        _wait_for(socket, program, log)
        yield program.pid
    finally:
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _wait_for(socket: Path, program: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_S
    while not socket.exists():
        if program.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"did not start: {log.read_text()[-2000:]}")
        time.sleep(0.05)


def application(socket: Path) -> list[str]:
    """The product's application as the product runs it."""
    return [sys.executable, "-m", "backend.cli", "serve", "--socket", str(socket)]


def cpu_s(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS

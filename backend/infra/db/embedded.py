"""Lanarium's private PostgreSQL: made, started and stopped in its own folder, reachable by socket only.

No password and no TCP port exist. Who may enter is decided by the operating system (`peer`), through a map
that names the few users who may. As root the server runs under a user of its own, never as root.
"""

import asyncio
import contextlib
import os
import pwd
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from backend.infra.db import cluster_files
from backend.infra.db.postgres_binaries import PostgresBinaries, choose_binaries, matching_binaries
from backend.infra.system.problems import StartRefused
from backend.infra.system.service_users import Identity, privileges

# sun_path holds 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock" for its own lock file.
LONGEST_SOCKET_DIR = 88
SOCKET_PORT = 5432
PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class ClusterConfig:
    """Where a cluster lives, who runs it and who may enter."""

    directory: Path
    socket_dir: Path
    run_as: str | None = None
    allowed_users: tuple[str, ...] = ()
    role: str = "lanarium"
    database: str = "lanarium"
    role_options: str = "LOGIN"
    binaries: PostgresBinaries | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.directory / "data"

    @property
    def owner(self) -> str:
        """The operating-system user under whom the server runs."""
        return self.run_as or pwd.getpwuid(os.geteuid()).pw_name


class EmbeddedPostgres:
    """One private server: `prepare`, then either `command` for a supervisor or `start` and `stop` here."""

    def __init__(self, config: ClusterConfig) -> None:
        self._config = config
        self._binaries: PostgresBinaries | None = config.binaries
        self._server: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """What SQLAlchemy needs to connect as the application's role."""
        host = quote(str(self._config.socket_dir), safe="/")
        return f"postgresql+asyncpg://{self._config.role}@/{self._config.database}?host={host}"

    @property
    def binaries(self) -> PostgresBinaries:
        """The PostgreSQL in use; known after `prepare`."""
        if self._binaries is None:
            major = cluster_files.major_of(self._config.data)
            maker = cluster_files.made_with(self._config.directory)
            self._binaries = choose_binaries() if major is None else matching_binaries(major, maker)
        return self._binaries

    async def prepare(self) -> None:
        """Make the cluster if there is none, and bring its settings up to date.

        Raises StartRefused when the folder belongs to a PostgreSQL that is not here any more, the socket's
        path is too long, or initdb fails.
        """
        _refuse_long_socket(self._config.socket_dir)
        if cluster_files.major_of(self._config.data) is None:
            await self._initialise()
        elif cluster_files.running_server(self._config.data):
            await self._outlive_previous()
        cluster_files.forget_dead_server(self._config.data)
        cluster_files.write_settings(
            self._config.data, self._config.socket_dir, self.binaries, self._config.settings
        )
        cluster_files.write_access(
            self._config.data, self._config.role, self._config.allowed_users, self._config.owner
        )
        cluster_files.remember_binaries(self._config.directory, self.binaries)

    def command(self) -> list[str]:
        """The server's argument list, to be run under the cluster's user."""
        return [self.binaries.program("postgres"), "-D", str(self._config.data), "-p", str(SOCKET_PORT)]

    async def wait_ready(self, timeout_s: float = 60.0) -> None:
        """Return once the server takes connections and the application's role and database exist.

        Raises StartRefused with the server's own words when that takes too long.
        """
        limit = asyncio.get_running_loop().time() + timeout_s
        while True:
            try:
                # Asked as the cluster's own user: a stranger's question would stand in the log as a break-in.
                await self._sql("SELECT 1")
                break
            except StartRefused:
                if asyncio.get_running_loop().time() > limit:
                    raise
            await asyncio.sleep(PAUSE_S)
        await self._ensure_database()

    async def start(self) -> None:
        """Run the server as a child of this process; for tests and one-off commands."""
        await self.prepare()
        argv = [*_run_as(self._config.run_as), *self.command()]
        log = self._config.directory / "server.log"
        with log.open("ab") as stream:
            self._server = await asyncio.create_subprocess_exec(
                *argv, stdout=stream, stderr=stream, stdin=asyncio.subprocess.DEVNULL, start_new_session=True
            )
        await self.wait_ready()

    async def stop(self, timeout_s: float = 20.0) -> None:
        """Shut down fast and cleanly; kills only a server that does not answer in time."""
        if self._server is None or self._server.returncode is not None:
            return
        # SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is flushed.
        self._server.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(self._server.wait(), timeout_s)
        except TimeoutError:
            self._server.kill()
            await self._server.wait()

    async def _initialise(self) -> None:
        self._config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._config.run_as:
            identity = Identity.of(self._config.run_as)
            os.chown(self._config.data, identity.uid, identity.gid)
        await self._run("initdb", *_initdb_options(self.binaries), "-D", str(self._config.data))

    async def _outlive_previous(self, timeout_s: float = 20.0) -> None:
        """Wait for a server whose supervisor was killed: its keeper is stopping it right now."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                # A foreign process tells nobody when it ends, so this looks again.
                while cluster_files.running_server(self._config.data):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
                return
        number = cluster_files.running_server(self._config.data)
        raise StartRefused(
            f"Another PostgreSQL (process {number}) still runs on {self._config.data}.",
            code="postgres_running",
            remedy="Stop it first.",
        )

    async def _ensure_database(self) -> None:
        # Both names are constants of ours; psql has no parameters for statements given by -c.
        role, database = self._config.role, self._config.database
        if not await self._sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):  # noqa: S608
            await self._sql(f'CREATE ROLE "{role}" {self._config.role_options}')
        if not await self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):  # noqa: S608
            await self._sql(f'CREATE DATABASE "{database}" OWNER "{role}"')
            await self._offer_timescale()

    async def _offer_timescale(self) -> None:
        """Extensions need a superuser, which the application's role is not: switch it on here, once."""
        if self.binaries.has_timescale():
            await self._sql("CREATE EXTENSION IF NOT EXISTS timescaledb", self._config.database)

    async def _sql(self, statement: str, database: str = "postgres") -> str:
        return await self._run(
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres",
            "-h", str(self._config.socket_dir), "-p", str(SOCKET_PORT), "-d", database, "-c", statement,
        )  # fmt: skip

    async def _run(self, program: str, *arguments: str) -> str:
        argv = [*_run_as(self._config.run_as), self.binaries.program(program), *arguments]
        process = await asyncio.create_subprocess_exec(
            *argv, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd="/"
        )
        out, problems = await process.communicate()
        if process.returncode == 0:
            return out.decode().strip()
        raise StartRefused(
            f"{program} failed: {problems.decode(errors='replace').strip()[-600:]}",
            code="postgres_command_failed",
            params={"program": program},
        )


def _run_as(user: str | None) -> list[str]:
    return privileges(Identity.of(user)) if user else []


def _initdb_options(binaries: PostgresBinaries) -> list[str]:
    options = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject"]
    if binaries.major >= 17:
        # From 17 on PostgreSQL has this locale itself, so an upgrade of libc cannot reorder an index.
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*options, "--data-checksums", "--no-instructions"]


def _refuse_long_socket(socket_dir: Path) -> None:
    length = len(os.fsencode(socket_dir))
    if length > LONGEST_SOCKET_DIR:
        raise StartRefused(
            f"The path {socket_dir} is too long for a socket ({length} bytes, at most {LONGEST_SOCKET_DIR}).",
            code="socket_path_too_long",
            remedy="Choose a shorter LANARIUM_DATA_DIR.",
        )

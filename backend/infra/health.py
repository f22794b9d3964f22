"""Looks at database, migrations, loops and scan helper."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.clock import utc_now
from backend.domain.discovery.ports import HelperGone, NmapProcesses, ScanPowers
from backend.domain.errors import Unavailable
from backend.domain.health import Check, LoopReport, PollingReport, Powers, Status, StorageInfo
from backend.infra.db.storage_level import storage_info
from backend.infra.db.unit_of_work import connected, storage_errors

OK = Check(True, "ok")
POWERS_KEPT_S = 10.0
Loops = Callable[[], Mapping[str, LoopReport]]


class SystemHealth:
    """Implements the domain's HealthReporter."""

    def __init__(
        self,
        engine: AsyncEngine,
        processes: NmapProcesses,
        *,
        loops: Loops,
        app_dir: Path,
        version: str,
        limits: Mapping[str, int],
        in_container_network: bool = False,
        polling: Callable[[], PollingReport] | None = None,
    ) -> None:
        self._engine = engine
        self._processes = processes
        self._loops = loops
        self._app_dir = app_dir
        self._version = version
        self._limits = limits
        self._in_container_network = in_container_network
        self._polling = polling
        self._started_at: datetime = utc_now()
        self._started = time.monotonic()
        self._powers: tuple[float, ScanPowers | None] = (0.0, None)
        self._head = ScriptDirectory(str(app_dir / "alembic")).get_current_head()

    @property
    def version(self) -> str:
        """The version of the program."""
        return self._version

    async def checks(self) -> Mapping[str, Check]:
        """Every part that matters for being ready."""
        database, migrations = await self._database()
        return {
            "database": database,
            "migrations": migrations,
            "loops": self._all_loops(),
            "scan_helper": await self._helper(),
        }

    async def status(self) -> Status:
        """The whole picture; a database that is away leaves a hole in it, not an error."""
        return Status(
            version=self._version,
            commit=commit_of(self._app_dir),
            storage=await self._storage(),
            powers=self._limited(await self._ask_powers()),
            started_at=self._started_at,
            uptime_s=int(time.monotonic() - self._started),
            loops=self._loops(),
            limits=self._limits,
            polling=self._polling() if self._polling else None,
        )

    async def _database(self) -> tuple[Check, Check]:
        try:
            with storage_errors():
                async with connected(self._engine) as connection:
                    found = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        except Unavailable:
            return Check(False, "storage_away"), Check(False, "unknown")
        except sa.exc.ProgrammingError:
            return OK, Check(False, "not_migrated")
        return OK, OK if found == self._head else Check(False, "not_at_newest_version")

    async def _storage(self) -> StorageInfo | None:
        try:
            with storage_errors():
                async with connected(self._engine) as connection:
                    return await storage_info(connection)
        except Unavailable:
            return None

    def _all_loops(self) -> Check:
        still = sorted(name for name, loop in self._loops().items() if not loop.running)
        return Check(False, f"stopped: {', '.join(still)}") if still else OK

    async def _helper(self) -> Check:
        powers = await self._ask_powers()
        if powers is None:
            return Check(False, "helper_gone", required=False)
        return OK if powers.nmap_version else Check(False, "nmap_missing", required=False)

    async def _ask_powers(self) -> ScanPowers | None:
        """What the helper says, remembered for a moment: it starts nmap to find out its version."""
        until, powers = self._powers
        if time.monotonic() >= until:
            try:
                powers = await self._processes.powers()
            except HelperGone:
                powers = None
            self._powers = (time.monotonic() + POWERS_KEPT_S, powers)
        return powers

    def _limited(self, powers: ScanPowers | None) -> Powers:
        if powers is None:
            return Powers(False, None, ("helper_gone",))
        lacks = {
            "nmap_missing": powers.nmap_version is None,
            "no_raw_sockets": not powers.raw_sockets,
            "container_network": self._in_container_network,
        }
        return Powers(
            powers.raw_sockets, powers.nmap_version, tuple(code for code, is_so in lacks.items() if is_so)
        )


def program_version() -> str:
    """The installed version, or that of a checkout."""
    try:
        return metadata.version("lanarium")
    except metadata.PackageNotFoundError:
        return "0.1.0"


def commit_of(app_dir: Path) -> str | None:
    """The commit that was installed, or that a checkout is at; None where nobody knows."""
    try:
        return (app_dir / "VERSION").read_text("ascii").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        return _checked_out(app_dir / ".git")


def _checked_out(git: Path) -> str | None:
    try:
        head = (git / "HEAD").read_text("ascii").strip()
        return (git / head.removeprefix("ref: ")).read_text("ascii").strip() if " " in head else head
    except (OSError, UnicodeDecodeError):
        return None

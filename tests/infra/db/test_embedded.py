"""The private PostgreSQL against the real programs of this machine, the host's and the wheel's."""

import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from backend.infra.db import cluster_files
from backend.infra.db.embedded import ClusterConfig, EmbeddedPostgres
from backend.infra.db.postgres_binaries import PostgresBinaries, all_binaries
from backend.infra.system.problems import StartRefused
from tests.infra.system.world import current_user, unprivileged_user

# These clusters live for seconds: durability is given away for speed.
FAST = {"fsync": "off", "full_page_writes": "off"}


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path that the server's own user can reach, unlike pytest's folders."""
    path = Path(tempfile.mkdtemp(prefix="lanarium-ops-", dir="/tmp"))
    path.chmod(0o755)
    (path / "run").mkdir()
    user = unprivileged_user()
    if user:
        shutil.chown(path, user)
        shutil.chown(path / "run", user)
    yield path
    shutil.rmtree(path)


def config_for(home: Path, binaries: PostgresBinaries | None = None) -> ClusterConfig:
    """A cluster that this test's own user may enter."""
    return ClusterConfig(
        directory=home,
        socket_dir=home / "run",
        run_as=unprivileged_user(),
        allowed_users=(current_user(),),
        binaries=binaries,
        settings=FAST,
    )


@pytest.fixture
async def server(home: Path) -> AsyncIterator[EmbeddedPostgres]:
    """A running server."""
    running = EmbeddedPostgres(config_for(home))
    await running.start()
    yield running
    await running.stop()


async def ask(server: EmbeddedPostgres, question: str) -> object:
    """One value from the server, over its socket."""
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.mark.parametrize("binaries", all_binaries(), ids=lambda each: f"{each.origin}-{each.major}")
async def test_every_postgres_found_here_runs(home: Path, binaries: PostgresBinaries) -> None:
    server = EmbeddedPostgres(config_for(home, binaries))
    await server.start()
    try:
        assert await ask(server, "select current_user::text") == "lanarium"
        assert str(await ask(server, "show server_version")).startswith(str(binaries.major))
        assert await ask(server, "select pg_encoding_to_char(encoding) from pg_database limit 1") == "UTF8"
    finally:
        await server.stop()


async def test_it_has_no_tcp_port_and_the_role_is_no_superuser(server: EmbeddedPostgres) -> None:
    assert await ask(server, "show listen_addresses") == ""
    assert await ask(server, "select rolsuper from pg_roles where rolname = current_user") is False


async def test_a_user_who_is_not_named_stays_outside(home: Path, server: EmbeddedPostgres) -> None:
    cluster_files.write_access(home / "data", "lanarium", (), unprivileged_user() or "nobody")
    owner = unprivileged_user()
    if owner is None:
        pytest.skip("needs root: an ordinary user owns the cluster that it starts")
    await server.stop()
    locked_out = EmbeddedPostgres(
        ClusterConfig(directory=home, socket_dir=home / "run", run_as=owner, allowed_users=())
    )
    await locked_out.start()
    try:
        with pytest.raises(asyncpg.PostgresError):
            await ask(locked_out, "select 1")
    finally:
        await locked_out.stop()


async def test_data_survives_a_restart_and_a_kill(home: Path, server: EmbeddedPostgres) -> None:
    await ask(server, "create table kept as select 42 as answer")
    assert server._server is not None
    os.kill(server._server.pid, signal.SIGKILL)
    await server._server.wait()
    assert (home / "data" / "postmaster.pid").exists()

    again = EmbeddedPostgres(config_for(home))
    await again.start()
    try:
        assert await ask(again, "select answer from kept") == 42
    finally:
        await again.stop()


async def test_a_stale_pid_file_naming_somebody_else_does_not_block(home: Path) -> None:
    server = EmbeddedPostgres(config_for(home))
    await server.start()
    await server.stop()
    (home / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{home / 'data'}\n")
    await server.start()
    await server.stop()


async def test_another_major_version_is_refused_with_one_sentence(home: Path) -> None:
    server = EmbeddedPostgres(config_for(home))
    await server.start()
    await server.stop()
    (home / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartRefused, match="made by PostgreSQL 9, which is not installed") as refusal:
        await EmbeddedPostgres(config_for(home)).prepare()
    assert refusal.value.code == "postgres_version_mismatch"


async def test_a_path_too_long_for_a_socket_is_refused_before_anything_is_made(home: Path) -> None:
    deep = home / ("x" * 120)
    server = EmbeddedPostgres(ClusterConfig(directory=home, socket_dir=deep))
    with pytest.raises(StartRefused, match="too long for a socket"):
        await server.prepare()
    assert not (home / "data").exists()

"""`lanarium up` as a whole: real PostgreSQL, nginx, keepers and users around a stand-in application."""

import fcntl
import json
import os
import signal
import socket
import stat
from collections.abc import Iterator

import pytest

from tests.infra.system.up_world import Up, lanarium, remove_users
from tests.infra.system.world import make_program_folder, short_folder, until

AS_WHOM = [
    pytest.param(False, id="root", marks=pytest.mark.skipif(os.geteuid() != 0, reason="needs root")),
    pytest.param(True, id="ordinary-user"),
]


@pytest.fixture(autouse=True, scope="module")
def no_users_left() -> Iterator[None]:
    """The throwaway system users go when this file is done."""
    yield
    if os.geteuid() == 0:
        remove_users()


@pytest.mark.parametrize("as_user", AS_WHOM)
def test_it_starts_answers_tells_the_password_once_and_stops_whole(as_user: bool) -> None:
    with lanarium(as_user=as_user) as up:
        assert any("correct-horse" in line for line in up.lines)
        assert not (up.home / "data" / "run" / "first-admin").exists()
        page = up.site.get("/dashboard")
        assert page.status == 200
        assert b"the web UI" in page.body
        assert up.site.get("/api/anything").json["path"] == "/api/anything"
        assert up.stop() < 8
        assert up.process.returncode == 0
        assert up.processes() == {}


def test_a_second_start_keeps_its_certificates_and_tells_no_password() -> None:
    with lanarium() as up:
        first = [line for line in up.lines if "SHA-256" in line]
        authority = (up.home / "data" / "tls" / "ca.crt").read_bytes()
        up.stop()
        again = Up(up.home, as_user=False)
        again.wait_for("Stop ")
        try:
            assert [line for line in again.lines if "SHA-256" in line] == first
            assert (up.home / "data" / "tls" / "ca.crt").read_bytes() == authority
            assert not any("Password" in line for line in again.lines)
        finally:
            again.stop()


def test_a_killed_supervisor_takes_everything_along_and_a_new_one_starts() -> None:
    with lanarium() as up:
        up.process.kill()
        up.process.wait()
        again = Up(up.home, as_user=False)
        again.wait_for("Stop ")
        again.stop()
        until(lambda: not up.processes())


def test_a_killed_application_comes_back() -> None:
    with lanarium() as up:
        before = next(
            pid for pid, words in up.processes().items() if words.endswith("app.sock ") and "keeper" not in words
        )
        os.kill(before, signal.SIGKILL)
        until(lambda: before not in up.processes())
        until(lambda: up.site.get("/api/x").status == 200)


def test_a_killed_database_comes_back() -> None:
    with lanarium() as up:
        pid_file = up.home / "data" / "pg" / "data" / "postmaster.pid"
        before = pid_file.read_text().split("\n")[0]
        os.kill(int(before), signal.SIGKILL)
        until(lambda: pid_file.exists() and pid_file.read_text().split("\n")[0] not in ("", before))


def test_a_port_in_use_is_said_with_a_way_out() -> None:
    with short_folder() as home, socket.socket() as other:
        make_program_folder(home / "program")
        up = Up(home, as_user=False)
        other.bind(("127.0.0.1", up.port))
        other.listen()
        said = up.refusal()
        assert "port_in_use" in said
        assert "LANARIUM_HTTPS_PORT" in said


def test_a_weak_signing_key_is_refused_before_anything_starts() -> None:
    with short_folder() as home:
        make_program_folder(home / "program")
        assert "weak_key" in Up(home, as_user=False, environment={"JWT_SECRET": "secret"}).refusal()
        assert not (home / "data").exists()


def test_a_folder_in_use_is_refused() -> None:
    with short_folder() as home:
        make_program_folder(home / "program")
        (home / "data").mkdir()
        with (home / "data" / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            assert "data_folder_locked" in Up(home, as_user=False).refusal()


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with short_folder() as home:
        make_program_folder(home / "program")
        (home / "data").write_text("a file where the folder should be")
        assert "data_folder_not_writable" in Up(home, as_user=False).refusal()


def test_an_application_that_cannot_start_is_said_with_the_end_of_its_log() -> None:
    with short_folder() as home:
        program = make_program_folder(home / "program")
        text = (program / "backend" / "cli.py").read_text()
        broken = text.replace(
            "def serve(socket: str) -> None:\n",
            "def serve(socket: str) -> None:\n    raise SystemExit('no way')\n",
        )
        (program / "backend" / "cli.py").write_text(broken)
        up = Up(home, as_user=False)
        said = up.refusal()
        assert "application_failed" in said
        assert "no way" in said


def test_a_failing_migration_is_said() -> None:
    with short_folder() as home:
        program = make_program_folder(home / "program")
        cli = program / "backend" / "cli.py"
        cli.write_text(cli.read_text().replace("create table if not exists migrated", "create nonsense"))
        assert "migration_failed" in Up(home, as_user=False).refusal()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_each_user_reaches_only_its_own_folders() -> None:
    with lanarium() as up:
        found = {
            path.name: (stat.S_IMODE(path.stat().st_mode), path.owner())
            for path in (up.home / "data").iterdir()
            if path.is_dir()
        }
    assert found == {
        "pg": (0o700, "lntest-db"),
        "run": (0o711, "lntest-app"),
        "tls": (0o700, "root"),
        "nginx": (0o700, "lntest-web"),
        "scans": (0o700, "lntest-app"),
        "spool": (0o700, "lntest-app"),
        "keys": (0o700, "lntest-app"),
        "logs": (0o750, "lntest-app"),
    }


def test_the_logs_hold_what_each_said_without_queries() -> None:
    with lanarium() as up:
        up.site.get("/api/x?password=hunter2")
        logs = up.home / "data" / "logs"
        until(lambda: '"path":"/api/x"' in (logs / "nginx.log").read_text())
        assert "hunter2" not in (logs / "nginx.log").read_text()
        assert json.loads((logs / "nginx.log").read_text().splitlines()[-1])["status"] == 200
        assert "ready to accept connections" in (logs / "postgres.log").read_text()

"""A made-up program folder, and real nginx, PostgreSQL and supervisor around it."""

import contextlib
import http.client
import json
import os
import pwd
import queue
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from backend.infra.system import certificates, nginx
from backend.infra.system.service_users import Identity, privileges

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
TEMPLATE = ROOT / "nginx" / "nginx.conf.template"
# Throwaway system users, so that a test never touches those of a Lanarium installed on this machine.
USERS = ("lntest-app", "lntest-db", "lntest-web", "lntest-scan")


def current_user() -> str:
    """The name of the user who runs the tests."""
    return pwd.getpwuid(os.geteuid()).pw_name


def unprivileged_user() -> str | None:
    """As root, an existing user without power; None for an ordinary user, who stays themself."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_nobody_special() -> list[str]:
    """The command prefix that leaves root; nothing for an ordinary user."""
    user = unprivileged_user()
    return privileges(Identity.of(user)) if user else []


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])


def until(condition: Callable[[], bool], timeout_s: float = 15.0) -> None:
    """Wait for a condition; fails when it never comes."""
    limit = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < limit, "the condition never came"
        time.sleep(0.02)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder whose path fits into a socket's address and that other users can reach."""
    path = Path(tempfile.mkdtemp(prefix="lntest-", dir="/tmp"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def make_program_folder(folder: Path) -> Path:
    """What `make up` installs, with stand-ins where the application and the scan helper would be."""
    package = folder / "backend" / "infra"
    package.mkdir(parents=True)
    (folder / "backend" / "__init__.py").touch()
    (package / "__init__.py").touch()
    shutil.copy(HERE / "standin_app.py", folder / "backend" / "cli.py")
    shutil.copy(HERE / "standin_helper.py", package / "scan_helper.py")
    (folder / "alembic.ini").touch()
    (folder / "nginx").mkdir()
    shutil.copy(TEMPLATE, folder / "nginx")
    assets = folder / "frontend" / "dist" / "assets"
    assets.mkdir(parents=True)
    (assets.parent / "index.html").write_text("<!doctype html><title>the web UI</title>")
    (assets / "index-abc123.js").write_text("export {};")
    return folder


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body as an object."""
        value: dict[str, object] = json.loads(self.body)
        return value


@dataclass(slots=True)
class Site:
    """A web server on loopback."""

    port: int
    home: Path
    extra: dict[str, object] = field(default_factory=dict)

    def get(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Reply:
        """One request; the path is sent exactly as it is."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body:
                with contextlib.suppress(OSError):  # a server may refuse before it has read everything
                    connection.send(body)
            answer = connection.getresponse()
            names = [name.lower() for name, _ in answer.getheaders()]
            assert len(names) == len(set(names)), f"a header came twice: {names}"
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether anything answers yet."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return bool(self.get("/").status)
        return False


@contextmanager
def web_server(change: Callable[[str], str] = lambda text: text, *, app: bool = True) -> Iterator[Site]:
    """Real nginx on our template (changed by a broken twin), before the stand-in application."""
    with short_folder() as home, contextlib.ExitStack() as stack:
        program = make_program_folder(home / "program")
        state = home / "nginx"
        state.mkdir()
        template = program / "nginx" / "nginx.conf.template"
        template.write_text(change(template.read_text()))
        shown = certificates.ensure_certificate(state, ["127.0.0.1"], datetime.now(UTC))
        port = free_port()
        config = nginx.NginxConfig(
            template=template,
            state=state,
            web_root=program / "frontend" / "dist",
            app_socket=home / "nginx" / "app.sock",
            certificate=shown.certificate,
            certificate_key=shown.key,
            https_port=port,
            addresses=("127.0.0.1",),
            access_log=str(state / "access.log"),
        )
        program_path = nginx.find_nginx()
        (state / "nginx.conf").write_text(nginx.render_nginx(config, nginx.nginx_version(program_path)))
        user = unprivileged_user()
        if user:
            for path in (state, *state.iterdir()):
                shutil.chown(path, user)
        if app:
            stack.enter_context(_process([sys.executable, str(program / "backend" / "cli.py"), "serve",
                                          "--socket", str(config.app_socket)]))  # fmt: skip
            until(config.app_socket.exists)
        stack.enter_context(_process(nginx.nginx_command(program_path, config)))
        site = Site(port, home)
        until(site.answers)
        yield site


@contextmanager
def _process(argv: list[str]) -> Iterator[None]:
    process = subprocess.Popen([*as_nobody_special(), *argv], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


class Up:
    """A running `lanarium up`."""

    def __init__(self, home: Path, *, as_user: bool, environment: dict[str, str] | None = None) -> None:
        self.home = home
        self.port = free_port()
        self.users = None if as_user or os.geteuid() else USERS
        self.lines: list[str] = []
        self._said: queue.Queue[str | None] = queue.Queue()
        given = {
            "data_dir": str(home / "data"),
            "app_dir": str(home / "program"),
            "port": self.port,
            "users": self.users,
            "environment": environment or {},
        }
        prefix = as_nobody_special() if as_user else []
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "tests.infra.system.drive_up", json.dumps(given)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self._said.put(line.rstrip("\n"))
        self._said.put(None)

    def wait_for(self, text: str, timeout_s: float = 60.0) -> str:
        """The first line that holds the text."""
        limit = time.monotonic() + timeout_s
        while True:
            line = self._said.get(timeout=max(0.1, limit - time.monotonic()))
            assert line is not None, f"ended without {text!r}: {self.lines}"
            self.lines.append(line)
            if text in line:
                return line

    def refusal(self) -> str:
        """What it said when it would not start."""
        assert self.process.wait(30) == 3
        self._reading.join(10)
        while (line := self._said.get()) is not None:
            self.lines.append(line)
        until(lambda: not self.processes())
        return "\n".join(self.lines)

    @property
    def site(self) -> Site:
        """Its web page."""
        return Site(self.port, self.home)

    def stop(self) -> float:
        """Ask it to stop as Ctrl-C does; returns how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self._reading.join(10)
        return time.monotonic() - began

    def processes(self) -> dict[int, str]:
        """Every process of this Lanarium, by id, found by its family and by its folder in the command line."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if str(self.home) in words or int(folder.name) in self._family():
                        found[int(folder.name)] = words
        return found

    def _family(self) -> set[int]:
        parents: dict[int, int] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                    parents[int(folder.name)] = int(fields[1])
        family = {self.process.pid}
        while True:
            more = {child for child, parent in parents.items() if parent in family} - family
            if not more:
                return family
            family |= more


@contextmanager
def lanarium(*, as_user: bool = False, environment: dict[str, str] | None = None) -> Iterator[Up]:
    """A `lanarium up` that said that it is ready; stopped and gone at the end."""
    with short_folder() as home:
        make_program_folder(home / "program")
        user = unprivileged_user()
        if as_user and user:
            shutil.chown(home, user)
        running = Up(home, as_user=as_user, environment=environment)
        try:
            running.wait_for("Stop ")
            yield running
        finally:
            if running.process.poll() is None:
                running.stop()


def remove_users() -> None:
    """Remove the throwaway users again."""
    for name in USERS:
        subprocess.run(["userdel", name], capture_output=True, check=False)

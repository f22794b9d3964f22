"""A made-up program folder, and real nginx around it."""

import contextlib
import http.client
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
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


def until(condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
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

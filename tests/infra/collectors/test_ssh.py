"""The collector ssh against OpenSSH: vitals in one command, pinned host keys, and what is refused."""

import asyncio
import getpass
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh
import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, ServerKey, Target, Trace
from backend.domain.monitoring.counters import CounterBook
from backend.infra.clients.ssh.vitals import read
from backend.infra.collectors import ssh
from backend.infra.collectors.ssh import SshOptions, ask
from tests import agents
from tests.known_hosts import Book

KEY = asyncssh.generate_private_key("ssh-ed25519")
SECRET = KEY.export_private_key("openssh").decode()
LOCKED = KEY.export_private_key("openssh", passphrase="sesame", rounds=50).decode()
PASSWORD = "pass wörd;$(id)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("sshd")
    (found / "authorized").write_bytes(KEY.export_public_key("openssh"))
    return found


@pytest.fixture(scope="module")
def real(folder: Path) -> Iterator[int]:
    with agents.sshd(folder, ("ed25519", "rsa")) as port:
        yield port


def by_key(**more: str) -> Credential:
    return Credential(1, "ssh", getpass.getuser(), secrets={"private_key": SECRET, **more})


def by_password(password: str = PASSWORD) -> Credential:
    return Credential(1, "ssh", "ada", secrets={"password": password})


async def poll(port: int, credential: Credential, book: Book | None = None, *, monitor: int = 1) -> Reading:
    target = Target("127.0.0.1", monitor_id=monitor, known_hosts=Book() if book is None else book)
    return await asyncio.wait_for(ask(target, SshOptions(port=port), credential, Trace()), 20)


async def failed(port: int, credential: Credential, book: Book | None = None) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        await poll(port, credential, book)
    return caught.value


async def test_the_vitals_of_this_machine(real: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh, "_COUNTERS", CounterBook())
    book = Book()
    first = await poll(real, by_key(), book)
    assert first.values["cpu_percent"] is None
    assert first.values["net_recv_ps"] is None
    assert first.facts["kernel"]
    assert (first.values["memory_total"] or 0) > (first.values["memory_used"] or 0) > 0
    assert (first.values["process_count"] or 0) > 1
    assert {sample.name for sample in first.samples} >= {"uptime_s", "load_average"}
    assert [phase.name for phase in first.phases] == ["login", "query"]
    await asyncio.sleep(0.6)  # shorter than that nothing is compared
    second = await poll(real, by_key(), book)
    assert 0 <= (second.values["cpu_percent"] or 0) <= 100
    assert second.values["cpu_percent"] is not None
    received = {s.labels["interface"]: s.value for s in second.samples if s.name == "if_in_bytes_ps"}
    assert received["lo"] > 0, "our own login went over it"


async def test_the_host_key_is_pinned_at_the_first_contact(real: int, folder: Path) -> None:
    book = Book()
    await poll(real, by_key(), book)
    shown = (folder / "host_ed25519.pub").read_text()
    assert book.keys["127.0.0.1", real] == ServerKey("ssh-ed25519", asyncssh.import_public_key(shown).public_data)


async def test_a_server_with_several_keys_is_asked_for_the_pinned_kind(real: int, folder: Path) -> None:
    key = asyncssh.import_public_key((folder / "host_rsa.pub").read_text())
    book = Book()
    book.keys["127.0.0.1", real] = ServerKey("ssh-rsa", key.public_data)
    await poll(real, by_key(), book)
    assert not book.offered


async def test_another_host_key_is_refused_and_written_down(real: int, folder: Path) -> None:
    book = Book()
    stranger = ServerKey("ssh-ed25519", asyncssh.generate_private_key("ssh-ed25519").public_data)
    book.keys["127.0.0.1", real] = stranger
    error = await failed(real, by_key(), book)
    assert (error.code, error.phase, error.final) == ("host_key_changed", "host_key", True)
    assert error.params["pinned"] == stranger.fingerprint
    assert [key.fingerprint for key in book.offered] == [error.params["fingerprint"]]


@pytest.mark.parametrize(
    ("credential", "code"),
    [
        (by_key(private_key="not a key"), "ssh_key_unusable"),
        (by_key(private_key=LOCKED, passphrase="wr0ng"), "ssh_key_unusable"),
        (
            by_key(
                private_key=asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh").decode()
            ),
            "ssh_login_refused",
        ),
        (Credential(1, "ssh", getpass.getuser(), secrets={"password": "wr0ng"}), "ssh_login_refused"),
    ],
    ids=["no-key", "passphrase", "other-key", "password"],
)
async def test_a_login_that_is_refused(real: int, credential: Credential, code: str) -> None:
    error = await failed(real, credential)
    assert (error.code, error.phase, error.final) == (code, "login", True)
    assert "wr0ng" not in error.text


async def test_nothing_of_the_running_user_is_used(
    real: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key in this home would open the door, its configuration would start a program."""
    home, marker = tmp_path / ".ssh", tmp_path / "started"
    home.mkdir(mode=0o700)
    (home / "id_ed25519").write_text(SECRET)
    (home / "config").write_text(f"Host *\n  ProxyCommand touch {marker}\n  ForwardAgent yes\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
    credential = Credential(1, "ssh", getpass.getuser(), secrets={"password": "wr0ng"})
    assert (await failed(real, credential)).code == "ssh_login_refused"
    assert not marker.exists()


async def test_a_key_with_a_passphrase(real: int) -> None:
    assert (await poll(real, by_key(private_key=LOCKED, passphrase="sesame"))).facts


async def test_nobody_there() -> None:
    error = await failed(agents.free_port(), by_key())
    assert (error.code, error.phase) == ("connection_refused", "connect")


async def test_what_is_no_ssh() -> None:
    async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(web, "127.0.0.1", 0)
    async with server:
        error = await failed(server.sockets[0].getsockname()[1], by_key())
    assert error.code == "ssh_failed"


async def test_without_a_book_nobody_logs_in() -> None:
    with pytest.raises(CheckFailed) as caught:
        await ask(Target("127.0.0.1"), SshOptions(port=9), by_key(), Trace())
    assert caught.value.code == "host_keys_away"


Challenge = tuple[str, str, str, list[tuple[str, bool]]]


class Door(asyncssh.SSHServer):
    """Takes one password, by either way of asking for it."""

    def __init__(self, *, asks: bool) -> None:
        self.asks = asks

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return not self.asks

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("ada", PASSWORD)

    def kbdint_auth_supported(self) -> bool:
        return self.asks

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge:
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        return list(responses) == [PASSWORD]


Answer = Callable[["asyncssh.SSHServerProcess[bytes]"], None]


@asynccontextmanager
async def server(answer: Answer, *, asks: bool = False) -> AsyncIterator[int]:
    """A server that answers any command as a test wants."""
    listening = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=lambda: Door(asks=asks),
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        process_factory=answer,
        encoding=None,
    )
    try:
        yield listening.get_port()
    finally:
        listening.close()


def says(text: bytes) -> Answer:
    def answer(process: "asyncssh.SSHServerProcess[bytes]") -> None:
        process.stdout.write(text)
        process.exit(0)

    return answer


LINUX = b"""motd of a login shell
@@ system
Linux
web-1\x1b[31m
6.1.0
@@ release
PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
@@ uptime
100.5 90.1
@@ boot
abc
@@ load
0.52 0.58 0.59 1/467 12
@@ memory
MemTotal:        1000 kB
MemAvailable:     400 kB
SwapTotal:        100 kB
SwapFree:          40 kB
@@ processor
cpu  10 0 10 70 10 0 0 0 0 0
cpu0 10 0 10 70 10 0 0 0 0 0
@@ network
    lo: 5 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0
  eth0: 1000 1 0 0 0 0 0 0 2000 1 0 0 0 0 0 0
@@ speed
lo unknown
eth0 up 1000
wlan0 down
@@ processes
42
@@ disks
Filesystem     1024-blocks    Used Available Capacity Mounted on
/dev/sda1             1000     250       750      25% /
/dev/sda1             1000     250       750      25% /again
/dev/loop3             100     100         0     100% /snap/x
tmpfs                  500       1       499       1% /run
@@ end
"""


@pytest.mark.parametrize("asks", [False, True], ids=["password", "keyboard-interactive"])
async def test_what_linux_says_is_read(asks: bool) -> None:
    async with server(says(LINUX), asks=asks) as port:
        reading = await poll(port, by_password())
    values = reading.values
    assert (values["memory_total"], values["memory_used"]) == (1000 * 1024, 600 * 1024)
    assert (values["disk_total"], values["disk_used"]) == (1000 * 1024, 250 * 1024)
    assert (values["net_capacity_ps"], values["process_count"]) == (125_000_000, 42)
    assert reading.facts == {
        "host_name": "web-1\\x1b[31m",
        "os": "Debian GNU/Linux 13 (trixie)",
        "kernel": "6.1.0",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"@@ system\nFreeBSD\n@@ end\n", "ssh_not_linux"),
        (b"This account is currently not available.\n", "ssh_no_shell"),
        (LINUX.replace(b"@@ end", b""), "ssh_no_shell"),
        (b"", "ssh_no_shell"),
        (b"x" * 400_000, "ssh_output_too_long"),
    ],
    ids=["other-system", "no-shell", "cut-off", "nothing", "endless"],
)
async def test_an_answer_that_is_none(text: bytes, code: str) -> None:
    async with server(says(text)) as port:
        assert (await failed(port, by_password())).code == code


async def test_whoever_hangs_is_hung_up_on() -> None:
    async with server(lambda _: None) as port:
        before = len(asyncio.all_tasks())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await poll(port, by_password())
        async with asyncio.timeout(5):
            while len(asyncio.all_tasks()) > before + 1:  # noqa: ASYNC110 - nobody tells when a task is over
                await asyncio.sleep(0.02)


def test_nothing_that_is_said_raises() -> None:
    for cut in range(0, len(LINUX), 7):
        read(LINUX[:cut])
        read(LINUX[:cut] + b"\xff\x00 99999999999999999999999999 : -1 %" + LINUX[cut:])

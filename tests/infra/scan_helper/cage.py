"""Two machines on one cable without a way out, and the real helper on one of them, as a user with one right."""

import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import cryptography
import msgspec
import orjson
import structlog

from backend.domain.discovery.scope import AllowedNetwork, Scope
from tests.lab import netns

ROOT = Path(__file__).resolve().parents[3]
HELPER_UID = 61_741
NETWORK = "10.199.0.0/24"
SCANNER, TARGETS = "10.199.0.1", ("10.199.0.10", "10.199.0.11", "10.199.0.12")
SCOPE = Scope((AllowedNetwork(NETWORK, "cable"),), own=(SCANNER,))
PATIENCE_S = 20.0
_PAIRS = itertools.count()


def wait_for(condition: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Return when it is so; fail with a sentence when it does not become so."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(what)
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Pair:
    """The namespaces of the scanner and of the machine with the targets."""

    scanner: str
    target: str

    def listen(self, address: str, port: int) -> socket.socket:
        """A listening socket on the target's machine."""

        def bind() -> socket.socket:
            listener = socket.create_server((address, port), backlog=64)
            listener.settimeout(0.2)
            return listener

        return netns.inside(self.target, bind)


@contextmanager
def namespace_pair() -> Iterator[Pair]:
    """Make the two machines, and remove them."""
    prefix = f"lnm-{os.getpid()}-{next(_PAIRS)}"
    pair = Pair(f"{prefix}a", f"{prefix}b")
    try:
        for name in (pair.scanner, pair.target):
            netns.create(name)
        cable = f"link add eth0 type veth peer name eth0 netns {pair.target}"
        netns.batch(pair.scanner, [cable, f"addr add {SCANNER}/24 dev eth0", "link set eth0 up"])
        homes = [f"addr add {address}/24 dev eth0" for address in TARGETS]
        netns.batch(pair.target, [*homes, "link set eth0 up"])
        assert not netns.query(pair.scanner, "route", "show", "default")
        yield pair
    finally:
        netns.delete(pair.scanner)
        netns.delete(pair.target)


@dataclass(frozen=True, slots=True)
class CagedHelper:
    """A helper at work under a uid of its own."""

    process: subprocess.Popen[bytes]
    socket: Path
    uid: int

    def children(self) -> list[int]:
        """The processes that it has started and that still run."""
        return children_of(self.process.pid)


def children_of(pid: int) -> list[int]:
    """The children of a process; none if it is gone."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def command_name(pid: int) -> str:
    """What a process runs; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead and only not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


@contextmanager
def readable_code() -> Iterator[Path]:
    """A copy of what the helper needs that every user can read, wherever the checkout lies."""
    with tempfile.TemporaryDirectory(prefix="lanarium-code-") as name:
        folder = Path(name)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "backend", folder / "backend", ignore=ignored)
        for package in (msgspec, orjson, structlog, cryptography):
            source = Path(str(package.__file__)).parent
            shutil.copytree(source, folder / source.name, ignore=ignored)
        backend = importlib.util.find_spec("_cffi_backend")  # cryptography's, a single file
        assert backend is not None
        shutil.copy(str(backend.origin), folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield folder


@contextmanager
def caged_helper(
    namespace: str, allowed_uids: Sequence[int] = (0,), uid: int = HELPER_UID, rights: str = "-all,+net_raw"
) -> Iterator[CagedHelper]:
    """Start the helper as its start-up does: own uid, one capability, nothing else."""
    with readable_code() as code, tempfile.TemporaryDirectory(prefix="lanarium-run-") as run:
        os.chown(run, uid, uid)
        Path(run).chmod(0o755)
        path = Path(run) / "scan.sock"
        sets = [f"--{name}={rights}" for name in ("inh-caps", "ambient-caps", "bounding-set")]
        argv = [
            *("setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups", *sets),
            *(str(Path(sys.executable).resolve()), "-m", "backend.infra.scan_helper", "--socket", str(path)),
            *(part for allowed in allowed_uids for part in ("--allowed-uid", str(allowed))),
        ]
        process = subprocess.Popen(
            netns.argv_inside(namespace, argv),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )
        try:
            wait_for(lambda: path.is_socket() or process.poll() is not None, "the helper did not start")
            assert process.poll() is None, "the helper ended at once"
            yield CagedHelper(process, path, uid)
        finally:
            process.kill()
            process.wait(PATIENCE_S)

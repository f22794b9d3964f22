"""A06: code that has broken into nmap finds a cage: one right, no files, no other users, no way to more rights."""

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backend.infra.clients.nmap_process import CAGE, LIMITS
from tests.infra.scan_helper.cage import HELPER_UID, Pair, command_name, wait_for
from tests.lab import netns

pytestmark = pytest.mark.lab
WORD = re.compile(r"[a-z]+(_[a-z]+)+")
TWINS = Path(__file__).parent / "twins"
RIGHTS = [f"--{name}=-all,+net_raw" for name in ("inh-caps", "ambient-caps", "bounding-set")]
AS_HELPER = ("setpriv", "--reuid", str(HELPER_UID), "--regid", str(HELPER_UID), "--clear-groups", *RIGHTS)


@pytest.fixture
def place() -> Iterator[Path]:
    """A readable folder with the probe, a key file and a database socket that are another user's."""
    with tempfile.TemporaryDirectory(prefix="lnm-a06-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file in ("probe.py", "probe.nse"):
            Path(shutil.copy(TWINS / file, folder)).chmod(0o644)
        key = folder / "key"
        key.write_bytes(b"secret")
        key.chmod(0o400)
        (folder / "pg").mkdir(mode=0o700)
        with socket.socket(socket.AF_UNIX) as database:
            database.bind(str(folder / "pg/s"))
            database.listen()
            yield folder


def succeeded(pair: Pair, place: Path, wrapping: Sequence[str]) -> set[str]:
    """Which attempts of the probe succeed from a script inside an nmap that starts like this."""
    python = Path(sys.executable).resolve()
    command = f"{python} -I {place}/probe.py {place}/key {place}/pg/s"
    flags = ["--script", f"{place}/probe.nse", "--script-args", f"probe.command='{command}'", "-oN", "-"]
    argv = netns.argv_inside(pair.scanner, [*wrapping, "nmap", "-n", *flags])
    said = subprocess.run(argv, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
    assert "probe" in said.stdout, said.stdout + said.stderr
    words = {word for line in said.stdout.splitlines() for word in line.strip("|_ ").split()}
    # The probe's own words; the command line that nmap repeats holds a folder's random name.
    return {word for word in words if WORD.fullmatch(word)}


def test_the_cage_holds(pair: Pair, place: Path) -> None:
    assert succeeded(pair, place, (*AS_HELPER, *LIMITS, *CAGE)) == set()


def test_the_twin_is_caught(pair: Pair, place: Path) -> None:
    """The same nmap as root, as naive products start it."""
    found = succeeded(pair, place, ())
    assert {"read_key", "open_database", "become_root", "grow_file", "signal_init"} <= found


def test_its_rights_are_exactly_one(pair: Pair) -> None:
    """R15: what the kernel says, for a program in nmap's place."""
    argv = netns.argv_inside(pair.scanner, [*AS_HELPER, *LIMITS, *CAGE, "cat", "/proc/self/status"])
    lines = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.splitlines()
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    net_raw = f"{1 << 13:016x}"
    assert [status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")] == [net_raw] * 5
    assert (status["NoNewPrivs"], status["Groups"]) == ("1", "")


def test_it_dies_with_its_owner(pair: Pair) -> None:
    """The parent-death signal survives the whole command line."""
    argv = [*AS_HELPER, *LIMITS, *CAGE, "sleep", "600"]
    owner = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen({argv!r})\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", owner], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    descriptor = os.pidfd_open(pid)
    wait_until_caged(pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    ended = select_one(descriptor)
    os.close(descriptor)
    assert ended


def wait_until_caged(pid: int) -> None:
    """The child is past its wrappers."""
    wait_for(lambda: command_name(pid) == "sleep", "the cage did not reach its program")


def select_one(descriptor: int) -> bool:
    """Whether the process behind a descriptor ends within two seconds."""
    return bool(select.select([descriptor], [], [], 2)[0])

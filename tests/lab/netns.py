"""Network namespaces by name: make, end, look into, and run something inside."""

import ctypes
import json
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tests.lab.errors import CommandError

NAMESPACES = Path("/run/netns")
RESOLVERS = Path("/etc/netns")
CLONE_NEWNET = 0x40000000  # sched.h; os.setns comes with Python 3.12 only

Result = TypeVar("Result")


def command(*arguments: str, text: str | None = None) -> str:
    """Run one short system tool and give its output. Raises CommandError with its error text."""
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=30, check=False)
    if done.returncode != 0:
        raise CommandError(f"{' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def create(name: str) -> None:
    """Make a namespace whose loopback is up and that takes no route from router advertisements."""
    command("ip", "netns", "add", name)
    batch(name, ["link set lo up"])
    write_sysctl(name, {"net.ipv6.conf.all.accept_ra": 0, "net.ipv6.conf.default.accept_ra": 0})


def delete(name: str) -> None:
    """End a namespace and its resolver file; one that is gone already is fine."""
    if (NAMESPACES / name).exists():
        command("ip", "netns", "del", name)
    resolver = RESOLVERS / name / "resolv.conf"
    resolver.unlink(missing_ok=True)
    if resolver.parent.is_dir():
        resolver.parent.rmdir()


def batch(name: str, lines: Sequence[str]) -> None:
    """Run several `ip` commands inside one namespace with one process."""
    command("ip", "-n", name, "-batch", "-", text="\n".join(lines) + "\n")


def query(name: str, *words: str) -> list[dict[str, Any]]:
    """What `ip -j` answers inside a namespace."""
    answer = command("ip", "-n", name, "-j", *words)
    found: list[dict[str, Any]] = json.loads(answer or "[]")
    return found


def write_sysctl(name: str, values: dict[str, int]) -> None:
    """Set kernel switches of one namespace."""
    pairs = [f"{key}={value}" for key, value in values.items()]
    command("ip", "netns", "exec", name, "sysctl", "-q", "-w", *pairs)


def set_resolver(name: str, address: str, search: str) -> None:
    """Give programs that `ip netns exec` starts in the namespace a resolv.conf of their own."""
    folder = RESOLVERS / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "resolv.conf").write_text(f"nameserver {address}\nsearch {search}\noptions timeout:1 attempts:2\n")


def pids(name: str) -> list[int]:
    """The processes that live in a namespace now; none if it does not exist."""
    if not (NAMESPACES / name).exists():
        return []
    return [int(line) for line in command("ip", "netns", "pids", name).split()]


def argv_inside(name: str, argv: Sequence[str]) -> list[str]:
    """The command line that runs `argv` in a namespace and ends it when its parent dies."""
    return ["setpriv", "--pdeathsig", "TERM", "ip", "netns", "exec", name, *argv]


def inside(name: str, work: Callable[[], Result]) -> Result:
    """Call `work` in a thread that has entered the namespace; sockets it opens belong there.

    The thread ends with the call, so no other code of this process ever runs in the namespace.
    Whatever `work` raises is raised here.
    """
    box: list[Result] = []
    failures: list[BaseException] = []
    thread = threading.Thread(target=_enter_and_work, args=(name, work, box, failures), daemon=True)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
    return box[0]


def _enter_and_work(
    name: str, work: Callable[[], Result], box: list[Result], failures: list[BaseException]
) -> None:
    try:
        _enter(name)
        box.append(work())
    except BaseException as failure:  # noqa: BLE001 - handed to the caller, who raises it
        failures.append(failure)


def _enter(name: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(NAMESPACES / name, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if libc.setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter namespace {name}")
    finally:
        os.close(descriptor)

"""A04: after the start nothing of ours is root, one TLS port listens, and the scan helper has no TCP port."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.twins.processes import stays_root, with_a_tcp_port
from tests.infra.system.up_world import Up, lanarium, remove_users

CAP_NET_RAW = 1 << 13
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root: an ordinary user's Lanarium has one user only"
)


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """One Lanarium for all questions here."""
    with lanarium() as running:
        yield running
    remove_users()


def status(pid: int) -> dict[str, str]:
    """What the kernel says about a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def root_processes(pids: set[int]) -> list[str]:
    """Processes that are root, could become root again, or hold more than raw sockets."""
    found = []
    for pid in pids:
        said = status(pid)
        rights = int(said["CapEff"], 16) | int(said["CapPrm"], 16)
        allowed = CAP_NET_RAW if rights == CAP_NET_RAW else 0
        if "0" in said["Uid"].split() + said["Gid"].split() or rights & ~allowed or said["NoNewPrivs"] != "1":
            found.append(f"{pid} {said['Name']} uid {said['Uid']} rights {rights:x}")
    return found


def tcp_listeners(pids: set[int]) -> dict[int, set[int]]:
    """The TCP ports on which these processes listen: port -> process ids."""
    inodes = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                inodes[fields[9]] = int(fields[1].rpartition(":")[2], 16)
    found: dict[int, set[int]] = {}
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = str(link.readlink()) if link.is_symlink() else ""
            port = inodes.get(target.removeprefix("socket:[").removesuffix("]"))
            if port:
                found.setdefault(port, set()).add(pid)
    return found


def test_nothing_is_root_after_the_start(up: Up) -> None:
    pids = set(up.processes())
    assert len(pids) >= 9
    assert root_processes(pids) == []


def test_the_check_sees_a_supervisor_that_stays_root() -> None:
    with stays_root() as pid:
        assert root_processes({pid})


def test_only_the_scan_helper_and_its_keeper_hold_raw_sockets(up: Up) -> None:
    with_raw = [words for pid, words in up.processes().items() if int(status(pid)["CapEff"], 16)]
    assert len(with_raw) == 2
    assert all("backend.infra.scan_helper" in words for words in with_raw)


def test_each_job_has_a_user_of_its_own(up: Up) -> None:
    users: dict[str, set[str]] = {}
    for pid, words in up.processes().items():
        job = next(
            (job for job in ("postgres", "scan_helper", "nginx", "backend.cli") if job in words), "supervisor"
        )
        users.setdefault(job, set()).add(status(pid)["Uid"].split()[0])
    assert all(len(each) == 1 for each in users.values())
    assert users["supervisor"] == users["backend.cli"]
    assert len(set.union(*users.values())) == 4


def test_one_tls_port_listens_and_it_is_nginx(up: Up) -> None:
    listeners = tcp_listeners(set(up.processes()))
    assert set(listeners) == {up.port}
    assert all("nginx" in up.processes()[pid] for pid in listeners[up.port])
    assert up.site.get("/").status == 200


def test_the_check_sees_a_helper_with_a_tcp_port() -> None:
    with with_a_tcp_port() as pid:
        assert tcp_listeners({pid})

"""What this machine sees around it: read from the kernel's tables, without a packet (and without `ip` too)."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour, Route
from backend.infra.clients import host_networks
from backend.infra.clients.host_networks import KernelTables

ADDRESSES = [
    {
        "ifname": "lo",
        "flags": ["LOOPBACK", "UP"],
        "addr_info": [{"local": "127.0.0.1", "prefixlen": 8, "scope": "host"}],
    },
    {
        "ifname": "enp1s0",
        "flags": ["BROADCAST", "UP"],
        "master": "vmbr0",
        "addr_info": [{"local": "fe80::1", "prefixlen": 64, "scope": "link"}],
    },
    {
        "ifname": "vmbr0",
        "flags": ["UP"],
        "linkinfo": {"info_kind": "bridge"},
        "addr_info": [{"local": "10.1.2.3", "prefixlen": 24, "scope": "global"}],
    },
    {
        "ifname": "docker0",
        "flags": ["UP"],
        "linkinfo": {"info_kind": "bridge"},
        "addr_info": [{"local": "172.17.0.1", "prefixlen": 16, "scope": "global"}],
    },
    {"ifname": "wg0", "flags": ["POINTOPOINT"], "addr_info": []},
    {},
]
ROUTES = [
    {"dst": "default", "gateway": "10.1.2.1", "dev": "vmbr0"},
    {"dst": "10.9.0.0/24", "gateway": "10.1.2.1", "dev": "vmbr0"},
    {"type": "blackhole", "dst": "10.66.0.0/16"},
    {"dst": "not an address"},
]
NEIGHBOURS = [
    {"dst": "10.1.2.1", "dev": "vmbr0", "lladdr": "00:1B:21:00:00:01", "state": ["REACHABLE"]},
    {"dst": "10.1.2.9", "dev": "vmbr0", "state": ["FAILED"]},
]


def fake_ip(folder: Path, answers: dict[str, object]) -> None:
    """An `ip` that answers by its arguments, as the real one would."""
    cases = "".join(
        f'    *"{key}"*) cat <<"END"\n{json.dumps(value)}\nEND\n;;\n' for key, value in answers.items()
    )
    script = folder / "ip"
    script.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}    *) echo "[]";;\nesac\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)


async def test_what_ip_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_ip(tmp_path, {"address": ADDRESSES, "-4 route": ROUTES, "neigh": NEIGHBOURS})
    resolv = tmp_path / "resolv.conf"
    resolv.write_text("# here\nnameserver 10.1.2.1\nnameserver fe80::1%eth0\nsearch lan\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(host_networks, "RESOLV", resolv)
    assert await KernelTables().read() == HostNetworks(
        interfaces=(
            Interface("enp1s0", ()),
            Interface("vmbr0", ("10.1.2.3/24",)),
            Interface("docker0", ("172.17.0.1/16",), virtual=True),
        ),
        routes=(Route("default", "vmbr0", "10.1.2.1"), Route("10.9.0.0/24", "vmbr0", "10.1.2.1")),
        neighbours=(Neighbour("10.1.2.1", "00:1b:21:00:00:01", "vmbr0", reachable=True),),
        resolvers=("10.1.2.1", "fe80::1"),
    )


async def test_without_ip_proc_tells_of_ipv4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "route").write_text(
        "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"
        "eth0 00000000 0102010A 0003 0 0 0 00000000 0 0 0\n"
        "eth0 0002010A 00000000 0001 0 0 0 00FFFFFF 0 0 0\n",
        encoding="ascii",
    )
    (tmp_path / "arp").write_text(
        "IP address HW type Flags HW address Mask Device\n10.1.2.1 0x1 0x2 00:1b:21:00:00:01 * eth0\n",
        encoding="ascii",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(host_networks, "PROC_NET", tmp_path)
    monkeypatch.setattr(host_networks, "RESOLV", tmp_path / "missing")
    found = await KernelTables().read()
    assert found.routes == (Route("default", "eth0", "10.1.2.1"), Route("10.1.2.0/24", "eth0", None))
    assert found.neighbours == (Neighbour("10.1.2.1", "00:1b:21:00:00:01", "eth0", reachable=True),)
    assert found.interfaces == ()


async def test_nonsense_from_ip_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "ip"
    script.write_text("#!/bin/sh\necho '{not json'\n", encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(host_networks, "PROC_NET", tmp_path)
    monkeypatch.setattr(host_networks, "RESOLV", tmp_path / "missing")
    assert await KernelTables().read() == HostNetworks()


def _sent(namespace: str, device: str) -> int:
    path = f"/sys/class/net/{device}/statistics/tx_packets"
    command = ["ip", "netns", "exec", namespace, "cat", path]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.lab
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("ip"), reason="builds a network namespace")
def test_no_packet_leaves(tmp_path: Path) -> None:
    """In a namespace with one cable and no route out, the counters of the cable stand still."""
    name = f"inv{os.getpid()}"
    read = (
        "import asyncio;from backend.infra.clients.host_networks import KernelTables;"
        "print(asyncio.run(KernelTables().read()))"
    )

    def run(*arguments: str) -> str:
        return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout

    run("ip", "netns", "add", name)
    try:
        inside = ("ip", "netns", "exec", name)
        run(*inside, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1")
        run(*inside, "ip", "link", "add", "wire0", "type", "veth", "peer", "name", "wire1")
        run(*inside, "ip", "address", "add", "10.231.7.1/24", "dev", "wire0")
        run(*inside, "ip", "link", "set", "wire0", "up")
        run(*inside, "ip", "link", "set", "wire1", "up")
        before = _sent(name, "wire0")
        said = run(*inside, sys.executable, "-c", read)
        assert "10.231.7.1/24" in said
        assert _sent(name, "wire0") == before
    finally:
        run("ip", "netns", "delete", name)

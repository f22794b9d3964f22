"""UDP services: dnsmasq and snmpd, real ones, and a liar whose answers carry a wrong number."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.infra.scan_helper.cage import NETWORK, TARGETS, CagedHelper, Pair, wait_for
from tests.infra.sweep.sweeping import job, sweep
from tests.lab import netns

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces need root")


@contextmanager
def service(pair: Pair, argv: list[str], port: int) -> Iterator[None]:
    """A program on the target's machine, from when its port is bound."""
    process = subprocess.Popen(
        netns.argv_inside(pair.target, argv), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: _bound(process.pid, port), f"{argv[0]} did not start")
        yield
    finally:
        process.kill()
        process.wait()


def _bound(pid: int, port: int) -> bool:
    """Whether somebody in that process's namespace listens on a UDP port."""
    table = Path(f"/proc/{pid}/net/udp")
    return table.exists() and f":{port:04X} " in table.read_text()


@contextmanager
def liar(pair: Pair, address: str, port: int, twist: Callable[[bytes], bytes]) -> Iterator[None]:
    """Answers what it is asked, twisted."""

    def bind() -> socket.socket:
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.bind((address, port))
        return bound

    bound = netns.inside(pair.target, bind)

    def serve() -> None:
        while True:
            data, sender = bound.recvfrom(2048)
            if not data:
                return
            bound.sendto(twist(data), sender)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        netns.inside(pair.target, lambda: _goodbye(address, port))
        thread.join()
        bound.close()


def _goodbye(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"", (address, port))


async def test_dns_and_snmp_answer(helper: CagedHelper, pair: Pair, tmp_path: Path) -> None:
    config = tmp_path / "snmpd.conf"
    config.write_text(f"agentaddress udp:{TARGETS[1]}:161\nrocommunity public\nsysDescr a printer\n")
    dns = ["/usr/sbin/dnsmasq", "-k", "-C", "/dev/null", "-a", TARGETS[0], "-z", "--no-resolv", "--pid-file="]
    snmp = ["/usr/sbin/snmpd", "-f", "-C", "-c", str(config), "-Lo", "-p", str(tmp_path / "pid")]
    with service(pair, dns, 53), service(pair, snmp, 161):
        told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, udp_ports=(53, 137, 161, 1900, 5353)))
    assert told.open("udp") == {(TARGETS[0], 53), (TARGETS[1], 161)}
    data = {seen.port: seen.data for seen in told.ports}
    assert b"dnsmasq" in data[53]
    assert b"a printer" in data[161] or b"\x2b\x06\x01\x06\x03\x0f" in data[161]


@pytest.mark.parametrize(
    ("port", "twist", "believed"),
    [
        (53, lambda data: data[:2] + b"\x84\x00" + data[4:], True),
        (53, lambda data: bytes((data[0] ^ 1,)) + data[1:2] + b"\x84\x00" + data[4:], False),
        (53, lambda data: data, False),  # our own question is no answer
        (137, lambda data: bytes(2) + b"\x84\x00" + data[4:], False),
        (161, lambda _: b"\x30\x26" + bytes(38), False),
        (1900, lambda _: b"HTTP/1.1 200 OK\r\n\r\n", True),
        (1900, lambda _: b"NOTIFY * HTTP/1.1\r\n\r\n", False),
    ],
)
async def test_a_liar_is_not_believed(
    helper: CagedHelper, pair: Pair, port: int, twist: Callable[[bytes], bytes], *, believed: bool
) -> None:
    with liar(pair, TARGETS[0], port, twist):
        told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, udp_ports=(port,)))
    assert told.open("udp") == ({(TARGETS[0], port)} if believed else set())

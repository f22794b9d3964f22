"""Real SNMP agents and SSH servers on loopback, and an agent that answers whatever a test makes up."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import cast

from backend.infra.clients.naming.der import children, integer, items, number, wrap
from backend.infra.clients.snmp.ber import arcs, oid

Reply = bytes | int | tuple[int, bytes] | None
Objects = Mapping[str, Reply]
Change = Callable[[bytes], bytes | None]
END = (0x82, b"")
COMMUNITY = "s3cret ;$(id)\\'"
AUTH_KEY, PRIV_KEY = "a long auth key", "a long priv key"
SNMPD = f"""
rocommunity "plain"
createUser sha2 SHA-256 "{AUTH_KEY}" AES "{PRIV_KEY}"
createUser sha1 SHA "{AUTH_KEY}" AES "{PRIV_KEY}"
createUser md5des MD5 "{AUTH_KEY}" DES "{PRIV_KEY}"
createUser sha512 SHA-512 "{AUTH_KEY}"
createUser open
rouser sha2 priv
rouser sha1 priv
rouser md5des priv
rouser sha512 auth
rouser open noauth
"""


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    """A port of loopback where nobody listens now."""
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def snmpd(folder: Path, config: str = SNMPD) -> Iterator[int]:
    """net-snmp's agent; its port."""
    port = free_port(socket.SOCK_DGRAM)
    (folder / "snmpd.conf").write_text(f"agentaddress udp:127.0.0.1:{port}\n{config}")
    command = ["snmpd", "-f", "-C", "-c", str(folder / "snmpd.conf"), "-Lf", str(folder / "log"), "-I", "-smux"]
    environment = {**os.environ, "SNMP_PERSISTENT_DIR": str(folder)}
    running = subprocess.Popen([*command, "-p", str(folder / "pid")], env=environment)
    try:
        _wait(lambda: (folder / "log").exists() and "NET-SNMP version" in (folder / "log").read_text(), running)
        yield port
    finally:
        running.terminate()
        running.wait(10)


@contextmanager
def sshd(folder: Path, keys: tuple[str, ...] = ("ed25519",), config: str = "") -> Iterator[int]:
    """OpenSSH's server with new host keys, for the user who runs it; its port."""
    port = free_port()
    lines = [f"Port {port}", "ListenAddress 127.0.0.1", f"PidFile {folder}/pid", "UsePAM no", "StrictModes no"]
    for kind in keys:
        path = folder / f"host_{kind}"
        if not path.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(path)], check=True)
        lines.append(f"HostKey {path}")
    lines += [f"AuthorizedKeysFile {folder}/authorized", "PermitRootLogin yes", config]
    (folder / "sshd_config").write_text("\n".join(lines) + "\n")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    command = ["/usr/sbin/sshd", "-D", "-f", str(folder / "sshd_config"), "-E", str(folder / "sshd.log")]
    running = subprocess.Popen(command)
    try:
        _wait(lambda: _listens(port), running)
        yield port
    finally:
        running.terminate()
        running.wait(10)


def _wait(there: Callable[[], bool], running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10
    while not there():
        assert running.poll() is None, "it ended at once"
        assert time.monotonic() < deadline, "it did not start"
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


class Agent(asyncio.DatagramProtocol):
    """Answers v2c from objects that can be changed; `change` may rewrite any answer, None keeps silent."""

    def __init__(self, objects: Objects, change: Change = lambda data: data) -> None:
        self.objects = dict(objects)
        self.change = change
        self.heard: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)
        self.port = int(transport.get_extra_info("sockname")[1])

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        self.heard.append(data)
        version, community, pdu = children(data, 0x30)
        if number(version.content) != 1:
            return
        answered = self.answer(pdu.tag, pdu.content)
        answer = self.change(wrap(0x30, integer(1) + wrap(4, community.content) + wrap(0xA2, answered)))
        if answer is not None:
            self.transport.sendto(answer, addr)

    def answer(self, kind: int, content: bytes) -> bytes:
        """The answer's PDU."""
        asked, first, second, listed = items(content)
        names = [arcs(next(items(item.content)).content) for item in items(listed.content)]
        ordered = sorted((arcs(oid(name)), value) for name, value in self.objects.items())
        if kind == 0xA0:
            known = dict(ordered)
            found = [(name, known.get(name, (0x80, b""))) for name in names]
        else:
            single, rounds = number(first.content), number(second.content)
            found = [_next(ordered, name) for name in names[:single]]
            row = names[single:]
            for _ in range(rounds if row else 0):
                bindings = [_next(ordered, name) for name in row]
                found += bindings
                row = [name for name, _ in bindings]
        bindings_ = b"".join(wrap(0x30, _oid(name) + _value(value)) for name, value in found)
        return wrap(2, asked.content) + integer(0) * 2 + wrap(0x30, bindings_)


def _next(ordered: list[tuple[tuple[int, ...], Reply]], name: tuple[int, ...]) -> tuple[tuple[int, ...], Reply]:
    return next(((other, value) for other, value in ordered if other > name), (name, END))


def _oid(name: tuple[int, ...]) -> bytes:
    return wrap(6, oid(".".join(map(str, (name[0] // 40, name[0] % 40, *name[1:])))))


def _value(value: Reply) -> bytes:
    if value is None:
        return b"\x05\x00"
    if isinstance(value, int):
        return integer(value, 0x46 if value >= 1 << 31 else 0x02)
    return wrap(4, value) if isinstance(value, bytes) else wrap(*value)


@asynccontextmanager
async def agent(objects: Objects, change: Change = lambda data: data) -> AsyncIterator[Agent]:
    """That agent, at work."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: Agent(objects, change), local_addr=("127.0.0.1", 0)
    )
    try:
        yield protocol
    finally:
        transport.close()


def ticks(seconds: float) -> tuple[int, bytes]:
    """TimeTicks."""
    return 0x43, int(seconds * 100).to_bytes(5, "big").lstrip(b"\x00") or b"\x00"


def counter32(value: int) -> tuple[int, bytes]:
    """A Counter32."""
    return 0x41, (value % (1 << 32)).to_bytes(5, "big")

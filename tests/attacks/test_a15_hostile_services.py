"""A15: banners, titles, headers and names of devices that attack whoever reads them (reNgine CVE-2024-43381).

The engine carries them as they are, within its bounds; what an observation keeps of them is visible and inert.
A key that a device only shows, without proof that it holds it, is never taken for its own (A39).
"""

import asyncio
import json
import struct
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.domain.discovery.naming import HostPorts, Named
from backend.domain.discovery.observed import observation
from backend.domain.inventory.facts_json import facts_to_json
from backend.domain.inventory.observation import Facts, safe_facts
from backend.infra.clients.naming import ssh_exchange
from backend.infra.clients.naming.codec import decode_event, encode_event
from backend.infra.clients.naming.ssh_secrets import string
from simulators import mdns, ssdp
from tests.attacks.corpus import RAW, TEXTS
from tests.attacks.test_a12_hostile_devices import faults, texts_in
from tests.attacks.twins.inventory import trusting_facts
from tests.attacks.twins.naming import unproven_key
from tests.domain.discovery.test_naming import CHUNK, SCAN
from tests.infra.clients.naming.strangers import ask, greets, stranger
from tests.infra.clients.naming.talks import talk
from tests.infra.clients.naming.test_names import datagrams, upnp

HOST, DEVICE = "127.0.0.1", "127.83.1.1"
SPOKEN = [text.encode("utf-8", "surrogatepass")[:4096] for text in TEXTS] + list(RAW)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SHAPES: tuple[Callable[[bytes], bytes], ...] = (
    lambda text: b"220 " + text + b"\r\n",
    lambda text: b"SSH-2.0-" + text.replace(b"\n", b" ") + b"\r\n",
    lambda text: b"HTTP/1.1 200 OK\r\nServer: " + text + b"\r\n\r\n<title>" + text + b"</title>",
)


def unsafe(named: list[Named], normalise: Callable[[Facts], Facts]) -> list[str]:
    """Texts that would be kept in a shape that must not be."""
    kept = [facts_to_json(normalise(observation(SCAN, CHUNK, one.report(), NOW).facts)) for one in named]
    return [text[:60] for text in texts_in(kept) if faults(text)]


@pytest.fixture(scope="module")
def told() -> list[Named]:
    """What the engine tells of services that say the corpus, in three shapes."""

    async def hear() -> list[Named]:
        async with AsyncExitStack() as stack:
            ports = [
                await stack.enter_async_context(stranger(greets(shape(text))))
                for text in SPOKEN[::4]
                for shape in SHAPES
            ]
            hosts = [HostPorts(HOST, tuple(ports[i : i + 150])) for i in range(0, len(ports), 150)]
            heard = [await ask(host, per_host_limit=64) for host in hosts]
        return [named for one in heard for named in one.named]

    return asyncio.run(hear())


def test_services_that_say_the_corpus(told: list[Named]) -> None:
    assert sum(len(one.ports) for one in told) >= 100
    assert unsafe(told, safe_facts) == []


def test_the_trusting_twin_is_caught(told: list[Named]) -> None:
    assert unsafe(told, trusting_facts)


def test_it_crosses_the_helpers_socket_whole_or_shortened(told: list[Named]) -> None:
    for one in told:
        frame = encode_event(one)
        assert len(frame) < 256 * 1024
        event = decode_event(frame[:1], frame[5:])
        assert isinstance(event, Named)
        assert [port.port for port in event.ports] == [port.port for port in one.ports]
        json.dumps([port.extra for port in event.ports])


@pytest.mark.parametrize("number", range(0, len(TEXTS), 12))
async def test_devices_that_are_called_the_corpus(number: int) -> None:
    text = TEXTS[number].encode("utf-8", "replace").decode()[:60].replace(".", "-").replace("\x00", "")
    device = mdns.Device(f"{text or 'x'}.local", DEVICE, "x", {"_ipp._tcp": (631, (f"ty={text}",))})
    known = ssdp.Device("".join(c for c in text if c.isprintable()), text if text.isprintable() else "", "model")
    async with upnp(known, DEVICE), datagrams(lambda: mdns.MdnsDevice(device), DEVICE, 5353):
        heard = await ask(HostPorts(DEVICE), names=True, banners=False)
    assert {one.source for one in heard.named} >= {"ssdp"}
    assert unsafe(heard.named, safe_facts) == []


class _Impostor:
    """An SSH server that shows another device's key and signs with its own."""

    def __init__(self) -> None:
        self.stolen = self.blob(ed25519.Ed25519PrivateKey.generate())
        self._own = ed25519.Ed25519PrivateKey.generate()

    @staticmethod
    def blob(key: ed25519.Ed25519PrivateKey) -> bytes:
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return string(b"ssh-ed25519") + string(raw)

    def words(self) -> bytes:
        """All that it says, whoever listens."""
        lists = (
            b"curve25519-sha256",
            b"ssh-ed25519",
            *[b"aes128-ctr"] * 2,
            *[b"hmac-sha2-256"] * 2,
            *[b"none"] * 2,
        )
        init = bytes([ssh_exchange.KEXINIT]) + bytes(16) + b"".join(map(string, (*lists, b"", b"")))
        signature = string(b"ssh-ed25519") + string(self._own.sign(b"anything"))
        half = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        reply = bytes([ssh_exchange.KEX_REPLY]) + b"".join(map(string, (self.stolen, half, signature)))
        return b"SSH-2.0-OpenSSH_9.6\r\n" + ssh_exchange.packet(init + bytes(5)) + ssh_exchange.packet(reply)


async def test_a_key_without_proof_is_nobodys() -> None:
    impostor = _Impostor()
    async with stranger(greets(impostor.words())) as port:
        heard = await ask(HostPorts(HOST, (port,)))
    named = heard.of("banner")
    assert named is not None
    assert named.ports[0].product == "OpenSSH"
    assert named.keys == ()


async def test_the_twin_that_believes_what_it_is_shown_is_caught() -> None:
    impostor = _Impostor()
    conversation, _ = talk(impostor.words())
    assert await unproven_key(conversation) == impostor.stolen
    assert struct.unpack_from(">I", impostor.stolen) == (11,)

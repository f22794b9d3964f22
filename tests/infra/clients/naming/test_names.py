"""Names from devices of our own making, on loopback: mDNS, SSDP, reverse DNS, and what liars get out of them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from backend.domain.discovery.naming import HostPorts
from backend.domain.inventory.classify import DEVICE_TYPES
from backend.infra.clients.naming import dns_message, ssdp
from backend.infra.clients.naming.reverse import GIVE_UP_AFTER, Resolvers, ReverseNames, system_resolvers
from simulators import mdns as mdns_simulator
from simulators import ssdp as ssdp_simulator
from tests.infra.clients.naming.strangers import ask

# One address a test: the ports are fixed, the tests run side by side.
PRINTER, TV, LIAR, BOMB, OTHER = (f"127.83.0.{number}" for number in range(1, 6))


@asynccontextmanager
async def datagrams(
    factory: Callable[[], asyncio.DatagramProtocol], address: str, port: int
) -> AsyncIterator[int]:
    """Serve datagrams; answers the port."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(factory, local_addr=(address, port))
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


async def test_mdns_tells_name_model_and_services() -> None:
    device = mdns_simulator.Device(
        "office-printer.local",
        PRINTER,
        "Office printer",
        {"_ipp._tcp": (631, ("txtvers=1", "ty=Brother HL-L2350DW series")), "_http._tcp": (80, ("path=/",))},
    )
    async with datagrams(lambda: mdns_simulator.MdnsDevice(device), PRINTER, 5353):
        named = (await ask(HostPorts(PRINTER), names=True, banners=False)).of("mdns")
    assert named is not None
    assert named.hostnames == ("office-printer.local",)
    assert (named.vendor, named.type_hint) == ("Brother", "printer")
    (script,) = named.scripts
    assert "service: _ipp._tcp" in script.output


async def test_mdns_for_another_address_is_not_believed() -> None:
    device = mdns_simulator.Device("fileserver.local", "127.83.0.99", "Liar", {"_ipp._tcp": (631, ())})
    async with datagrams(lambda: mdns_simulator.MdnsDevice(device), LIAR, 5353):
        named = (await ask(HostPorts(LIAR), names=True, banners=False)).of("mdns")
    assert named is not None
    assert named.hostnames == ()


@asynccontextmanager
async def upnp(device: ssdp_simulator.Device, address: str) -> AsyncIterator[None]:
    """A UPnP device with its description."""
    server = await ssdp_simulator.serve_description(device, address)
    port = server.sockets[0].getsockname()[1]
    async with server, datagrams(lambda: ssdp_simulator.SsdpDevice(device, port, address), address, 1900):
        yield


async def test_ssdp_tells_what_people_call_it() -> None:
    async with upnp(ssdp_simulator.Device("Living room & more", "Sony Corporation", "KD-55XF9005"), TV):
        named = (await ask(HostPorts(TV), names=True, banners=False)).of("ssdp")
    assert named is not None
    assert (named.display_name, named.vendor, named.type_hint) == ("Living room & more", "Sony Corporation", "tv")
    assert named.hostnames == ()  # what people call it is no host name
    (port,) = named.ports
    assert (port.service, port.product, port.version) == ("upnp", "MiniUPnP", "2.3.1")


@pytest.mark.parametrize(
    "text",
    [
        "http://127.83.0.99:80/d.xml",
        "http://router.example/d.xml",
        "http://127.83.0.3.evil.example/d.xml",
        "http://127.83.0.3@127.83.0.99/d.xml",
        "https://127.83.0.3/d.xml",
        "file:///etc/passwd",
        "http://127.83.0.3:99999/d.xml",
        "http://127.83.0.3/a\r\nHost: x",
        "http://127.83.0.3/" + "a" * 600,
        "http://[::ffff:127.83.0.3]/",
        "",
        "\x00",
    ],
)
def test_a_description_elsewhere_is_not_fetched(text: str) -> None:
    found = ssdp.location(text, "127.83.0.3")
    assert found is None or "\r" not in found.path
    if found:  # urlsplit drops line breaks; what is left is a path on the device itself
        assert text.startswith("http://127.83.0.3/")


def test_a_description_on_the_device_is_fetched() -> None:
    assert ssdp.location("http://127.83.0.3:8080/d.xml?x=1", "127.83.0.3") == ssdp.Location(8080, "/d.xml?x=1")


async def test_a_location_that_leads_elsewhere_is_left_alone() -> None:
    asked = asyncio.Event()

    async def elsewhere(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        writer.close()

    victim = await asyncio.start_server(elsewhere, OTHER, 0)
    location = f"http://{OTHER}:{victim.sockets[0].getsockname()[1]}/"
    async with victim, upnp(ssdp_simulator.Device("TV", "X", "Y", location=location), LIAR):
        named = (await ask(HostPorts(LIAR), names=True, banners=False)).of("ssdp")
    assert named is not None
    assert named.display_name is None
    assert not asked.is_set()


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE root [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><root><device><friendlyName>&b;</friendlyName>',
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><root><device><friendlyName>a</friendlyName></device></root>',
        b"<a>" * 5000,
        b"<root><device><friendlyName>",
        b"\xff\xfe\x00",
    ],
)
def test_a_hostile_description_says_nothing(document: bytes) -> None:
    begun = time.perf_counter()
    assert ssdp.description(document) == {}
    assert time.perf_counter() - begun < 0.5


def test_only_the_outermost_device_counts() -> None:
    inner = b"<deviceList><device><friendlyName>inner</friendlyName></device></deviceList>"
    document = b"<root><device>" + inner + b"<friendlyName>outer</friendlyName></device></root>"
    assert ssdp.description(document) == {"friendlyName": "outer"}


class _NameServer(asyncio.DatagramProtocol):
    """Gives every address the name of its number, unless told to be silent."""

    def __init__(self, answers: bool = True) -> None:
        self.asked = 0
        self._answers = answers
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.asked += 1
        if not self._answers or self._transport is None:
            return
        label = dns_message.asked_name(data).split(".")[0].encode()
        name = bytes([len(label) + 1]) + b"h" + label + b"\x03lan\x00"
        answer = data[:2] + b"\x84\x00\x00\x01\x00\x01\x00\x00\x00\x00" + data[12:]
        record = b"\xc0\x0c\x00\x0c\x00\x01\x00\x00\x00\x3c" + len(name).to_bytes(2, "big") + name
        self._transport.sendto(data[:2] + b"\xff\xff" + b"forged", addr)  # not an answer to this question
        self._transport.sendto(answer + record, addr)


async def test_reverse_names_come_in_batches() -> None:
    server = _NameServer()
    async with datagrams(lambda: server, "127.0.0.1", 0) as port:
        hosts = [HostPorts(f"10.0.0.{number}") for number in range(1, 201)]
        names = ReverseNames(Resolvers(("127.0.0.1",), {"10.0.0.7": "printer"}, port))
        found: dict[str, str] = {}
        begun = time.monotonic()
        await names.every([host.address for host in hosts], found.__setitem__)
    assert time.monotonic() - begun < 3
    assert len(found) == 200
    assert (found["10.0.0.7"], found["10.0.0.8"]) == ("printer", "h8.lan")


async def test_a_dead_resolver_is_noticed_and_left_alone() -> None:
    """F11: a thousand hosts cost one round of waiting, not a thousand."""
    dead = _NameServer(answers=False)
    async with datagrams(lambda: dead, "127.0.0.1", 0) as port:
        names = ReverseNames(Resolvers(("127.0.0.1",), {}, port), patience_s=0.3)
        begun = time.monotonic()
        await names.every([f"10.1.{i}.{j}" for i in range(4) for j in range(250)], lambda *_: None)
    assert time.monotonic() - begun < 4
    assert names.failing
    assert GIVE_UP_AFTER <= dead.asked / 2 < 400


def test_the_systems_resolvers(tmp_path: Path) -> None:
    (tmp_path / "resolv.conf").write_text(
        "# x\nnameserver 10.0.0.1\nnameserver nonsense\nsearch lan\nnameserver ::1\n"
    )
    (tmp_path / "hosts").write_text("127.0.0.1 localhost\n10.0.0.9 nas nas.lan # here\n")
    resolvers = system_resolvers(tmp_path)
    assert resolvers.servers == ("10.0.0.1", "::1")
    assert resolvers.hosts["10.0.0.9"] == "nas"
    assert system_resolvers(tmp_path / "missing") == Resolvers()


async def test_nobody_there_costs_a_moment() -> None:
    begun = time.monotonic()
    heard = await ask(*(HostPorts(f"127.84.0.{number}") for number in range(1, 101)), names=True)
    assert time.monotonic() - begun < 6
    assert heard.named == []
    assert "tv" in DEVICE_TYPES

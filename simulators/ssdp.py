"""A UPnP device: it answers M-SEARCH, and serves its description (UPnP Device Architecture 1.1, 1.3 and 2.3)."""

import asyncio
from dataclasses import dataclass
from typing import cast
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Device:
    """What it says of itself; `location` in place of its own address, where a test wants it to lie."""

    name: str
    maker: str
    model: str
    kind: str = "urn:schemas-upnp-org:device:MediaRenderer:1"
    server: str = "Linux/5.10 UPnP/1.1 MiniUPnPd/2.3.1"
    location: str | None = None

    def description(self) -> bytes:
        """The document that LOCATION leads to."""
        fields = {
            "deviceType": self.kind,
            "friendlyName": self.name,
            "manufacturer": self.maker,
            "modelName": self.model,
        }
        inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
        head = '<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0">'
        return f"{head}<device>{inside}<UDN>uuid:1</UDN></device></root>".encode()


class SsdpDevice(asyncio.DatagramProtocol):
    """Answers searches for everything, for root devices, or for its own kind."""

    def __init__(self, device: Device, description_port: int, address: str) -> None:
        self._device = device
        self._location = device.location or f"http://{address}:{description_port}/description.xml"
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready to answer."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Read the search by its headers, in any order and spelling."""
        first, *lines = data.decode("latin-1").split("\r\n")
        headers = {
            name.strip().upper(): value.strip() for name, _, value in (line.partition(":") for line in lines)
        }
        wanted = headers.get("ST", "")
        searched = first.startswith("M-SEARCH * HTTP/1.") and headers.get("MAN") == '"ssdp:discover"'
        if searched and wanted in {"ssdp:all", "upnp:rootdevice", self._device.kind} and self._transport:
            said = (
                "HTTP/1.1 200 OK",
                "CACHE-CONTROL: max-age=1800",
                "EXT:",
                f"LOCATION: {self._location}",
                f"SERVER: {self._device.server}",
                f"ST: {wanted}",
                "USN: uuid:1::upnp:rootdevice",
            )
            self._transport.sendto(("\r\n".join(said) + "\r\n\r\n").encode(), addr)


async def serve_description(device: Device, address: str, port: int = 0) -> asyncio.Server:
    """Serve the description over HTTP."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = device.description()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n")
        writer.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    return await asyncio.start_server(answer, address, port)

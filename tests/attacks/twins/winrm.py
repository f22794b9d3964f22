"""A careless WinRM client (A30, A43): it gives its password to whoever asks, and reads any XML it is sent."""

import base64

import aiohttp
from lxml import etree

from backend.domain.monitoring.collector import Credential


async def ask(port: int, credential: Credential) -> None:
    """Log in as the server likes it."""
    pair = f"{credential.domain}\\{credential.username}:{credential.secret()}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/wsman", data=b"<query/>", headers=headers) as answer,
    ):
        await answer.read()


def read(message: bytes) -> str:
    """All of its text."""
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, huge_tree=True)
    return "".join(str(text) for text in etree.fromstring(message, parser).itertext())

"""Calls Lanarium's API for commands: over HTTPS with a token, or over the application's own socket."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import aiohttp

from backend.bootstrap import open_pass
from backend.commands.local_database import NoLanarium, with_database
from backend.domain.errors import DomainError
from backend.settings import Settings

Json = dict[str, Any]
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10)


class Refused(Exception):
    """Lanarium said no, or is not there; the text is for a person."""


class ApiClient:
    """JSON in, JSON out; whatever is not an answer raises Refused."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: "TokenSource") -> None:
        self._session = session
        self._base = base.rstrip("/")
        self._token = token

    async def call(self, method: str, path: str, body: Json | None = None, **query: str | int) -> Json:
        """One call of /api/v1."""
        headers = {"Authorization": f"Bearer {await self._token.token()}"}
        url = f"{self._base}/api/v1{path}"
        try:
            async with self._session.request(method, url, json=body, params=query, headers=headers) as answer:
                content: Json = (await answer.json(content_type=None)) or {}
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Refused(f"Lanarium does not answer at {self._base}: {error}") from error
        if answer.status >= 400:
            raise Refused(_sentence(content))
        return content

    async def text(self, path: str, **query: str | int) -> str:
        """A file of /api/v1."""
        headers = {"Authorization": f"Bearer {await self._token.token()}"}
        try:
            async with self._session.get(f"{self._base}/api/v1{path}", params=query, headers=headers) as answer:
                if answer.status >= 400:
                    raise Refused(_sentence(await answer.json(content_type=None)))
                return await answer.text("utf-8")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Refused(f"Lanarium does not answer at {self._base}: {error}") from error

    async def send_file(self, path: str, file: Path, media_type: str, **query: str | int) -> Json:
        """Send a file to /api/v1."""
        headers = {"Authorization": f"Bearer {await self._token.token()}", "Content-Type": media_type}
        url = f"{self._base}/api/v1{path}"
        try:
            data = await asyncio.to_thread(file.read_bytes)
            async with self._session.post(url, data=data, params=query, headers=headers) as answer:
                content: Json = await answer.json(content_type=None)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Refused(f"Lanarium does not answer at {self._base}: {error}") from error
        if answer.status >= 400:
            raise Refused(_sentence(content))
        return content


class TokenSource(Protocol):
    """Where the token of the next call comes from."""

    async def token(self) -> str:
        """A token that is good now."""
        ...


class GivenToken:
    """A token that a person gave."""

    def __init__(self, token: str) -> None:
        self._given = token

    async def token(self) -> str:
        """The token."""
        return self._given


@asynccontextmanager
async def remote_client(url: str, token: str, ca: Path | None) -> AsyncIterator[ApiClient]:
    """By its address; `ca` is the certificate to trust where it is not one that everybody does."""
    try:
        context = ssl.create_default_context(cafile=str(ca) if ca else None)
    except OSError as error:
        raise Refused(f"The certificate {ca} cannot be used: {error}") from error
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
        yield ApiClient(session, url, GivenToken(token))


@asynccontextmanager
async def local_client() -> AsyncIterator[ApiClient]:
    """On this machine, without a password: for those who can read the signing key."""
    settings = Settings()
    try:
        settings = with_database(settings)
        opened = open_pass(settings)
    except (NoLanarium, OSError) as error:
        raise Refused(f"{error}. Or say where it is: --url and --token") from error
    connector = aiohttp.UnixConnector(path=str(settings.run_dir / "app.sock"))
    try:
        async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
            yield ApiClient(session, "http://lanarium", opened.access)
    except DomainError as error:
        raise Refused(error.detail) from error
    finally:
        await opened.access.end()
        await opened.engine.dispose()


def _sentence(problem: Json) -> str:
    others = [error["detail"] for error in problem.get("errors", ()) if error.get("detail")]
    lines = [str(problem.get("detail", "Refused")), *(f"  - {text}" for text in others[:10])]
    return "\n".join(lines if len(others) > 1 else lines[:1])

"""Broken on purpose: an application that reads whatever is sent, and one that answers every range asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

App = Callable[..., Awaitable[None]]


def greedy_app() -> App:
    """Reads the whole body before it looks at anything."""

    async def app(scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return app


def range_by_range(content: bytes) -> App:
    """Answers each range of a Range header, one after the other."""

    async def app(scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        asked = dict(scope["headers"])[b"range"].decode().removeprefix("bytes=")
        bounds = [part.split("-") for part in asked.split(",")]
        body = b"".join(content[int(first) : int(last) + 1] for first, last in bounds)
        await send({"type": "http.response.start", "status": 206, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return app

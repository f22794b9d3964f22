"""WebSockets: who may listen, and the relay from the hub to one browser.

The first message is `{"type": "auth", "ticket": ..., "after": seq?}`, within five seconds. A listener that cannot
take a frame within five seconds is cut off, and so is one whose rights are gone; it comes back with `after`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from backend.api.origin import is_foreign
from backend.api.policy import client_address
from backend.api.services import Services
from backend.domain.accounts.actor import Actor
from backend.domain.errors import Unavailable
from backend.domain.live import LiveClient, LiveFrame

UNAUTHENTICATED, FORBIDDEN, NO_SUCH_SCAN, TOO_SLOW, BAD_MESSAGE, TRY_LATER = 4401, 4403, 4404, 4408, 1008, 1013
AUTH_WAIT_S = 5.0
SEND_WAIT_S = 5.0
# With what the authenticator remembers for four seconds, revocation bites within five.
CHECK_EVERY_S = 1.0
MAX_MESSAGE = 64 * 1024
log = structlog.get_logger(__name__)
Message = dict[str, Any]
OnMessage = Callable[[Message], Awaitable[None]]


class Closed(Exception):
    """The conversation is over; `code` is the close code, None where the other side has gone."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who has proved who they are, and what they asked for in their first message."""

    socket: WebSocket
    actor: Actor
    after: int

    async def send(self, text: str) -> None:
        """Send a frame; raises Closed for a listener that does not take it in time, or has gone."""
        try:
            async with asyncio.timeout(SEND_WAIT_S):
                await self.socket.send_text(text)
        except TimeoutError:
            raise Closed(TOO_SLOW, "too slow") from None
        except (WebSocketDisconnect, RuntimeError, OSError):
            raise Closed(None) from None

    async def say(self, kind: str, seq: int = 0, **fields: Any) -> None:
        """Send a frame made from fields."""
        await self.send(orjson.dumps({"type": kind, "seq": seq, **fields}, option=orjson.OPT_UTC_Z).decode())


Conversation = Callable[[Listener], Coroutine[Any, Any, None]]


async def converse(socket: WebSocket, services: Services, conversation: Conversation) -> None:
    """Let a listener in, hold the conversation, and close with the code that says why it ended."""
    if is_foreign(socket, services.accounts.public_origin):
        await socket.close(FORBIDDEN)  # before it is accepted: the browser sees a plain 403
        return
    await socket.accept()
    try:
        listener = await _admit(socket, services)
        await conversation(listener)
    except Closed as closed:
        await _close(socket, closed)
    except Unavailable:
        await _close(socket, Closed(TRY_LATER, "storage_away"))


async def relay(
    listener: Listener,
    services: Services,
    client: LiveClient,
    send: Callable[[LiveFrame], Awaitable[None]],
    on_message: OnMessage,
) -> None:
    """Send what the hub has, take messages, and watch over the listener's rights, until one of them ends it."""

    async def outgoing() -> None:
        while True:
            await send(await client.next())

    async def incoming() -> None:
        async for message in _messages(listener.socket):
            await on_message(message)

    try:
        async with asyncio.TaskGroup() as group:
            for part in (outgoing(), incoming(), _watch(listener, services)):
                group.create_task(part)
    except ExceptionGroup as several:
        closed, others = several.split(Closed)
        if others or closed is None:
            raise
        raise _first(closed) from None


async def _admit(socket: WebSocket, services: Services) -> Listener:
    try:
        async with asyncio.timeout(AUTH_WAIT_S):
            message = _decoded(await _receive(socket))
    except TimeoutError:
        raise Closed(UNAUTHENTICATED, "no auth message in time") from None
    ticket, after = message.get("ticket"), message.get("after", 0)
    if message.get("type") != "auth" or not isinstance(ticket, str):
        raise Closed(UNAUTHENTICATED, "the first message must be auth")
    if isinstance(after, bool) or not isinstance(after, int) or not 0 <= after < 2**63:
        raise Closed(BAD_MESSAGE, "after must be a sequence number")
    actor = await services.accounts.tickets.redeem(ticket, client_address(socket))
    if actor is None:
        raise Closed(UNAUTHENTICATED, "the ticket is spent or too old")
    return Listener(socket, actor, after)


async def _watch(listener: Listener, services: Services) -> None:
    """End the conversation within five seconds of the rights; a database that is away proves nothing."""
    while True:
        await asyncio.sleep(CHECK_EVERY_S)
        with suppress(Unavailable):
            if not await services.authenticator.still_valid(listener.actor):
                raise Closed(UNAUTHENTICATED, "logged out")


async def _messages(socket: WebSocket) -> AsyncIterator[Message]:
    while True:
        yield _decoded(await _receive(socket))


async def _receive(socket: WebSocket) -> str | bytes:
    try:
        message = await socket.receive()
    except (WebSocketDisconnect, RuntimeError):
        raise Closed(None) from None
    if message["type"] == "websocket.disconnect":
        raise Closed(None)
    text: str | bytes = message.get("text") or message.get("bytes") or b""
    return text


def _decoded(text: str | bytes) -> Message:
    try:
        message = orjson.loads(text) if len(text) <= MAX_MESSAGE else None
    except orjson.JSONDecodeError:
        message = None
    if not isinstance(message, dict):
        raise Closed(BAD_MESSAGE, "not a JSON object")
    return message


def _first(several: ExceptionGroup[Closed]) -> Closed:
    """The most telling reason of those that came together."""
    reasons = [error for error in _flat(several) if isinstance(error, Closed)]
    return next((closed for closed in reasons if closed.code), reasons[0])


def _flat(group: BaseExceptionGroup[Any]) -> list[BaseException]:
    return [
        inner
        for error in group.exceptions
        for inner in (_flat(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


async def _close(socket: WebSocket, closed: Closed) -> None:
    """Say why and close; a listener that does not take even that is left to the server's own deadline."""
    if closed.code is None or socket.application_state is WebSocketState.DISCONNECTED:
        return
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
        async with asyncio.timeout(1):
            await socket.close(closed.code, closed.reason)

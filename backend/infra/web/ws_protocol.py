"""WebSockets as uvicorn speaks them, with two things that a room of many listeners needs.

A text that goes to many is put into its frame once: without compression the bytes are the same for everybody.
And a listener who is cut off for being too slow is told so (the close frame does not wait for a buffer that
nobody empties), and its connection is gone soon after, whether it reads or not.
"""

import struct
from functools import lru_cache
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

ABORT_AFTER_S = 10.0
_TEXT_FINAL = 0x81
_SHORT, _MEDIUM = 126, 1 << 16


@lru_cache(maxsize=64)
def text_frame(text: str) -> bytes:
    """The text as a server sends it: one final, unmasked frame (RFC 6455, 5.2)."""
    body = text.encode()
    length = len(body)
    if length < _SHORT:
        head = struct.pack("!BB", _TEXT_FINAL, length)
    elif length < _MEDIUM:
        head = struct.pack("!BBH", _TEXT_FINAL, 126, length)
    else:
        head = struct.pack("!BBQ", _TEXT_FINAL, 127, length)
    return head + body


class SharedFrames(WebSocketsSansIOProtocol):
    """uvicorn's own protocol, sending frames that were made once."""

    async def send(self, message: Any) -> None:
        """Send an ASGI message."""
        if message["type"] == "websocket.send" and self._may_share(message):
            await self._send_shared(message["text"])
        elif message["type"] == "websocket.close" and self.handshake_complete and not self.disconnected:
            self.writable.set()
            await super().send(message)
            self.loop.call_later(ABORT_AFTER_S, self._abort)
        else:
            await super().send(message)

    def _may_share(self, message: Any) -> bool:
        plain = self.handshake_complete and not self.close_sent and not self.conn.extensions
        return plain and message.get("text") is not None

    async def _send_shared(self, text: str) -> None:
        await self.writable.wait()
        if self.disconnected or self.close_sent or self.conn.state is not State.OPEN:
            raise ClientDisconnected
        self.transport.write(text_frame(text))

    def _abort(self) -> None:
        if not self.disconnected:
            self.transport.abort()

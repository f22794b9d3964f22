"""WebSocketHub: everything that goes out live, to every client that listens, without anyone waiting for anyone.

A frame is serialised once, whoever many listen. Each client has a bounded queue of its own: when it is full the
oldest frames go, and a `gap` frame says which. Whoever publishes never waits.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

MAX_FRAMES = 1_000
MAX_BYTES = 8 * 1024 * 1024
MAX_FRAME = 60 * 1024  # below the 64 KiB that a frame may have


@dataclass(frozen=True, slots=True)
class Frame:
    """One message as it goes over the wire, and the numbers of the lines that it carries or speaks of."""

    kind: str
    text: str
    first: int
    last: int


def make_frame(kind: str, seq: int, fields: Mapping[str, Any]) -> Frame:
    """A frame without lines: `seq` is the number of the last line before it."""
    return Frame(kind, _dump({"type": kind, "seq": seq, **fields}), seq, seq)


def line_frames(chunk: int, lines: Sequence[Mapping[str, Any]]) -> Iterator[Frame]:
    """The lines of one chunk in as few frames as their size allows."""
    piece: list[Mapping[str, Any]] = []
    size = 0
    for line in lines:
        length = len(orjson.dumps(line)) + 1
        if piece and size + length > MAX_FRAME:
            yield _lines(chunk, piece)
            piece, size = [], 0
        piece.append(line)
        size += length
    if piece:
        yield _lines(chunk, piece)


def _lines(chunk: int, lines: Sequence[Mapping[str, Any]]) -> Frame:
    first, last = lines[0]["seq"], lines[-1]["seq"]
    body = {"type": "lines", "seq": last, "chunk": chunk, "first_seq": first, "lines": lines}
    return Frame("lines", _dump(body), first, last)


def _dump(value: Mapping[str, Any]) -> str:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()


class Client:
    """One listener's queue."""

    def __init__(self, max_frames: int = MAX_FRAMES, max_bytes: int = MAX_BYTES) -> None:
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._gap: tuple[int, int] | None = None
        self._filled = asyncio.Event()
        self.dropped = 0

    @property
    def depth(self) -> int:
        """How many frames wait."""
        return len(self._frames)

    def put(self, frame: Frame) -> int:
        """Queue a frame; answers how many old ones had to go for it."""
        before = self.dropped
        self._frames.append(frame)
        self._bytes += len(frame.text)
        while len(self._frames) > self._max_frames or (self._bytes > self._max_bytes and len(self._frames) > 1):
            self._drop()
        self._filled.set()
        return self.dropped - before

    async def next(self) -> Frame:
        """The next frame; a gap comes before the frame that follows it."""
        while not self._frames:
            self._filled.clear()
            await self._filled.wait()
        if self._gap:
            first, last = self._gap
            self._gap = None
            body = {"type": "gap", "seq": last, "from": first, "to": last}
            return Frame("gap", _dump(body), first, last)
        frame = self._frames.popleft()
        self._bytes -= len(frame.text)
        return frame

    def _drop(self) -> None:
        frame = self._frames.popleft()
        self._bytes -= len(frame.text)
        self.dropped += 1
        first, last = self._gap or (frame.first, frame.last)
        self._gap = (min(first, frame.first), max(last, frame.last))


@dataclass(slots=True)
class HubStatistics:
    """What the hub has done and holds now."""

    clients: int
    deepest: int
    sent: int
    dropped: int


class WebSocketHub:
    """Rooms of clients; a room is `scan:7`, `topic:scans`, or any other name."""

    def __init__(self, max_frames: int = MAX_FRAMES, max_bytes: int = MAX_BYTES) -> None:
        self._rooms: defaultdict[str, dict[Client, frozenset[int]]] = defaultdict(dict)
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._published = 0
        self._dropped = 0

    @contextmanager
    def client(self) -> Iterator[Client]:
        """A new client, in no room yet; leaving the context takes it out of all of them."""
        client = Client(self._max_frames, self._max_bytes)
        try:
            yield client
        finally:
            for room in list(self._rooms):
                self.leave(client, room)

    def join(self, client: Client, room: str, sites: frozenset[int] = frozenset()) -> None:
        """From now on the client gets what is sent to the room, of these sites only; none named means all."""
        self._rooms[room][client] = sites

    def leave(self, client: Client, room: str) -> None:
        """The client gets nothing more of this room."""
        listeners = self._rooms.get(room)
        if listeners:
            listeners.pop(client, None)
        if not listeners:
            self._rooms.pop(room, None)

    def has_listeners(self, room: str) -> bool:
        """Whether it is worth making a frame for the room."""
        return self.listeners(room) > 0

    def listeners(self, room: str) -> int:
        """How many clients are in the room."""
        return len(self._rooms.get(room, ()))

    def send(self, room: str, kind: str, seq: int, fields: Mapping[str, Any], site_id: int | None = None) -> None:
        """Send a frame to everyone in the room who may see that site."""
        if self.has_listeners(room):
            self._spread(room, make_frame(kind, seq, fields), site_id)

    def send_lines(self, room: str, chunk: int, lines: Sequence[Mapping[str, Any]]) -> None:
        """Send the lines of one chunk to everyone in the room."""
        if self.has_listeners(room):
            for frame in line_frames(chunk, lines):
                self._spread(room, frame, None)

    def statistics(self) -> HubStatistics:
        """How the hub is doing."""
        clients = {client for listeners in self._rooms.values() for client in listeners}
        deepest = max((client.depth for client in clients), default=0)
        return HubStatistics(len(clients), deepest, self._published, self._dropped)

    def _spread(self, room: str, frame: Frame, site_id: int | None) -> None:
        for client, sites in self._rooms[room].items():
            if site_id is None or not sites or site_id in sites:
                self._published += 1
                self._dropped += client.put(frame)

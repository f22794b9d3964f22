"""WebSocketHub: everything that goes out live, to every client that listens, without anyone waiting for anyone.

What is sent within a tick is put together: a room gets one frame a tick, made once, whoever many listen (several
things in it make a `batch`). Each client has a bounded queue of its own: when it is full the oldest frames go,
and a `gap` frame says which. Whoever publishes never waits.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

MAX_FRAMES = 1_000
MAX_BYTES = 8 * 1024 * 1024
MAX_FRAME = 60 * 1024  # below the 64 KiB that a frame may have
TICK_S = 0.05
MAX_BATCH = MAX_FRAME + 1024  # so that a full frame of lines still takes along what is small


@dataclass(frozen=True, slots=True)
class Frame:
    """One message as it goes over the wire, and the numbers of the lines that it carries or speaks of."""

    kind: str
    text: str
    first: int
    last: int
    # What a batch holds; a listener who has seen some of it already takes the parts one by one.
    parts: "tuple[Frame, ...]" = ()


def make_frame(kind: str, seq: int, fields: Mapping[str, Any]) -> Frame:
    """A frame without lines: `seq` is the number of the last line before it."""
    return Frame(kind, _dump({"type": kind, "seq": seq, **fields}), seq, seq)


def line_frames(chunk: int, lines: Sequence[Mapping[str, Any]]) -> Iterator[Frame]:
    """The lines of one chunk in as few frames as their size allows."""
    piece: list[bytes] = []
    size, first = 0, lines[0]["seq"]
    for line in lines:
        dumped = orjson.dumps(line)
        if piece and size + len(dumped) + 1 > MAX_FRAME:
            yield _lines_frame(chunk, piece, first)
            piece, size, first = [], 0, line["seq"]
        piece.append(dumped)
        size += len(dumped) + 1
    yield _lines_frame(chunk, piece, first)


def _lines_frame(chunk: int, lines: list[bytes], first: int) -> Frame:
    """Lines as they are numbered, one after another without a hole."""
    last = first + len(lines) - 1
    head = f'{{"type":"lines","seq":{last},"chunk":{chunk},"first_seq":{first},"lines":['
    return Frame("lines", f"{head}{b','.join(lines).decode()}]}}", first, last)


def batches(frames: Iterable[Frame]) -> Iterator[Frame]:
    """The frames in as few frames as their size allows, in order; one alone stays as it is."""
    group: list[Frame] = []
    size = 0
    for frame in frames:
        length = len(frame.text.encode()) + 1
        if group and (size + length > MAX_BATCH or _leaves_hole(group, frame)):
            yield _batch(group)
            group, size = [], 0
        group.append(frame)
        size += length
    if group:
        yield _batch(group)


def _batch(frames: list[Frame]) -> Frame:
    if len(frames) == 1:
        return frames[0]
    # Numbers of lines where there are any: what else is in it has the number of a line before it.
    lines = [frame for frame in frames if frame.kind == "lines"]
    first, last = min(f.first for f in lines or frames), max(f.last for f in lines or frames)
    text = f'{{"type":"batch","seq":{last},"frames":[{",".join(frame.text for frame in frames)}]}}'
    return Frame("batch" if lines else "news", text, first, last, tuple(frames))


def _leaves_hole(group: list[Frame], frame: Frame) -> bool:
    """Whether lines are missing between those in the group and this frame."""
    before = next((f for f in reversed(group) if f.kind == "lines"), None)
    return frame.kind == "lines" and before is not None and frame.first != before.last + 1


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


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one chunk that wait for the tick."""

    chunk: int
    lines: list[Mapping[str, Any]]

    def is_followed_by(self, chunk: int, lines: Sequence[Mapping[str, Any]]) -> bool:
        """Whether these lines go on where it ends."""
        return self.chunk == chunk and bool(self.lines[-1]["seq"] + 1 == lines[0]["seq"])


def _made(items: "list[Frame | _Lines]") -> Iterator[Frame]:
    """What waited as frames; of what tells the state of the whole only the last counts."""
    last_state = max((at for at, item in enumerate(items) if _is_state(item)), default=-1)
    for at, item in enumerate(items):
        if isinstance(item, _Lines):
            yield from line_frames(item.chunk, item.lines)
        elif at == last_state or not _is_state(item):
            yield item


def _is_state(item: "Frame | _Lines") -> bool:
    return isinstance(item, Frame) and item.kind == "progress"


@dataclass(slots=True)
class HubStatistics:
    """What the hub has done and holds now."""

    clients: int
    deepest: int
    sent: int
    dropped: int


class WebSocketHub:
    """Rooms of clients; a room is `scan:7`, `topic:scans`, or any other name."""

    def __init__(self, max_frames: int = MAX_FRAMES, max_bytes: int = MAX_BYTES, tick_s: float = TICK_S) -> None:
        self._tick_s = tick_s
        self._waiting: dict[tuple[str, int | None], list[Frame | _Lines]] = {}
        self._tick: asyncio.TimerHandle | None = None
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
        """Send a frame to everyone in the room who may see that site, at the next tick."""
        if self.has_listeners(room):
            self._wait(room, site_id).append(make_frame(kind, seq, fields))

    def send_lines(self, room: str, chunk: int, lines: Sequence[Mapping[str, Any]]) -> None:
        """Send the lines of one chunk, numbered without a hole, to everyone in the room, at the next tick."""
        if not self.has_listeners(room) or not lines:
            return
        waiting = self._wait(room, None)
        before = waiting[-1] if waiting else None
        if isinstance(before, _Lines) and before.is_followed_by(chunk, lines):
            before.lines.extend(lines)
        else:
            waiting.append(_Lines(chunk, list(lines)))

    def flush(self) -> None:
        """Send what waits for the tick."""
        if self._tick:
            self._tick.cancel()
        self._tick = None
        waiting, self._waiting = self._waiting, {}
        for (room, site_id), items in waiting.items():
            if self.has_listeners(room):
                for frame in batches(_made(items)):
                    self._spread(room, frame, site_id)

    def statistics(self) -> HubStatistics:
        """How the hub is doing."""
        clients = {client for listeners in self._rooms.values() for client in listeners}
        deepest = max((client.depth for client in clients), default=0)
        return HubStatistics(len(clients), deepest, self._published, self._dropped)

    def _wait(self, room: str, site_id: int | None) -> "list[Frame | _Lines]":
        if self._tick is None:
            self._tick = asyncio.get_running_loop().call_later(self._tick_s, self.flush)
        return self._waiting.setdefault((room, site_id), [])

    def _spread(self, room: str, frame: Frame, site_id: int | None) -> None:
        for client, sites in self._rooms[room].items():
            if site_id is None or not sites or site_id in sites:
                self._published += 1
                self._dropped += client.put(frame)

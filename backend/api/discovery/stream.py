"""`/ws/scans/{scan_id}`: one scan, its log from any line on and then live.  `/ws`: what changes, by topic."""

import orjson
from fastapi import APIRouter, WebSocket

from backend.api.discovery.live import line_fields, scan_room, topic_room
from backend.api.discovery.schemas import ScanOut
from backend.api.policy import by_ticket
from backend.api.services import Services
from backend.api.stream import NO_SUCH_SCAN, Closed, Listener, Message, converse, relay
from backend.domain.accounts.actor import Role
from backend.domain.discovery.scan import LogLine, Scan
from backend.domain.errors import NotFound
from backend.domain.live import LiveClient, LiveFrame

router = APIRouter()
TOPICS = frozenset({"scans", "devices", "monitors"})
PAGE = 500
FRAME_BYTES = 60 * 1024


@router.websocket("/ws/scans/{scan_id}", dependencies=[by_ticket(Role.VIEWER)])
async def scan_stream(socket: WebSocket, scan_id: str) -> None:
    """Backlog, then live, without a hole and without a line twice."""
    services: Services = socket.app.state.services

    async def conversation(listener: Listener) -> None:
        with services.discovery.hub.client() as client:
            follower = _Follower(listener, services, _number(scan_id))
            scan = await follower.scan()
            services.discovery.hub.join(client, scan_room(scan.id))
            await follower.begin()

            async def send(frame: LiveFrame) -> None:
                await follower.take(client, frame)

            await relay(listener, services, client, send, _ignore)

    await converse(socket, services, conversation)


@router.websocket("/ws", dependencies=[by_ticket(Role.VIEWER)])
async def updates(socket: WebSocket) -> None:
    """Updates of the topics that the client subscribes to."""
    services: Services = socket.app.state.services

    async def conversation(listener: Listener) -> None:
        with services.discovery.hub.client() as client:

            async def on_message(message: Message) -> None:
                for room in _topics(message):
                    services.discovery.hub.join(client, room, listener.actor.site_ids)

            async def send(frame: LiveFrame) -> None:
                await listener.send(frame.text)

            await listener.say("hello", topics=sorted(TOPICS))
            await relay(listener, services, client, send, on_message)

    await converse(socket, services, conversation)


class _Follower:
    """One listener's place in the log of one scan."""

    def __init__(self, listener: Listener, services: Services, scan_id: int) -> None:
        self._listener = listener
        self._services = services
        self._scan_id = scan_id
        self._at = listener.after
        self._catching_up = True

    async def scan(self) -> Scan:
        """The scan, if it exists for this listener; raises Closed."""
        try:
            async with self._services.transactions() as work:
                return await self._services.discovery.scans.visible(work, self._listener.actor, self._scan_id)
        except NotFound:
            raise Closed(NO_SUCH_SCAN, "no such scan") from None

    async def begin(self) -> None:
        """Say hello and send the log so far; the listener is in the room already, so nothing falls between."""
        scan = await self.scan()
        self._at = min(self._at, scan.last_seq)
        progress = self._services.discovery.coordinator.progress(scan.id)
        shown = ScanOut.of(scan, progress).model_dump(mode="json")
        await self._listener.say("hello", scan.last_seq, scan=shown, after=self._at)
        await self._catch_up()
        if scan.finished_at:
            await self._listener.say("finished", self._at, scan=shown)

    async def take(self, client: LiveClient, frame: LiveFrame) -> None:
        """Send a live frame, unless the log so far had it; fill what was missed while the log was sent."""
        if frame.kind == "batch" and (self._catching_up or frame.first != self._at + 1):
            for part in frame.parts:
                await self.take(client, part)
            return None
        if frame.kind not in {"batch", "lines", "gap"}:
            return await self._listener.send(frame.text)
        if self._catching_up and (frame.kind == "gap" or frame.first > self._at + 1):
            await self._catch_up()
        self._catching_up = self._catching_up and client.depth > 0
        if frame.last <= self._at:
            return None
        if frame.kind == "lines" and frame.first > self._at + 1:
            missing = {"from": self._at + 1, "to": frame.first - 1}
            await self._listener.say("gap", frame.first - 1, **missing)
        text = _from(frame, self._at + 1) if frame.kind == "lines" else frame.text
        self._at = frame.last
        return await self._listener.send(text)

    async def _catch_up(self) -> None:
        """Send what the database has after the place where the listener is."""
        while True:
            async with self._services.transactions() as work:
                lines = await work.discovery.scan_lines(self._scan_id, self._at, PAGE)
            for piece in _pieces(lines):
                first, last = piece[0], piece[-1]
                shown = [line_fields(line) for line in piece]
                await self._listener.say("lines", last.seq, chunk=first.chunk, first_seq=first.seq, lines=shown)
                self._at = last.seq
            if len(lines) < PAGE:
                return


def _from(frame: LiveFrame, seq: int) -> str:
    """A frame of lines without those before a number: the log so far had them."""
    if frame.first >= seq:
        return frame.text
    body = orjson.loads(frame.text)
    body |= {"first_seq": seq, "lines": [line for line in body["lines"] if line["seq"] >= seq]}
    return orjson.dumps(body).decode()


def _pieces(lines: tuple[LogLine, ...]) -> list[list[LogLine]]:
    """Runs of lines of one chunk, each small enough for a frame."""
    pieces: list[list[LogLine]] = []
    size = 0
    for line in lines:
        length = len(orjson.dumps(line_fields(line)))
        if not pieces or pieces[-1][0].chunk != line.chunk or size + length > FRAME_BYTES:
            pieces.append([])
            size = 0
        pieces[-1].append(line)
        size += length
    return pieces


def _topics(message: Message) -> list[str]:
    asked = message.get("topics")
    if message.get("type") != "subscribe" or not isinstance(asked, list):
        return []
    return [topic_room(topic) for topic in asked if isinstance(topic, str) and topic in TOPICS]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Closed(NO_SUCH_SCAN, "no such scan")
    return int(text)


async def _ignore(_: Message) -> None:
    return None

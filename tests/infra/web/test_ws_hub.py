"""The hub alone: nobody waits for anybody, what is dropped is named, and a frame is made once for all."""

import asyncio
import json
from typing import Any

import pytest

from backend.infra.web import ws_hub
from backend.infra.web.ws_hub import WebSocketHub


def _lines(first: int, count: int, width: int = 10) -> list[dict[str, Any]]:
    return [{"seq": n, "text": "x" * width, "kind": "out"} for n in range(first, first + count)]


async def _drain(client: ws_hub.Client) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = []
    while client.depth:
        frame = json.loads((await client.next()).text)
        frames += frame["frames"] if frame["type"] == "batch" else [frame]
    return frames


async def test_every_client_of_a_room_gets_every_frame_and_no_other_does() -> None:
    hub = WebSocketHub()
    with hub.client() as one, hub.client() as two, hub.client() as other:
        hub.join(one, "a")
        hub.join(two, "a")
        hub.join(other, "b")
        hub.send_lines("a", 1, _lines(1, 3))
        assert one.depth == 0, "not before the tick"
        hub.flush()
        assert [frame["first_seq"] for frame in await _drain(one)] == [1]
        assert (await _drain(two))[0]["lines"][2]["seq"] == 3
        assert other.depth == 0


async def test_a_full_queue_drops_the_oldest_and_says_which() -> None:
    hub = WebSocketHub(max_frames=3)
    with hub.client() as slow:
        hub.join(slow, "a")
        for first in range(1, 51, 10):
            hub.send_lines("a", 1, _lines(first, 10))
            hub.flush()
        frames = await _drain(slow)
    assert frames[0] == {"type": "gap", "seq": 20, "from": 1, "to": 20}
    assert [frame["first_seq"] for frame in frames[1:]] == [21, 31, 41]


async def test_bytes_are_bounded_as_well_as_frames() -> None:
    hub = WebSocketHub(max_bytes=100_000)
    with hub.client() as slow:
        hub.join(slow, "a")
        for first in range(1, 1001, 100):
            hub.send_lines("a", 1, _lines(first, 100, width=400))
            hub.flush()
        frames = await _drain(slow)
    assert frames[0]["type"] == "gap"
    assert sum(len(json.dumps(frame)) for frame in frames) < 120_000


async def test_no_frame_is_larger_than_a_frame_may_be() -> None:
    hub = WebSocketHub()
    with hub.client() as client:
        hub.join(client, "a")
        hub.send_lines("a", 1, _lines(1, 100, width=8192))
        hub.flush()
        frames = [await client.next() for _ in range(client.depth)]
    assert all(len(frame.text) <= 64 * 1024 for frame in frames)
    seqs = [line["seq"] for frame in frames for line in json.loads(frame.text)["lines"]]
    assert seqs == list(range(1, 101))


async def test_a_frame_is_serialised_once_whoever_many_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0
    frame_of = ws_hub._lines_frame

    def counted(*given: Any) -> ws_hub.Frame:
        nonlocal made
        made += 1
        return frame_of(*given)

    monkeypatch.setattr(ws_hub, "_lines_frame", counted)
    hub = WebSocketHub()
    clients = [hub.client() for _ in range(50)]
    for client in clients:
        hub.join(client.__enter__(), "a")
    hub.send_lines("a", 1, _lines(1, 50))
    hub.send_lines("a", 1, _lines(51, 50))
    hub.flush()
    assert made == 1
    for client in clients:
        client.__exit__(None, None, None)
    assert hub.statistics().clients == 0
    hub.send_lines("a", 1, _lines(101, 100))
    hub.flush()
    assert made == 1, "nobody listens: nothing is made"


async def test_sites_limit_what_is_sent() -> None:
    hub = WebSocketHub()
    with hub.client() as everyone, hub.client() as here:
        hub.join(everyone, "t")
        hub.join(here, "t", frozenset({7}))
        hub.send("t", "update", 0, {"id": 1}, site_id=8)
        hub.send("t", "update", 0, {"id": 2}, site_id=7)
        hub.flush()
        assert [frame["id"] for frame in await _drain(everyone)] == [1, 2]
        assert [frame["id"] for frame in await _drain(here)] == [2]


async def test_two_hundred_thousand_lines_with_a_stalled_client_leave_no_gap_for_a_healthy_one() -> None:
    hub = WebSocketHub()
    got = 0

    async def read(client: ws_hub.Client) -> None:
        nonlocal got
        while got < 200_000:
            frame = await client.next()
            assert frame.first == got + 1
            got = frame.last

    with hub.client() as healthy, hub.client() as stalled:
        hub.join(healthy, "a")
        hub.join(stalled, "a")
        reading = asyncio.create_task(read(healthy))
        for first in range(1, 200_001, 100):
            hub.send_lines("a", 1, _lines(first, 100, width=80))
            hub.flush()
            await asyncio.sleep(0)
        await asyncio.wait_for(reading, 30)
        assert stalled.depth <= 1000
        assert stalled.dropped >= 1000


async def test_what_comes_within_a_tick_is_one_frame_and_of_progress_the_last() -> None:
    hub = WebSocketHub(tick_s=0.001)
    with hub.client() as client:
        hub.join(client, "a")
        for number in range(3):
            hub.send_lines("a", number, _lines(number * 2 + 1, 2))
            hub.send("a", "progress", number, {"progress": number})
            hub.send("a", "device", number, {"device": {"id": number}})
        batch = await client.next()
        assert client.depth == 0
    frames = json.loads(batch.text)["frames"]
    assert [f["type"] for f in frames] == ["lines", "device", "lines", "device", "lines", "progress", "device"]
    assert [line["seq"] for f in frames if f["type"] == "lines" for line in f["lines"]] == list(range(1, 7))
    assert (batch.kind, batch.first, batch.last) == ("batch", 1, 6)


async def test_a_batch_ends_where_lines_are_missing_and_where_it_is_full() -> None:
    hub = WebSocketHub()
    with hub.client() as client:
        hub.join(client, "a")
        hub.send_lines("a", 1, _lines(1, 2))
        hub.send_lines("a", 1, _lines(5, 2))
        for number in range(2000):
            hub.send("a", "device", 6, {"device": {"id": number, "name": "ä" * 40}})
        hub.flush()
        frames = [await client.next() for _ in range(client.depth)]
    assert (frames[0].kind, frames[0].last, frames[1].first) == ("lines", 2, 5)
    assert all(len(frame.text.encode()) <= 64 * 1024 for frame in frames)
    assert {frame.kind for frame in frames[2:]} == {"news"}
    assert sum(len(frame.parts) for frame in frames) == 2001

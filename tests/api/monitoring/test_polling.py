"""Monitors at work over the API: from creating one to its rows, states and live values; and testing one now."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium, Stand, build
from backend.runtime import Runtime
from tests import people
from tests.api.monitoring.test_monitors import API, made, monitor, tcp_plugin
from tests.api.serving import following, serving
from tests.egress import Anywhere

LOOPS = ("metrics_writer", "poller_pool", "poll_scheduler")


@pytest.fixture
async def program(database_url: str, tmp_path: Path) -> AsyncIterator[Lanarium]:
    """The program with the loops that poll, and no other."""
    built = build(people.settings(database_url, tmp_path), stand=Stand(egress=Anywhere()))
    runtime = Runtime([loop for loop in built.runtime.loops if loop.name in LOOPS])
    assert [loop.name for loop in runtime.loops] == list(LOOPS)
    await runtime.start()
    yield built
    await runtime.stop()
    await built.engine.dispose()


@pytest.fixture
async def door() -> AsyncIterator[asyncio.Server]:
    """A listener at loopback."""

    async def welcome(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(welcome, "127.0.0.1", 0)
    yield server
    server.close()


def port_of(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


async def until(client: httpx2.AsyncClient, number: int, state: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            found: dict[str, Any] = (await client.get(f"{API}/monitors/{number}")).json()
            if found["state"] == state:
                return found
            await asyncio.sleep(0.05)


async def test_a_new_monitor_is_polled_at_once_and_stored(
    program: Lanarium, as_admin: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    kept = await monitor(as_admin, plugin_id=plugin["id"], address="127.0.0.1", polling_interval=3600)
    up = await until(as_admin, kept["id"], "up")
    assert up["last_polled"] == up["last_attempted"] == up["checked_at"] is not None
    assert 0 < up["latency_ms"] < 1000
    async with program.engine.connect() as connection:
        rows = (await connection.execute(sa.text("SELECT monitor_id, up FROM metrics"))).all()
    assert [tuple(row) for row in rows] == [(kept["id"], True)]
    turns = (await as_admin.get(f"{API}/monitors/{kept['id']}/schedule")).json()
    assert 0 < turns["next_run_in_s"] <= 3600
    assert (turns["skipped"], turns["missed"], turns["polling"]) == (0, 0, False)


async def test_a_closed_port_is_down_with_a_reason_and_pausing_pauses(
    as_admin: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    port = port_of(door)
    door.close()
    plugin = await tcp_plugin(as_admin, port=port)
    kept = await monitor(as_admin, plugin_id=plugin["id"], address="127.0.0.1", polling_interval=1)
    down = await until(as_admin, kept["id"], "down")
    assert down["reason"]["code"] == "connection_refused"
    assert down["last_error"] == f"Nobody listens at port {port} of 127.0.0.1"
    assert down["last_failure"]["code"] == "connection_refused"
    # The host answered otherwise, so that it took a second failure in a row.
    failures = (await as_admin.get(f"{API}/monitors/{kept['id']}/failures")).json()["items"]
    assert len(failures) >= 2
    assert failures[-1]["recheck"]["method"] == "tcp"
    assert failures[-1]["recheck"]["answered"] is True
    assert failures[-1]["phase"] == "connect"
    assert [phase["name"] for phase in failures[-1]["phases"]] == ["connect"]
    await as_admin.post(f"{API}/monitors/bulk", json={"ids": [kept["id"]], "enabled": False})
    assert (await as_admin.get(f"{API}/monitors/{kept['id']}")).json()["state"] == "paused"
    states = f"{API}/monitors/{kept['id']}/states"
    async with asyncio.timeout(10):
        while (await as_admin.get(states)).json()["items"][0]["state"] != "paused":  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def test_live_values_come_before_they_are_stored(
    app: FastAPI, as_admin: httpx2.AsyncClient, door: asyncio.Server, tmp_path: Path
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    async with serving(app, tmp_path / "s") as socket, following(socket, "/ws", as_admin) as client:
        hello = await client.next()
        assert "monitors" in hello["topics"]
        await client.say(type="subscribe", topics=["monitors"])
        await asyncio.sleep(0.2)
        kept = await monitor(as_admin, plugin_id=plugin["id"], address="127.0.0.1", polling_interval=3600)
        frames: list[dict[str, Any]] = []
        async with asyncio.timeout(10):
            while not frames or frames[-1]["provisional"] or "state" not in frames[-1]["fields"]:
                frame = await client.next()
                if frame["type"] == "update" and frame["id"] == kept["id"]:
                    frames.append(frame)
    provisional = [frame for frame in frames if frame["provisional"]]
    assert provisional[0]["fields"]["state"] == "up"
    assert provisional[0]["fields"]["latency_ms"] > 0
    assert frames[-1]["fields"]["state"] == "up"


async def test_a_monitor_is_tested_now_and_before_it_is_saved(
    program: Lanarium, as_admin: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    body = {"plugin_id": plugin["id"], "address": "127.0.0.1"}
    planned = (await as_admin.post(f"{API}/monitors/test", json=body)).json()
    assert planned["up"] is True
    assert planned["values"]["latency_ms"] > 0
    assert [phase["name"] for phase in planned["phases"]] == ["connect"]
    kept = await made(as_admin, "monitors", {**body, "enabled": False})
    door.close()
    await door.wait_closed()
    tried = (await as_admin.post(f"{API}/monitors/{kept['id']}/check")).json()
    assert tried["up"] is False
    assert tried["failure"]["code"] == "connection_refused"
    assert tried["phase"] == "connect"
    assert tried["recheck"]["answered"] is True
    shown = (await as_admin.get(f"{API}/monitors/{kept['id']}")).json()
    assert (shown["state"], shown["last_error"], shown["last_attempted"]) == ("paused", None, None)
    assert (await as_admin.post(f"{API}/monitors/999/check")).status_code == 404
    assert (await as_admin.post(f"{API}/monitors/test", json={**body, "plugin_id": 999})).status_code == 404
    assert (await as_viewer.post(f"{API}/monitors/test", json=body)).status_code == 403


async def test_status_and_prometheus_tell_of_polling(
    program: Lanarium, as_admin: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    kept = await monitor(as_admin, plugin_id=plugin["id"], address="127.0.0.1", polling_interval=3600)
    await until(as_admin, kept["id"], "up")
    told = (await as_admin.get(f"{API}/status")).json()["polling"]
    assert (told["monitors"], told["polls"], told["rows"], told["storage_away_since"]) == (1, 1, 1, None)
    text = (await program.services.metrics.text()).decode()
    assert "lanarium_polls_total 1.0" in text
    assert "lanarium_polls_skipped_total 0.0" in text
    assert json.dumps(told)


async def test_a_deleted_monitor_is_polled_no_more(
    program: Lanarium, as_admin: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    kept = await monitor(as_admin, plugin_id=plugin["id"], address="127.0.0.1", polling_interval=1)
    await until(as_admin, kept["id"], "up")
    assert (await as_admin.delete(f"{API}/monitors/{kept['id']}")).status_code == 204
    assert len(program.services.monitoring.scheduler) == 0
    async with program.engine.connect() as connection:
        for table in ("metrics", "monitor_states", "state_intervals"):
            assert await connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0


async def test_a_test_is_told_line_by_line_to_those_who_ask(
    as_admin: httpx2.AsyncClient, door: asyncio.Server
) -> None:
    plugin = await tcp_plugin(as_admin, port=port_of(door))
    body = {"plugin_id": plugin["id"], "address": "127.0.0.1"}
    told = {"Accept": "application/x-ndjson"}
    answer = await as_admin.post(f"{API}/monitors/test", json=body, headers=told)
    door.close()
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert (answer.headers["content-type"], answer.headers["x-accel-buffering"]) == ("application/x-ndjson", "no")
    assert [(line["type"], line["name"]) for line in lines if line["type"] == "phase"] == [("phase", "connect")]
    assert (lines[-1]["type"], lines[-1]["up"]) == ("result", True)
    refused = await as_admin.post(f"{API}/monitors/test", json=body, headers=told)
    ended = json.loads(refused.text.splitlines()[-1])
    assert (ended["up"], ended["failure"]["code"]) == (False, "connection_refused")

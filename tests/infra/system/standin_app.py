"""A stand-in for the application: says what reached it. Copied to `backend/cli.py` of a made-up program folder.

It understands the command lines that the supervisor uses (`migrate`, `serve --socket PATH`) and nothing else.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Message = MutableMapping[str, Any]
FIRST_ADMIN = {"username": "admin", "password": "correct-horse"}


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answer everything with what arrived; `/ready` as the application does; WebSockets echo once."""
    if scope["type"] == "lifespan":
        return
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        text = (await receive()).get("text")
        await send({"type": "websocket.send", "text": f"echo {text}"})
        await send({"type": "websocket.close"})
        return
    body = {
        "status": "ok",
        "checks": {},
        "path": scope["path"],
        "raw_path": scope["raw_path"].decode(),
        "headers": [[name.decode(), value.decode()] for name, value in scope["headers"]],
        "client": scope["client"],
        "uid": os.getuid(),
    }
    status = int(scope["path"].rpartition("/status-")[2] or 200) if "/status-" in scope["path"] else 200
    headers = [
        (b"content-type", b"application/json"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"cache-control", b"public, max-age=99"),
    ]
    if scope["path"].endswith("/file"):
        headers.append((b"content-security-policy", b"sandbox"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def serve(socket: str) -> None:
    """Listen as the application does."""
    import uvicorn  # noqa: PLC0415 - `migrate` need not wait for it

    data = Path(os.environ.get("LANARIUM_DATA_DIR", "/nonexistent"))
    if not (data / "scans" / "began").exists() and (data / "run").exists():
        (data / "scans" / "began").touch()
        (data / "run" / "first-admin").write_text(json.dumps(FIRST_ADMIN))
    uvicorn.run(app, uds=socket, lifespan="off", log_level="warning", access_log=False)


async def migrate() -> None:
    """Prove that the database lets the application in."""
    import asyncpg  # noqa: PLC0415 - `serve` need not wait for it

    connection = await asyncpg.connect(os.environ["DATABASE_URL"].replace("+asyncpg", ""))
    await connection.execute("create table if not exists migrated (at timestamptz default now())")
    await connection.execute("insert into migrated default values")
    await connection.close()


if __name__ == "__main__":
    if sys.argv[1] == "migrate":
        asyncio.run(migrate())
    else:
        serve(sys.argv[sys.argv.index("--socket") + 1])

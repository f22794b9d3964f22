"""SSH clients that trust whoever answers; the checks must go red on them."""

import asyncssh


async def any_host_key(port: int, username: str, password: str) -> None:
    """Logs in without looking at the host key, as `StrictHostKeyChecking=no` does (A30)."""
    async with asyncssh.connect(
        "127.0.0.1", port, username=username, password=password, known_hosts=None, config=None, agent_path=None
    ) as connection:
        await connection.run("true")

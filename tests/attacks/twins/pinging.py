"""A ping as many programs do it: the text of a form in a command line."""

import asyncio


async def ping_by_shell(text: str) -> None:
    """Runs something harmless in ping's place."""
    try:
        child = await asyncio.create_subprocess_shell(f"true -c1 '{text}'".replace("\x00", ""))
    except (OSError, ValueError):
        return
    await child.wait()

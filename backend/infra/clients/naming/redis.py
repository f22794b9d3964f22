"""Redis and its kin: INFO, or the refusal of somebody without a password."""

import re

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

_VERSION = re.compile(rb"^(redis|valkey|keydb|dragonfly)_version:([^\s]{1,40})", re.MULTILINE)
_SYSTEM = re.compile(rb"^os:([^\r\n]{1,80})", re.MULTILINE)
_REFUSAL = re.compile(rb"^-(?:NOAUTH|DENIED|ERR|NOPERM)\b[^\r\n]{0,300}\r\n")
_PRODUCTS = {b"valkey": "Valkey", b"keydb": "KeyDB", b"dragonfly": "Dragonfly"}
NAME = "Redis key-value store"


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Ask for the part about the server."""
    await talk.say(b"INFO server\r\n")
    heard = await talk.until(lambda data: (data[:1] == b"-" and data.endswith(b"\n")) or _is_whole(data))
    versions = {found[1]: found[2].decode("latin-1") for found in _VERSION.finditer(heard)}
    if heard.startswith(b"$") and versions:
        own = next((name for name in _PRODUCTS if name in versions), b"redis")
        answer = Answer(service="redis", product=_PRODUCTS.get(own, NAME), version=versions.get(own))
        if system := _SYSTEM.search(heard):
            answer.note("redis-info", system[1].decode("latin-1"))
        return answer
    if _REFUSAL.match(heard) and heard.startswith((b"-NOAUTH", b"-DENIED", b"-NOPERM")):
        return Answer(service="redis", product=NAME)
    return Answer(service="redis") if heard.startswith(b"-ERR unknown command") else None


def _is_whole(data: bytes) -> bool:
    """Whether a bulk string has come to its end."""
    size, end, _ = data[:20].partition(b"\r\n")
    return bool(end) and data[:1] == b"$" and size[1:].isdigit() and len(data) >= len(size) + 4 + int(size[1:])

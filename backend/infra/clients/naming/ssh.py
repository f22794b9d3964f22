"""SSH (RFC 4253): the version line, and each host key with the proof that the server holds it.

A key counts only when the server signed this very exchange with it, so nobody passes for another device by
showing that one's public key. One exchange proves one key; each further kind costs a connection more.
"""

import base64
import hashlib
import re

from backend.infra.clients.naming import ssh_exchange
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import NoAnswer, Place, Talk

LINE = re.compile(rb"^SSH-(\d\.\d+)-([^\r\n]*)\r?\n", re.MULTILINE)
MAX_PREAMBLE = 8192


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Read the version line, and get proof of each kind of key."""
    line = await _version_line(talk)
    if line is None:
        return None
    protocol, software = line[1].decode(), line[2].decode("utf-8", "replace")
    answer = Answer(service="ssh", extra=f"protocol {_shown(protocol)}")
    recognise("ssh", software, answer)
    if answer.product:
        answer.extra = _with_protocol(answer.extra, protocol)
    if protocol != "1.5":
        await _keys(talk, place, line[0].strip(), answer)
    return answer


async def _version_line(talk: Talk) -> re.Match[bytes] | None:
    """The version line may come after lines of other text; it is taken, with all before it."""
    heard = await talk.until(lambda data: LINE.search(data) is not None or len(data) > MAX_PREAMBLE)
    line = LINE.search(heard)
    if line:
        talk.take(line.end())
    return line


def _shown(protocol: str) -> str:
    return "2.0" if protocol == "1.99" else protocol


def _with_protocol(extra: str | None, protocol: str) -> str:
    said = f"protocol {_shown(protocol)}"
    return said if not extra or extra == said else f"{extra}; {said}"


async def _keys(talk: Talk, place: Place, line: bytes, answer: Answer) -> None:
    exchange = ssh_exchange.Exchange(talk, line)
    kinds = await exchange.kinds()
    if not kinds:
        return
    first, *others = kinds
    # One after another: a server counts how many knock at once without logging in.
    found = [await exchange.key(first), *[await _another(place, kind) for kind in others]]
    proven = [blob for blob in found if blob]
    for blob in proven:
        answer.keys += spellings(blob)
    answer.note("ssh-hostkey", "\n".join(_shown_key(blob) for blob in proven))


async def _another(place: Place, kind: str) -> bytes | None:
    try:
        async with place.aside() as talk:
            line = await _version_line(talk)
            if line is None:
                return None
            exchange = ssh_exchange.Exchange(talk, line[0].strip())
            return await exchange.key(kind) if kind in await exchange.kinds() else None
    except NoAnswer:
        return None


def spellings(blob: bytes) -> list[str]:
    """A key as we name it, and as it is named where nmap's script told of it."""
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    old = hashlib.md5(blob, usedforsecurity=False).hexdigest()
    return [f"ssh:sha256:{digest}", f"ssh:{_name(blob).lower()}:{old}"]


def _shown_key(blob: bytes) -> str:
    return f"{spellings(blob)[0].removeprefix('ssh:sha256:')} ({_name(blob)}) SHA256"


def _name(blob: bytes) -> str:
    kind = ssh_exchange.key_type(blob)
    return {"ssh-ed25519": "ED25519", "ssh-rsa": "RSA", "ssh-dss": "DSA"}.get(kind, "ECDSA")

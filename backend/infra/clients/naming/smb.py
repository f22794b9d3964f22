"""SMB ([MS-SMB2] 2.2.3 to 2.2.6): negotiate, then the first half of a login, whose answer has names.

Port 139 wants a NetBIOS session first (RFC 1002 4.3.2).
"""

import os
import struct

from backend.infra.clients.naming import ntlm
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

NEGOTIATE, SESSION_SETUP = 0, 1
DIALECTS = (0x0202, 0x0210, 0x0300, 0x0302)
MAX_MESSAGE = 16 * 1024
_SESSION_PORT = 139


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Negotiate a dialect and greet."""
    if place.port == _SESSION_PORT and not await _session(talk):
        return None
    chosen = await _exchange(talk, negotiate())
    if not chosen.startswith(b"\xfeSMB") or len(chosen) < 64 + 64:
        return Answer(service="microsoft-ds") if chosen[1:4] == b"SMB" else None
    dialect, mode = struct.unpack_from("<H", chosen, 68)[0], struct.unpack_from("<H", chosen, 66)[0]
    greeted = await _exchange(talk, session_setup(ntlm.hello_spnego()))
    challenge = ntlm.challenge_in(greeted[64:])
    answer = Answer(service="microsoft-ds")
    signing = "required" if mode & 2 else "enabled but not required"
    answer.note("smb-protocols", f"dialect: {dialect >> 8}.{dialect >> 4 & 15}.{dialect & 15}\nsigning: {signing}")
    if challenge:
        challenge.tell(answer)
        _product(challenge, answer)
    return answer


def _product(challenge: ntlm.Challenge, answer: Answer) -> None:
    """Samba says Windows 6.1 without a build number, which no Windows does; its own version it keeps quiet."""
    if challenge.version == (6, 1, 0):
        answer.service, answer.product, answer.version = "netbios-ssn", "Samba smbd", "4"
    elif challenge.windows and challenge.version:
        answer.product = "Microsoft Windows SMB"
        answer.version = "{}.{}.{}".format(*challenge.version)


async def _session(talk: Talk) -> bool:
    """Ask for a session with whatever server this is."""
    called, calling = (
        b"\x20" + half_bytes(name) + b"\x00" for name in (b"*SMBSERVER".ljust(16), b"LANARIUM".ljust(16))
    )
    await talk.say(b"\x81" + struct.pack(">I", len(called + calling))[1:] + called + calling)
    return (await talk.exactly(4))[:1] == b"\x82"


def half_bytes(name: bytes) -> bytes:
    """A NetBIOS name as it travels: each half of each byte a letter."""
    return bytes(0x41 + half for byte in name for half in (byte >> 4, byte & 15))


async def _exchange(talk: Talk, message: bytes) -> bytes:
    """Send one message and read one; an empty one for nothing that makes sense."""
    await talk.say(struct.pack(">I", len(message)) + message)
    head = await talk.exactly(4)
    length = int.from_bytes(head[1:], "big") if len(head) == 4 else 0
    return await talk.exactly(length) if length <= MAX_MESSAGE else b""


def negotiate() -> bytes:
    """Offer the dialects from 2.0.2 to 3.0.2; 3.1.1 needs more words and tells no more."""
    body = struct.pack("<HHHHI", 36, len(DIALECTS), 1, 0, 0) + os.urandom(16) + bytes(8)
    return _header(NEGOTIATE, 0) + body + struct.pack(f"<{len(DIALECTS)}H", *DIALECTS)


def session_setup(token: bytes) -> bytes:
    """The first half of a login."""
    return _header(SESSION_SETUP, 1) + struct.pack("<HBBIIHHQ", 25, 0, 1, 0, 0, 88, len(token), 0) + token


def _header(command: int, number: int) -> bytes:
    return struct.pack("<4sHHIHHIIQIIQ16s", b"\xfeSMB", 64, 1, 0, command, 31, 0, 0, number, 0, 0, 0, bytes(16))

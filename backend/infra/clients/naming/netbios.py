"""NetBIOS node status (RFC 1002 4.2.17): the names of a Windows machine or a Samba, and the MAC it claims."""

import random
import struct

from backend.infra.clients.naming import datagrams, smb
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Gate

PORT = 137
_NODE_STATUS = 0x21
_GROUP = 0x8000
_WORKSTATION, _SERVER, _BROWSER, _DOMAIN_CONTROLLER = 0x00, 0x20, 0x01, 0x1C
MAX_NAMES = 64


async def ask_udp(gate: Gate, address: str) -> Answer | None:
    """Ask for the table of names."""
    number = random.randrange(1 << 16)  # noqa: S311 - told apart, not kept secret
    heard = await datagrams.ask(gate, address, PORT, question(number), lambda data: is_answer(data, number))
    return read(heard) if heard else None


def question(number: int) -> bytes:
    """What names do you have? Asked of whoever is there: the name is an asterisk."""
    name = b"\x20" + smb.half_bytes(b"*".ljust(16, b"\x00")) + b"\x00"
    return struct.pack(">HHHHHH", number, 0, 1, 0, 0, 0) + name + struct.pack(">HH", _NODE_STATUS, 1)


def is_answer(data: bytes, number: int) -> bool:
    """Whether this answers the question with that number."""
    return len(data) > 57 and int.from_bytes(data[:2], "big") == number and data[2] & 0x80 != 0


def read(data: bytes) -> Answer | None:
    """Names by their suffix: unique ones of the machine, group ones of its workgroup or domain."""
    if len(data) < 57 or data[12] != 0x20 or data[46:48] != b"\x00\x21":
        return None
    count, table = data[56], data[57:]
    names = [_name(table[i * 18 : i * 18 + 18]) for i in range(min(count, MAX_NAMES, len(table) // 18))]
    if not names:
        return None
    answer = Answer(service="netbios-ns")
    own = [name for name, suffix, group in names if not group and suffix in {_WORKSTATION, _SERVER}]
    groups = [name for name, suffix, group in names if group and suffix == _WORKSTATION]
    answer.hostnames += dict.fromkeys(own[:1])
    mac = table[count * 18 : count * 18 + 6]
    if len(mac) == 6 and any(mac):
        answer.mac = mac.hex(":")
    if any(suffix == _DOMAIN_CONTROLLER and group for _, suffix, group in names):
        answer.type_hint = "server"
    shown = [f"{name}<{suffix:02x}> {'group' if group else 'unique'}" for name, suffix, group in names]
    answer.extra = f"workgroup: {groups[0]}" if groups else None
    answer.note("nbstat", "\n".join([*shown, f"MAC: {answer.mac or 'none'}"]))
    return answer


def _name(entry: bytes) -> tuple[str, int, bool]:
    (flags,) = struct.unpack_from(">H", entry, 16)
    return entry[:15].decode("cp437", "replace").rstrip(" \x00"), entry[15], bool(flags & _GROUP)

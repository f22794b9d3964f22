"""DNS servers: their version in the class CHAOS (RFC 4892), by UDP, or by TCP where only that is open."""

import random

from backend.infra.clients.naming import datagrams, dns_message
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Gate, Place, Talk

NAMES = ("version.bind", "version.server")


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Ask over TCP."""
    number = random.randrange(1 << 16)  # noqa: S311 - told apart, not kept secret
    message = dns_message.question(number, NAMES[0], dns_message.TXT, dns_message.CHAOS)
    await talk.say(len(message).to_bytes(2, "big") + message)
    heard = await talk.until(lambda data: len(data) >= 2 and len(data) >= 2 + int.from_bytes(data[:2], "big"))
    return read(heard[2:], number)


async def ask_udp(gate: Gate, address: str, port: int) -> Answer | None:
    """Ask over UDP."""
    number = random.randrange(1 << 16)  # noqa: S311
    message = dns_message.question(number, NAMES[0], dns_message.TXT, dns_message.CHAOS)
    heard = await datagrams.ask(gate, address, port, message, lambda data: dns_message.is_answer(data, number))
    return read(heard, number) if heard else None


def read(data: bytes, number: int) -> Answer | None:
    """What an answer says; a refusal is an answer too."""
    if not dns_message.is_answer(data, number):
        return None
    answer = Answer(service="domain")
    for record in dns_message.records(data):
        if record.type == dns_message.TXT and record.name.lower() in NAMES:
            text = b"".join(dns_message.txt(record.data))
            recognise("dns", text, answer)
            answer.note("version.bind", text.decode("utf-8", "replace"))
            break
    return answer

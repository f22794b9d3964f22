"""MQTT 3.1.1: CONNECT, and where anybody may listen, the broker's topic with its version. Nothing is published."""

import struct

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Place, Talk

TOPIC = b"$SYS/broker/version"
_CONNECT = b"\x10\x0e\x00\x04MQTT\x04\x02\x00\x0a\x00\x02ln"
_SUBSCRIBE = b"\x82" + bytes([5 + len(TOPIC)]) + b"\x00\x01" + struct.pack(">H", len(TOPIC)) + TOPIC + b"\x00"
_DISCONNECT = b"\xe0\x00"


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Connect, listen to one topic, leave."""
    await talk.say(_CONNECT)
    heard = await talk.exactly(4)
    if len(heard) < 4 or heard[:2] != b"\x20\x02" or heard[3] > 5:
        return None
    answer = Answer(service="mqtt")
    if heard[3] != 0:
        answer.extra = "authentication required"
        return answer
    await talk.say(_SUBSCRIBE)
    told = await talk.until(lambda data: version(data) is not None, quiet_s=0.7)
    recognise("mqtt", version(told) or "", answer)
    await talk.say(_DISCONNECT)
    return answer


def version(heard: bytes) -> str | None:
    """What the topic says, once all of it has come."""
    start = heard.find(TOPIC)
    if start < 2 or start < 4:
        return None
    length = heard[start - 3] - 2 - len(TOPIC)  # one byte of length: a version is short
    text = heard[start + len(TOPIC) :][: max(length, 0)]
    return text.decode("utf-8", "replace") if length > 0 and len(text) == length else None

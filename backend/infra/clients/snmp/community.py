"""SNMP v2c (RFC 1901): the community is the whole login, and travels in clear."""

from backend.infra.clients.naming.der import integer, wrap
from backend.infra.clients.snmp.ber import OCTETS, SEQUENCE, Malformed, inside, number, octets
from backend.infra.clients.snmp.pdu import Answer, answer

VERSION = 1


class Community:
    """Wraps questions for one community; any bytes are one."""

    def __init__(self, community: bytes) -> None:
        self._head = integer(VERSION) + wrap(OCTETS, community)

    def seal(self, pdu: bytes, asked: int) -> bytes:
        """The message that carries a question."""
        del asked
        return wrap(SEQUENCE, self._head + pdu)

    def open(self, data: bytes) -> Answer | None:
        """What an agent says; None for another version. Raises Malformed.

        The community is not compared: agents behind a proxy may answer with their own, and it proves nothing.
        """
        at, end = inside(data, 0, len(data), SEQUENCE)
        version, at = number(data, at, end)
        if version != VERSION:
            return None
        _, at = octets(data, at, end)
        if at >= end:
            raise Malformed("a message without a PDU")
        return answer(data, at, end)

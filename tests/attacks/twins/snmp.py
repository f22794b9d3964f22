"""SNMP clients that are wrong in one way each; the checks must go red on them."""

import subprocess

from backend.infra.clients.snmp import pdu
from backend.infra.clients.snmp.message import Message
from backend.infra.clients.snmp.pdu import Answer
from backend.infra.clients.snmp.session import Session
from backend.infra.clients.snmp.usm import Usm
from backend.infra.clients.snmp.walk import Columns


def community_in_the_arguments(port: int, community: bytes) -> None:
    """Asks by net-snmp's command, so that the community is there for all to see (A08)."""
    words = ["snmpget", "-v2c", "-t1", "-r0", "-c", community.decode(), f"127.0.0.1:{port}", "1.3.6.1.2.1.1.3.0"]
    subprocess.run(words, check=False, capture_output=True)


def cleaned_community(community: bytes) -> bytes:
    """Takes out what looks dangerous, so that another secret arrives (A08)."""
    return bytes(byte for byte in community if byte not in b";$()`\\\n\x00'\"")


def name_in_a_command(name: bytes) -> None:
    """Puts what an agent says into a command (A10)."""
    subprocess.run(["sh", "-c", f"echo {name.decode('latin-1')} >/dev/null 2>&1"], check=False)


class Trusting(Columns):
    """Believes that a walk ends when the agent says so (A10)."""

    def take(self, answer: Answer, skip: int) -> None:
        for place, (name, _) in enumerate(answer.bindings[skip:]):
            column = self.open[place % len(self.open)]
            if not name.startswith(self._columns[column]):
                self.open = []
                return
            self._at[column] = name


async def endless_walk(session: Session, column: bytes) -> int:
    """Walks with it; answers how many questions that took, if it ever ends."""
    walk, asked = Trusting((column,), (1024,)), 0
    while walk.open:
        walk.take(await session._ask(pdu.GET_BULK, pdu.names(walk.next()), 0, 10), 0)
        asked += 1
    return asked


class Gullible(Usm):
    """Takes answers that prove nothing (A30)."""

    def _proven(self, data: bytes, arrived: object) -> bool:
        return True

    def _shown(self, message: Message) -> bytes:
        return message.body

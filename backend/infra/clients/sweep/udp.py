"""UDP services: asked from a port of ours that nobody can guess, known by the number in their answer."""

import select
import socket
import time
from collections.abc import Callable, Sequence

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import Family
from backend.infra.clients.sweep.payloads import question
from backend.infra.clients.sweep.sending import PASSING

Answered = Callable[[int, bytes], None]  # number, data
LARGEST = 4096
_READS = 512


class Udp:
    """Asks ports of addresses (a Prober): question number = port number times hosts + host."""

    def __init__(self, family: Family, addresses: bytes, ports: Sequence[int], answered: Answered) -> None:
        """`answered` is told of each question once."""
        self._family, self._answered = family, answered
        width = family.width
        self._hosts = [addresses[place : place + width] for place in range(0, len(addresses), width)]
        self._places = {host: place for place, host in enumerate(self._hosts)}
        self.ports = tuple(ports)
        self.count = len(self._hosts) * len(ports)
        self.slowest = 0.0
        self.unsendable = 0
        self._secrets = vectors.secrets(self.count, 4)
        self._sent: dict[int, tuple[int, float]] = {}
        self._known: set[int] = set()
        self._sockets = [self._socket() for _ in ports]
        self._poll = select.poll()
        for one in self._sockets:
            self._poll.register(one, select.POLLIN)

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        return sum(self._send(number, turn) for number in which)

    def answers(self) -> list[tuple[int, list[int]]]:
        """Who answered since the last time, by turn; strangers and wrong numbers are dropped."""
        found: dict[int, list[int]] = {}
        for service, receiver in enumerate(self._sockets):
            for _ in range(_READS):
                try:
                    data, sender = receiver.recvfrom(LARGEST)
                except BlockingIOError:
                    break
                except OSError:
                    continue  # somebody's refusal of an earlier datagram
                number = self._judge(service, sender, data)
                if number is not None:
                    self._take(number, data, found)
        return list(found.items())

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        self._poll.poll(max(0.0, seconds) * 1000)

    def still(self, silent: Sequence[int], answered: set[int]) -> list[int]:
        """Those that did not answer."""
        return [number for number in silent if number not in answered]

    def close(self) -> None:
        """Give the sockets back."""
        for one in self._sockets:
            one.close()

    def _socket(self) -> socket.socket:
        one = socket.socket(self._family.family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        return one

    def _send(self, number: int, turn: int) -> int:
        service, host = divmod(number, len(self._hosts))
        port = self.ports[service]
        payload = question(port).ask(self._secrets[number * 4 : number * 4 + 4], turn)
        self._sent[number] = (turn, time.monotonic())
        try:
            self._sockets[service].sendto(payload, (self._family.text(self._hosts[host]), port))
        except OSError as refused:
            if refused.errno not in PASSING and not isinstance(refused, BlockingIOError):
                raise
            self.unsendable += 1
            return 0
        return 1

    def _judge(self, service: int, sender: tuple[str, int], data: bytes) -> int | None:
        port = self.ports[service]
        asked = question(port)
        host = self._places.get(socket.inet_pton(self._family.family, sender[0].partition("%")[0]))
        if host is None or (asked.same_port and sender[1] != port):
            return None
        number = service * len(self._hosts) + host
        if number not in self._sent or not asked.answers(self._secrets[number * 4 : number * 4 + 4], data):
            return None
        return number

    def _take(self, number: int, data: bytes, found: dict[int, list[int]]) -> None:
        turn, at = self._sent[number]
        self.slowest = max(self.slowest, time.monotonic() - at)
        found.setdefault(turn, []).append(number)
        if number not in self._known:
            self._known.add(number)
            self._answered(number, data)

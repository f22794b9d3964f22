"""ICMP echo without raw sockets, where the kernel lets this user ping (net.ipv4.ping_group_range; icmp(7))."""

import select
import socket
import struct

from backend.infra.clients.sweep.echo import PACKET, Echo
from backend.infra.clients.sweep.family import IPV4, Family

_READS = 4096
_LIFE = struct.Struct("i")
_IP_RECVTTL = 12


def allowed(family: Family = IPV4) -> bool:
    """Whether the kernel lets us."""
    try:
        _socket(family).close()
    except OSError:
        return False
    return True


class Ping(Echo):
    """As Echo; the kernel puts an ident of its own into each packet, and passes on answers to that alone."""

    def _open(self, _protocol: int) -> socket.socket:
        sender = _socket(self._family)
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        if self._family.version == 4:
            sender.setsockopt(socket.IPPROTO_IP, _IP_RECVTTL, 1)
        else:
            sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
        return sender

    def answers(self) -> list[tuple[int, list[int]]]:
        """Who answered since the last time, by turn; strangers and changed cookies are dropped."""
        found: dict[int, list[int]] = {}
        for _ in range(_READS):
            try:
                body, extra, _, sender = self._socket.recvmsg(256, 64)
            except BlockingIOError:
                break
            except OSError:
                continue  # somebody's refusal of an earlier packet
            source = socket.inet_pton(self._family.family, sender[0].partition("%")[0])
            number = self._numbers.get(source, 0)
            answer = self.judge(source, body[:4] + self._cookies[number * 8 : number * 8 + 2] + body[6:PACKET])
            if answer is not None:
                life = _LIFE.unpack_from(extra[0][2])[0] if extra and len(extra[0][2]) >= 4 else 0
                found.setdefault(answer[1], []).append(answer[0])
                self._tell(answer[0], self._rtt(answer[2], 0.0), life)
        return list(found.items())

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        select.select([self._socket], [], [], max(0.0, seconds))

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()


def _socket(family: Family) -> socket.socket:
    protocol = socket.IPPROTO_ICMP if family.version == 4 else socket.IPPROTO_ICMPV6
    return socket.socket(family.family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, protocol)

"""Answers for a slow network: `python -m benchmarks.discovery.slow`, its settings as a JSON object on stdin.

Each address has a delay of its own between 20 and 200 ms, most are silent, and a limit can hold all answers to so
many per second, as a router's ICMP limit does: what is above it is lost.
"""

import heapq
import ipaddress
import json
import random
import select
import socket
import struct
import sys
import time
from typing import Any

ETH_P_IP = 0x0800
_SO_RCVBUFFORCE = 33


class Slow:
    """The network."""

    def __init__(self, settings: dict[str, Any]) -> None:
        network = ipaddress.ip_network(settings["network"])
        dice = random.Random(settings["seed"])
        numbers = range(int(network[0]), int(network[-1]) + 1)
        alive = dice.sample(numbers, round(len(numbers) * settings["alive"]))
        self.delays = {number.to_bytes(4, "big"): dice.uniform(0.02, 0.2) for number in alive}
        self._limit, self._tokens, self._at = settings["limit"], float(settings["limit"] or 0), time.monotonic()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, 256 << 20)
        self._socket.bind(("eth0", ETH_P_IP))
        self._due: list[tuple[float, int, bytes, Any]] = []
        self._count = 0

    def serve(self) -> None:
        """Until standard input ends."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        poll.register(sys.stdin.fileno(), select.POLLHUP | select.POLLIN)
        while True:
            wait = max(0.0, self._due[0][0] - time.monotonic()) * 1000 if self._due else 1000
            for descriptor, _ in poll.poll(wait):
                if descriptor != self._socket.fileno():
                    return
                self._read()
            self._answer()

    def _read(self) -> None:
        for _ in range(2000):
            try:
                packet, sender = self._socket.recvfrom(2048, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            delay = self.delays.get(packet[16:20])
            if delay is None or packet[9] != 1 or packet[20] != 8 or not self._allowed():
                continue
            self._count += 1
            heapq.heappush(self._due, (time.monotonic() + delay, self._count, _reply(packet), sender))

    def _allowed(self) -> bool:
        if not self._limit:
            return True
        now = time.monotonic()
        self._tokens = min(self._limit, self._tokens + (now - self._at) * self._limit)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _answer(self) -> None:
        now = time.monotonic()
        while self._due and self._due[0][0] <= now:
            _, _, packet, sender = heapq.heappop(self._due)
            self._socket.sendto(packet, ("eth0", ETH_P_IP, 0, 0, sender[4]))


def _reply(packet: bytes) -> bytes:
    """The echo's answer. Swapped addresses leave the header's sum as it is; the type is worth 0x0800 in ICMP's."""
    (total,) = struct.unpack_from(">H", packet, 22)
    total += 0x0800
    total = (total & 0xFFFF) + (total >> 16)
    return packet[:12] + packet[16:20] + packet[12:16] + b"\0\0" + struct.pack(">H", total) + packet[24:]


def main() -> None:
    """Say who is alive, then answer."""
    slow = Slow(json.loads(sys.stdin.readline()))
    print(json.dumps([socket.inet_ntoa(address) for address in slow.delays]), flush=True)
    slow.serve()


if __name__ == "__main__":
    main()

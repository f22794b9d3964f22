"""What the engine tells: frames of the scan helper's protocol, written to a pipe as they are passed on."""

import json
import os
import struct
import time
from base64 import b64encode

SWEPT, ENDED = b"w", b"d"
EVERY_S = 0.1
MOST = 1000  # items in one frame
MOST_DATA = 96 * 1024
_HEADER = struct.Struct(">cI")


class News:
    """Gathers what was found and writes it at most ten times a second."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._alive: list[tuple[str, str, float | None, int | None, str | None]] = []
        self._ports: list[tuple[str, str, int, str, str]] = []
        self._data = 0
        self._told_at, self._fraction = 0.0, -1.0
        self.phase = "discovery"

    def alive(
        self, address: str, how: str, seconds: float | None, life: int | None = None, mac: bytes | None = None
    ) -> None:
        """Somebody is there."""
        rtt = None if seconds is None else round(seconds * 1000, 3)
        self._alive.append((address, how, rtt, life, mac.hex(":") if mac else None))

    def port(self, address: str, protocol: str, port: int, state: str, data: bytes = b"") -> None:
        """A port answered."""
        self._data += len(data)
        self._ports.append((address, protocol, port, state, b64encode(data).decode()))

    def tell(self, fraction: float, *, now: bool = False) -> None:
        """Write what there is, if it is time."""
        at = time.monotonic()
        if not now and at - self._told_at < EVERY_S:
            return
        if not (self._alive or self._ports) and (fraction == self._fraction or not (now or fraction)):
            return
        self._told_at, self._fraction = at, fraction
        while True:
            ports = self._some_ports()
            alive, self._alive = self._alive[:MOST], self._alive[MOST:]
            message = {"phase": self.phase, "fraction": round(fraction, 4), "alive": alive, "ports": ports}
            self._write(SWEPT, message)
            if not (self._alive or self._ports):
                return

    def ended(self, code: str, **figures: object) -> None:
        """The last word."""
        self._write(ENDED, {"code": code, **figures})

    def _some_ports(self) -> list[tuple[str, str, int, str, str]]:
        size, count = 0, 0
        for count, item in enumerate(self._ports[:MOST], start=1):  # noqa: B007
            size += len(item[4])
            if size > MOST_DATA:
                break
        part, self._ports = self._ports[:count], self._ports[count:]
        return part

    def _write(self, kind: bytes, message: object) -> None:
        data = json.dumps(message, separators=(",", ":")).encode()
        view = memoryview(_HEADER.pack(kind, len(data)) + data)
        while view:
            view = view[os.write(self._pipe, view) :]

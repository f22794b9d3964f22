"""What the engine tells: frames of the scan helper's protocol, written to a pipe as they are passed on."""

import binascii
import os
import struct
import time

SWEPT, ENDED = b"w", b"d"
EVERY_S = 0.1
MOST = 1000  # items in one frame
MOST_DATA = 96 * 1024
_HEADER = struct.Struct(">cI")


class News:
    """Gathers what was found and writes it at most ten times a second."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._alive: list[str] = []  # items of JSON: no text in them is from outside
        self._ports: list[str] = []
        self._told_at, self._fraction = 0.0, -1.0
        self.phase = "discovery"

    def alive(
        self, address: str, how: str, seconds: float | None, life: int | None = None, mac: bytes | None = None
    ) -> None:
        """Somebody is there."""
        rtt = "null" if seconds is None else f"{seconds * 1000:.3f}"
        card = f'"{mac.hex(":")}"' if mac else "null"
        self._alive.append(f'["{address}","{how}",{rtt},{"null" if life is None else life},{card}]')

    def port(self, address: str, protocol: str, port: int, state: str, data: bytes = b"") -> None:
        """A port answered."""
        packed = binascii.b2a_base64(data, newline=False).decode()
        self._ports.append(f'["{address}","{protocol}",{port},"{state}","{packed}"]')

    def tell(self, fraction: float | None, *, now: bool = False) -> None:
        """Write what there is, if it is time."""
        at = time.monotonic()
        fraction = max(self._fraction, 0.0) if fraction is None else fraction
        if not now and at - self._told_at < EVERY_S:
            return
        if not (self._alive or self._ports) and (fraction == self._fraction or not (now or fraction)):
            return
        self._told_at, self._fraction = at, fraction
        while True:
            ports = self._some_ports()
            alive, self._alive = self._alive[:MOST], self._alive[MOST:]
            head = f'"phase":"{self.phase}","fraction":{fraction:.4f}'
            self._write(SWEPT, f'{{{head},"alive":[{",".join(alive)}],"ports":[{",".join(ports)}]}}')
            if not (self._alive or self._ports):
                return

    def ended(self, code: str, reason: str, **figures: float) -> None:
        """The last word."""
        params = f'{{"reason":"{reason}"}}' if reason else "{}"
        sums = "".join(f',"{name}":{value}' for name, value in figures.items())
        self._write(ENDED, f'{{"code":"{code}","params":{params}{sums}}}')

    def _some_ports(self) -> list[str]:
        size, count = 0, 0
        for count, item in enumerate(self._ports[:MOST], start=1):  # noqa: B007
            size += len(item)
            if size > MOST_DATA:
                break
        part, self._ports = self._ports[:count], self._ports[count:]
        return part

    def _write(self, kind: bytes, message: str) -> None:
        data = message.encode()
        view = memoryview(_HEADER.pack(kind, len(data)) + data)
        while view:
            view = view[os.write(self._pipe, view) :]

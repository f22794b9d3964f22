"""Which devices are asked gently: a printer prints what it is sent, a controller may stop what it controls.

A table of signs, read from top to bottom; the first that fits names the kind. Whatever the kind, nobody ever
speaks to the ports below: they take any byte for work to be done.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["printer", "controller", "small_device"]

# Raw printing (9100 to 9107 on print servers), LPD; Modbus, S7, EtherNet/IP, DNP3, BACnet, OPC UA, Fox, IEC 104.
PRINTING = frozenset({515, *range(9100, 9108)})
CONTROL = frozenset({102, 502, 1911, 2404, 4840, 20000, 44818, 47808})
HANDS_OFF = PRINTING | CONTROL
# For a gentle nmap: three packets a second are what the slowest controllers are said to stand.
GENTLE_RATE = 10
_SHELL = frozenset({22, 3389})

_PRINTER_MAKERS = (
    "brother",
    "canon",
    "epson",
    "kyocera",
    "lexmark",
    "oki data",
    "ricoh",
    "xerox",
    "zebra tech",
    "konica",
    "sharp corp",
)
_CONTROLLER_MAKERS = (
    "siemens",
    "rockwell",
    "allen-bradley",
    "schneider",
    "beckhoff",
    "wago",
    "phoenix contact",
    "omron",
    "mitsubishi electric",
    "yokogawa",
    "honeywell",
    "b&r industrial",
    "moxa",
)
_SMALL_MAKERS = (
    "espressif",
    "tuya",
    "shelly",
    "allterco",
    "sonoff",
    "signify",
    "philips lighting",
    "nest labs",
    "itead",
    "wiz connected",
    "texas instruments",
    "microchip tech",
)


class _Sign(NamedTuple):
    kind: Kind
    ports: frozenset[int] = frozenset()
    makers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    unless: frozenset[int] = frozenset()


# A machine with a shell that shares a printer (631) or keeps a gateway is a computer, and stands questions.
_SIGNS = (
    _Sign("controller", ports=CONTROL, unless=_SHELL),
    _Sign("controller", makers=_CONTROLLER_MAKERS, unless=_SHELL),
    _Sign("printer", types=("printer",)),
    _Sign("printer", ports=PRINTING, unless=_SHELL),  # 9100 is also where a server tells its metrics
    _Sign("printer", ports=frozenset({631}), unless=_SHELL),
    _Sign("printer", makers=_PRINTER_MAKERS, unless=_SHELL),
    _Sign("small_device", makers=_SMALL_MAKERS, unless=_SHELL),
    _Sign("small_device", types=("iot", "camera", "ups"), unless=_SHELL),
)


# By which a device may be delicate; whether it is, `manners` says.
SIGN_PORTS = frozenset(port for sign in _SIGNS for port in sign.ports)
SIGN_MAKERS = tuple(maker for sign in _SIGNS for maker in sign.makers)
SIGN_TYPES = tuple(kind for sign in _SIGNS for kind in sign.types)


@dataclass(frozen=True, slots=True)
class Manners:
    """Why a device is asked gently."""

    kind: Kind
    because: str

    @property
    def text(self) -> str:
        """A sentence for the log and the evidence."""
        name = self.kind.replace("_", " ")
        return f"{name} ({self.because}): asked gently, no operating system, no scripts, no word to its work ports"


def manners(ports: Collection[int], maker: str | None = None, device_type: str | None = None) -> Manners | None:
    """How to behave towards a device with these signs; None where it stands any question."""
    known = (maker or "").lower()
    for sign in _SIGNS:
        if sign.unless & set(ports):
            continue
        because = _because(sign, ports, known, device_type)
        if because:
            return Manners(sign.kind, because)
    return None


def _because(sign: _Sign, ports: Collection[int], maker: str, device_type: str | None) -> str:
    hit = sorted(sign.ports & set(ports))
    if hit:
        return f"port {hit[0]} is open"
    if maker and any(word in maker for word in sign.makers):
        return f"made by {maker}"
    return f"says that it is a {device_type}" if device_type and device_type in sign.types else ""

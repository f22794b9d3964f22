"""The one gateway that leads to all of some addresses, and its MAC."""

import time

from backend.infra.clients.sweep import routes
from backend.infra.clients.sweep.neighbours import Arp
from backend.infra.clients.sweep.ways import LinkWay

_ASKED, _WAIT_S = 3, 0.1
_COMPLETE = 0x2


def way(low: bytes, high: bytes, source: bytes | None = None, proc: str = "/proc/net") -> LinkWay | None:
    """Straight to the gateway of these IPv4 addresses; None where there is none, more than one, or no answer."""
    gateway = _common(int.from_bytes(low, "big"), int.from_bytes(high, "big"), proc)
    card = routes.card(gateway.card) if gateway else None
    ours = source or routes.source(4, low)
    if gateway is None or card is None or ours is None:
        return None
    address = gateway.gateway.to_bytes(4, "big")
    if routes.source(4, address) != ours:
        return None  # a rule of the kernel's sends these elsewhere, a tunnel for one
    mac = _known(address, card, proc) or _asked(address, card)
    return LinkWay(card, ours, mac) if mac else None


def _common(low: int, high: int, proc: str) -> routes.Route | None:
    """The route that all addresses between these take, where it has a gateway."""
    for route in routes.routes(4, proc):
        if route.first <= high and low <= route.last:
            whole = route.first <= low and high <= route.last
            return route if whole and route.gateway else None
    return None


def _known(address: bytes, card: routes.Card, proc: str) -> bytes | None:
    """What the kernel has learnt already."""
    text = ".".join(map(str, address))
    for line in routes.lines(f"{proc}/arp")[1:]:
        words = line.split()
        if len(words) == 6 and words[0] == text and words[5] == card.name and int(words[2], 16) & _COMPLETE:
            return bytes.fromhex(words[3].replace(":", ""))
    return None


def _asked(address: bytes, card: routes.Card) -> bytes | None:
    """Ask for it, as the kernel would before its first packet."""
    source = routes.source(4, address)
    found: list[bytes] = []
    if source is None:
        return None
    question = Arp(card, address, source, lambda _number, _seconds, mac: found.append(mac))
    try:
        for turn in range(_ASKED):
            question.send(range(1), turn)
            ends = time.monotonic() + _WAIT_S
            while not found and (left := ends - time.monotonic()) > 0:
                question.wait(left)
                question.answers()
            if found:
                break
    finally:
        question.close()
    return found[0] if found else None

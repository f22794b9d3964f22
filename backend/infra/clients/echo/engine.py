"""The engine: thousands of targets, a socket for each family, one heap of what is due next.

question ──► judged ──► a slot ──► echo, echo, echo ──(heard, or waited long enough)──► answer
"""

import asyncio
import heapq
import ipaddress
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, pairwise
from statistics import fmean

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.monitoring.echoes import Echoed, EchoPlan
from backend.domain.monitoring.egress import refusal
from backend.infra.clients.echo.lines import Line, NoRights
from backend.infra.clients.echo.packet import COOKIE, Heard, question
from backend.infra.clients.own_addresses import own_addresses

SLOTS = 1 << 16
# Sent before what came back is looked at: the kernel's buffer for answers is small.
BURST = 64
OWN_KEPT_S = 60.0
RIGHTS_KEPT_S = 60.0
MOST_JUDGED = 100_000
_EVERYWHERE = (AllowedNetwork("0.0.0.0/0", allow_public=True), AllowedNetwork("::/0", allow_public=True))
Done = Callable[[Echoed], None]
REFUSED = {code: Echoed(code, 0, 0, 0.0, 0.0, 0.0, 0.0) for code in ("no_rights", "forbidden", "busy")}


@dataclass(slots=True)
class _Asked:
    """One target that is being asked."""

    version: int
    address: str
    plan: EchoPlan
    done: Done
    wanted: Callable[[], bool]
    cookie: bytes
    sent_at: list[tuple[float, float]] = field(default_factory=list)  # clock of people, steady clock
    answers: dict[int, float] = field(default_factory=dict)
    code: str = ""


class EchoEngine:
    """Asks whatever is handed to it; sends to nobody whom a scan may not touch, whoever asks for it."""

    def __init__(self, own: Callable[[], tuple[str, ...]] = own_addresses) -> None:
        self._loop = asyncio.get_running_loop()
        self._own = own
        self._scope, self._scope_until = Scope(), 0.0
        self._judged: dict[str, int] = {}  # the version, or 0 for one that may not be asked
        self._lines: dict[int, Line | None] = {}
        self._rights_until = 0.0
        self._slots: dict[int, _Asked] = {}
        self._next_slot = 0
        self._due: list[tuple[float, int, int, _Asked]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = float("inf")

    @property
    def asked(self) -> int:
        """How many targets are being asked."""
        return len(self._slots)

    def close(self) -> None:
        """Give the sockets back."""
        if self._timer:
            self._timer.cancel()
        for line in self._lines.values():
            if line:
                self._loop.remove_reader(line.socket)
                line.close()
        self._lines.clear()

    def ask(self, address: str, plan: EchoPlan, done: Done, wanted: Callable[[], bool] = lambda: True) -> None:
        """Ask one target; `done` is told once, unless it is not `wanted` any more."""
        version = self._version(address)
        if not version:
            done(REFUSED["forbidden"])
            return
        if self._line(version) is None:
            done(REFUSED["no_rights"])
            return
        if len(self._slots) >= SLOTS // 2:
            done(REFUSED["busy"])
            return
        asked = _Asked(version, address, plan, done, wanted, os.urandom(COOKIE))
        self._turn(self._free_slot(asked), asked)

    def listen(self) -> None:
        """Hear what has come; between bursts, so that nothing is dropped."""
        for line in self._lines.values():
            if line:
                line.hear()

    def _free_slot(self, asked: _Asked) -> int:
        while self._next_slot in self._slots:
            self._next_slot = (self._next_slot + 1) % SLOTS
        slot = self._next_slot
        self._next_slot = (slot + 1) % SLOTS
        self._slots[slot] = asked
        return slot

    def _turn(self, slot: int, asked: _Asked) -> None:
        """Send the next echo, or end where all were sent and waited for."""
        plan, turn = asked.plan, len(asked.sent_at)
        if turn >= plan.count or not asked.wanted():
            self._end(slot, asked)
            return
        line = self._lines[asked.version]
        asked.sent_at.append((time.time(), self._loop.time()))
        try:
            if line is not None:
                line.send(question(asked.version, slot, turn, asked.cookie, plan.size), asked.address)
        except BlockingIOError:
            pass  # the card is full: that echo is lost
        except OSError:
            asked.code = asked.code or "unsendable"
        last = turn + 1 == plan.count
        self._at(self._loop.time() + (plan.wait_ms if last else plan.interval_ms) / 1000, slot, asked)

    def _at(self, when: float, slot: int, asked: _Asked) -> None:
        heapq.heappush(self._due, (when, next(self._order), slot, asked))
        if when < self._timer_at:
            self._arm(when)

    def _arm(self, when: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer, self._timer_at = self._loop.call_at(when, self._fire), when

    def _fire(self) -> None:
        self._timer, self._timer_at = None, float("inf")
        now, sent = self._loop.time(), 0
        while self._due and self._due[0][0] <= now and sent < BURST:
            _, _, slot, asked = heapq.heappop(self._due)
            if self._slots.get(slot) is asked:
                self._turn(slot, asked)
                sent += 1
        if sent:
            self.listen()
        while self._due and self._slots.get(self._due[0][2]) is not self._due[0][3]:
            heapq.heappop(self._due)
        if self._due:
            self._arm(max(self._due[0][0], now))

    def _heard(self, heard: Heard, source: str, at: float) -> None:
        asked = self._slots.get(heard.slot)
        if asked is None:
            return
        if heard.to:
            if heard.to == ipaddress.ip_address(asked.address).packed:
                asked.code = "unreachable"
            return
        if heard.cookie != asked.cookie or source != asked.address or heard.turn >= len(asked.sent_at):
            return
        said, steady = asked.sent_at[heard.turn]
        most = self._loop.time() - steady
        seconds = at - said
        # A clock that was set meanwhile must not make a time that cannot be.
        asked.answers.setdefault(heard.turn, seconds if 0 <= seconds <= most else most)
        if len(asked.answers) == asked.plan.count:
            self._end(heard.slot, asked)

    def _end(self, slot: int, asked: _Asked) -> None:
        del self._slots[slot]
        if asked.wanted():
            asked.done(_summary(asked))

    def _version(self, address: str) -> int:
        """Its family's, where it may be asked; judged once a minute."""
        now = self._loop.time()
        if now >= self._scope_until:
            self._scope, self._scope_until = Scope(_EVERYWHERE, (), self._own()), now + OWN_KEPT_S
            self._judged.clear()
        found = self._judged.get(address)
        if found is None:
            if len(self._judged) >= MOST_JUDGED:
                self._judged.clear()
            found = self._judged[address] = _judged(self._scope, address)
        return found

    def _line(self, version: int) -> Line | None:
        if self._lines.get(version) is None:
            now = self._loop.time()
            if version in self._lines and now < self._rights_until:
                return None
            self._rights_until = now + RIGHTS_KEPT_S
            self._lines[version] = self._opened(version)
        return self._lines[version]

    def _opened(self, version: int) -> Line | None:
        try:
            line = Line(version, self._heard)
        except NoRights:
            return None
        self._loop.add_reader(line.socket, line.hear)
        return line


def _judged(scope: Scope, address: str) -> int:
    try:
        version = ipaddress.ip_address(address).version
        return 0 if refusal(scope, address) else version
    except ValueError:
        return 0


def _summary(asked: _Asked) -> Echoed:
    times = [asked.answers[turn] * 1000 for turn in sorted(asked.answers)]
    if not times:
        return Echoed(asked.code, len(asked.sent_at), 0, 0.0, 0.0, 0.0, 0.0)
    if len(times) == 1:
        return Echoed("", len(asked.sent_at), 1, times[0], times[0], times[0], 0.0)
    jitter = fmean(abs(after - before) for before, after in pairwise(times))
    return Echoed("", len(asked.sent_at), len(times), min(times), fmean(times), max(times), jitter)

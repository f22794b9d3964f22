"""Asking in passes: send at the pace, listen until it is quiet, ask the silent ones again while answers are lost.

How much is lost is measured, not guessed: some of those that answered are asked a second time. The share of
them that stays silent is the share of all answers that a pass loses, and what is still missing after some
passes is the product of their losses. When that is next to nothing, no further pass is made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from backend.infra.clients.sweep.sending import BATCH

TYPE_CHECKING = False  # as typing has it, which takes longer to import than a sweep to start
if TYPE_CHECKING:
    from backend.infra.clients.sweep.prober import Prober

CHECK = 15  # the turn of a question that only measures loss
MAX_TURNS = CHECK
MISSING = 0.0003  # of those that are there; below this no further pass is worth its packets
MISSING_HOSTS = 0.1  # or below this many, where there are few
CHECKED = 2048  # answers are asked again: all up to this many, then ever fewer
RECHECKED = 128  # of those that answered earlier, in each later pass
QUIET_S, MAX_QUIET_S = 0.1, 2.0
LAST_QUIET_S, PATIENT_S = 0.15, 1.0  # after the last pass; who is in no hurry also hears the very slow
HURRY = 50_000  # packets per second
CROWDED = 0.25  # from this loss on, the next pass takes more time


class Stopped(Exception):
    """The sweep ends now: `args[0]` is why."""


class Pace:
    """So many packets per second; what was not sent in time is not made up for later."""

    def __init__(self, rate: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._tokens, self._at = 1.0, clock()

    @property
    def rate(self) -> float | None:
        """Packets per second; None for as fast as can be."""
        return self._rate

    def slowed(self, rate: float) -> Pace:
        """At most this fast, and never faster than before."""
        return Pace(rate if self._rate is None else min(rate, self._rate), self._clock)

    def ready(self) -> int:
        """How many packets may leave now."""
        if self._rate is None:
            return BATCH
        now = self._clock()
        burst = max(1.0, self._rate * 0.005)
        self._tokens = min(burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return min(BATCH, int(self._tokens))

    def spend(self, packets: int) -> None:
        """Packets left."""
        self._tokens -= packets

    def until_ready(self) -> float:
        """Seconds until one may leave."""
        return 0.0 if self._rate is None else max(0.0, (1.0 - self._tokens) / self._rate)


class Tally:
    """What the passes of one kind of question came to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.sent = self.received = self.passes = self.lost = self.tried = 0

    @property
    def loss(self) -> float:
        """The share of questions to those that are there that got no answer."""
        return self.lost / self.tried if self.tried else 0.0


class Passes:
    """Puts the questions of one prober."""

    def __init__(
        self,
        prober: Prober,
        pace: Pace,
        max_passes: int,
        turn_over: Callable[[float], None],
        least_passes: int = 1,
    ) -> None:
        """`turn_over` is called all the time with how much of the first pass is done; it may raise Stopped."""
        self._prober, self._pace, self._turn_over = prober, pace, turn_over
        self._full_pace = pace
        self._max = max(1, min(max_passes, MAX_TURNS))
        self._least = least_passes
        self.answered: set[int] = set()
        self.tally = Tally()
        self._checks: list[int] = []
        self._checking: set[int] = set()
        self._checked: set[int] = set()
        self._missing = 1.0
        self._began_at = self._answered_at = 0.0
        self._heard_before = 0
        self._capacity: float | None = None

    def run(self, order: Sequence[int]) -> set[int]:
        """Ask; answers the numbers that answered. Raises Stopped through `turn_over`."""
        silent: Sequence[int] = order
        for turn in range(self._max):
            self._begin(turn)
            self._ask(silent, turn)
            self._listen(QUIET_S)
            silent = self._prober.still(silent, self.answered)
            if not silent or self._enough(turn, len(silent)):
                break
        if silent:
            self._listen(PATIENT_S if self._patient() else LAST_QUIET_S, 1.0)
        return self.answered

    def _patient(self) -> bool:
        """Whether nobody answered so far, or nobody is in a hurry."""
        rate = self._full_pace.rate
        return not self.answered or (rate is not None and rate <= HURRY)

    def _begin(self, turn: int) -> None:
        self.tally.passes = turn + 1
        self._checking.clear()
        self._checked.clear()
        step = 1 + len(self.answered) // RECHECKED
        self._checks = list(self.answered)[::step] if turn else []
        self._began_at, self._heard_before = time.monotonic(), self.tally.received

    def _ask(self, silent: Sequence[int], turn: int) -> None:
        place, spread = 0, max(1, len(silent) // (len(self._checks) + 1)) if turn else 1
        while place < len(silent):
            ready = self._pace.ready()
            if ready:
                part = silent[place : place + ready]
                self._send(part, turn)
                place += len(part)
                self._check(place // spread - len(self._checking) if turn else len(self._checks) // 64 * 64)
            else:
                self._prober.wait(min(0.02, max(self._pace.until_ready(), 0.001)))
            self._hear()
            self._turn_over(1.0 if turn else place / len(silent))

    def _check(self, most: int) -> None:
        """Ask some of those that answered once more."""
        if most > 0 and self._checks:
            part, self._checks = self._checks[: min(most, BATCH)], self._checks[min(most, BATCH) :]
            self._checking.update(part)
            self._send(part, CHECK)

    def _send(self, part: Sequence[int], turn: int) -> None:
        self.tally.sent += self._prober.send(part, turn)
        self._pace.spend(len(part))

    def _hear(self) -> bool:
        """Take what came; answers whether anything in it was new. Who repeats himself holds nobody up."""
        news = False
        for turn, numbers in self._prober.answers():
            self.tally.received += len(numbers)
            if turn == CHECK:
                news = news or not self._checked.issuperset(numbers)
                self._checked.update(numbers)
            fresh = set(numbers) - self.answered
            news = news or bool(fresh)
            self.answered |= fresh
            if self.tally.passes == 1:
                self._checks += list(fresh)[:: 1 + len(self.answered) // CHECKED]
        if news:
            self._answered_at = time.monotonic()
        return news

    def _listen(self, least: float, times: float = 2.0) -> None:
        """So many times the slowest answer after the last question, or until nothing is awaited any more."""
        asked_at = time.monotonic()
        while True:
            if self._checks and (ready := self._pace.ready()):
                self._check(ready)
                asked_at = time.monotonic()
            left = asked_at + min(MAX_QUIET_S, max(least, times * self._prober.slowest)) - time.monotonic()
            if self._checking <= self._checked and len(self.answered) >= self._prober.count:
                return
            self._prober.wait(min(max(left, 0.001), 0.02))
            heard = self._hear()  # also where the machine was so busy that the time is up: it may lie there
            self._turn_over(1.0)
            if left <= 0 and not (self._checks or heard):
                return

    def _enough(self, turn: int, silent: int) -> bool:
        """Whether another pass would find next to nothing; if not, how fast it goes."""
        lost, tried = len(self._checking - self._checked), len(self._checking)
        self.tally.lost += lost
        self.tally.tried += tried
        if turn + 1 < self._least:
            return False
        if not self.answered:
            return turn > 0
        self._missing *= (lost + 0.5) / (tried + 1)
        if self._missing <= MISSING or self._missing * len(self.answered) < MISSING_HOSTS:
            return True
        if self._capacity or (tried >= 20 and lost / tried > CROWDED):
            self._slow_down(silent, crowded=lost > tried * CROWDED)
        return False

    def _slow_down(self, silent: int, *, crowded: bool) -> None:
        """Spread the next pass, so that its answers come at half the rate at which answers got through."""
        through = (self.tally.received - self._heard_before) / max(self._answered_at - self._began_at, 0.01)
        if self._capacity is None or crowded:
            self._capacity = max(1.0, min(through, self._capacity or through))
        awaited = len(self.answered) * min(4.0, self._missing / (1 - min(self._missing, 0.99))) + RECHECKED
        self._pace = self._full_pace.slowed(max(50.0, (silent + RECHECKED) * 0.5 * self._capacity / awaited))

"""What all ways to ask have in common; for the type checker only, never imported at run time."""

from collections.abc import Sequence
from typing import Protocol


class Prober(Protocol):
    """One way to ask a number of questions, known by their numbers from 0."""

    count: int
    slowest: float

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        ...

    def answers(self) -> Sequence[tuple[int, Sequence[int]]]:
        """Who answered since the last time: for each turn the numbers, only such as we asked."""
        ...

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        ...

    def still(self, silent: Sequence[int], answered: set[int]) -> list[int]:
        """Those that are still worth asking."""
        ...


class ClosingProber(Prober, Protocol):
    """A prober with sockets to give back."""

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        ...

    def close(self) -> None:
        """Give them back."""
        ...

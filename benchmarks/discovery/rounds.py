"""Rounds of ours and theirs, one after the other, and the medians of both."""

import statistics
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

Run = Callable[[], dict[str, Any]]


@dataclass
class Series:
    """All rounds of one contestant."""

    name: str
    seconds: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    false: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """The median."""
        return statistics.median(self.seconds)

    def ratio(self, other: "Series") -> float:
        """Our time over theirs."""
        return round(self.wall / other.wall, 3)

    def line(self) -> str:
        """For people."""
        spread = f"[{min(self.seconds):.2f}-{max(self.seconds):.2f}]" if len(self.seconds) > 1 else "(one run)"
        return (
            f"  {self.name:<28} {self.wall:7.2f} s {spread:<14} recall {min(self.recall):.4f} "
            f"false {max(self.false)} {' '.join(self.notes[-1:])}"
        )


def interleave(count: int, contestants: dict[str, Run], truth: Collection[Any], kind: str) -> dict[str, Series]:
    """Let each run once a round; a contestant whose name ends in `*` runs in the first round only."""
    series = {name: Series(name) for name in contestants}
    for number in range(count):
        for name, run in contestants.items():
            if number and name.endswith("*"):
                continue
            told = run()
            found = {tuple(item) if isinstance(item, list) else item for item in told[kind]}
            one = series[name]
            one.seconds.append(told["seconds"])
            one.recall.append(len(found & set(truth)) / len(truth))
            one.false.append(len(found - set(truth)))
            if "passes" in told:
                one.notes.append(
                    f"passes {told['passes']} loss {told['loss']:.3f} first {told['first'] or 0:.2f} s"
                )
    for one in series.values():
        print(one.line(), flush=True)
    return series

"""The newest values as text for Prometheus (its exposition format 0.0.4).

Names and labels come from devices and people: what the format does not allow in them is taken out. Values that are
older than three intervals are left out, because Prometheus would take them for new.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain.metrics.points import row
from backend.domain.monitoring.catalogue import PERCENTAGES, WIDE

MOST_MONITORS, MOST_LINES = 10_000, 100_000
PREFIX = "lanarium_monitor"
VALUES = (*WIDE, *PERCENTAGES)
_NOT_A_NAME = re.compile(r"[^a-zA-Z0-9_]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Exposed:
    """How one monitor is doing, its newest row (empty when that is old), and its labelled values."""

    labels: Mapping[str, str]
    up: bool
    values: Mapping[str, Any]
    samples: tuple[tuple[str, Mapping[str, str], float], ...]


class Exposition:
    """Gathers values by family, since the format wants all lines of a name together."""

    def __init__(self) -> None:
        self._families: dict[str, list[str]] = {}
        self._lines = 0
        self.cut = False

    def add(self, found: Exposed) -> None:
        """One monitor's values; when there are too many lines, the rest is left out and said to be."""
        shown = row({"timestamp": None, **found.values}, VALUES)
        mine = _labelled(found.labels)
        self._line(f"{PREFIX}_up", mine, int(found.up))
        for name in VALUES:
            if shown[name] is not None:
                self._line(f"{PREFIX}_{name}", mine, shown[name])
        for name, labels, value in found.samples:
            apart = {f"label_{key}" if key in found.labels else key: text for key, text in labels.items()}
            self._line(f"lanarium_sample_{_name(name)}", _labelled({**found.labels, **apart}), value)

    def text(self) -> str:
        """Everything that was added."""
        lines = [f"# TYPE {PREFIX}_values_cut gauge", f"{PREFIX}_values_cut {int(self.cut)}"]
        for family in sorted(self._families):
            lines += [f"# TYPE {family} gauge", *self._families[family]]
        return "\n".join(lines) + "\n"

    def _line(self, family: str, labels: str, value: float) -> None:
        self._lines += 1
        if self._lines > MOST_LINES:
            self.cut = True
            return
        self._families.setdefault(family, []).append(f"{family}{{{labels}}} {value!r}")


def exposition(found: Iterable[Exposed], *, cut: bool = False) -> str:
    """The text of these monitors; `cut` where there are more that nobody was asked for."""
    made = Exposition()
    for each in found:
        made.add(each)
    made.cut = made.cut or cut
    return made.text()


def _labelled(labels: Mapping[str, str]) -> str:
    return ",".join(f'{_name(name)}="{text.translate(_ESCAPES)}"' for name, text in labels.items())


def _name(text: str) -> str:
    """A name as the format allows it."""
    cleaned = _NOT_A_NAME.sub("_", text)
    return f"_{cleaned}" if not cleaned or cleaned[0].isdigit() else cleaned

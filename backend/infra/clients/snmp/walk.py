"""Walks along the columns of a table side by side; what an agent answers decides nothing about when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.infra.clients.snmp.pdu import Answer, Value

# As many values are asked for at once: most answers fit into two or three frames.
MAX_BINDINGS = 120
MAX_ROUNDS = 400

Row = list[Value]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by index (BER of the identifier's rest), and single objects. `cut`: there was more than is borne."""

    rows: Mapping[bytes, Row]
    scalars: Mapping[bytes, Value] = field(default_factory=dict)
    cut: bool = False


class Columns:
    """Where a walk stands in each column."""

    def __init__(self, columns: Sequence[bytes], most: Sequence[int]) -> None:
        self._columns, self._most = tuple(columns), tuple(most)
        self._at = list(columns)
        self._seen: list[set[bytes]] = [set() for _ in columns]
        self._rounds = 0
        self.open = list(range(len(columns)))
        self.rows: dict[bytes, Row] = {}
        self.cut = False

    @property
    def height(self) -> int:
        """Rows so far."""
        return len(self.rows)

    def next(self) -> list[bytes]:
        """After what to go on, in each column that is not at its end."""
        return [self._at[column] for column in self.open]

    def take(self, answer: Answer, skip: int) -> None:
        """Rows of an answer whose first bindings are something else."""
        asked, got = tuple(self.open), 0
        ended: set[int] = set()
        width, rows = len(asked), self.rows
        for place, (name, value) in enumerate(answer.bindings[skip:] if asked else ()):
            column = asked[place % width]
            if column in ended:
                continue
            prefix, seen = self._columns[column], self._seen[column]
            index = name[len(prefix) :]
            if not index or index in seen or not name.startswith(prefix) or place + skip in answer.ended:
                ended.add(column)  # the column's end, or a circle
            elif len(seen) >= self._most[column]:
                ended.add(column)
                self.cut = True
            else:
                if index not in rows:
                    rows[index] = [None] * len(self._columns)
                seen.add(index)
                rows[index][column] = value
                self._at[column] = name
                got += 1
        self._rounds += 1
        self.cut = self.cut or self._rounds >= MAX_ROUNDS
        # An answer without a single row leads nowhere: asking the same again would not either.
        stop = self._rounds >= MAX_ROUNDS or not got
        self.open = [] if stop else [column for column in asked if column not in ended]

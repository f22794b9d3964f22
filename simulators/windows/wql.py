"""WQL as WMI has it for queries of data: SELECT columns FROM a class WHERE conditions (MS-WMI 2.2.1)."""

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Value = str | int | bool | None
Instance = Mapping[str, Value]
Condition = Callable[[Instance], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<number>-?\d+)|(?P<name>[A-Za-z_][\w.]*)"""
    r"""|(?P<sign><=|>=|<>|!=|=|<|>|\(|\)|,|\*))"""
)
_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


class BadQuery(Exception):
    """What WMI would answer with WBEM_E_INVALID_QUERY."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood; no columns means all of them."""

    columns: tuple[str, ...]
    source: str
    condition: Condition

    def select(self, instances: Iterable[Instance]) -> list[dict[str, Value]]:
        """The rows, with the columns in the order of the query."""
        rows = [instance for instance in instances if self.condition(instance)]
        return [self._projected(row) for row in rows]

    def _projected(self, row: Instance) -> dict[str, Value]:
        if not self.columns:
            return dict(row)
        known = {name.lower(): name for name in row}
        missing = [name for name in self.columns if name.lower() not in known]
        if missing:
            raise BadQuery(f"no property {missing[0]}")
        return {known[name.lower()]: row[known[name.lower()]] for name in self.columns}


def parse(text: str) -> Query:
    """Understand a query; raises BadQuery."""
    return _Parser(text).query()


class _Parser:
    """One query, read from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def query(self) -> Query:
        self._word("SELECT")
        columns = self._columns()
        self._word("FROM")
        kind, source = self._next()
        if kind != "name":
            raise BadQuery("no class")
        condition: Condition = _everything
        if self._takes("WHERE"):
            condition = self._any()
        if self._at != len(self._tokens):
            raise BadQuery(f"unexpected {self._tokens[self._at][1]}")
        return Query(columns, source, condition)

    def _columns(self) -> tuple[str, ...]:
        if self._takes("*"):
            return ()
        columns = [self._name()]
        while self._takes(","):
            columns.append(self._name())
        return tuple(columns)

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._takes("OR"):
            parts.append(self._all())
        return lambda row: any(part(row) for part in parts)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._takes("AND"):
            parts.append(self._one())
        return lambda row: all(part(row) for part in parts)

    def _one(self) -> Condition:
        if self._takes("NOT"):
            inner = self._one()
            return lambda row: not inner(row)
        if self._takes("("):
            inner = self._any()
            self._word(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        name = self._name()
        if self._takes("LIKE"):
            pattern = _pattern(str(self._value()))
            return lambda row: pattern.fullmatch(str(_property(row, name))) is not None
        if self._takes("IS"):
            negated = self._takes("NOT")
            self._word("NULL")
            return lambda row: (_property(row, name) is None) is not negated
        _, sign = self._next()
        if sign not in _COMPARED:
            raise BadQuery(f"no operator {sign}")
        value, holds = self._value(), _COMPARED[sign]
        return lambda row: _holds(_property(row, name), value, holds)

    def _value(self) -> Value:
        kind, token = self._next()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if kind == "number":
            return int(token)
        words: dict[str, Value] = {"TRUE": True, "FALSE": False, "NULL": None}
        if token.upper() in words:
            return words[token.upper()]
        raise BadQuery(f"no value: {token}")

    def _name(self) -> str:
        kind, token = self._next()
        if kind != "name":
            raise BadQuery(f"no property: {token}")
        return token

    def _word(self, word: str) -> None:
        if not self._takes(word):
            raise BadQuery(f"{word} is missing")

    def _takes(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at][1].upper() == word:
            self._at += 1
            return True
        return False

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise BadQuery("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]


def _tokens(text: str) -> Iterable[tuple[str, str]]:
    text, at = text.strip(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise BadQuery(f"cannot be read from {text[at : at + 10]!r}")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _everything(_: Instance) -> bool:
    return True


def _property(row: Instance, name: str) -> Value:
    for known, value in row.items():
        if known.lower() == name.lower():
            return value
    raise BadQuery(f"no property {name}")


def _holds(left: Value, right: Value, holds: Callable[[int], bool]) -> bool:
    """Texts compare without regard to case, numbers as numbers; nothing compares with NULL."""
    if left is None or right is None:
        return False
    if isinstance(left, str) or isinstance(right, str):
        one, other = str(left).lower(), str(right).lower()
        return holds((one > other) - (one < other))
    return holds((left > right) - (left < right))


def _pattern(like: str) -> re.Pattern[str]:
    """LIKE: % for any text, _ for one character, [] for a set."""
    glob = like.replace("*", "[*]").replace("?", "[?]").replace("%", "*").replace("_", "?")
    return re.compile(fnmatch.translate(glob), re.IGNORECASE)

"""Recognising products: definitions as data, in `fingerprints/*.toml`, one file per sort of text.

A definition is a regular expression over one text, and what it means. Texts are cut to 2,048 characters
before they are looked at. Every definition carries a sample that it recognises and a near miss that it
does not; the tests check both, that no two claim the same sample, and that none is slow on hostile text.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backend.domain.discovery.report import OsGuess
from backend.infra.clients.naming.answer import Answer

FOLDER = Path(__file__).with_name("fingerprints")
MAX_TEXT = 2048


@dataclass(frozen=True, slots=True)
class Definition:
    """What one pattern means. In `product`, `version`, `extra`, `os` and `host`, `{name}` is a group's text."""

    id: str
    subject: str
    match: re.Pattern[str]
    sample: str
    near_miss: str
    service: str | None = None
    product: str | None = None
    version: str | None = None
    extra: str | None = None
    os: str | None = None
    os_family: str | None = None
    vendor: str | None = None
    type: str | None = None
    host: str | None = None
    expect: str | None = None


@cache
def definitions(subject: str) -> tuple[Definition, ...]:
    """Every definition over one sort of text; none where there is no such file."""
    path = FOLDER / f"{subject}.toml"
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        table = tomllib.load(file)
    return tuple(_definition(subject, item) for item in table["definition"])


def subjects() -> tuple[str, ...]:
    """Every sort of text that there are definitions for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def recognise(subject: str, text: str | bytes, answer: Answer) -> bool:
    """Fill in what the first fitting definition says and the answer does not have; whether one fitted."""
    plain = readable(text)
    for item in definitions(subject):
        found = item.match.search(plain)
        if found:
            _apply(item, {name: value or "" for name, value in found.groupdict().items()}, answer)
            return True
    return False


def readable(text: str | bytes) -> str:
    """Text to look at: cut, and of bytes each one a character."""
    return text[:MAX_TEXT].decode("latin-1") if isinstance(text, bytes) else text[:MAX_TEXT]


def _definition(subject: str, item: dict[str, Any]) -> Definition:
    return Definition(**{**item, "subject": subject, "match": re.compile(item["match"])})


def _apply(item: Definition, groups: dict[str, str], answer: Answer) -> None:
    if item.product and not answer.product:
        answer.product = _filled(item.product, groups)
        answer.version = _filled(item.version, groups)
        answer.extra = _filled(item.extra, groups) or answer.extra
    answer.service = item.service or answer.service
    answer.vendor = answer.vendor or item.vendor
    answer.type_hint = answer.type_hint or item.type
    name = _filled(item.os, groups)
    if name and not answer.os:
        answer.os = OsGuess(name, 80, item.os_family)
    host = _filled(item.host, groups)
    if host:
        answer.hostnames.append(host)


def _filled(template: str | None, groups: dict[str, str]) -> str | None:
    """The template with the groups' texts in it; None for nothing."""
    if template is None:
        return None
    return re.sub(r"\{(\w+)\}", lambda slot: groups.get(slot[1], ""), template).strip() or None

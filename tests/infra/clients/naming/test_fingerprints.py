"""Every definition recognises its sample and nothing else does; none is slow on hostile text."""

import time

import pytest

from backend.domain.inventory.classify import DEVICE_TYPES
from backend.infra.clients.naming import fingerprints
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import Definition, definitions, recognise, subjects

EVERY = [item for subject in subjects() for item in definitions(subject)]
HOSTILE = [
    "A" * 4096,
    "(" * 4096,
    " -" * 2048,
    "220-" * 1024,
    "Version 1." * 400,
    "\x00\xff\n" * 1000,
    "nginx/" + "1." * 2000,
    "Cisco IOS Software " + "V" * 4000,
    "subject= issuer= O=" * 200,
]


def name_of(item: Definition) -> str:
    return f"{item.subject}-{item.id}"


def test_there_are_many() -> None:
    assert len(EVERY) >= 80


@pytest.mark.parametrize("item", EVERY, ids=name_of)
def test_a_definition_knows_its_sample_and_not_the_near_miss(item: Definition) -> None:
    assert item.match.search(item.sample)
    assert not item.match.search(item.near_miss)
    assert item.type is None or item.type in DEVICE_TYPES
    answer = Answer()
    assert recognise(item.subject, item.sample, answer)
    said = " ".join(part for part in (answer.product, answer.version) if part)
    assert said == (item.expect or "")


@pytest.mark.parametrize("item", EVERY, ids=name_of)
def test_no_other_definition_claims_its_sample(item: Definition) -> None:
    claims = [other.id for other in definitions(item.subject) if other.match.search(item.sample)]
    assert claims == [item.id]


def test_names_are_given_once() -> None:
    assert len({name_of(item) for item in EVERY}) == len(EVERY)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_costs_no_time(text: str) -> None:
    for subject in subjects():
        begun = time.perf_counter()
        recognise(subject, text, Answer())
        assert time.perf_counter() - begun < 0.25, subject


def test_what_is_not_known_is_left_open() -> None:
    answer = Answer(service="http")
    assert not recognise("http-server", "Something/1.0", answer)
    assert not recognise("no-such-subject", "text", answer)
    assert (answer.product, answer.version) == (None, None)
    assert fingerprints.readable(b"\xff") == "\xff"

"""A12, A13, A15: whatever a device says of itself is inert, visible and bounded text in every answer.

(LibreNMS trap XSS, Spiceworks CVE-2015-6021, Home Assistant CVE-2025-62172, reNgine CVE-2024-43381.) The page
renders text as text; this shows that what reaches it holds nothing that hides, moves or floods.
"""

import json
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2

from backend.domain.inventory.facts_json import facts_from_json, facts_to_json
from backend.domain.inventory.observation import (
    Facts,
    NameFact,
    Observation,
    OsFact,
    PortFact,
    ScriptFact,
    safe_facts,
)
from backend.domain.inventory.text import one_line
from tests.api.inventory.conftest import T0, Observe
from tests.attacks.corpus import RAW, TEXTS
from tests.attacks.twins.inventory import trusting_facts

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
LONGEST = 16_384


def facts_saying(text: str) -> Facts:
    """Facts with the text in every place where a device has a say."""
    script = ScriptFact("http-title", text)
    return Facts(
        reason=text,
        name=text,
        hostnames=(NameFact(text, "ptr"), NameFact(text + ".lan", "mdns")),
        vendor=text,
        os=OsFact(text, 90, text, text),
        hints=(text,),
        ports=(PortFact("tcp", 80, "open", text, text, text, text, text, 10, (script,)),),
        scripts=(script,),
        keys=(text,),
    )


def faults(text: str) -> list[str]:
    """Why a text must not be in an answer."""
    found = [f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in HIDDEN and c not in "\t\n"]
    return found + ([f"{len(text)} characters"] if len(text) > LONGEST else [])


def texts_in(value: Any) -> list[str]:
    """Every text within a JSON value, keys too."""
    if isinstance(value, dict):
        return [t for key, item in value.items() for t in (str(key), *texts_in(item))]
    if isinstance(value, list):
        return [t for item in value for t in texts_in(item)]
    return [value] if isinstance(value, str) else []


def unsafe(normalise: Callable[[Facts], Facts]) -> list[str]:
    """Corpus strings that get through a normaliser in a shape that must not be."""
    bad = []
    for text in TEXTS:
        kept = texts_in(facts_to_json(normalise(facts_saying(text))))
        bad += [text[:40] for item in kept if faults(item)]
    return bad


def test_corpus_is_large_enough() -> None:
    assert len(set(TEXTS)) >= 150


def test_nothing_hidden_gets_through() -> None:
    assert unsafe(safe_facts) == []


def test_the_trusting_twin_is_caught() -> None:
    assert unsafe(trusting_facts)


def test_making_safe_twice_is_once_and_json_keeps_it() -> None:
    for text in TEXTS:
        once = safe_facts(facts_saying(text))
        assert safe_facts(once) == once
        assert facts_from_json(json.loads(json.dumps(facts_to_json(once)))) == once


def test_invalid_utf8_becomes_visible() -> None:
    for raw in RAW:
        text = one_line(raw, 200)
        assert text
        assert not faults(text)


async def test_every_answer_is_clean(as_viewer: httpx2.AsyncClient, observe: Observe) -> None:
    said = [
        Observation(
            1, "nmap", f"10.7.{n // 250}.{n % 250 + 1}", None, T0 + timedelta(seconds=n), facts_saying(text)
        )
        for n, text in enumerate(TEXTS)
    ]
    seen = await observe(*said)
    assert len(seen) == len(TEXTS)
    urls = [
        "/api/v1/devices?limit=500",
        "/api/v1/devices/facets",
        "/api/v1/overview",
        "/api/v1/search?q=a&limit=50",
    ]
    for item in seen[::7]:
        urls += [f"/api/v1/devices/{item.device_id}{part}" for part in ("", "/ports", "/observations")]
    for url in urls:
        answer = await as_viewer.get(url)
        assert answer.status_code == 200, url
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert [t[:60] for t in texts_in(answer.json()) if faults(t)] == []


async def test_the_corpus_as_a_search_finds_or_does_not_but_never_fails(as_viewer: httpx2.AsyncClient) -> None:
    for text in TEXTS:
        for url in ("/api/v1/search", "/api/v1/devices"):
            answer = await as_viewer.get(url, params={"q": text.encode("utf-8", "replace").decode()[:3000]})
            assert answer.status_code in {200, 422}, text[:40]

"""Access tokens: what was proven is not proven again, and never outlives the token."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.accounts.ports import AccessClaims
from backend.infra.security import tokens
from backend.infra.security.tokens import JwtAccessTokens

SECRET = "f2b7c9d04e1a5836f2c9b7d01e4a8365aa90"
CLAIMS = AccessClaims(1, 2, 3)


def issued(seconds: float) -> tuple[JwtAccessTokens, str]:
    made = JwtAccessTokens(SECRET)
    now = datetime.now(UTC)
    return made, made.issue(CLAIMS, now, now + timedelta(seconds=seconds))


def test_a_token_is_proven_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made, token = issued(60)
    assert made.read(token) == CLAIMS
    monkeypatch.setattr(made, "_proof", lambda _: pytest.fail("proven twice"))
    assert made.read(token) == CLAIMS


def test_a_proven_token_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    made, token = issued(60)
    assert made.read(token) == CLAIMS
    late = datetime.now(UTC).timestamp() + 61
    monkeypatch.setattr("time.time", lambda: late)
    proven: list[str] = []
    monkeypatch.setattr(made, "_proof", proven.append)
    assert made.read(token) is None
    assert proven == [token], "it is looked at anew, and refused"


def test_what_is_refused_is_not_remembered() -> None:
    made, token = issued(-5)
    head, body, signature = token.split(".")
    for bad in (token, f"{head}.{body}.{signature[:-4]}AAAA", "a.b.c", ""):
        assert made.read(bad) is None
    assert made._proven == {}


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MAX_PROVEN", 2)
    made, _ = issued(60)
    now = datetime.now(UTC)
    for number in range(1, 6):
        token = made.issue(AccessClaims(number, 1, 1), now, now + timedelta(seconds=60))
        assert made.read(token) == AccessClaims(number, 1, 1)
    assert len(made._proven) <= 2

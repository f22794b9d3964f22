"""A33 and A34: forged tokens and tokens for something else prove nothing (CVE-2024-33663, CVE-2022-29217)."""

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from backend.domain.accounts.ports import AccessClaims
from backend.domain.clock import utc_now
from backend.infra.security.tokens import AUDIENCE, ISSUER, JwtAccessTokens
from tests.attacks.twins.accounts import TrustingTokens, TypeBlindTokens
from tests.people import JWT_SECRET

NOW = int(time.time())
GOOD: dict[str, Any] = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "1",
    "sid": 1,
    "epoch": 1,
    "typ": "access",
    "iat": NOW,
    "exp": NOW + 3600,
    "jti": "x",
}
Reader = Callable[[str], AccessClaims | None]


def _part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _signed(header: dict[str, Any], claims: object, key: bytes, digest: str = "sha256") -> str:
    text = f"{_part(header)}.{_part(claims)}"
    return f"{text}.{_part(hmac.digest(key, text.encode(), digest))}"


def _public_keys() -> dict[str, bytes]:
    """Public keys that a confused program would take for an HMAC secret."""
    keys: dict[str, rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey] = {
        "rsa": rsa.generate_private_key(65537, 2048).public_key(),
        "ec": ec.generate_private_key(ec.SECP256R1()).public_key(),
        "ed": ed25519.Ed25519PrivateKey.generate().public_key(),
    }
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    encodings = {"PEM": serialization.Encoding.PEM, "DER": serialization.Encoding.DER}
    return {
        f"{name}-{written}": key.public_bytes(encoding, spki)
        for name, key in keys.items()
        for written, encoding in encodings.items()
    }


def forged() -> dict[str, str]:
    """More than forty tokens that are not ours."""
    key, hs256 = JWT_SECRET.encode(), {"alg": "HS256", "typ": "JWT"}
    valid = _signed(hs256, GOOD, key)
    head, body, signature = valid.split(".")
    return {
        **{f"alg {alg}": f"{_part(hs256 | {'alg': alg})}.{body}." for alg in ("none", "None", "NONE", "nOnE", "")},
        **{
            f"alg {alg}, our signature": f"{_part(hs256 | {'alg': alg})}.{body}.{signature}"
            for alg in ("none", "RS256", "PS256", "ES256", "EdDSA", "dir", "HS1")
        },
        "HS384": _signed(hs256 | {"alg": "HS384"}, GOOD, key, "sha384"),
        "HS512": _signed(hs256 | {"alg": "HS512"}, GOOD, key, "sha512"),
        "alg is a list": _signed(hs256 | {"alg": ["HS256"]}, GOOD, key),
        "no alg": _signed({"typ": "JWT"}, GOOD, key),
        **{
            f"{name} in the header": _signed(hs256 | {name: value}, GOOD, b"attacker")
            for name, value in {
                "kid": "../../../../dev/null",
                "jku": "https://evil.example/keys",
                "jwk": {"kty": "oct", "k": _part(b"attacker")},
                "x5u": "https://evil.example/x5u",
                "x5c": ["MIIB"],
                "crit": ["exp"],
                "zip": "DEF",
            }.items()
        },
        "kid, right key": _signed(hs256 | {"kid": "1"}, GOOD, key),
        **{
            f"signed with public key {name}": _signed(hs256, GOOD, public)
            for name, public in _public_keys().items()
        },
        "empty key": _signed(hs256, GOOD, b""),
        "another key": _signed(hs256, GOOD, b"k" * 40),
        "no signature": f"{head}.{body}.",
        "cut signature": f"{head}.{body}.{signature[:-4]}",
        "changed body": f"{head}.{_part(GOOD | {'sub': '2'})}.{signature}",
        "four parts": f"{valid}.{signature}",
        "five parts (JWE)": f"{valid}.{signature}.{signature}",
        "two parts": f"{head}.{body}",
        "nested": _signed(hs256 | {"cty": "JWT"}, GOOD | {"jwt": valid}, b"attacker"),
        "body is a list": _signed(hs256, [GOOD], key),
        "body is no JSON": f"{head}.{_part(b'no')}.{signature}",
        "deep JSON": _signed(hs256, b"[" * 500, key),
        "a megabyte": _signed(hs256, GOOD | {"x": "x" * 1_000_000}, key),
        "no base64": "!!!.???.***",
        "digest instead of HMAC": f"{head}.{body}.{_part(hashlib.sha256(f'{head}.{body}'.encode()).digest())}",
    }


def for_something_else() -> dict[str, str]:
    """Signed with our key, but not a valid access token."""
    key, hs256 = JWT_SECRET.encode(), {"alg": "HS256", "typ": "JWT"}
    wrong: dict[str, dict[str, Any]] = {
        "refresh token": {"typ": "refresh"},
        "WebSocket ticket": {"typ": "ticket"},
        "for another program": {"aud": "other"},
        "by another program": {"iss": "other"},
        "expired": {"exp": NOW - 1},
        "expiry as text": {"exp": "tomorrow"},
        "session as text": {"sid": "1"},
        "session true": {"sid": True},
        "subject a number": {"sub": 1},
        "subject not a number": {"sub": "admin"},
        "subject too large": {"sub": "9" * 40},
    }
    tokens = {name: _signed(hs256, GOOD | change, key) for name, change in wrong.items()}
    for missing in ("iss", "aud", "sub", "sid", "epoch", "typ", "exp", "jti", "iat"):
        tokens[f"without {missing}"] = _signed(hs256, {k: v for k, v in GOOD.items() if k != missing}, key)
    return tokens


def taken(read: Reader, tokens: dict[str, str]) -> list[str]:
    """The tokens that a reader believes."""
    return [name for name, token in tokens.items() if read(token) is not None]


def test_the_pattern_that_all_are_made_from_is_good() -> None:
    assert JwtAccessTokens(JWT_SECRET).read(_signed({"alg": "HS256", "typ": "JWT"}, GOOD, JWT_SECRET.encode()))


def test_no_forged_token_is_believed() -> None:
    tokens = forged()
    assert len(tokens) >= 40
    assert taken(JwtAccessTokens(JWT_SECRET).read, tokens) == []


def test_the_check_sees_a_program_that_believes_the_header() -> None:
    assert taken(TrustingTokens(JWT_SECRET).read, forged())


def test_no_token_for_something_else_is_believed() -> None:
    assert taken(JwtAccessTokens(JWT_SECRET).read, for_something_else()) == []


def test_the_check_sees_a_program_that_ignores_the_type() -> None:
    assert "refresh token" in taken(TypeBlindTokens(JWT_SECRET).read, for_something_else())


def test_refusing_is_quick() -> None:
    reader = JwtAccessTokens(JWT_SECRET)
    spent = []
    for token in forged().values():
        began = time.process_time()
        reader.read(token)
        spent.append(time.process_time() - began)
    assert max(spent) < 0.05
    assert sorted(spent)[len(spent) // 2] < 0.005


async def test_the_application_refuses_them_all(client: httpx2.AsyncClient, viewer: object) -> None:
    for name, token in (forged() | for_something_else()).items():
        if len(token) > 60_000:
            continue  # no header that long passes the server
        answer = await client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, name


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "bearer x", "Basic YTpi", "Bearer \xff", "Bearer a b"]
)
async def test_odd_headers_are_no_login(client: httpx2.AsyncClient, header: str) -> None:
    answer = await client.get("/api/v1/auth/me", headers=[(b"Authorization", header.encode("latin-1"))])
    assert answer.status_code == 401


def test_a_token_lives_as_long_as_it_says() -> None:
    tokens, now = JwtAccessTokens(JWT_SECRET), utc_now()
    assert tokens.read(tokens.issue(AccessClaims(1, 1, 1), now, now + timedelta(seconds=30)))
    assert tokens.read(tokens.issue(AccessClaims(1, 1, 1), now, now - timedelta(seconds=1))) is None


def test_one_file_knows_the_library() -> None:
    backend = Path(__file__).resolve().parents[2] / "backend"
    knowing = [
        p.name
        for p in backend.rglob("*.py")
        if re.search(r"^\s*(from|import) jose\b", p.read_text(), re.MULTILINE)
    ]
    assert knowing == ["tokens.py"]

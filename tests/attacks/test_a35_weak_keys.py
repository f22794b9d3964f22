"""A35: no default key exists, and a key that others know or guess is refused at start (CVE-2023-27524)."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.infra.security.secrets import BadKey, check_key, load_key
from tests.attacks.twins.keys import trusting_check

WEAK = (
    "",
    "short",
    "x" * 64,
    "abcabcabcabcabcabcabcabcabcabcabcabcabc",
    "0123456789abcdef" * 4,
    "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME_1234567890",
    "your-256-bit-secret-goes-here-abcdefghijk",
    "this-is-an-example-key-0123456789-abcdef",
    "thisISaSECRET_KEY_for_jwt_0123456789_abcdef",
    "your_jwt_secret_key_please_0123456789-abc",
)


def weak_keys_taken(check: Callable[[str, str], object]) -> list[str]:
    """The weak keys that a check lets through."""
    taken = []
    for key in WEAK:
        try:
            check(key, "JWT_SECRET")
        except BadKey:
            continue
        taken.append(key)
    return taken


def test_every_weak_key_is_refused() -> None:
    assert weak_keys_taken(check_key) == []


def test_the_check_sees_a_program_that_takes_them() -> None:
    assert weak_keys_taken(trusting_check)


def test_random_keys_are_taken() -> None:
    for _ in range(200):
        check_key(secrets.token_urlsafe(48), "JWT_SECRET")
        check_key(secrets.token_hex(32), "JWT_SECRET")


def test_a_made_key_is_random_closed_and_kept(tmp_path: Path) -> None:
    first = load_key(None, tmp_path / "one" / "jwt.key")
    second = load_key(None, tmp_path / "two" / "jwt.key")
    assert first != second
    assert (tmp_path / "one" / "jwt.key").stat().st_mode & 0o077 == 0
    assert load_key(None, tmp_path / "one" / "jwt.key") == first


@pytest.mark.parametrize("mode", [0o444, 0o440, 0o604, 0o620])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "jwt.key"
    path.write_text(secrets.token_urlsafe(48))
    path.chmod(mode)
    with pytest.raises(BadKey, match="others"):
        load_key(None, path)


def test_an_emptied_key_file_is_refused_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "jwt.key"
    path.touch(mode=0o600)
    with pytest.raises(BadKey, match="shorter"):
        load_key(None, path)
    assert path.read_text() == ""

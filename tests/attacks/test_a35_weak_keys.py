"""A35: no default key exists, and a key that others know or guess is refused at start (CVE-2023-27524)."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.infra.system.keys import KeyFiles, check_key, check_key_file, ensure_keys
from backend.infra.system.problems import StartRefused
from tests.attacks.twins.keys import trusting_check

WEAK = (
    "",
    "short",
    "x" * 64,
    "abcabcabcabcabcabcabcabcabcabcabcabcabc",
    "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME_1234567890",
    "your-256-bit-secret-goes-here-abcdefghijk",
    "this-is-an-example-key-0123456789-abcdef",
    "thisISaSECRET_KEY_for_jwt_0123456789_abcdef",
    "TEST_NON_DEV_SECRET_0123456789abcdefghij",
)


def weak_keys_taken(check: Callable[[str, str], None]) -> list[str]:
    """The weak keys that a check lets through."""
    taken = []
    for key in WEAK:
        try:
            check(key, "JWT_SECRET")
        except StartRefused:
            continue
        taken.append(key)
    return taken


def test_every_weak_key_is_refused() -> None:
    assert weak_keys_taken(check_key) == []


def test_the_check_sees_a_program_that_takes_them() -> None:
    assert weak_keys_taken(trusting_check)


@pytest.mark.parametrize("make", [lambda: secrets.token_urlsafe(48), lambda: secrets.token_hex(32)])
def test_random_keys_are_taken(make: Callable[[], str]) -> None:
    for _ in range(200):
        check_key(make(), "JWT_SECRET")


def test_made_keys_are_random_closed_and_kept(tmp_path: Path) -> None:
    ensure_keys(KeyFiles(tmp_path))
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert set(first) == {"jwt-secret", "keyring"}
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in tmp_path.iterdir())
    ensure_keys(KeyFiles(tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first


@pytest.mark.parametrize("mode", [0o444, 0o440, 0o604, 0o620])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "jwt-secret"
    path.write_text(secrets.token_urlsafe(48))
    path.chmod(mode)
    with pytest.raises(StartRefused, match="other users"):
        check_key_file(path)


def test_an_emptied_key_file_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "jwt-secret").touch(mode=0o600)
    with pytest.raises(StartRefused, match="shorter"):
        ensure_keys(KeyFiles(tmp_path))
    assert (tmp_path / "jwt-secret").read_text() == ""


def test_a_broken_keyring_is_refused(tmp_path: Path) -> None:
    ensure_keys(KeyFiles(tmp_path))
    ring = tmp_path / "keyring"
    line = ring.read_text()
    ring.chmod(0o600)
    ring.write_text(line + "k2 tooshort\n")
    with pytest.raises(StartRefused, match="is not"):
        ensure_keys(KeyFiles(tmp_path))

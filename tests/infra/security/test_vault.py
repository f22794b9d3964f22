"""The vault: boxes open with our key, for their own row, and not otherwise."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.monitoring.credentials import SealBroken, SealedBox
from backend.infra.security.secrets import BadKey
from backend.infra.security.vault import FileVault

ROW = uuid4()


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> FileVault:
    return FileVault(tmp_path_factory.mktemp("keys") / "vault")


@given(secret=st.text(max_size=200))
def test_any_text_comes_back_as_it_was(vault: FileVault, secret: str) -> None:
    clean = secret.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert vault.open(ROW, vault.seal(ROW, {"password": clean})) == {"password": clean}


def test_the_same_secret_is_never_the_same_box(vault: FileVault) -> None:
    assert vault.seal(ROW, {"a": "b"}).data != vault.seal(ROW, {"a": "b"}).data


def test_a_box_of_another_row_does_not_open(vault: FileVault) -> None:
    with pytest.raises(SealBroken, match="another row"):
        vault.open(uuid4(), vault.seal(ROW, {"password": "x"}))


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_box_that_was_changed_does_not_open(vault: FileVault, place: int, bit: int) -> None:
    box = vault.seal(ROW, {"password": "lighthouse"})
    data = bytearray(box.data)
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(SealBroken):
        vault.open(ROW, SealedBox(box.key_id, bytes(data)))


def test_a_new_key_seals_and_the_old_one_still_opens(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    old = vault.seal(ROW, {"password": "x"})
    beside = FileVault(tmp_path / "vault")  # as the running application beside the command line
    assert beside.rotate() == vault.seal(ROW, {}).key_id != old.key_id
    assert vault.open(ROW, old) == {"password": "x"}


def test_a_box_cannot_be_given_another_keys_name(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    box = vault.seal(ROW, {"password": "x"})
    with pytest.raises(SealBroken):
        vault.open(ROW, SealedBox(vault.rotate(), box.data))


def test_a_forgotten_key_opens_nothing_more(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    box = vault.seal(ROW, {"password": "x"})
    vault.rotate()
    assert vault.forget_others() == [box.key_id]
    with pytest.raises(SealBroken, match="is not in"):
        vault.open(ROW, box)


def test_keys_are_for_our_eyes_only(tmp_path: Path) -> None:
    FileVault(tmp_path / "vault")
    (key,) = (tmp_path / "vault").glob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    with pytest.raises(BadKey, match="read by others"):
        FileVault(tmp_path / "vault")


def test_nothing_shows_a_secret(vault: FileVault) -> None:
    box = vault.seal(ROW, {"password": "lighthouse"})
    assert b"lighthouse" not in box.data
    assert "lighthouse" not in repr(box)

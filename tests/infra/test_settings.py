"""Secrets as files, as Docker and service managers hand them over."""

from pathlib import Path

import pytest

from backend.settings import Settings

NAMES = ("DATABASE_URL", "DATABASE_PASSWORD", "JWT_SECRET", "AUTH_PASSWORD", "LANARIUM_SECRETS_DIR")
URL = "postgresql://lanarium@database:5432/lanarium"


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANARIUM_SECRETS_DIR", str(tmp_path))
    (tmp_path / "database_password").write_text("p@ss/wörd\n")
    (tmp_path / "jwt_secret").write_text("signs\n")
    (tmp_path / "auth_password").write_text("first\n")
    return tmp_path


def test_secrets_are_read_from_files(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    settings = Settings()
    assert settings.jwt_secret is not None
    assert settings.auth_password is not None
    assert settings.jwt_secret.get_secret_value() == "signs"
    assert settings.auth_password.get_secret_value() == "first"
    assert settings.database_url == "postgresql://lanarium:p%40ss%2Fw%C3%B6rd@database:5432/lanarium"


def test_the_environment_wins(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", "of the environment")
    monkeypatch.setenv("DATABASE_URL", "postgresql://lanarium:own@database/lanarium")
    settings = Settings()
    assert settings.jwt_secret is not None
    assert settings.jwt_secret.get_secret_value() == "of the environment"
    assert settings.database_url == "postgresql://lanarium:own@database/lanarium"


def test_a_private_server_gets_no_password(secrets: Path) -> None:
    assert Settings().database_url == ""


def test_no_folder_of_secrets_is_no_error(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANARIUM_SECRETS_DIR")
    assert Settings().jwt_secret is None

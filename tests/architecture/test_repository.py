"""What must never be in the repository: hosts of registries, paths of one machine, secrets, foreign lock files."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    "requirements/runtime.lock",
    "requirements/dev.lock",
    "requirements/build.lock",
    "frontend/package-lock.json",
)
# Spelt in two halves, so that this file does not find itself.
REGISTRY_HOSTS = (
    "pypi." + "org",
    "pythonhosted." + "org",
    "registry." + "npmjs",
    "npmjs." + "org",
    "deb.debian." + "org",
)
MACHINE_PATHS = (
    "/root/" + ".pyenv",
    "/opt/" + "wheels",
    "/opt/" + "pypi",
    "/work/" + "main",
    "/work/" + "shared",
    "/work/" + "wt",
)
SECRET = re.compile(r"-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----|ghp_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}")
BINARY = {".png", ".woff2", ".gz", ".ico", ".pcap"}


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


TEXTS = {path: path.read_text(errors="replace") for path in _tracked() if path.suffix not in BINARY}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_python_locks_are_hashed_and_hold_one_passlib() -> None:
    lock = (ROOT / "requirements/runtime.lock").read_text()
    pins = re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 20
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "libpass" in pins
    assert "passlib" not in pins


def test_npm_lock_is_hashed() -> None:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    without = [
        n
        for n, p in packages.items()
        if n and not p.get("link") and "integrity" not in p and not p.get("inBundle")
    ]
    assert without == []


def test_no_lock_files_that_carry_hosts() -> None:
    assert {path.name for path in TEXTS} & {
        "uv.lock",
        "pylock.toml",
        "poetry.lock",
        "yarn.lock",
        "pnpm-lock.yaml",
    } == set()


@pytest.mark.parametrize("needle", [*REGISTRY_HOSTS, *MACHINE_PATHS])
def test_nothing_names_a_registry_or_this_machine(needle: str) -> None:
    assert [str(path.relative_to(ROOT)) for path, content in TEXTS.items() if needle in content] == []


def test_no_private_key_is_committed() -> None:
    assert [str(path.relative_to(ROOT)) for path, content in TEXTS.items() if SECRET.search(content)] == []


def test_alembic_folder_does_not_shadow_the_library() -> None:
    assert not (ROOT / "alembic/__init__.py").exists()

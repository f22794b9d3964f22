"""The import contracts hold, and notice when they are broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Where a planted file goes, and what it says; each breaks exactly one promise of the house.
BREACHES = {
    "domain uses a framework": ("domain/discovery/planted.py", "import fastapi\n"),
    "domain does input and output": ("domain/inventory/planted.py", "import subprocess\n"),
    "domain reaches up to infra": ("domain/accounts/planted.py", "from backend.infra.db import engine\n"),
    "api reaches across to infra": ("api/discovery/planted.py", "from backend.infra.db import engine\n"),
    "infra reaches across to api": ("infra/web/planted.py", "from backend.api import errors\n"),
    "infra reads the settings": ("infra/clients/planted.py", "from backend.settings import Settings\n"),
    "a source uses a collector": ("infra/sources/planted.py", "from backend.infra import collectors\n"),
    "a floor of its own": ("helpers/__init__.py", ""),
}


def _lint(directory: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=directory,
        env={"PYTHONPATH": str(directory), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "backend", tmp_path / "backend", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_planted_breach_is_noticed(copy: Path, breach: str) -> None:
    place, content = BREACHES[breach]
    planted = copy / "backend" / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n\n{content}')
    result = _lint(copy)
    assert result.returncode != 0, f"nobody noticed: {breach}"
    assert "BROKEN" in result.stdout or "not exhaustive" in result.stdout + result.stderr, result.stdout

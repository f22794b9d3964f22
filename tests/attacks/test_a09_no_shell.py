"""A09: no text reaches a shell. By the source, which has no way to one, and at run time, by the audit hook."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.shell_guard import ShellStarted
from tests.attacks.twins.shells import SOURCES

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("backend", "simulators", "scripts", "alembic")
SPAWNER = Path("backend/infra/clients/nmap_process.py")
# A script that is one constant, with its two paths as $1 and $2: no text becomes code.
FIXED_SCRIPTS = {Path("backend/infra/system/setup_steps.py")}
FORBIDDEN_NAMES = {"create_subprocess_shell", "getoutput", "getstatusoutput", "popen", "system"}
SHELLS = {"sh", "bash", "dash", "zsh", "/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/env"}
SHELL_MODULES = {"os", "subprocess", "asyncio", "pty", "commands"}


def breaches(source: str, path: Path = Path("x.py")) -> list[str]:
    """What in a source leads to a shell, or starts nmap where only one file may."""
    return [f"{path}:{node.lineno} {what}" for node, what in _findings(ast.parse(source), path)]


def _findings(tree: ast.Module, path: Path) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute() if _is_shell_module(node) and node.attr in FORBIDDEN_NAMES:
                yield node, node.attr
            case ast.ImportFrom() | ast.Import():
                yield from ((node, name) for name in _imported(node))
            case ast.keyword(arg="shell", value=value) if not _is_false(value):
                yield value, "shell="
            case ast.List(elts=[ast.Constant(value=shell), flag, *_]) if shell in SHELLS and _is_dash_c(flag):
                if path not in FIXED_SCRIPTS:
                    yield node, "a shell's command line"
            case ast.Call() if path != SPAWNER and _starts_nmap(node):
                yield node, "starts nmap"


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [name.name for name in node.names]
    if isinstance(node, ast.Import):
        return [name for name in names if name == "pty"]
    return [name for name in names if node.module in SHELL_MODULES and name in FORBIDDEN_NAMES]


def _is_shell_module(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in SHELL_MODULES


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _is_dash_c(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and str(value.value).startswith("-") and "c" in str(value.value)


def _starts_nmap(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in {
        "run",
        "Popen",
        "call",
        "check_call",
        "check_output",
        "create_subprocess_exec",
        "spawnv",
        "execv",
    }:
        return False
    words = [item for part in call.args for item in ast.walk(part) if isinstance(item, ast.Constant)]
    return any(str(word.value).rpartition("/")[2] == "nmap" for word in words)


def test_no_source_leads_to_a_shell() -> None:
    found: list[str] = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found += breaches(path.read_text(encoding="utf-8"), path.relative_to(ROOT))
    assert found == []


@pytest.mark.parametrize("source", SOURCES)
def test_every_twin_is_caught(source: str) -> None:
    assert breaches(source)


def test_the_guard_stops_a_shell_that_the_product_starts() -> None:
    """The hook that watches the whole suite: here it sees a call that claims to come from the product."""
    code = compile("import os\nos.system('true')", str(ROOT / "backend/planted.py"), "exec")
    with pytest.raises(ShellStarted):
        exec(code, {})
    code = compile(
        "import subprocess\nsubprocess.run('true', shell=True)", str(ROOT / "backend/planted.py"), "exec"
    )
    with pytest.raises(ShellStarted):
        exec(code, {})


def test_the_guard_lets_programs_and_tests_be() -> None:
    assert os.system("true") == 0
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0

"""Whatever a Windows host can be refused for has a sentence in each language, with the same facts in it."""

import json
import re
from pathlib import Path

import pytest

from backend.infra.clients.winrm import problems
from backend.infra.clients.winrm.place import Account, Place, Trust

ROOT = Path(__file__).resolve().parents[4]
CODES = sorted(
    {
        code
        for path in (ROOT / "backend" / "infra" / "clients" / "winrm").glob("*.py")
        for code in re.findall(r'"(winrm_\w+)"', path.read_text())
    }
)
LOCALES = sorted((ROOT / "frontend" / "src" / "i18n" / "locales").iterdir())
PLACE, WHO = Place("10.80.0.7", 5985, "win.test", False, Trust()), Account("ntlm", "LAB\\watch", "x" * 8)
FAILURES = (
    problems.login_refused(PLACE, WHO),
    problems.login_impossible(PLACE, WHO),
    problems.method_refused(PLACE, WHO, "Basic"),
    problems.access_denied(PLACE, WHO),
    problems.silent(PLACE),
    problems.hung(PLACE, 7),
    problems.cut_off(PLACE),
    problems.too_long(PLACE, 7),
    problems.not_winrm(PLACE, "HTTP 404"),
    problems.malformed(PLACE, "no XML"),
    problems.unprotected(PLACE),
    problems.fault(PLACE, "no"),
    problems.kerberos_missing(),
)


@pytest.mark.parametrize("folder", LOCALES, ids=lambda folder: folder.name)
def test_every_code_has_a_sentence(folder: Path) -> None:
    texts = json.loads((folder / "errors.json").read_text())
    assert len(CODES) >= 16
    assert [code for code in CODES if not texts.get(code)] == []
    for failed in FAILURES:
        used = set(re.findall(r"{{(\w+)}}", texts[failed.code]))
        assert used <= set(failed.params), failed.code


def test_each_has_another_sentence_and_no_password() -> None:
    texts = [failed.text for failed in FAILURES]
    assert len(set(texts)) == len(texts)
    assert not any("xxxx" in text for text in texts)
    assert "xxxx" not in repr(WHO)

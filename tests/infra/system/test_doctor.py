"""The doctor on this machine, and on one that lacks everything."""

import socket
from pathlib import Path

import pytest

from backend.infra.system import doctor
from backend.infra.system.doctor import DoctorConfig, Finding, examine


def named(findings: list[Finding], name: str) -> Finding:
    """The finding of that name."""
    return next(finding for finding in findings if finding.name == name)


def config(tmp_path: Path, port: int = 0) -> DoctorConfig:
    """A machine where nothing was made yet."""
    return DoctorConfig(data_dir=tmp_path / "data", app_dir=tmp_path / "app", https_port=port)


def test_every_finding_says_something_and_every_bad_one_how_to_mend_it(tmp_path: Path) -> None:
    findings = examine(config(tmp_path))
    assert len({finding.name for finding in findings}) == len(findings) == 13
    assert all(finding.detail for finding in findings)
    assert all(finding.remedy for finding in findings if not finding.ok)


def test_what_this_machine_has_is_found_with_its_version(tmp_path: Path) -> None:
    findings = examine(config(tmp_path))
    assert "Nmap version" in named(findings, "nmap").detail
    assert "nginx/" in named(findings, "nginx").detail
    assert named(findings, "PostgreSQL").ok


def test_a_machine_without_programs_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "SEARCH_PATH", str(tmp_path))
    found = named(examine(config(tmp_path)), "nmap")
    assert (found.ok, found.remedy, found.needed) == (False, "apt-get install nmap", True)


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        found = named(examine(config(tmp_path, port)), f"port {port}")
    assert not found.ok
    assert "another program" in found.detail


def test_the_own_port_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lock").write_text("1\n")
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        assert named(examine(config(tmp_path, port)), f"port {port}").ok


def test_it_leaves_no_trace(tmp_path: Path) -> None:
    examine(config(tmp_path))
    assert list(tmp_path.iterdir()) == []

"""The certificate: made once, kept, renewed in time, and never instead of the person's own."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from backend.infra.system.certificates import ensure_certificate
from backend.infra.system.problems import StartRefused

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NAMES = ["lanarium.lan", "localhost", "127.0.0.1", "::1"]


def test_it_names_the_machine_and_its_key_is_closed(tmp_path: Path) -> None:
    made = ensure_certificate(tmp_path, NAMES, NOW)
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == NAMES
    for secret in (made.key, tmp_path / "ca.key"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o400


def test_the_authority_vouches_for_it(tmp_path: Path) -> None:
    made = ensure_certificate(tmp_path, NAMES, NOW)
    authority = x509.load_pem_x509_certificate((tmp_path / "ca.crt").read_bytes())
    x509.load_pem_x509_certificate(made.certificate.read_bytes()).verify_directly_issued_by(authority)
    ssl.create_default_context(cafile=str(tmp_path / "ca.crt"))


def test_it_is_kept_until_it_nears_its_end(tmp_path: Path) -> None:
    first = ensure_certificate(tmp_path, NAMES, NOW)
    assert ensure_certificate(tmp_path, NAMES, NOW + timedelta(days=300)) == first
    later = ensure_certificate(tmp_path, NAMES, NOW + timedelta(days=380))
    assert later.fingerprint != first.fingerprint
    assert later.ends > first.ends


def test_a_new_address_gives_a_new_certificate_of_the_same_authority(tmp_path: Path) -> None:
    first = ensure_certificate(tmp_path, NAMES, NOW)
    authority = (tmp_path / "ca.crt").read_bytes()
    second = ensure_certificate(tmp_path, [*NAMES, "192.0.2.7"], NOW)
    assert second.fingerprint != first.fingerprint
    assert (tmp_path / "ca.crt").read_bytes() == authority


def own_pair(folder: Path, tmp_path: Path) -> None:
    """A pair of the person's own, from some other authority."""
    other = tmp_path / "other"
    other.mkdir()
    made = ensure_certificate(other, ["own.example"], NOW)
    (folder / "own.crt").write_bytes(made.certificate.read_bytes())
    (folder / "own.key").write_bytes(made.key.read_bytes())


def test_the_own_certificate_is_used_and_never_written(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    folder.mkdir()
    own_pair(folder, tmp_path)
    before = (folder / "own.crt").read_bytes()
    used = ensure_certificate(folder, NAMES, NOW + timedelta(days=390))
    assert used.own
    assert used.certificate == folder / "own.crt"
    assert (folder / "own.crt").read_bytes() == before
    assert not (folder / "server.crt").exists()


def test_an_own_certificate_that_ended_or_has_another_key_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    folder.mkdir()
    own_pair(folder, tmp_path)
    with pytest.raises(StartRefused, match="ended on"):
        ensure_certificate(folder, NAMES, NOW + timedelta(days=900))
    (folder / "own.key").write_bytes(ensure_certificate(tmp_path, NAMES, NOW).key.read_bytes())
    with pytest.raises(StartRefused, match="is not the key of"):
        ensure_certificate(folder, NAMES, NOW)
    (folder / "own.key").write_text("nonsense")
    with pytest.raises(StartRefused, match="cannot be read"):
        ensure_certificate(folder, NAMES, NOW)

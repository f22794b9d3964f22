"""A29: who may change where a secret goes does not get to see it that way (CVE-2025-27231)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.domain.errors import Invalid
from backend.domain.monitoring.credentials import (
    CredentialProfile,
    CredentialService,
    Login,
    NewCredentials,
    SealedBox,
)
from tests.attacks.twins.credentials import TrustingCredentials
from tests.domain.monitoring.making import T0

SECRET = "lighthouse"
# Another listener, another protocol, or less protection on the way: each shows the secret to somebody else.
ELSEWHERE: tuple[Mapping[str, Any], ...] = (
    {"port": 15985},
    {"use_ssl": True},
    {"domain": "EVIL"},
    {"config": {"verify_certificate": False}},
    {"config": {"fingerprint": "0" * 64}},
    {"config": {"ca_certificate": "another"}},
    {"config": {"transport": "basic"}},
    {"config": {"host_key": "another"}},
)


class OpenVault:
    """Seals nothing."""

    key_id = "k"

    def seal(self, row: UUID, secrets: Mapping[str, str]) -> SealedBox:
        return SealedBox("k", repr(dict(secrets)).encode())

    def open(self, row: UUID, box: SealedBox) -> dict[str, str]:
        return {"password": SECRET}


def kept(service: type[CredentialService], change: Mapping[str, Any], **secrets: str) -> dict[str, str]:
    """The secrets that the changed profile would log in with."""
    login = Login("winrm", "svc", domain="CORP", port=5985)
    old = CredentialProfile(
        7, uuid4(), None, "svc", login, SealedBox("k", b""), ("password",), 1, T0, T0
    )  # fmt: skip
    changed = Login("winrm", "svc", **{"domain": "CORP", "port": 5985, **change})
    return service(OpenVault())._merged(
        old, NewCredentials(name="svc", site_id=None, login=changed, secrets=secrets)
    )


@pytest.mark.parametrize("change", ELSEWHERE, ids=str)
def test_another_place_needs_the_secret_again(change: Mapping[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        kept(CredentialService, change)
    assert refused.value.code == "secret_needed_again"
    assert kept(CredentialService, change, password="given again") == {"password": "given again"}


@pytest.mark.parametrize("change", ELSEWHERE, ids=str)
def test_the_twin_is_caught(change: Mapping[str, Any]) -> None:
    assert kept(TrustingCredentials, change) == {"password": SECRET}


def test_the_same_place_keeps_it() -> None:
    assert kept(CredentialService, {}) == {"password": SECRET}

"""Which passwords are good enough."""

import pytest

from backend.domain.accounts.first_admin import generated_password
from backend.domain.accounts.passwords import PasswordPolicy
from backend.domain.errors import Invalid
from backend.infra.security.passwords import common_passwords

POLICY = PasswordPolicy(common_passwords())


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("elevenchars", "password_too_short"),
        ("x" * 513, "password_too_long"),
        ("aaaaaaaaaaaa", "password_too_common"),
        ("abababababab", "password_too_common"),
        ("Password2026!", "password_too_common"),
        ("P4ssw0rd!!!!", "password_too_common"),
        ("qwertyuiop12", "password_too_common"),
        ("abcdefghijkl", "password_too_common"),
        ("012345678901", "password_too_common"),
        ("letmeinplease", "password_too_common"),
        ("welcomeadmin1", "password_too_common"),
        ("Marianne2026", "password_too_common"),
        ("correcthorsebatterystaple", "password_too_common"),
    ],
)
def test_what_people_try_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        POLICY.check(password, "marianne")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "password", ["harbour-violet-93-lamp", "åtte små bjørner", "密码密码很长很长的句子一二", "x7#Qp!m2Lz9w"]
)
def test_good_ones_pass(password: str) -> None:
    POLICY.check(password, "marianne")


def test_generated_ones_pass_and_differ() -> None:
    made = {generated_password() for _ in range(100)}
    assert len(made) == 100
    for password in made:
        POLICY.check(password, "admin")

"""Which passwords are good enough."""

from typing import Protocol

from backend.domain.errors import Invalid

MIN_LENGTH = 12
MAX_LENGTH = 512
_LEET = str.maketrans("013457$@!", "oieastsai")
_SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "qwertyuiopasdfghjklzxcvbnm" * 2,
    "01234567890" * 3,
    "09876543210" * 3,
)


class PasswordHasher(Protocol):
    """Hashes passwords slowly, off the event loop, a few at a time."""

    async def hash(self, password: str) -> str:
        """A salted hash that says how it was made."""
        ...

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Whether this is the password; without a hash the same work is done and the answer is no.

        Raises Unavailable when too many are waiting already.
        """
        ...

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with less effort than is usual now."""
        ...


class PasswordPolicy:
    """At least twelve characters, and none of the words that everybody tries first."""

    def __init__(self, blocked: frozenset[str]) -> None:
        self._blocked = blocked

    def check(self, password: str, username: str, field: str = "password") -> None:
        """Raise Invalid with the reason when the password is not good enough."""
        if len(password) < MIN_LENGTH:
            raise Invalid.for_field(
                field, "password_too_short", f"Use at least {MIN_LENGTH} characters", minimum=MIN_LENGTH
            )
        if len(password) > MAX_LENGTH:
            raise Invalid.for_field(
                field, "password_too_long", f"Use at most {MAX_LENGTH} characters", maximum=MAX_LENGTH
            )
        if self._is_common(password.lower(), username.lower()):
            raise Invalid.for_field(
                field, "password_too_common", "This password is among the first that people try"
            )

    def _is_common(self, password: str, username: str) -> bool:
        core = password.strip("0123456789!?.,-_#*+$@% ")
        forms = {password, core, password.translate(_LEET), core.translate(_LEET)}
        words = self._blocked | {username}
        return any(
            form in words or len(set(form)) <= 3 or _in_sequence(form) or _repeats(form, words) for form in forms
        )


def _in_sequence(text: str) -> bool:
    return any(text in line for line in _SEQUENCES)


def _repeats(text: str, words: frozenset[str]) -> bool:
    """Whether it is one short piece over and over, or two of the words in a row."""
    periods = (size for size in range(1, min(7, len(text) // 2 + 1)) if len(text) % size == 0)
    if any(text == text[:size] * (len(text) // size) for size in periods):
        return True
    return any(text[:cut] in words and text[cut:] in words for cut in range(1, len(text)))

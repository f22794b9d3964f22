"""Argon2id through libpass, the maintained continuation of passlib."""

import asyncio
from importlib import resources

import passlib
from passlib.hash import argon2

from backend.domain.errors import Unavailable

MEMORY_KIB, ROUNDS, LANES = 65536, 3, 4
AT_ONCE = 2
MOST_WAITING = 64
# What is verified for names that nobody has: made with the same effort, from a password nobody knows any more.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Wqv1PkdozdmbE4JQag2B0A$tMfhLqEQVknKtOXnIRUjj8zmLVod5xbIrO/5N5j468Q"

if tuple(int(part) for part in passlib.__version__.split(".")[:2]) < (1, 9):  # pragma: no cover
    raise RuntimeError(
        "the module passlib has to come from libpass 1.9 or later; the old one breaks with bcrypt 5"
    )


class Argon2Hasher:
    """Hashes in threads, two at a time: more would take the machine's memory and everybody's time."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS, lanes: int = LANES) -> None:
        self._argon2 = argon2.using(type="ID", memory_cost=memory_kib, time_cost=rounds, parallelism=lanes)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """A salted hash that says how it was made."""
        return str(await self._in_turn(self._argon2.hash, password))

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Whether this is the password; without a hash the same work is done and the answer is no."""
        matches = bool(await self._in_turn(self._argon2.verify, password, hashed or NOBODY))
        return matches and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with less effort than is usual now."""
        return bool(self._argon2.needs_update(hashed))

    async def _in_turn(self, work: object, *given: str) -> object:
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Too many people are logging in; try again in a moment", code="login_busy")
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(work, *given)  # type: ignore[arg-type]
        finally:
            self._waiting -= 1


def common_passwords() -> frozenset[str]:
    """The words that everybody tries first, from the list beside this file."""
    listed = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip() for line in listed.splitlines() if line.strip() and not line.startswith("#"))

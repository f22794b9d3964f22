"""Somebody has to be able to log in: the first admin."""

import secrets

from backend.domain.accounts.actor import SYSTEM, Role
from backend.domain.accounts.passwords import PasswordHasher, PasswordPolicy
from backend.domain.accounts.ports import FirstAdminNotice
from backend.domain.accounts.user import NewUser
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

# No letters or digits that people take for each other; four groups of five are 96 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5


class FirstAdmin:
    """Makes one admin if nobody is known: with the password from the settings, or with a generated one."""

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        hasher: PasswordHasher,
        policy: PasswordPolicy,
        notice: FirstAdminNotice,
        *,
        username: str,
        password: str | None,
    ) -> None:
        self._transactions = transactions
        self._hasher = hasher
        self._policy = policy
        self._notice = notice
        self._username = username
        self._password = password

    async def ensure(self) -> None:
        """Make the admin unless somebody is known; one of several processes does it.

        Raises Invalid when the password from the settings is too weak, so that Lanarium does not start with it.
        """
        async with self._transactions() as work:
            if not await work.users.is_empty():
                return
            if self._password:
                self._policy.check(self._password, self._username, "AUTH_PASSWORD")
                await self._make(work, self._password)
                await work.commit()
            else:
                await self._make_and_tell(work, generated_password())

    async def _make(self, work: UnitOfWork, password: str) -> None:
        hashed = await self._hasher.hash(password)
        user = await work.users.add(NewUser(self._username, password, Role.ADMIN), hashed)
        told = {
            "username": self._username,
            "role": "admin",
            "password": "given" if self._password else "generated",
        }
        await work.audit.record(SYSTEM, "create", "user", user.id, told)

    async def _make_and_tell(self, work: UnitOfWork, password: str) -> None:
        """Leave the password before the admin is kept: a crash between must not lock everybody out."""
        await self._make(work, password)
        self._notice.hand_over(self._username, password)
        try:
            await work.commit()
        except BaseException:
            self._notice.take_back()
            raise


def generated_password() -> str:
    """A password that can be read out, typed and not guessed."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)

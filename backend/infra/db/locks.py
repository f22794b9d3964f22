"""Locks that a transaction holds until it ends, each under a number of its own."""

from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


class Lock(IntEnum):
    """What only one transaction at a time may do; the migrations have 0x1A6A_0001."""

    ADMINS = 0x1A6A_0002
    FIRST_USER = 0x1A6A_0003
    # Who locks many monitors takes this first: they would wait for each other's rows otherwise.
    MANY_MONITORS = 0x1A6A_0004
    # Two who accept the same suggestion would make two monitors of it.
    PROVISIONING = 0x1A6A_0010
    # Who sums what was measured.
    ROLL_UPS = 0x1A6A_0011


async def hold(connection: AsyncConnection, lock: Lock) -> None:
    """Wait for the lock, and keep it until the transaction ends."""
    await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock.value)))

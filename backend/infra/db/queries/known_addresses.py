"""Which addresses of a range devices have: for scans, to which the silence of all others is no news."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INET

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.etiquette import SIGN_MAKERS, SIGN_PORTS, SIGN_TYPES
from backend.domain.discovery.pipeline.tools import KnownDevice
from backend.domain.errors import Unavailable
from backend.infra.db.tables.inventory import addresses, devices
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory

_SIGN = sa.or_(
    devices.c.type.in_(SIGN_TYPES),
    devices.c.port_numbers.overlap(sorted(SIGN_PORTS)),
    devices.c.vendor.ilike(sa.any_(sa.literal([f"%{maker}%" for maker in SIGN_MAKERS], ARRAY(sa.Text)))),
)
log = logging.getLogger(__name__)


class KnownInInventory:
    """Reads the addresses that devices have now (a KnownAddresses)."""

    def __init__(self, transactions: SqlUnitOfWorkFactory) -> None:
        self._transactions = transactions

    async def __call__(self, targets: tuple[str, ...]) -> Iterable[str]:
        """The ones within these ranges; none while the database is away, for a scan does not wait for it."""
        query = sa.select(addresses.c.value).where(addresses.c.current, _within(targets))
        return [row.value for row in await self._rows(query, "nobody is said to have fallen silent")]

    async def delicate(self, targets: tuple[str, ...]) -> Iterable[KnownDevice]:
        """Devices there with a sign by which etiquette knows them (a DelicateDevices); none while it is away."""
        query = (
            sa.select(addresses.c.value, devices.c.port_numbers, devices.c.vendor, devices.c.type)
            .select_from(addresses.join(devices))
            .where(addresses.c.current, _within(targets), _SIGN)
        )
        rows = await self._rows(query, "known printers and small devices are met as strangers")
        return [KnownDevice(row.value, tuple(row.port_numbers), row.vendor, row.type) for row in rows]

    async def _rows(self, query: sa.Select[Any], without: str) -> Sequence[sa.Row[Any]]:
        try:
            async with self._transactions() as work:
                found: Sequence[sa.Row[Any]] = (await work.connection.execute(query)).all()
                return found
        except Unavailable:
            log.warning("storage is away; %s", without)
            return ()


def _within(targets: tuple[str, ...]) -> sa.ColumnElement[bool]:
    networks = list(AddressSet.parse(targets).networks())
    inside: sa.ColumnElement[bool] = addresses.c.ip.op("<<=")(sa.any_(sa.cast(networks, ARRAY(INET))))
    return inside

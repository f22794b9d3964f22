"""Which addresses of a range devices have: for scans, to which the silence of all others is no news."""

import logging
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INET

from backend.domain.discovery.addresses import AddressSet
from backend.domain.errors import Unavailable
from backend.infra.db.tables.inventory import addresses
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory

log = logging.getLogger(__name__)


class KnownInInventory:
    """Reads the addresses that devices have now (a KnownAddresses)."""

    def __init__(self, transactions: SqlUnitOfWorkFactory) -> None:
        self._transactions = transactions

    async def __call__(self, targets: tuple[str, ...]) -> Iterable[str]:
        """The ones within these ranges; none while the database is away, for a scan does not wait for it."""
        networks = list(AddressSet.parse(targets).networks())
        within = addresses.c.ip.op("<<=")(sa.any_(sa.cast(networks, ARRAY(INET))))
        query = sa.select(addresses.c.value).where(addresses.c.current, within)
        try:
            async with self._transactions() as work:
                return [row.value for row in await work.connection.execute(query)]
        except Unavailable:
            log.warning("storage is away; nobody is said to have fallen silent")
            return ()

"""What was said of a device, as it was said."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest
from backend.infra.db.queries.json_sql import json_object, json_page, utc
from backend.infra.db.tables.inventory import observations as table


async def observations(connection: AsyncConnection, device_id: int, request: PageRequest) -> JsonPage:
    """What was said of a device, newest first."""
    wanted = table.c.device_id == device_id
    item = json_object(
        id=table.c.id,
        uid=table.c.uid,
        source=table.c.source,
        scan_id=table.c.scan_id,
        observed_at=utc(table.c.observed_at),
        address=sa.func.host(table.c.address),
        mac=table.c.mac,
        facts=table.c.facts,
    )
    items = sa.select(item.label("item")).where(wanted).order_by(table.c.observed_at.desc(), table.c.id.desc())
    counted = sa.select(sa.func.count()).select_from(table).where(wanted)
    return await json_page(connection, items, counted, request)

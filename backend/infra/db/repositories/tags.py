"""Tags: one name each, made when it is first hung on something, gone with the last thing that carries it."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.infra.db.tables.inventory import device_tags
from backend.infra.db.tables.monitoring import monitor_tags
from backend.infra.db.tables.places import network_tags, tags


async def set_tags(
    connection: AsyncConnection, table: sa.Table, owner: sa.Column[Any], owner_id: int, names: Collection[str]
) -> None:
    """Let the owner carry exactly these tags; names differ only where they differ in lower case too."""
    await connection.execute(table.delete().where(owner == owner_id))
    wanted = list(dict.fromkeys(name.lower() for name in names))
    spelled = {name.lower(): name for name in reversed(list(names))}
    if wanted:
        rows = [{"name": spelled[name]} for name in wanted]
        await connection.execute(insert(tags).values(rows).on_conflict_do_nothing())
        found = sa.select(sa.literal(owner_id), tags.c.id).where(sa.func.lower(tags.c.name).in_(wanted))
        await connection.execute(table.insert().from_select([owner.name, "tag_id"], found))
    await forget_unused(connection)


async def forget_unused(connection: AsyncConnection) -> None:
    """Forget tags that nothing carries."""
    carried = sa.union_all(
        sa.select(device_tags.c.tag_id), sa.select(network_tags.c.tag_id), sa.select(monitor_tags.c.tag_id)
    )
    await connection.execute(tags.delete().where(tags.c.id.not_in(carried)))

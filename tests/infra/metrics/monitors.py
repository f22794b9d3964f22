"""Monitors as rows, for tests that need many of them quickly."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine


async def add_monitors(
    engine: AsyncEngine,
    count: int,
    *,
    interval_s: int = 10,
    collector: str = "tcp",
    config: Mapping[str, Any] | None = None,
) -> list[int]:
    """That many monitors of one plugin, each with an address of its own."""
    async with engine.begin() as connection:
        plugin = await connection.scalar(
            sa.text(
                "INSERT INTO plugins (name, type, config)"
                " VALUES (:type || gen_random_uuid(), :type, CAST(:config AS jsonb)) RETURNING id"
            ),
            {"type": collector, "config": json.dumps(dict(config or {}))},
        )
        made = await connection.scalars(
            sa.text(
                "INSERT INTO monitors (site_id, address, plugin_id, polling_interval)"
                " SELECT (SELECT min(id) FROM sites), '10.80.' || (n >> 8) || '.' || (n & 255), :plugin, :interval"
                " FROM generate_series(1, :count) AS n RETURNING id"
            ),
            {"plugin": plugin, "interval": interval_s, "count": count},
        )
        ids = sorted(made)
        await connection.execute(
            sa.text("INSERT INTO monitor_states (monitor_id) SELECT unnest(CAST(:ids AS bigint[]))"), {"ids": ids}
        )
    return ids

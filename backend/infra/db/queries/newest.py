"""The newest values of many monitors, for those who scrape them."""

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.metrics.exposition import Exposed
from backend.infra.db.tables.metrics import MEASURES

# The row of the last poll that was answered is looked up by its key, one monitor at a time, however the planner
# estimates. `$n` as SQLAlchemy has them.
_ROWS = sa.text(
    f"""
SELECT m.id, COALESCE(NULLIF(m.name, ''), d.name, m.address, '') AS name, p.type, i.name AS site, s.state,
    COALESCE(m.address, host(d.primary_address), '') AS address, {", ".join(f"newest.{name}" for name in MEASURES)}
FROM monitors m JOIN plugins p ON p.id = m.plugin_id JOIN sites i ON i.id = m.site_id
JOIN monitor_states s ON s.monitor_id = m.id LEFT JOIN devices d ON d.id = m.device_id
LEFT JOIN LATERAL (
    SELECT * FROM metrics WHERE monitor_id = m.id AND timestamp = s.last_polled
        AND s.last_polled > now() - GREATEST(interval '5 minutes', 3 * m.polling_interval * interval '1 second')
    LIMIT 1
) AS newest ON true
WHERE m.enabled AND s.state IN ('up', 'down')
    AND (cardinality(CAST(:sites AS bigint[])) = 0 OR m.site_id = ANY(CAST(:sites AS bigint[])))
ORDER BY m.id LIMIT :most
"""  # noqa: S608 - names of ours
)
_SAMPLES = sa.text(
    """
SELECT e.monitor_id, e.name, e.labels, newest.value
FROM series e JOIN monitors m ON m.id = e.monitor_id JOIN monitor_states s ON s.monitor_id = m.id
CROSS JOIN LATERAL (
    SELECT value FROM samples WHERE series_id = e.id AND timestamp = s.last_polled LIMIT 1
) AS newest
WHERE e.monitor_id = ANY(CAST(:ids AS bigint[]))
    AND s.last_polled > now() - GREATEST(interval '5 minutes', 3 * m.polling_interval * interval '1 second')
ORDER BY e.id LIMIT :most
"""
)


async def newest_values(
    connection: AsyncConnection, scope: SiteScope, monitors: int, samples: int
) -> tuple[list[Exposed], bool]:
    """Values that are not too old, of at most so many monitors; and whether there are more."""
    rows = (await connection.execute(_ROWS, {"sites": sorted(scope), "most": monitors + 1})).mappings().all()
    shown = rows[:monitors]
    given = {"ids": [row["id"] for row in shown], "most": samples + 1}
    found = (await connection.execute(_SAMPLES, given)).all()
    labelled: defaultdict[int, list[tuple[str, dict[str, str], float]]] = defaultdict(list)
    for monitor_id, name, labels, value in found[:samples]:
        labelled[monitor_id].append((name, labels, value))
    exposed = [
        Exposed(
            {"monitor": str(row["id"]), **{name: row[name] for name in ("name", "type", "site", "address")}},
            row["state"] == "up",
            {name: row[name] for name in MEASURES},
            tuple(labelled[row["id"]]),
        )
        for row in shown
    ]
    return exposed, len(rows) > monitors or len(found) > samples

"""A scan as a map of cells, and beside another scan: worked out by PostgreSQL, a statement each."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.addresses import AddressRange, AddressSet, address_at
from backend.domain.discovery.compare import Changed, Compared, Comparison, Difference
from backend.domain.discovery.heatmap import CellCounts
from backend.domain.discovery.sampling import Answered
from backend.domain.page import PageRequest
from backend.infra.db.tables.base import INET

# The addresses of the cells' beginnings are sorted, so each address finds its cell by halving.
_CELLS = sa.text(
    "WITH seen AS ("
    " SELECT address, bool_or(facts->>'state' = 'up') AS up,"
    "  max(jsonb_array_length(CASE WHEN jsonb_typeof(facts->'ports') = 'array' THEN facts->'ports'"
    "                         ELSE '[]' END)) AS ports"
    " FROM observations WHERE scan_id = :scan_id AND address IS NOT NULL GROUP BY address)"
    " SELECT width_bucket(address, :firsts) - 1 AS place, count(*) FILTER (WHERE up) AS up,"
    "  coalesce(sum(ports), 0) AS ports, 0 AS difficult FROM seen GROUP BY 1"
    " UNION ALL"
    " SELECT width_bucket(address, :firsts) - 1, 0, 0, count(*) FROM difficult_targets"
    " WHERE scan_id = :scan_id AND state = 'parked' GROUP BY 1"
).bindparams(sa.bindparam("firsts", type_=ARRAY(INET)))

_ANSWERED = """
 WITH b AS (
  SELECT network(set_masklen(address, 24)) AS block, count(DISTINCT address) AS answered FROM observations
  WHERE scan_id = :scan_id AND family(address) = 4 AND facts->>'state' = 'up' GROUP BY 1)
"""
_BLOCKS = sa.text(
    " ".join((_ANSWERED, "SELECT block::text, answered FROM b ORDER BY b.block LIMIT :limit OFFSET :offset"))
)
_BLOCK_TOTALS = sa.text(
    " ".join((_ANSWERED, "SELECT count(*) AS blocks, coalesce(sum(answered), 0) AS answered FROM b"))
)
_HOSTS = """
 SELECT address, bool_or(facts->>'state' = 'up') AS up, max(device_id) AS device_id,
  (array_agg(facts->'os'->>'name' ORDER BY observed_at DESC)
   FILTER (WHERE facts->'os'->>'name' IS NOT NULL))[1] AS os,
  (array_agg(facts->'hostnames'->0->>'name' ORDER BY source)
   FILTER (WHERE facts->'hostnames'->0 IS NOT NULL))[1] AS name
 FROM observations WHERE scan_id = {scan} AND address IS NOT NULL GROUP BY address
"""
_PORTS = """
 SELECT o.address, p->>'protocol' AS protocol, (p->>'port')::int AS port,
  (array_agg(concat_ws(' ', p->>'service', p->>'product', p->>'version')
   ORDER BY coalesce((p->>'confidence')::int, 0) DESC, o.observed_at DESC))[1] AS service
 FROM observations o,
  jsonb_array_elements(CASE WHEN jsonb_typeof(facts->'ports') = 'array' THEN facts->'ports' ELSE '[]' END) p
 WHERE o.scan_id = {scan} AND o.address IS NOT NULL AND coalesce(p->>'state', 'open') = 'open'
 GROUP BY 1, 2, 3
"""
# Only addresses that both scans asked to the end are compared, and of those only ports that both asked.
_CHANGES = f"""
WITH hosts_now AS ({_HOSTS.format(scan=":now")}), hosts_before AS ({_HOSTS.format(scan=":before")}),
 ports_now AS ({_PORTS.format(scan=":now")}), ports_before AS ({_PORTS.format(scan=":before")}),
 hosts AS (
  SELECT address, coalesce(n.device_id, b.device_id) AS device_id, coalesce(n.up, false) AS up,
   coalesce(b.up, false) AS was_up, n.os, b.os AS old_os, n.name, b.name AS old_name
  FROM hosts_now n FULL JOIN hosts_before b USING (address)
  WHERE EXISTS (SELECT 1 FROM unnest(:firsts, :lasts) AS r(low, high) WHERE address BETWEEN low AND high)
   AND NOT EXISTS (SELECT 1 FROM difficult_targets d WHERE d.scan_id IN (:now, :before)
                   AND d.address = coalesce(n.address, b.address) AND d.state = 'parked')
 ),
 ports AS (
  SELECT address, h.device_id, protocol, port, n.service, b.service AS old_service,
   n.service IS NOT NULL AS open, b.service IS NOT NULL AS was_open
  FROM ports_now n FULL JOIN ports_before b USING (address, protocol, port) JOIN hosts h USING (address)
  WHERE h.up AND h.was_up AND (:alike OR EXISTS (
   SELECT 1 FROM unnest(:protocols, :lows, :highs) AS r(name, low, high)
   WHERE protocol = r.name AND port BETWEEN r.low AND r.high))
 ),
 changes AS (
  SELECT 'host_new' AS kind, address, device_id, NULL AS protocol, NULL::int AS port, NULL AS old, name AS new
   FROM hosts WHERE up AND NOT was_up
  UNION ALL SELECT 'host_gone', address, device_id, NULL, NULL, old_name, NULL
   FROM hosts WHERE was_up AND NOT up
  UNION ALL SELECT 'os_changed', address, device_id, NULL, NULL, old_os, os
   FROM hosts WHERE up AND was_up AND os <> old_os
  UNION ALL SELECT 'name_changed', address, device_id, NULL, NULL, old_name, name
   FROM hosts WHERE up AND was_up AND name <> old_name
  UNION ALL SELECT 'port_opened', address, device_id, protocol, port, NULL, service
   FROM ports WHERE open AND NOT was_open
  UNION ALL SELECT 'port_closed', address, device_id, protocol, port, old_service, NULL
   FROM ports WHERE was_open AND NOT open
  UNION ALL SELECT 'service_changed', address, device_id, protocol, port, old_service, service
   FROM ports WHERE open AND was_open AND service <> old_service
 ),
 page AS (SELECT * FROM changes ORDER BY address, protocol NULLS FIRST, port, kind LIMIT :limit OFFSET :offset)
SELECT NULL::bigint AS number, p.* FROM page p
UNION ALL SELECT count(*), kind, NULL, NULL, NULL, NULL, NULL, NULL FROM changes GROUP BY kind
"""  # noqa: S608 - put together from the texts above
_COMPARE = sa.text(_CHANGES).bindparams(
    sa.bindparam("firsts", type_=ARRAY(INET)),
    sa.bindparam("lasts", type_=ARRAY(INET)),
    sa.bindparam("protocols", type_=ARRAY(sa.Text)),
    sa.bindparam("lows", type_=ARRAY(sa.Integer)),
    sa.bindparam("highs", type_=ARRAY(sa.Integer)),
    sa.bindparam("alike", type_=sa.Boolean),
    sa.bindparam("now", type_=sa.BigInteger),
    sa.bindparam("before", type_=sa.BigInteger),
)


async def cell_counts(
    connection: AsyncConnection, scan_id: int, cells: Sequence[AddressRange]
) -> Mapping[int, CellCounts]:
    """What a scan saw in each cell, by the cell's place."""
    firsts = [str(address_at(cell.version, cell.first)) for cell in cells]
    found: dict[int, CellCounts] = {}
    for row in await connection.execute(_CELLS, {"scan_id": scan_id, "firsts": firsts}):
        old = found.get(row.place, CellCounts())
        found[row.place] = CellCounts(old.up + row.up, old.ports + int(row.ports), old.difficult + row.difficult)
    return found


async def answered(connection: AsyncConnection, scan_id: int, request: PageRequest) -> Answered:
    """The /24s in which somebody answered a scan, by address, and how many there are."""
    page = {"scan_id": scan_id, "limit": request.limit, "offset": request.offset}
    rows = await connection.execute(_BLOCKS, page)
    found = tuple((row.block, int(row.answered)) for row in rows)
    totals = (await connection.execute(_BLOCK_TOTALS, {"scan_id": scan_id})).one()
    return Answered(int(totals.blocks), int(totals.answered), found)


async def comparison(
    connection: AsyncConnection,
    scans: tuple[int, int],
    addresses: AddressSet,
    ports: Compared,
    request: PageRequest,
) -> Comparison:
    """The differences between a scan and an earlier one, at addresses that both asked."""
    ranges = [("tcp", *pair) for pair in ports.tcp] + [("udp", *pair) for pair in ports.udp]
    values: dict[str, Any] = {
        "now": scans[0],
        "before": scans[1],
        "firsts": [str(address_at(item.version, item.first)) for item in addresses.ranges],
        "lasts": [str(address_at(item.version, item.last)) for item in addresses.ranges],
        "alike": ports.ports_alike,
        "protocols": [name for name, _, _ in ranges],
        "lows": [low for _, low, _ in ranges],
        "highs": [high for _, _, high in ranges],
        "limit": request.limit,
        "offset": request.offset,
    }
    items: list[Changed] = []
    totals = dict.fromkeys(Difference, 0)
    for row in await connection.execute(_COMPARE, values):
        if row.number is None:
            items.append(_changed(row))
        else:
            totals[Difference(row.kind)] = row.number
    return Comparison(tuple(items), totals)


def _changed(row: sa.Row[Any]) -> Changed:
    return Changed(
        kind=Difference(row.kind),
        address=str(row.address).partition("/")[0],
        device_id=row.device_id,
        port=f"{row.port}/{row.protocol}" if row.port is not None else None,
        old=row.old or None,
        new=row.new or None,
    )

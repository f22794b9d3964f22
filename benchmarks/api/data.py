"""5,000 devices with 40,000 ports, their addresses, tags and networks, as a scanned company has them."""

import sqlalchemy as sa

from backend.infra.db.engine import create_engine

TWIN_TOKEN = "twin-token"
# Five makes of a thousand devices each: a list of 1,000 is that of one make.
SQL = r"""
INSERT INTO networks (site_id, cidr, name, scan_allowed)
SELECT 1, ('10.' || n || '.0.0/16')::cidr, 'net ' || n, true FROM generate_series(0, 19) n;

INSERT INTO tags (name) SELECT 'tag-' || n FROM generate_series(1, 12) n;

INSERT INTO devices (uid, site_id, name, hostname, type, vendor, os, os_accuracy, primary_address, mac, status,
    ports_open, sources, port_numbers, services, first_ports, folded_at, folded_uid, first_seen, last_seen,
    search_text, facts)
SELECT gen_random_uuid(), 1, 'host-' || n || '.lan', 'host-' || n || '.lan',
    (ARRAY['server','printer','router','workstation','iot','phone'])[1 + n % 6],
    (ARRAY['Cisco','HP','Dell','Raspberry Pi','AVM'])[1 + n % 5],
    (ARRAY['Linux 6.1','Windows 11','FreeBSD 14', NULL])[1 + n % 4], 95,
    ('10.' || n % 20 || '.' || n / 250 || '.' || 1 + n % 250)::inet,
    ('00:1b:21:00:' || lpad(to_hex(n / 256), 2, '0') || ':' || lpad(to_hex(n % 256), 2, '0'))::macaddr, 'up',
    8, ARRAY['nmap', 'sweep'], ARRAY(SELECT 20 + p * (1 + n % 7) FROM generate_series(1, 8) p),
    ARRAY['ssh', 'http', 'https', 'domain'], (
        SELECT json_agg(json_build_object('protocol', 'tcp', 'port', 20 + p * (1 + n % 7),
            'service', (ARRAY['ssh', 'http', 'https', 'domain'])[1 + p % 4])) FROM generate_series(1, 8) p
    ), now(), '', now() - interval '3 days', now() - n * interval '1 s',
    'host-' || n || '.lan', jsonb_build_object('name', jsonb_build_object('nmap|',
    jsonb_build_object('value', 'host-' || n, 'at', now(), 'by', '', 'confidence', 100)))
FROM generate_series(1, 5000) n;

INSERT INTO addresses (site_id, device_id, kind, value, source, first_seen, last_seen)
SELECT 1, id, 'ipv4', host(primary_address), 'nmap', now(), now() FROM devices;

INSERT INTO addresses (site_id, device_id, kind, value, source, first_seen, last_seen)
SELECT 1, id, 'mac', mac::text, 'nmap', now(), now() FROM devices;

INSERT INTO ports (device_id, address, protocol, port, state, service, product, version, source, first_seen,
    last_seen)
SELECT d.id, d.primary_address, 'tcp', p.port, 'open', d.services[1 + p.n % 4], 'OpenSSH', '9.2p1', 'nmap', now(),
    now() FROM devices d, unnest(d.port_numbers) WITH ORDINALITY p (port, n);

INSERT INTO device_tags (device_id, tag_id) SELECT id, 1 + id % 12 FROM devices WHERE id % 3 = 0
"""


async def fill(url: str) -> None:
    """Write them; ANALYZE as autovacuum would have done."""
    engine = create_engine(url)
    async with engine.begin() as connection:
        for statement in SQL.split(";"):
            await connection.exec_driver_sql(statement)
    async with engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(sa.text("VACUUM ANALYZE"))
    await engine.dispose()

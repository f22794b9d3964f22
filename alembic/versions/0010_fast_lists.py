"""Lists of devices: the first open ports in the device's own row, and an index in the order of names."""

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What the writer keeps from now on, of the devices that are there already.
FILL = """
UPDATE devices SET first_ports = shown.listed FROM (
    SELECT device_id, json_agg(
        json_build_object('protocol', protocol, 'port', port, 'service', service) ORDER BY port, protocol
    ) AS listed
    FROM (
        SELECT device_id, port, protocol, min(service) AS service,
            row_number() OVER (PARTITION BY device_id ORDER BY port, protocol) AS place
        FROM ports WHERE closed_at IS NULL GROUP BY device_id, port, protocol
    ) AS opened
    WHERE place <= 8 GROUP BY device_id
) AS shown WHERE shown.device_id = devices.id
"""


def upgrade() -> None:
    op.add_column("devices", sa.Column("first_ports", sa.JSON(), server_default="[]", nullable=False))
    op.execute(FILL)
    op.create_index(
        "ix_devices_lower_name",
        "devices",
        [sa.text("lower(name)"), "id"],
        postgresql_include=["name", "site_id", "inbox_state", "last_seen"],
    )


def downgrade() -> None:
    op.drop_index("ix_devices_lower_name", table_name="devices")
    op.drop_column("devices", "first_ports")

"""One of everything at the default site, with a word in it that nobody of another site may ever read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.bootstrap import Lanarium
from backend.infra.db.tables import METADATA

CANARY = "kanarifugl"
ADDRESS = "198.18.7.9"
MAIN_SITE = 1


@dataclass(frozen=True, slots=True)
class Things:
    """The ids of what was made, by the name of the parameter in the paths; and the other site."""

    parameters: dict[str, object]
    other_site: int

    def fill(self, path: str) -> str:
        """The path with the ids in it."""
        for name, value in self.parameters.items():
            path = path.replace("{" + name + "}", str(value))
        return path


async def make_things(program: Lanarium) -> Things:
    """Make one of everything."""
    now = datetime.now(UTC)
    async with program.engine.begin() as connection:
        other = await _add(connection, "sites", name="Annex")
        network = await _add(connection, "networks", site_id=MAIN_SITE, cidr="198.18.7.0/24", name=CANARY)
        project = await _add(connection, "projects", site_id=MAIN_SITE, name=CANARY)
        scan = await _add(
            connection,
            "scans",
            site_id=MAIN_SITE,
            project_id=project,
            name=CANARY,
            status="completed",
            profile="sample",
            targets=[CANARY],
            address_count=1,
            chunk_size=64,
            concurrency=1,
            host_timeout_s=60,
            chunk_timeout_s=60,
            started_at=now,
            finished_at=now,
        )
        chunk = await _add(connection, "scan_chunks", scan_id=scan, number=1, target_count=1, targets=[ADDRESS])
        await _add(connection, "scan_lines", scan_id=scan, seq=1, chunk=1, text=CANARY, at=now)
        artifact = await _add(
            connection, "artifacts", scan_id=scan, chunk_id=chunk, kind="xml", path=f"{CANARY}.xml"
        )
        target = await _add(
            connection,
            "difficult_targets",
            scan_id=scan,
            address=ADDRESS,
            code="tarpit",
            text=CANARY,
            chunk=1,
            seen_at=now,
        )
        timed = {"site_id": MAIN_SITE, "name": CANARY, "cron": "@daily", "timezone": "UTC"}
        schedule = await _add(
            connection, "scan_schedules", project_id=project, profile="quick", targets=[ADDRESS], **timed
        )
        blackout = await _add(connection, "blackout_windows", duration_min=60, enabled=False, **timed)
        device = await _add(
            connection,
            "devices",
            site_id=MAIN_SITE,
            name=CANARY,
            primary_address=ADDRESS,
            search_text=CANARY,
            folded_at=now,
            folded_uid="",
            first_seen=now,
            last_seen=now,
        )
        seen = {"site_id": MAIN_SITE, "device_id": device, "source": "nmap", "first_seen": now, "last_seen": now}
        await _add(connection, "addresses", kind="ipv4", value=ADDRESS, **seen)
        port = {k: v for k, v in seen.items() if k != "site_id"} | {"address": ADDRESS, "protocol": "tcp"}
        await _add(connection, "ports", port=22, state="open", service=CANARY, **port)
        observation = await _add(
            connection,
            "observations",
            site_id=MAIN_SITE,
            device_id=device,
            source="nmap",
            scan_id=scan,
            chunk_id=chunk,
            address=ADDRESS,
            observed_at=now,
            first_observed_at=now,
            facts={"hostnames": [{"name": CANARY, "source": "ptr"}]},
        )
        login = await _add(
            connection,
            "credential_profiles",
            name=CANARY,
            type="winrm",
            encrypted_pass=b"-",
            key_id="-",
            site_id=MAIN_SITE,
        )
        profile = await _add(
            connection,
            "discovery_profiles",
            site_id=MAIN_SITE,
            name=CANARY,
            credential_profile_id=login,
            subnet=ADDRESS,
            last_scan_id=scan,
        )
        rule = await _add(connection, "provisioning_rules", site_id=MAIN_SITE, name=CANARY, network_id=network)
        uid = await connection.scalar(sa.text("SELECT uid FROM artifacts WHERE id = :id"), {"id": artifact})
    ids: dict[str, object] = {
        "site_id": MAIN_SITE,
        "network_id": network,
        "project_id": project,
        "scan_id": scan,
        "chunk_id": chunk,
        "number": 1,
        "target_id": target,
        "schedule_id": schedule,
        "blackout_id": blackout,
        "profile_id": login,
        "discovery_profile_id": profile,
        "rule_id": rule,
        "device_id": device,
        "host_id": observation,
        "artifact_uid": uid,
        "uid": uid,
        "address": ADDRESS,
    }
    return Things(ids, other)


async def _add(connection: AsyncConnection, table: str, **values: Any) -> int:
    columns = METADATA.tables[table]
    key = next(iter(columns.primary_key.columns))
    added: int = (await connection.execute(columns.insert().values(values).returning(key))).scalar_one()
    return added

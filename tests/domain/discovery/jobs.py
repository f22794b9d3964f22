"""Jobs for tests."""

import dataclasses
import uuid
from typing import Any

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.scope import AllowedNetwork, Scope

LAN = Scope((AllowedNetwork("10.0.0.0/8", "office"), AllowedNetwork("fd00::/8", "office six")))


def make_job(**changes: Any) -> NmapJob:
    """A small job inside an allowed network."""
    job = NmapJob(
        uid=str(uuid.uuid4()),
        targets=("10.0.0.0/30",),
        options=ScanOptions(tcp_ports="22,80"),
        scope=LAN,
        chunk_timeout_s=60,
    )
    return dataclasses.replace(job, **changes)

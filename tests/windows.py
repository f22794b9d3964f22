"""Simulated Windows hosts for tests, and the collector put to them as the poller does it."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Target, Trace
from backend.infra.collectors.windows import WindowsOptions, ask
from simulators.windows.machine import Machine
from simulators.windows.server import WindowsHost, running, windows_host
from tests.certificates import Pair

DOMAIN, USER, PASSWORD = "LAB", "watch", "lighthouse-7-winrm"


@asynccontextmanager
async def windows(
    machine: Machine | None = None, pair: Pair | None = None, **more: Any
) -> AsyncIterator[WindowsHost]:
    """A host with one user; over TLS where it has a certificate."""
    host = windows_host({f"{DOMAIN}\\{USER}": PASSWORD}, machine, **more)
    if pair:
        host.certificate_digest = hashlib.sha256(pair.certificate.public_bytes(Encoding.DER)).digest()
    async with running(host, context=pair.server_context() if pair else None):
        yield host


def credential(host: WindowsHost, password: str = PASSWORD, **config: Any) -> Credential:
    """A profile for that host."""
    return Credential(1, "winrm", USER, DOMAIN, host.port, host.tls, config, {"password": password})


async def poll(
    host: WindowsHost, given: Credential | None = None, *, monitor_id: int = 7, **options: Any
) -> Reading:
    """One poll."""
    target = Target("127.0.0.1", "win.test", monitor_id)
    options = {"timeout_s": 10.0, **options}
    return await ask(target, WindowsOptions(**options), given or credential(host), Trace())


async def failure(host: WindowsHost, given: Credential | None = None, **options: Any) -> CheckFailed:
    """Why a poll did not work."""
    with pytest.raises(CheckFailed) as caught:
        await poll(host, given, **options)
    return caught.value

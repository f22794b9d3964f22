"""The collector "tcp": is there a listener at a port, and how long does the handshake take."""

import asyncio
import errno
import socket

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.errors import Param
from backend.domain.monitoring.catalogue import LATENCY
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Target, Trace, Traits
from backend.domain.registry import collector

# Ports whose openness alone is worth watching; others have collectors that ask more.
SUGGESTED = (21, 25, 110, 139, 143, 445, 587, 993, 995, 1433, 1883, 3306, 3389, 5432, 5900, 6379, 8883, 9100)
REFUSALS = {
    errno.ECONNREFUSED: ("connection_refused", "Nobody listens at port {port} of {address}"),
    errno.EHOSTUNREACH: ("host_unreachable", "There is no way to {address}"),
    errno.ENETUNREACH: ("network_unreachable", "There is no route to the network of {address}"),
    errno.ECONNRESET: ("connection_reset", "{address} ended the connection at port {port}"),
    errno.ETIMEDOUT: ("connect_timeout", "{address} did not answer at port {port}"),
}


class TcpOptions(BaseModel):
    """Which port."""

    model_config = ConfigDict(extra="forbid", strict=True)

    port: int = Field(443, ge=1, le=65535, description="The port to connect to")


@collector(
    "tcp",
    options=TcpOptions,
    traits=Traits(metrics=(LATENCY,), ports=tuple(("tcp", port) for port in SUGGESTED)),
)
async def connect(target: Target, options: TcpOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Connects to a TCP port and hangs up."""
    del credential
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in target.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.setblocking(False)
        with trace.step("connect"):
            try:
                await loop.sock_connect(connection, (target.address, options.port))
            except OSError as error:
                raise refused(error, target.address, options.port) from None
    return Reading(values={"latency_ms": trace.phases[0].ms}, phases=tuple(trace.phases))


def refused(error: OSError, address: str, port: int) -> CheckFailed:
    """A connection that did not come about, in words."""
    code, text = REFUSALS.get(error.errno or 0, ("connect_failed", "{address} cannot be reached at port {port}"))
    params: dict[str, Param] = {"address": address, "port": port}
    return CheckFailed(code, text.format(**params), phase="connect", params=params)

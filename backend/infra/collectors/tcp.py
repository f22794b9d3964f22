"""The collector "tcp": is there a listener at a port, and how long does the handshake take."""

from pydantic import Field

from backend.domain.monitoring.catalogue import LATENCY
from backend.domain.monitoring.collector import Credential, Reading, Target, Trace, Traits
from backend.domain.registry import collector
from backend.infra.clients.connect_errors import connect_failure
from backend.infra.clients.wire import connected
from backend.infra.collector_options import CheckOptions

# Ports whose openness alone is worth watching; others have collectors that ask more.
SUGGESTED = (21, 25, 110, 139, 143, 445, 587, 993, 995, 1433, 1883, 3306, 3389, 5432, 5900, 6379, 8883, 9100)


class TcpOptions(CheckOptions):
    """Which port."""

    port: int = Field(443, ge=1, le=65535, description="The port to connect to")


@collector(
    "tcp",
    options=TcpOptions,
    traits=Traits(metrics=(LATENCY,), ports=tuple(("tcp", port) for port in SUGGESTED)),
)
async def connect(target: Target, options: TcpOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Connects to a TCP port and hangs up."""
    del credential
    with trace.step("connect"):
        try:
            connection = await connected(target.address, options.port)
        except OSError as error:
            raise connect_failure(error, target.address, options.port) from None
    connection.close()
    return Reading(values={"latency_ms": trace.phases[0].ms}, phases=tuple(trace.phases))

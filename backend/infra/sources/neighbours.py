"""The discovery source "neighbours": what the kernel has heard of, without a packet of ours."""

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.inventory.proposals import HostNetworks, HostNetworksReader
from backend.domain.registry import source


class NeighboursOptions(BaseModel):
    """How often to look, and where."""

    model_config = ConfigDict(extra="forbid", strict=True)

    interval_s: float = Field(120.0, ge=10, le=86_400, description="Seconds between two looks at the tables")
    virtual: bool = Field(False, description="Also what hangs on this machine's own bridges and tunnels")


@source("neighbours", options=NeighboursOptions)
async def listen(reader: HostNetworksReader) -> HostNetworks:
    """Reads the kernel's neighbour tables (ARP, NDP): devices and IPv6 addresses, without sending a packet.

    What the tables say becomes observations in `domain/inventory/neighbours.py`.
    """
    return await reader.read()

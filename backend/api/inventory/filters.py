"""The filters of the list of devices, from the query."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from backend.api.fields import MAX_ID, IdQuery, Moment, Search, Word
from backend.domain.inventory.filters import DeviceFilter

Words = Annotated[list[Word] | None, Query(max_length=50)]
Ids = Annotated[list[Annotated[int, Query(ge=1, le=MAX_ID)]] | None, Query(max_length=50)]
PortNumbers = Annotated[list[Annotated[int, Query(ge=0, le=65_535)]] | None, Query(max_length=50)]
Inbox = Annotated[
    list[Literal["new", "approved", "hidden", "ignored"]] | None,
    Query(max_length=4, description="What people decided; hidden and ignored ones only where they are asked for"),
]
QUERY_HELP = "Name, host name, address, network (CIDR), MAC in any notation, vendor, notes, or `port:22`"


async def device_filter(  # noqa: PLR0917 - as many as the query has
    q: Annotated[Search | None, Query(description=QUERY_HELP)] = None,
    site_id: IdQuery | None = None,
    network: Ids = None,
    type: Words = None,  # noqa: A002 - the API's name
    tag: Words = None,
    port: PortNumbers = None,
    service: Words = None,
    os: Words = None,
    vendor: Words = None,
    source: Words = None,
    seen_since: Moment | None = None,
    has_open_ports: bool | None = None,
    inbox: Inbox = None,
) -> DeviceFilter:
    """Repeat a parameter for several values; different parameters must all fit."""
    return DeviceFilter(
        q=q or None,
        site_id=site_id,
        network=tuple(network or ()),
        type=tuple(type or ()),
        tag=tuple(tag or ()),
        port=tuple(port or ()),
        service=tuple(service or ()),
        os=tuple(os or ()),
        vendor=tuple(vendor or ()),
        source=tuple(source or ()),
        seen_since=seen_since,
        has_open_ports=has_open_ports,
        inbox=tuple(inbox or ()),
    )


Wanted = Annotated[DeviceFilter, Depends(device_filter)]

"""What routes ask for by type: the services, and the transaction of this request.

Dependencies are `async` even where they wait for nothing: FastAPI sends plain functions to a thread, each of
which costs more than most of what they do.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from backend.api.services import Services as ServiceSet
from backend.domain.unit_of_work import UnitOfWork


async def services(connection: HTTPConnection) -> ServiceSet:
    """The services that bootstrap built."""
    found: ServiceSet = connection.app.state.services
    return found


Services = Annotated[ServiceSet, Depends(services)]


async def work(found: Services) -> AsyncIterator[UnitOfWork]:
    """The transaction of this request: committed before the answer leaves, undone if the route fails."""
    async with found.transactions() as unit:
        yield unit
        await unit.commit()


async def read(found: Services) -> AsyncIterator[UnitOfWork]:
    """For routes that only read: each statement sees what is committed, and no transaction is begun and ended."""
    async with found.reading() as unit:
        yield unit


Read = Annotated[UnitOfWork, Depends(read, scope="function")]
# scope="function": the exit, and so the commit, runs before the response is sent and not after.
Work = Annotated[UnitOfWork, Depends(work, scope="function")]

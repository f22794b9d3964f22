"""`python -m benchmarks.polling.snmp_peers WHO PORT SECONDS ROWS ROWS`: CPU-seconds a reading, at full speed.

`poll` is what our collector asks in a poll, in the same two questions; `get` is one object. Nobody stores
anything.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import uvloop
from gufo.snmp.aio import SnmpSession
from pysnmp.hlapi.v3arch import asyncio as hlapi

from backend.infra.clients.snmp import mib
from backend.infra.clients.snmp.ber import arcs, oid
from backend.infra.clients.snmp.session import Agent, Known, session

COMMUNITY, IN_FLIGHT = "plain", 8
UP_TIME = "1.3.6.1.2.1.1.3.0"
Reading = Callable[[], Awaitable[object]]


def dotted(content: bytes) -> str:
    """An identifier as peers want it."""
    first, *others = arcs(content)
    return ".".join(map(str, (first // 40, first % 40, *others)))


async def pysnmp(port: int, rows: tuple[int, int], *, single: bool) -> list[Reading]:
    """pysnmp, high level, without looking up names in MIBs; one engine a reader."""
    scalars = [dotted(each) for each in mib.SCALARS]
    first = [*scalars, *(dotted(each) for each in (*mib.INTERFACES, mib.LOAD))]
    then = [dotted(each) for each in mib.STORAGE]
    target = await hlapi.UdpTransportTarget.create(("127.0.0.1", port), timeout=5, retries=0)
    who, where = hlapi.CommunityData(COMMUNITY, mpModel=1), hlapi.ContextData()

    def reader() -> Reading:
        engine = hlapi.SnmpEngine()

        def objects(names: list[str]) -> list[hlapi.ObjectType]:
            return [hlapi.ObjectType(hlapi.ObjectIdentity(name)) for name in names]

        async def get() -> object:
            return await hlapi.get_cmd(engine, who, target, where, *objects([UP_TIME]), lookupMib=False)

        async def poll() -> object:
            ask = hlapi.bulk_cmd
            await ask(engine, who, target, where, len(scalars), rows[0], *objects(first), lookupMib=False)
            return await ask(engine, who, target, where, 0, rows[1], *objects(then), lookupMib=False)

        return get if single else poll

    return [reader() for _ in range(IN_FLIGHT)]


async def gufo(port: int) -> list[Reading]:
    """gufo-snmp by itself, one object at a time; it has no question for several columns."""

    def reader() -> Reading:
        opened = SnmpSession("127.0.0.1", port, community=COMMUNITY)
        return lambda: opened.get(UP_TIME)

    return [reader() for _ in range(IN_FLIGHT)]


async def ours(port: int, stack: AsyncExitStack) -> list[Reading]:
    """Our client by itself, one object at a time in sessions that stay."""
    name, known = oid(UP_TIME), Known()

    async def reader() -> Reading:
        opened = await stack.enter_async_context(session(Agent("127.0.0.1", port, COMMUNITY.encode()), known))
        return lambda: opened.get([name])

    return [await reader() for _ in range(IN_FLIGHT)]


async def cost(readers: list[Reading], seconds: float) -> float:
    """CPU-seconds of a reading, all readers at work for so long; a first one of each is not counted."""
    for reader in readers:
        await reader()
    done, until = 0, time.monotonic() + seconds

    async def work(reader: Reading) -> None:
        nonlocal done
        while time.monotonic() < until:
            await reader()
            done += 1

    began = time.process_time()
    await asyncio.gather(*map(work, readers))
    return (time.process_time() - began) / done


async def main(who: str, port: int, seconds: float, rows: tuple[int, int]) -> float:
    """The cost of one peer."""
    match who:
        case "pysnmp-poll":
            return await cost(await pysnmp(port, rows, single=False), seconds)
        case "pysnmp-get":
            return await cost(await pysnmp(port, rows, single=True), seconds)
        case "gufo-get":
            return await cost(await gufo(port), seconds)
        case _:
            async with AsyncExitStack() as stack:
                return await cost(await ours(port, stack), seconds)


if __name__ == "__main__":
    whom, at, span, *lengths = sys.argv[1:]
    found = uvloop.run(main(whom, int(at), float(span), (int(lengths[0]), int(lengths[1]))))
    print(json.dumps(found))

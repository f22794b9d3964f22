"""`lanarium up`: sets everything up, starts four programs, gives up root, and stops them in order.

    lanarium up (root, then `lanarium`)
      ├─ keeper (lanarium-db)   ── postgres, a Unix socket only
      ├─ keeper (lanarium-scan) ── scan helper, a Unix socket only, the one with CAP_NET_RAW
      ├─ keeper (lanarium)      ── the application, a Unix socket only
      └─ keeper (lanarium-web)  ── nginx, the one TLS port

Started by an ordinary user, all of it runs as that user. Each keeper watches a pipe that this process holds,
so a supervisor that is killed takes everything along.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from backend.infra.system import announce, machine, setup_steps
from backend.infra.system.log_files import LogFile
from backend.infra.system.problems import StartRefused
from backend.infra.system.processes import KeptProgram, Program
from backend.infra.system.readiness import Answer, wait_for_page, wait_for_socket
from backend.infra.system.service_users import Identity
from backend.infra.system.setup_steps import Prepared
from backend.infra.system.up_config import UpConfig


async def run_up(config: UpConfig, say: Callable[[str], None] | None = None) -> int:
    """Run Lanarium until SIGINT or SIGTERM; returns the exit code.

    Raises StartRefused, with everything stopped again, when it cannot start.
    """
    say = say or _tell
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    prepared = await setup_steps.prepare(config)
    try:
        async with _programs() as programs:
            started = asyncio.create_task(_start_all(prepared, programs))
            if not await _first(started, stop):
                return 0
            announce.ready(prepared, started.result(), say)
            code = await _watch(programs, stop, say)
            say("Stopping.")
        return code
    finally:
        os.close(prepared.lock)


async def _first(started: "asyncio.Task[Answer]", stop: asyncio.Event) -> bool:
    """Whether the start finished before a stop was asked for; raises what the start raised."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({started, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if started.done():
        started.result()
        return True
    started.cancel()
    await asyncio.wait({started})
    return False


@asynccontextmanager
async def _programs() -> AsyncIterator[list[KeptProgram]]:
    """A list whose programs are stopped at the end, the last started first: nginx, app, helper, database."""
    programs: list[KeptProgram] = []
    try:
        yield programs
    finally:
        for program in reversed(programs):
            await program.stop()


async def _start_all(prepared: Prepared, programs: list[KeptProgram]) -> Answer:
    if prepared.cluster:
        await _start(prepared, programs, setup_steps.database(prepared))
        await prepared.cluster.wait_ready()
    await setup_steps.migrate(prepared)
    await _start(prepared, programs, setup_steps.helper(prepared))
    app = await _start(prepared, programs, setup_steps.application(prepared))
    await _listening(prepared, app)
    await _start(prepared, programs, setup_steps.web(prepared))
    if prepared.config.users:
        give_up_root(Identity.of(prepared.config.users.app))
    return await _answer(prepared, programs)


async def _start(prepared: Prepared, programs: list[KeptProgram], program: Program) -> KeptProgram:
    users = prepared.config.users
    owner = Identity.of(users.app) if users else None
    log = LogFile(
        prepared.data.path("logs") / f"{program.name}.log", owner=(owner.uid, owner.gid) if owner else None
    )
    kept = KeptProgram(program, log, _echo if prepared.config.verbose else None)
    programs.append(kept)
    await kept.start()
    return kept


async def _listening(prepared: Prepared, app: KeptProgram) -> None:
    """Wait until the application has opened its socket; StartRefused when it keeps failing instead."""
    if await wait_for_socket(prepared.data.app_socket, prepared.config.ready_within_s, lambda: app.failures >= 3):
        return
    raise StartRefused(f"The application does not start:\n{app.log.tail()}", code="application_failed")


async def _answer(prepared: Prepared, programs: list[KeptProgram]) -> Answer:
    """The first good answer through nginx; StartRefused with the end of the log when none comes."""
    config = prepared.config
    address = announce.local_address(config.addresses)
    answer = await wait_for_page(address, config.https_port, config.healthy_within_s)
    # 503 with checks is the application's own; without, it is nginx that found nobody behind it.
    if answer and (answer.status != 503 or '"checks"' in answer.body):
        return answer
    app = next(each for each in programs if each.program.name == "app")
    raise StartRefused(
        f"Lanarium did not get ready in time. The application's last words:\n{app.log.tail()}",
        code="not_ready",
        remedy=f"All logs are in {prepared.data.path('logs')}.",
    )


async def _watch(programs: list[KeptProgram], stop: asyncio.Event, say: Callable[[str], None]) -> int:
    """Wait for a stop, or for the death of a keeper, which only root could replace: then better none at all."""
    endings = [asyncio.create_task(each.ended(), name=each.program.name) for each in programs]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({stopping, *endings}, return_when=asyncio.FIRST_COMPLETED)
    dead = sorted(task.get_name() for task in endings if task.done())
    for task in (stopping, *endings):
        task.cancel()
    if stop.is_set():
        return 0
    say(f"The keeper of {', '.join(dead)} was killed; Lanarium stops.")
    return 1


def give_up_root(identity: Identity) -> None:
    """Become the application's user for good: no saved uid, no groups, no way back by set-uid programs."""
    os.setgroups([])
    os.setresgid(identity.gid, identity.gid, identity.gid)
    os.setresuid(identity.uid, identity.uid, identity.uid)
    machine.forbid_new_privileges()
    if os.getresuid() != (identity.uid,) * 3 or os.geteuid() == 0:
        raise StartRefused("Root could not be given up.", code="root_not_given_up")


def _tell(line: str) -> None:
    # Flushed, because a log or a pipe must show the password's line now, not at the end.
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _echo(name: str, data: bytes) -> None:
    for line in data.decode(errors="replace").splitlines():
        sys.stderr.write(f"{name:>8} | {line}\n")

"""`lanarium scan`: start a scan, watch it, stop it with Ctrl-C."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from backend.commands.api_client import ApiClient, Json, Refused, local_client, remote_client

EVERY_S = 0.5
EXIT = {"completed": 0, "partial": 3, "stopped": 3, "interrupted": 3, "paused": 3, "failed": 1}
CTRL_C = 130
Targets = Annotated[list[str], typer.Argument(help="Networks, ranges, addresses or names.")]
Profile = Annotated[str, typer.Option(help="sweep, sample, quick, standard or full.")]
Exclude = Annotated[list[str] | None, typer.Option(help="What to leave out; may be given more than once.")]
Project = Annotated[str | None, typer.Option(help="Name or number of the project; else the default one.")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Watch it to its end.")]
Lines = Annotated[bool, typer.Option("--lines", help="Show what nmap says.")]
Url = Annotated[str, typer.Option(envvar="LANARIUM_URL", help="Where Lanarium is; else it is on this machine.")]
Token = Annotated[str, typer.Option(envvar="LANARIUM_TOKEN", help="An API token, for --url.")]
Ca = Annotated[Path | None, typer.Option(envvar="LANARIUM_CA", help="Its certificate, if it signed it itself.")]


def scan(
    targets: Targets,
    *,
    profile: Profile = "standard",
    exclude: Exclude = None,
    project: Project = None,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    wait: Wait = True,
    lines: Lines = False,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Scan networks that may be scanned. Ctrl-C stops the scan; what it found is kept.

    Exit code: 0 complete, 1 failed or refused, 3 stopped or only a part, 130 left behind.
    """
    body = {"targets": targets, "exclusions": exclude or [], "profile": profile, "name": name}
    if url and not token:
        raise typer.BadParameter("--url needs --token (or LANARIUM_TOKEN)")

    async def work() -> int:
        async with remote_client(url, token, ca) if url else local_client() as api:
            return await _scan(api, body, project, wait=wait, lines=lines)

    try:
        raise typer.Exit(asyncio.run(work()))
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from refused


async def _scan(api: ApiClient, body: Json, project: str | None, *, wait: bool, lines: bool) -> int:
    if project is not None:
        body["project_id"] = await project_number(api, project)
    started = await api.call("POST", "/scans/start", body)
    console = Console()
    console.print(
        f"Scan {started['id']}: {started['address_count']} addresses in {started['chunks']['total']} chunks"
    )
    if not wait:
        return 0
    return await _Watch(api, console, started["id"], lines=lines).to_the_end()


async def watch_scan(api: ApiClient, scan_id: int, *, lines: bool) -> int:
    """Show a scan's progress to its end; answers the exit code."""
    return await _Watch(api, Console(), scan_id, lines=lines).to_the_end()


async def project_number(api: ApiClient, wanted: str) -> int:
    """The project with that number or name; raises Refused where there is none."""
    if wanted.isdecimal():
        return int(wanted)
    cursor: dict[str, Any] = {}
    while True:
        page = await api.call("GET", "/projects", limit=500, **cursor)
        for item in page["items"]:
            if item["name"].lower() == wanted.lower():
                return int(item["id"])
        if page["next"] is None:
            raise Refused(f"There is no project called {wanted}")
        cursor = {"cursor": page["next"]}


class _Watch:
    """One scan on a terminal."""

    def __init__(self, api: ApiClient, console: Console, scan_id: int, *, lines: bool) -> None:
        self._api = api
        self._console = console
        self._path = f"/scans/{scan_id}"
        self._lines = lines
        self._after = 0
        self._interrupts = 0
        self._wake = asyncio.Event()

    async def to_the_end(self) -> int:
        """Show progress until it ends; answers the exit code."""
        columns = (
            TextColumn("{task.fields[status]}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}% · {task.fields[hosts]} hosts · {task.fields[ports]} open ports"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console) as bar:
            task = bar.add_task("", total=1.0, status="queued", hosts=0, ports=0)
            async with self._interruptible():
                found = await self._follow(bar, task)
        if found is None:
            return CTRL_C
        told = found["message"]["text"] if found["message"] else f"{found['status']}."
        self._console.print(told, markup=False)
        return EXIT.get(found["status"], 1)

    async def _follow(self, bar: Progress, task: TaskID) -> Json | None:
        """The scan when it has ended; None for a person who would not wait for that."""
        asked = False
        while True:
            if self._interrupts > 1:
                return None
            if self._interrupts and not asked:
                asked = True
                await self._stop()
            found = await self._api.call("GET", self._path)
            if self._lines:
                await self._show_lines()
            bar.update(
                task,
                completed=found["progress"],
                status=found["status"],
                hosts=found["hosts_up"],
                ports=found["ports_open"],
            )
            if found["finished_at"] or found["status"] == "paused":
                return found
            await self._pause()

    async def _pause(self) -> None:
        """Until the next look, or until Ctrl-C."""
        try:
            async with asyncio.timeout(EVERY_S):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    async def _stop(self) -> None:
        self._console.print("Stopping; Ctrl-C again leaves it to itself.")
        try:
            await self._api.call("POST", f"{self._path}/stop")
        except Refused as refused:  # it ended by itself a moment ago
            self._console.print(str(refused), markup=False)

    async def _show_lines(self) -> None:
        while True:
            page = await self._api.call("GET", f"{self._path}/lines", after=self._after)
            for line in page["items"]:
                self._console.print(escape(line["text"]), highlight=False)
                self._after = line["seq"]
            if page["next"] is None:
                return

    @asynccontextmanager
    async def _interruptible(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, self._interrupt)
        try:
            yield
        finally:
            loop.remove_signal_handler(signal.SIGINT)

    def _interrupt(self) -> None:
        self._interrupts += 1
        self._wake.set()

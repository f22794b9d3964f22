"""`lanarium scan ...`: what may be done with scans and schedules from a terminal.

`lanarium scan 10.0.5.0/24` is short for `lanarium scan start 10.0.5.0/24`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from backend.commands.api_client import ApiClient, Json, Refused, local_client, remote_client
from backend.commands.scan import Ca, Lines, Profile, Project, Token, Url, Wait, project_number, scan, watch_scan


class StartByDefault(TyperGroup):
    """Whatever is no word of ours is a target."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `start` in front of targets."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["start", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=StartByDefault, help="Scan networks, and look after scans.", no_args_is_help=True)
schedule = typer.Typer(help="Scans by the clock.", no_args_is_help=True)
app.command("start")(scan)
app.add_typer(schedule, name="schedule")
Number = Annotated[int, typer.Argument(help="The number of the scan.", min=1)]
Job = Callable[[ApiClient], Awaitable[int]]


def _run(job: Job, url: str, token: str, ca: Path | None) -> None:
    """Do a job with a client; a refusal is a sentence and exit code 1."""
    if url and not token:
        raise typer.BadParameter("--url needs --token (or LANARIUM_TOKEN)")

    async def work() -> int:
        async with remote_client(url, token, ca) if url else local_client() as api:
            return await job(api)

    try:
        raise typer.Exit(asyncio.run(work()))
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from refused


def _say(found: Json) -> int:
    """One line on how a scan stands."""
    chunks = found["chunks"]
    done = f"{chunks['done']} of {chunks['total']} chunks done"
    told = f". {found['message']['text']}" if found["message"] else "."
    typer.echo(f"Scan {found['id']} is {found['status']}: {done}, {found['hosts_up']} hosts up{told}")
    return 0


def _asking(number: int, word: str, url: str, token: str, ca: Path | None) -> None:
    async def job(api: ApiClient) -> int:
        return _say(await api.call("POST", f"/scans/{number}/{word}"))

    _run(job, url, token, ca)


@app.command()
def watch(number: Number, *, lines: Lines = False, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Watch a scan to its end; Ctrl-C stops it."""
    _run(lambda api: watch_scan(api, number, lines=lines), url, token, ca)


@app.command()
def pause(number: Number, *, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Pause a scan; what it has found is kept."""
    _asking(number, "pause", url, token, ca)


@app.command()
def resume(number: Number, *, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Let a scan go on with what it is missing."""
    _asking(number, "resume", url, token, ca)


@app.command()
def stop(number: Number, *, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Stop a scan; what it has found is kept."""
    _asking(number, "stop", url, token, ca)


@app.command()
def retry(
    number: Number,
    *,
    chunk: Annotated[int | None, typer.Option(help="This chunk; else every address that was put aside.")] = None,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Ask again: one chunk, or the difficult targets of a scan that is over."""

    async def job(api: ApiClient) -> int:
        if chunk is not None:
            await api.call("POST", f"/scans/{number}/chunks/{chunk}/retry")
            return _say(await api.call("GET", f"/scans/{number}"))
        page = await api.call("GET", f"/scans/{number}/difficult-targets", limit=500)
        parked = [item for item in page["items"] if item["state"] == "parked"]
        if not parked:
            raise Refused("No address of this scan was put aside")
        await api.call("POST", f"/scans/{number}/difficult-targets/{parked[0]['id']}/retry")
        typer.echo(f"{parked[0]['address']} is asked again; {len(parked) - 1} more are put aside.")
        return 0

    _run(job, url, token, ca)


@app.command()
def host(
    address: Annotated[str, typer.Argument(help="An address or a name.")],
    *,
    profile: Profile = "standard",
    project: Project = None,
    wait: Wait = True,
    lines: Lines = False,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Scan one host again."""
    scan([address], profile=profile, project=project, wait=wait, lines=lines, url=url, token=token, ca=ca)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="nmap's XML (-oX), up to 64 MB.", exists=True, dir_okay=False)],
    *,
    project: Project = None,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Take in a report that nmap wrote elsewhere."""

    async def job(api: ApiClient) -> int:
        query: dict[str, str | int] = {"name": name or file.name}
        if project is not None:
            query["project_id"] = await project_number(api, project)
        return _say(await api.send_file("/scans/import", file, "application/xml", **query))

    _run(job, url, token, ca)


@app.command()
def export(
    number: Number,
    *,
    format: Annotated[str, typer.Option(help="xml, json or csv.")] = "xml",  # noqa: A002 - the option's name
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; else standard output.")] = None,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Write the hosts of a scan as nmap's XML, JSON or CSV."""

    async def job(api: ApiClient) -> int:
        content = await api.text(f"/scans/{number}/export", format=format)
        if output is None:
            typer.echo(content, nl=False)
        else:
            output.write_text(content, encoding="utf-8")
        return 0

    _run(job, url, token, ca)


@schedule.command("list")
def list_schedules(*, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Show every schedule."""

    async def job(api: ApiClient) -> int:
        page = await api.call("GET", "/scan-schedules", limit=500)
        table = Table("Number", "Name", "Cron", "Zone", "Next run", "Last left out")
        for item in page["items"]:
            skipped = item["last_skipped"]
            said = f"{skipped['at']} {skipped['code']}" if skipped else ""
            following = item["next_run_at"] or "off"
            table.add_row(str(item["id"]), item["name"], item["cron"], item["timezone"], following, said)
        Console().print(table, markup=False)
        return 0

    _run(job, url, token, ca)


@schedule.command("add")
def add_schedule(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    cron: Annotated[str, typer.Argument(help='Such as "30 2 * * *" or @daily.')],
    targets: Annotated[list[str], typer.Argument(help="Networks, ranges, addresses or names.")],
    *,
    timezone: Annotated[str, typer.Option(help="Such as Europe/Helsinki.")] = "UTC",
    profile: Profile = "standard",
    project: Project = None,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Have a scan run by the clock."""

    async def job(api: ApiClient) -> int:
        body: Json = {"name": name, "cron": cron, "targets": targets, "timezone": timezone, "profile": profile}
        if project is not None:
            body["project_id"] = await project_number(api, project)
        made = await api.call("POST", "/scan-schedules", body)
        typer.echo(f"Schedule {made['id']} runs next at {made['next_run_at']}.")
        return 0

    _run(job, url, token, ca)


@schedule.command("remove")
def remove_schedule(
    number: Annotated[int, typer.Argument(help="The number of the schedule.", min=1)],
    *,
    url: Url = "",
    token: Token = "",
    ca: Ca = None,
) -> None:
    """Forget a schedule; its scans stay."""

    async def job(api: ApiClient) -> int:
        await api.call("DELETE", f"/scan-schedules/{number}")
        typer.echo(f"Schedule {number} is gone; its scans stay.")
        return 0

    _run(job, url, token, ca)

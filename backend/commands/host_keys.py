"""`lanarium host-keys`: by what servers are known, and accepting another key."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from backend.commands.api_client import ApiClient
from backend.commands.scan import Ca, Token, Url
from backend.commands.scans import _run

app = typer.Typer(help="By what servers prove who they are.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The number of the host key.", min=1)]
Fingerprint = Annotated[str, typer.Argument(help="The new key's, as ssh-keygen -l shows it on the server.")]
Changed = Annotated[bool, typer.Option("--changed", help="Only servers that show another key.")]


@app.command("list")
def listed(*, changed: Changed = False, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Show the pinned keys, and which servers show another."""

    async def job(api: ApiClient) -> int:
        query: dict[str, str | int] = {"limit": 500, **({"changed": "true"} if changed else {})}
        found = await api.call("GET", "/host-keys", None, **query)
        table = Table("Number", "Server", "Pinned", "Shows now")
        for item in found["items"]:
            offered = item["offered"]["fingerprint"] if item["offered"] else ""
            table.add_row(str(item["id"]), f"{item['address']} {item['port']}", item["fingerprint"], offered)
        Console().print(table)
        return 0

    _run(job, url, token, ca)


@app.command()
def accept(number: Number, fingerprint: Fingerprint, *, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Trust the key that a server shows now, if it is the one of this fingerprint."""
    _asking("POST", f"/host-keys/{number}/accept", {"fingerprint": fingerprint}, (url, token, ca))


@app.command()
def forget(number: Number, *, url: Url = "", token: Token = "", ca: Ca = None) -> None:
    """Forget a server's key: the next contact is the first one again."""
    _asking("DELETE", f"/host-keys/{number}", None, (url, token, ca))


def _asking(method: str, path: str, body: dict[str, str] | None, where: tuple[str, str, Path | None]) -> None:
    async def job(api: ApiClient) -> int:
        await api.call(method, path, body)
        typer.echo("Done.")
        return 0

    _run(job, *where)

"""`lanarium user`: people, for whoever has a shell on the machine (and perhaps no password any more)."""

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from backend.bootstrap import Office, open_office
from backend.commands.local_database import NoLanarium, with_database
from backend.domain.accounts.actor import Actor, ActorKind, Role
from backend.domain.accounts.first_admin import generated_password
from backend.domain.accounts.throttle import account_key
from backend.domain.accounts.user import NewUser, User, UserChanges, UserFilter
from backend.domain.errors import DomainError, NotFound
from backend.domain.page import MAX_LIMIT, PageRequest
from backend.domain.unit_of_work import UnitOfWork
from backend.settings import Settings

T = TypeVar("T")
app = typer.Typer(help="Make, list and repair accounts.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The username.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make up a password and print it.")]


@app.command()
def create(
    username: Name,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.VIEWER,
    email: Annotated[str | None, typer.Option(help="Their e-mail address.")] = None,
    generate: Generate = False,
) -> None:
    """Make an account."""
    password = _password(generate)
    new = NewUser(username, password, role, email)
    _run(lambda office, work: office.people.create(work, _caller(), new))
    _say(f"Made {username}, {role}.", password if generate else None)


@app.command("list")
def list_command() -> None:
    """Show every account."""
    table = Table("Username", "Role", "Sites", "State", "Last login")
    for user in _run(_everybody):
        sites = ", ".join(str(site) for site in sorted(user.site_ids)) or "all"
        last = user.last_login_at.isoformat(timespec="seconds") if user.last_login_at else "never"
        table.add_row(user.username, user.role, sites, "disabled" if user.disabled else "enabled", last)
    Console().print(table)


@app.command("reset-password")
def reset_password(username: Name, generate: Generate = False) -> None:
    """Give somebody a new password; their sessions end."""
    password = _password(generate)
    _run(lambda office, work: _change(office, work, username, {"password": password}))
    _say(f"{username} has a new password.", password if generate else None)


@app.command()
def disable(username: Name) -> None:
    """Lock somebody out, at once."""
    _run(lambda office, work: _change(office, work, username, {"disabled": True}))
    _say(f"{username} is disabled.")


@app.command()
def enable(username: Name) -> None:
    """Let somebody in again."""
    _run(lambda office, work: _change(office, work, username, {"disabled": False}))
    _say(f"{username} is enabled.")


async def _everybody(office: Office, work: UnitOfWork) -> list[User]:
    found: list[User] = []
    offset: int | None = 0
    while offset is not None:
        page = await office.people.page(work, _caller(), UserFilter(), PageRequest(MAX_LIMIT, offset))
        found, offset = [*found, *page.items], page.next_offset
    return found


async def _change(office: Office, work: UnitOfWork, username: str, changes: UserChanges) -> None:
    user = await work.users.by_username(username)
    if user is None:
        raise NotFound.of("user", username)
    await office.people.change(work, _caller(), user.id, changes)
    await work.throttles.clear(account_key(username))


def _run(deed: Callable[[Office, UnitOfWork], Awaitable[T]]) -> T:
    """Do it in one transaction; a refusal is a sentence and not a traceback."""

    async def done() -> T:
        office = open_office(settings)
        try:
            async with office.transactions() as work:
                answer = await deed(office, work)
                await work.commit()
                return answer
        finally:
            await office.engine.dispose()

    try:
        settings = with_database(Settings())
        return asyncio.run(done())
    except NoLanarium as missing:
        _refuse(str(missing))
    except DomainError as error:
        _refuse(error.detail)


def _caller() -> Actor:
    return Actor(ActorKind.CLI, os.environ.get("SUDO_USER") or getpass.getuser(), Role.ADMIN)


def _password(generate: bool) -> str:
    if generate:
        return generated_password()
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _say(text: str, password: str | None = None) -> None:
    typer.echo(text)
    if password:
        typer.echo(f"Password: {password}")


def _refuse(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)

"""`lanarium keys`: the keys that seal what is secret."""

import asyncio
from typing import Annotated, NoReturn

import typer

from backend.bootstrap import KeyRing, open_key_ring
from backend.commands.local_database import NoLanarium, with_database
from backend.domain.errors import DomainError
from backend.domain.monitoring.credentials import SealBroken
from backend.infra.security.secrets import BadKey
from backend.settings import Settings

app = typer.Typer(help="The keys that seal credentials.", no_args_is_help=True)


@app.command()
def rotate(
    forget_old: Annotated[
        bool,
        typer.Option(
            "--forget-old", help="Delete the old keys afterwards: backups made before cannot be read then."
        ),
    ] = False,
) -> None:
    """Make a new key and seal every credential with it; Lanarium may run meanwhile.

    A run that was cut short is gone on with by the next one: until it is through, old keys stay readable.
    """
    try:
        settings = with_database(Settings())
        done, key_id, gone = asyncio.run(_rotate(open_key_ring(settings), forget_old=forget_old))
    except (NoLanarium, BadKey, SealBroken) as missing:
        _refuse(str(missing))
    except DomainError as refusal:
        _refuse(refusal.detail)
    typer.echo(f"{done} credential profiles are sealed with the new key {key_id}.")
    for name in gone:
        typer.echo(f"The key {name} is deleted.")


async def _rotate(ring: KeyRing, *, forget_old: bool) -> tuple[int, str, list[str]]:
    key_id, done = ring.vault.rotate(), 0
    try:
        while True:
            async with ring.transactions() as work:
                some = await ring.credentials.reseal_some(work)
                await work.commit()
            done += some
            if not some:
                return done, key_id, ring.vault.forget_others() if forget_old else []
    finally:
        await ring.engine.dispose()


def _refuse(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)

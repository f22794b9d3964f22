"""The `lanarium` command."""

import asyncio
import gc
import os
import resource
from pathlib import Path
from typing import Annotated

import typer

from backend.commands import doctor, host_keys, keys, openapi, scans, users, verify
from backend.infra.db.engine import create_engine, migrate
from backend.infra.db.storage_level import adopt_timescale
from backend.infra.logging import configure
from backend.infra.system.problems import StartRefused
from backend.infra.system.service_users import ServiceUsers
from backend.infra.system.supervisor import run_up
from backend.infra.system.up_config import UpConfig, passed_on
from backend.settings import Settings

MAX_OPEN_FILES = 65_536
# Plain tracebacks: the pretty ones can show what is in variables, and so passwords.
app = typer.Typer(
    help="Lanarium: your network, under glass.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(openapi.app)
app.add_typer(verify.app)
app.add_typer(doctor.app)
app.add_typer(users.app, name="user")
app.add_typer(keys.app, name="keys")
app.add_typer(scans.app, name="scan")
app.add_typer(host_keys.app, name="host-keys")


@app.command()
def up(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what every part says.")] = False,
) -> None:
    """Start everything and print the address; Ctrl-C stops all of it."""
    try:
        raise typer.Exit(asyncio.run(run_up(_up_config(Settings(), verbose=verbose))))
    except StartRefused as refusal:
        err = typer.style(f"Lanarium cannot start: {refusal.detail}", bold=True)
        typer.echo(f"{err}\n{refusal.remedy}".rstrip(), err=True)
        raise typer.Exit(1) from refusal


def _up_config(settings: Settings, *, verbose: bool) -> UpConfig:
    name = settings.service_user
    users = ServiceUsers(name, f"{name}-db", f"{name}-web", f"{name}-scan") if os.geteuid() == 0 else None
    return UpConfig(
        data_dir=settings.data_dir.absolute(),
        app_dir=settings.app_dir,
        https_port=settings.https_port,
        addresses=Settings.listed(settings.listen),
        database_url=settings.database_url,
        users=users,
        environment=passed_on(os.environ),
        trusted_proxies=Settings.listed(settings.trusted_proxies),
        names=Settings.listed(settings.tls_names),
        verbose=verbose,
    )


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest version."""
    asyncio.run(_migrate(Settings()))


async def _migrate(settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    try:
        await adopt_timescale(engine)
        await migrate(engine, settings.app_dir / "alembic")
    finally:
        await engine.dispose()


@app.command()
def serve(
    socket: Annotated[Path | None, typer.Option(help="Listen on this Unix socket instead of a port.")] = None,
    host: Annotated[str, typer.Option(help="The address to listen on, without a socket.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on, without a socket.")] = 8000,
) -> None:
    """Run the application alone; `lanarium up` runs everything."""
    import uvicorn  # noqa: PLC0415 - a second of start-up that other commands need not pay

    from backend.infra.web.ws_protocol import SharedFrames  # noqa: PLC0415
    from backend.main import create_app  # noqa: PLC0415

    settings = Settings()
    configure(settings.log_level)
    _raise_open_files()
    application = create_app()
    # What is there now stays until the end: looking through it for garbage again and again would hold up requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    uvicorn.run(
        application,
        uds=str(socket) if socket else None,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        # backend/api/client_address.py decides whom to believe.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        ws=SharedFrames,
        # Compressing for each listener anew would cost more than all else; the log goes over a local network.
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        ws_ping_interval=20,
        ws_ping_timeout=20,
    )


def _raise_open_files() -> None:
    """Each listener of a WebSocket is an open file; the usual soft limit of 1,024 suits select()."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_OPEN_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def main() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()

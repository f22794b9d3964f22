"""The `lanarium` command."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from backend.infra.db.engine import create_engine, migrate
from backend.infra.logging import configure
from backend.settings import Settings

app = typer.Typer(help="Lanarium: your network, under glass.", no_args_is_help=True, add_completion=False)


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest version."""
    asyncio.run(_migrate(Settings()))


async def _migrate(settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    try:
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

    from backend.main import create_app  # noqa: PLC0415

    settings = Settings()
    configure(settings.log_level)
    uvicorn.run(
        create_app(),
        uds=str(socket) if socket else None,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        # backend/api/client_address.py decides whom to believe.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        ws_max_size=64 * 1024,
        ws_ping_interval=20,
        ws_ping_timeout=20,
    )


def main() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()

"""`lanarium openapi`: the API's description, from which the web UI's client is made."""

import secrets
from pathlib import Path
from typing import Annotated

import orjson
import typer

app = typer.Typer()


@app.command("openapi")
def openapi_command(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead.")] = None,
) -> None:
    """Print the OpenAPI document, with sorted keys; needs neither database nor data folder."""
    text = document()
    if output:
        output.write_bytes(text)
    else:
        typer.echo(text.decode(), nl=False)


def document() -> bytes:
    """The OpenAPI document as JSON that only changes when the API does."""
    from backend.bootstrap import build  # noqa: PLC0415 - seconds that other commands need not pay
    from backend.main import create_app  # noqa: PLC0415
    from backend.settings import Settings  # noqa: PLC0415

    nowhere = Settings(DATABASE_URL="postgresql:///nowhere", JWT_SECRET=secrets.token_hex(32))
    described = create_app(build(nowhere, loops=())).openapi()
    # The version of an installation is not part of the contract.
    described["info"]["version"] = "1"
    return orjson.dumps(described, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

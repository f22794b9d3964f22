"""`lanarium verify`: is what is stored what must follow from what was said?"""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from backend.bootstrap import Office, open_office
from backend.domain.inventory.verify import Finding, verify_site
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.page import MAX_LIMIT, PageRequest
from backend.domain.unit_of_work import UnitOfWork
from backend.infra.oui import OuiTable
from backend.settings import Settings

app = typer.Typer()


@app.command("verify")
def verify_command(
    repair: Annotated[bool, typer.Option("--repair", help="Work out anew what is not as it must be.")] = False,
) -> None:
    """Replay everything that was said of devices, and compare; ends with 1 where something differs."""
    findings = asyncio.run(_verify(open_office(Settings()), repair=repair))
    if not findings:
        typer.echo("Everything follows from what was said.")
        return
    table = Table("Site", "Device", "Finding", "Detail")
    for item in findings:
        table.add_row(str(item.site_id), str(item.device_id or ""), item.code, item.detail)
    Console().print(table)
    raise typer.Exit(0 if repair else 1)


async def _verify(office: Office, *, repair: bool) -> list[Finding]:
    try:
        async with office.transactions() as work:
            findings = await inventory_findings(work)
            if repair:
                await repair_inventory(work, findings)
                await work.commit()
            return findings
    finally:
        await office.engine.dispose()


async def inventory_findings(work: UnitOfWork) -> list[Finding]:
    """The findings of every site."""
    sites = await work.places.sites(frozenset(), PageRequest(limit=MAX_LIMIT))
    return [f for site in sites.items for f in await verify_site(work.devices, site.id, OuiTable())]


async def repair_inventory(work: UnitOfWork, findings: list[Finding]) -> None:
    """Work out anew the devices that differ, and their neighbours."""
    writer = InventoryWriter(OuiTable())
    for site_id in sorted({f.site_id for f in findings}):
        wrong = sorted({f.device_id for f in findings if f.site_id == site_id and f.device_id})
        await writer.rebuild(work, site_id, wrong)

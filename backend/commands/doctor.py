"""`lanarium doctor`: what is here, what is missing, and how to get it."""

import typer
from rich.console import Console
from rich.table import Table

from backend.infra.system.doctor import DoctorConfig, Finding, examine
from backend.settings import Settings

app = typer.Typer()


@app.command("doctor")
def doctor_command() -> None:
    """Look at this machine and say what is missing; ends with 1 where Lanarium cannot run."""
    settings = Settings()
    findings = examine(
        DoctorConfig(settings.data_dir, settings.app_dir, settings.https_port, settings.database_url)
    )
    table = Table("", "What", "Found", "What to do")
    for finding in findings:
        table.add_row(_mark(finding), finding.name, finding.detail, "" if finding.ok else finding.remedy)
    Console().print(table)
    if any(finding.needed and not finding.ok for finding in findings):
        raise typer.Exit(1)


def _mark(finding: Finding) -> str:
    if finding.ok:
        return "[green]ok[/]"
    return "[red]missing[/]" if finding.needed else "[yellow]without[/]"

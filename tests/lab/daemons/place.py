"""What every program's `prepare` takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.lab.model import Host, Plan, Program


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program will run: its lab, its host, and a folder of its own that only root can enter."""

    plan: Plan
    host: Host
    folder: Path

    def write(self, name: str, text: str) -> Path:
        """Write one configuration file into the folder and give its path."""
        path = self.folder / name
        path.write_text(text)
        return path


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run in the foreground until it is ended."""

    argv: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


Prepare = Callable[[Place, Program], list[Command]]

"""A printer: Debian has no daemon that is one, so this runs a small server that answers as one does."""

import sys
from pathlib import Path

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Program

SERVER = Path(__file__).with_name("printer_server.py")


def prepare(place: Place, program: Program) -> list[Command]:
    """Run the server by its path, without packages: it costs one bare interpreter."""
    ports = [str(port.number) for port in program.ports]
    return [Command((sys.executable, "-I", "-S", str(SERVER), *ports))]

"""Which programs live in a namespace, told by what the kernel says of them."""

from dataclasses import dataclass
from pathlib import Path

from tests.lab import netns


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """One process: its id, its parent, its name and its command line."""

    pid: int
    parent: int
    name: str
    command: str


def inhabitants(namespace: str) -> list[Inhabitant]:
    """Every process of a namespace that is alive; those that end meanwhile, and zombies, are left out."""
    return [found for pid in netns.pids(namespace) if (found := _look(pid)) is not None]


def named(namespace: str, name: str) -> list[Inhabitant]:
    """The processes that run the program of that name."""
    return [found for found in inhabitants(namespace) if found.name == name]


def with_words(namespace: str, words: str) -> list[Inhabitant]:
    """The processes whose command line holds the words."""
    return [found for found in inhabitants(namespace) if words in found.command]


def _look(pid: int) -> Inhabitant | None:
    folder = Path("/proc") / str(pid)
    try:
        stat = (folder / "stat").read_text()
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in brackets and may hold anything (proc(5)), so what follows starts after the last one.
    name = stat[stat.index("(") + 1 : stat.rindex(")")]
    state, parent = stat[stat.rindex(")") + 2 :].split()[:2]
    return None if state == "Z" else Inhabitant(pid, int(parent), name, command)

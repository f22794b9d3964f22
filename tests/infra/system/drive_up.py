"""Runs `run_up` in a process of its own, because it gives up root for good. Arguments: one JSON object."""

import asyncio
import json
import sys
from pathlib import Path

from backend.infra.system.problems import StartRefused
from backend.infra.system.service_users import ServiceUsers
from backend.infra.system.supervisor import run_up
from backend.infra.system.up_config import UpConfig


def say(line: str) -> None:
    """One line a person would read."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Start what the JSON describes; a refusal is printed and ends with 3."""
    given = json.loads(sys.argv[1])
    users = ServiceUsers(*given["users"]) if given["users"] else None
    config = UpConfig(
        data_dir=Path(given["data_dir"]),
        app_dir=Path(given["app_dir"]),
        https_port=given["port"],
        addresses=("127.0.0.1",),
        users=users,
        environment=given["environment"],
    )
    try:
        return asyncio.run(run_up(config, say))
    except StartRefused as refusal:
        say(f"refused {refusal.code}: {refusal}")
        return 3


if __name__ == "__main__":
    sys.exit(main())

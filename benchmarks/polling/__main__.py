"""`python -m benchmarks.polling [--parts schedule] [--seconds 60]`: the last line is JSON."""

import argparse
import json
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from benchmarks.polling import schedule, snmp
from benchmarks.polling.pipeline import on_one_core
from tests import postgres

Part = Callable[[str, float], Coroutine[Any, Any, dict[str, float]]]
# One part, one database.
PARTS: dict[str, Part] = {"schedule": schedule.measure, "snmp": snmp.measure}


def main() -> None:
    """Run the parts, one after the other."""
    parser = argparse.ArgumentParser(prog="benchmarks.polling")
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    found: dict[str, float] = {}
    for name in options.parts.split(","):
        with postgres.cluster() as url:
            on_one_core()
            found |= uvloop.run(PARTS[name](url, options.seconds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()

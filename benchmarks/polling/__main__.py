"""`python -m benchmarks.polling [--parts versus,live,schedule,snmp] [--rounds 3]`: the last line is JSON."""

import argparse
import json
from argparse import Namespace
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from benchmarks.polling import live, schedule, snmp, versus
from benchmarks.polling.pipeline import on_one_core
from tests import postgres

Part = Callable[[str, float], Coroutine[Any, Any, dict[str, float]]]
# One part, one database, on one core of this process.
PARTS: dict[str, Part] = {"schedule": schedule.measure, "snmp": snmp.measure}


def main() -> None:
    """Run the parts, one after the other; those with processes of their own first, which may use every core."""
    options = _options()
    asked = options.parts.split(",")
    found: dict[str, float] = {}
    if "versus" in asked:
        kinds = tuple(options.kinds.split(","))
        found |= versus.compare(kinds, options.rounds, options.round_seconds, icinga="http" in kinds)
    if "live" in asked:
        found |= live.measure()
    for name in asked:
        if name in PARTS:
            with postgres.cluster() as url:
                on_one_core()
                found |= uvloop.run(PARTS[name](url, options.seconds))
    print(json.dumps(found))


def _options() -> Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.polling")
    parser.add_argument("--parts", default=",".join(("versus", "live", *PARTS)))
    parser.add_argument("--kinds", default="http,tcp,ping", help="what is compared")
    parser.add_argument("--seconds", type=float, default=30, help="of the parts that are not a comparison")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--round-seconds", type=float, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()

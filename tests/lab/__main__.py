"""`python -m tests.lab up|down|status|exec`: a lab for a person. Needs root."""

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack

from tests.lab import netns
from tests.lab.errors import LabError
from tests.lab.lab import Lab
from tests.lab.product import USERNAME, Product
from tests.lab.program import build_web_ui

DEFAULT_PREFIX = "lanlab"


def main(argv: Sequence[str] | None = None) -> int:
    """Do one command; the exit code is 0 when it worked."""
    arguments = _parser().parse_args(argv)
    commands = {"up": _up, "down": _down, "status": _status, "exec": _exec}
    try:
        return commands[arguments.command](Lab(arguments.prefix), arguments)
    except LabError as failure:
        _say(str(failure))
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument(
        "--prefix", default=DEFAULT_PREFIX, help="names the lab; labs with other names share nothing"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="bring the lab up; Ctrl-C takes it down")
    up.add_argument("--product", action="store_true", help="run Lanarium in it too")
    up.add_argument("--port", type=int, default=8443, help="where on 127.0.0.1 Lanarium is to be found")
    commands.add_parser("down", help="take a lab down, also one whose owner was killed")
    commands.add_parser("status", help="which machines there are, and whether their ports answer")
    run = commands.add_parser("exec", help="run a command on a machine of the lab")
    run.add_argument("machine")
    run.add_argument("argv", nargs=argparse.REMAINDER)
    return parser


def _up(lab: Lab, arguments: argparse.Namespace) -> int:
    stop = _stop_event()
    with ExitStack() as running:
        running.enter_context(lab)
        _print_machines(lab)
        if arguments.product:
            build_web_ui()
            product = running.enter_context(Product(lab, port=arguments.port))
            _say(f"Lanarium is at {product.url}, user {USERNAME}, password {product.password}")
        _say("The lab is up. Ctrl-C takes it down.")
        stop.wait()
    return 0


def _down(lab: Lab, _: argparse.Namespace) -> int:
    if lab.folder.owned():
        state = lab.folder.recall()
        raise LabError(f"lab {lab.prefix} belongs to process {state.owner if state else '?'}: end that instead")
    lab.down()
    return 0


def _status(lab: Lab, _: argparse.Namespace) -> int:
    if not lab.folder.owned():
        _say(f"lab {lab.prefix} is not up")
        return 1
    _print_machines(lab)
    silent = lab.silent_ports()
    for bell in silent:
        _say(f"no answer: {bell.host} {bell.address} {bell.port.protocol}/{bell.port.number}")
    return 1 if silent else 0


def _exec(lab: Lab, arguments: argparse.Namespace) -> int:
    namespace = lab.namespace(arguments.machine)
    return subprocess.run(netns.argv_inside(namespace, arguments.argv), check=False).returncode


def _stop_event() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _print_machines(lab: Lab) -> None:
    for host in [*lab.truth()["hosts"], lab.truth()["scanner"]]:
        addresses = " ".join(card["ipv4"] for card in host["interfaces"])
        ports = " ".join(f"{port['protocol']}/{port['port']}" for port in host["ports"] if port["state"] == "open")
        _say(f"{host['name']:<9} {addresses:<21} {ports}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("python -m tests.lab needs root: it makes network namespaces")
    sys.exit(main())

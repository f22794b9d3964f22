"""What a person reads in the terminal once Lanarium is ready."""

import json
from collections.abc import Callable
from pathlib import Path

from backend.infra.system import machine
from backend.infra.system.readiness import Answer
from backend.infra.system.setup_steps import Prepared

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}  # noqa: S104 - compared, not listened on


def ready(prepared: Prepared, answer: Answer, say: Callable[[str], None]) -> None:
    """Addresses, fingerprint, log, and (once in its life) the first administrator's password."""
    config, certificate = prepared.config, prepared.certificate
    say("Lanarium is ready." if answer.status == 200 else f"Lanarium runs, but: {_failing(answer)}")
    for url in _urls(config.addresses, config.https_port):
        say(f"  Open         {url}")
    say(f"  Certificate  SHA-256 {certificate.fingerprint}")
    if not certificate.own:
        say(f"               issued by {prepared.data.path('tls') / 'ca.crt'}: import it to silence the browser")
    say(f"  Logs         {prepared.data.path('logs')}")
    for line in first_admin(prepared.data.first_admin):
        say(line)
    say("  Stop         Ctrl-C")


def first_admin(path: Path) -> list[str]:
    """What the application left for the first administrator, told once and then deleted."""
    try:
        left = json.loads(path.read_text())
        path.unlink()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as problem:
        return [f"  The first administrator's password could not be read: {problem}"]
    return [
        f"  First login  {left['username']}",
        f"  Password     {left['password']}   (shown only this once)",
    ]


def local_address(addresses: tuple[str, ...]) -> str:
    """The address by which this machine reaches its own web server."""
    return EVERY_ADDRESS.get(addresses[0], addresses[0].strip("[]"))


def _urls(addresses: tuple[str, ...], port: int) -> list[str]:
    if not EVERY_ADDRESS.keys() & set(addresses):
        return [f"https://{address}:{port}" for address in addresses]
    lan = [address for address in machine.lan_addresses() if "[::]" in addresses or ":" not in address]
    hosts = ["localhost", *(machine.open_address(address) for address in lan)]
    return [f"https://{host}:{port}" for host in hosts]


def _failing(answer: Answer) -> str:
    try:
        checks = json.loads(answer.body)["checks"]
        return ", ".join(name for name, check in checks.items() if not check["ok"])
    except (ValueError, KeyError, TypeError):
        return "it does not say that it is ready"

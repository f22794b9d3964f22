"""A Windows host to look at: `python -m simulators.windows --user 'LAB\\watch' --password-file FILE`.

It answers WS-Management at loopback until it is stopped. With --certificate and --key it speaks TLS.
"""

import argparse
import asyncio
import hashlib
import ssl
import sys
from pathlib import Path

from simulators.windows.machine import Machine
from simulators.windows.server import running, windows_host


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulators.windows", description=__doc__)
    parser.add_argument("--address", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", type=int, default=5985, help="0 takes any that is free (default: %(default)s)")
    parser.add_argument("--name", default="WIN-SIM01", help="what the machine calls itself (default: %(default)s)")
    parser.add_argument("--user", default="LAB\\watch", help="as DOMAIN\\user (default: %(default)s)")
    parser.add_argument("--password-file", type=Path, required=True, help="a file that holds the user's password")
    parser.add_argument("--methods", default="Negotiate", help="Negotiate, Basic or both, with a comma")
    parser.add_argument("--certificate", type=Path, help="PEM; with --key it speaks TLS")
    parser.add_argument("--key", type=Path, help="the certificate's key, PEM")
    return parser.parse_args()


def _context(certificate: Path, key: Path) -> tuple[ssl.SSLContext, bytes]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).digest()


async def _serve(options: argparse.Namespace) -> None:
    password = options.password_file.read_text().strip()
    methods = tuple(each.strip() for each in options.methods.split(","))
    host = windows_host({options.user: password}, Machine(name=options.name), methods=methods)
    context = None
    if options.certificate and options.key:
        context, host.certificate_digest = _context(options.certificate, options.key)
    async with running(host, options.address, options.port, context):
        sys.stdout.write(f"{options.name} answers at {options.address}, port {host.port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until somebody ends it."""
    try:
        asyncio.run(_serve(_options()))
    except KeyboardInterrupt:
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()

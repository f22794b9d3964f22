"""`python -m backend.infra.scan_helper --socket PATH --allowed-uid UID`: runs until SIGTERM or SIGINT."""

import argparse
import asyncio
import ctypes
import logging
import os
import resource
import signal
import sys
from pathlib import Path

from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.logging import configure
from backend.infra.scan_helper.server import ScanHelper, can_open_raw_sockets

PR_SET_NO_NEW_PRIVS = 38
LOG = logging.getLogger("backend.infra.scan_helper")


def main() -> int:
    """Cage ourselves, then serve."""
    options = _options()
    configure()
    _cage()
    asyncio.run(_serve(options.socket, {os.getuid(), *options.allowed_uid}))
    options.socket.unlink(missing_ok=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lanarium-scan-helper", description="Runs nmap for Lanarium.")
    parser.add_argument("--socket", type=Path, required=True, help="the Unix socket to serve on")
    parser.add_argument(
        "--allowed-uid",
        type=int,
        action="append",
        default=[],
        help="a user who may give jobs, besides our own",
    )
    return parser.parse_args()


def _cage() -> None:
    """Never gain a right, never leave a core dump, make files that only we can read."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)


async def _serve(path: Path, uids: set[int]) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    server = await ScanHelper(NmapProgram(), uids).listen(path)
    LOG.info("ready, raw sockets: %s", can_open_raw_sockets())
    await ended.wait()
    server.close()


if __name__ == "__main__":
    sys.exit(main())

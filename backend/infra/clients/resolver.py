"""Names to addresses and back, on threads of its own, so that a dead resolver delays nobody else."""

import asyncio
import ipaddress
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

WAIT_S = 3.0
KEEP_S = 60.0
KEEP_FAILURE_S = 10.0
MAX_KEPT = 10_000
THREADS = 8
MAX_ANSWERS = 64


class SystemResolver:
    """Asks the system's resolver, waits 3 seconds at most, and remembers answers for a minute."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resolver")
        self._kept: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}

    async def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses of a name, none where it does not resolve in time."""
        return await self._ask("addresses", name, _addresses)

    async def name(self, address: str) -> str | None:
        """The name of an address, if somebody gives it one in time."""
        found = await self._ask("name", address, _names)
        return found[0] if found else None

    def close(self) -> None:
        """Let go of the threads; what they still ask is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, kind: str, key: str, question: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        kept = self._kept.get((kind, key))
        if kept and kept[0] > time.monotonic():
            return kept[1]
        waiting = asyncio.get_running_loop().run_in_executor(self._threads, question, key)
        try:
            answer = await asyncio.wait_for(waiting, self._wait_s)
        except (OSError, TimeoutError, UnicodeError):
            answer = ()
        if len(self._kept) >= MAX_KEPT:
            self._kept.clear()
        self._kept[kind, key] = (time.monotonic() + (KEEP_S if answer else KEEP_FAILURE_S), answer)
        return answer


def _addresses(name: str) -> tuple[str, ...]:
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    texts = (str(address[0]).partition("%")[0] for *_, address in found)
    return tuple(dict.fromkeys(str(ipaddress.ip_address(text)) for text in texts))[:MAX_ANSWERS]


def _names(address: str) -> tuple[str, ...]:
    return (socket.getnameinfo((address, 0), socket.NI_NAMEREQD)[0],)

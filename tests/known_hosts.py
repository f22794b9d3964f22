"""A book of host keys for tests: in memory, and open to be looked at."""

from backend.domain.monitoring.collector import ServerKey


class Book:
    """What the database keeps otherwise."""

    def __init__(self) -> None:
        self.keys: dict[tuple[str, int], ServerKey] = {}
        self.offered: list[ServerKey] = []

    async def pinned(self, address: str, port: int) -> ServerKey | None:
        return self.keys.get((address, port))

    async def pin(self, address: str, port: int, key: ServerKey) -> ServerKey:
        return self.keys.setdefault((address, port), key)

    async def changed(self, address: str, port: int, key: ServerKey) -> None:
        self.offered.append(key)

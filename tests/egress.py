"""Ways out for tests whose targets live on loopback, where no check of the real program may ever go."""

from backend.domain.monitoring.collector import Ways


class Anywhere:
    """Every address is allowed; names have none."""

    def of(self, site_id: int) -> Ways:
        return self

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        return (host,)


class Loopback(Anywhere):
    """Every address is this machine: nothing that a test invents is ever asked for."""

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        return ("127.0.0.1",)

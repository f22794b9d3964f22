"""A judge that looks at a name and then asks for it again: what it judged is not where the check goes."""

from backend.domain.monitoring.collector import CheckFailed, Ways
from backend.domain.monitoring.egress import refusal
from tests.attacks.checking import SCOPE, TurningNames


class ForgetfulSite:
    """Judges one answer and uses the next."""

    def __init__(self, names: TurningNames) -> None:
        self._names = names

    def of(self, site_id: int) -> Ways:
        return self

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        for address in await self._names.addresses(host):
            if refusal(SCOPE, address, allow_public=allow_public):
                raise CheckFailed("target_forbidden", "no", final=True)
        return await self._names.addresses(host)

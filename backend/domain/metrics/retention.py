"""How long rows and their roll-ups are kept: for ever, unless somebody says otherwise."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from backend.domain.accounts.actor import Actor
from backend.domain.errors import Invalid

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Retention:
    """Days; None: for ever."""

    raw_days: int | None = None
    rollup_5m_days: int | None = None
    rollup_1h_days: int | None = None
    rollup_1d_days: int | None = None


# What each field is of, the finest first.
FIELDS = {"raw_days": "raw", "rollup_5m_days": "5m", "rollup_1h_days": "1h", "rollup_1d_days": "1d"}


class Retentions(Protocol):
    """Where it is kept."""

    async def get(self) -> Retention:
        """What is in force."""
        ...

    async def set(self, wanted: Retention) -> None:
        """Put this in force."""
        ...

    async def kept_since(self) -> Mapping[str, datetime | None]:
        """For each level, before when everything was dropped."""
        ...


class RetentionService:
    """Reads and changes it."""

    async def change(self, work: "UnitOfWork", actor: Actor, wanted: Retention) -> None:
        """Raises Invalid where a roll-up would go before the finer one that it is made of."""
        days = [getattr(wanted, name) for name in FIELDS]
        for place, name in enumerate(FIELDS):
            finer, coarser = days[place - 1] if place else 1, days[place]
            if coarser is not None and (finer is None or coarser < finer):
                text = "What is coarser must be kept at least as long as what is finer"
                raise Invalid.for_field(name, "retention_order", text)
        before = await work.retention.get()
        await work.retention.set(wanted)
        await work.audit.record(actor, "change", "retention", None, {"from": asdict(before), "to": asdict(wanted)})

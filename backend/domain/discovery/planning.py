"""From what a person wrote to the addresses that will be scanned: parse, resolve, judge, count."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from backend.domain.discovery.addresses import EMPTY, AddressSet
from backend.domain.discovery.chunks import chunk_count
from backend.domain.discovery.estimate import estimate
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.ports import NameResolver
from backend.domain.discovery.sampling import block_count, check_sample, sample
from backend.domain.discovery.scope import AllowedNetwork, Scope, ScopeGuard
from backend.domain.discovery.storage import OwnAddresses
from backend.domain.discovery.targets import TargetName, check_size, parse_targets
from backend.domain.errors import FieldError, Invalid, Params

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MAX_NAMES = 256
NAMES_AT_ONCE = 8
Texts = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What would be scanned.

    `reach` is all that may be, `permitted` what is asked: the same, but for a sample that asks a few of each /24.
    """

    texts: tuple[str, ...]
    exclusion_texts: tuple[str, ...]
    permitted: AddressSet
    names: Mapping[str, tuple[str, ...]]
    networks: tuple[AllowedNetwork, ...]
    reach: AddressSet
    sampled: int = 0  # /24s

    @property
    def title(self) -> str:
        """A name for a scan that a person gave none."""
        return self.texts[0] if len(self.texts) == 1 else f"{self.texts[0]} +{len(self.texts) - 1}"


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan and what it would cost."""

    plan: ScanPlan
    chunks: int
    seconds: int
    packets: int


class Planner:
    """Judges targets as they are now: names are resolved by us, and every answer is judged as an address."""

    def __init__(self, resolver: NameResolver, own_addresses: OwnAddresses) -> None:
        self._resolver = resolver
        self._own = own_addresses
        self.raw_sockets = True  # the coordinator keeps it up to date with what the scan helper says

    async def plan(
        self, work: "UnitOfWork", site_id: int, targets: Texts, exclusions: Texts, sample_by: UUID | None = None
    ) -> ScanPlan:
        """Raises Invalid, naming the field, the entry and the reason, where any part may not be scanned.

        With `sample_by`, a few addresses of every /24 are chosen by that number.
        """
        wanted = parse_targets(targets)
        left_out = parse_targets(exclusions, "exclusions", required=False)
        if sample_by:
            check_sample(wanted)
        else:
            check_size(wanted.addresses)
        excluded = left_out.addresses | await self._excluded_names(left_out.names)
        networks = await work.scans.allowed_networks(site_id)
        guard = ScopeGuard(self.scope(networks, excluded.texts()))
        names = await self._resolve(wanted.names, "targets")
        reach = _permitted(guard, wanted.addresses, names)
        permitted = sample(reach, sample_by) if sample_by else reach
        if not permitted:
            raise Invalid.for_field("targets", "no_targets", "Nothing is left to scan")
        check_size(permitted)
        touched = tuple(n for n in networks if AddressSet.parse([n.cidr]) & reach)
        blocks = block_count(permitted) if sample_by else 0
        return ScanPlan(entries(targets), excluded.texts(), permitted, names, touched, reach, blocks)

    def scope(self, networks: tuple[AllowedNetwork, ...], excluded: tuple[str, ...]) -> Scope:
        """What the guard judges by, here and in the scan helper."""
        return Scope(networks, excluded, self._own())

    def preview(self, plan: ScanPlan, options: ScanOptions, size: int, concurrency: int) -> Preview:
        """What the plan would cost."""
        chunks = chunk_count(plan.permitted, size)
        cost = estimate(
            plan.permitted.count, options, raw=self.raw_sockets, concurrency=max(1, min(concurrency, chunks))
        )
        return Preview(plan, chunks, cost.seconds, cost.packets)

    async def _excluded_names(self, names: Sequence[TargetName]) -> AddressSet:
        found = await self._resolve(names, "exclusions")
        return AddressSet.parse(address for answers in found.values() for address in answers)

    async def _resolve(self, names: Sequence[TargetName], field: str) -> Mapping[str, tuple[str, ...]]:
        if len(names) > MAX_NAMES:
            raise Invalid.for_field(
                field,
                "too_many_names",
                f"{len(names)} names; one scan takes at most {MAX_NAMES}",
                count=len(names),
                limit=MAX_NAMES,
            )
        room = asyncio.Semaphore(NAMES_AT_ONCE)

        async def one(name: TargetName) -> tuple[str, ...]:
            async with room:
                return await self._resolver.addresses(name.name)

        answers = await asyncio.gather(*(one(name) for name in names))
        return {name.name: _answered(name, found, field) for name, found in zip(names, answers, strict=True)}


def _answered(name: TargetName, answers: tuple[str, ...], field: str) -> tuple[str, ...]:
    if not answers:
        detail = f"Line {name.line}: the name {name.text} has no address, or its name server did not answer"
        params: Params = {"name": name.text, "line": name.line}
        error = FieldError(field, "name_does_not_resolve", params, detail)
        raise Invalid(detail, code=error.code, params=params, errors=(error,))
    return answers


def _permitted(guard: ScopeGuard, addresses: AddressSet, names: Mapping[str, tuple[str, ...]]) -> AddressSet:
    permitted = guard.require(addresses) if addresses else EMPTY
    for name, answers in names.items():
        permitted |= guard.require_name(name, answers)
    return permitted


def entries(texts: Texts) -> tuple[str, ...]:
    """What a person wrote, a line each."""
    lines: Iterable[str] = texts.splitlines() if isinstance(texts, str) else texts
    return tuple(line.strip() for line in lines if line.strip())

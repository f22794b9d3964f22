"""Provisioning rules: networks in which suggestions accept themselves when a scan ends."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from backend.domain.accounts.actor import SYSTEM, Actor
from backend.domain.bus import EventBus
from backend.domain.discovery.events import ScanFinished
from backend.domain.errors import DomainError, NotFound, Unavailable
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.monitoring.accepting import Acceptance, SuggestionService
from backend.domain.monitoring.credentials import CredentialService
from backend.domain.monitoring.monitors import check_interval
from backend.domain.monitoring.plugins import Collectors, check_collectors
from backend.domain.monitoring.suggestions import SuggestionFilter
from backend.domain.page import Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
LOOK_S = 300.0


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as a person wants it. No collectors: every one that needs no other login than those named."""

    name: str
    network_id: int
    collectors: tuple[str, ...] = ()
    credential_profile_ids: tuple[int, ...] = ()
    interval_s: int | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is kept."""

    id: int
    uid: UUID
    site_id: int
    wanted: NewRule
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """A rule is new or different: what is known already may fit it."""


class ProvisioningRules(Protocol):
    """Rules in the open transaction."""

    async def page(self, sites: SiteScope, request: PageRequest) -> Page[Rule]:
        """Rules by name."""
        ...

    async def get(self, rule_id: int, *, lock: bool = False) -> Rule | None:
        """One rule."""
        ...

    async def add(self, site_id: int, wanted: NewRule) -> int:
        """Write one down; raises Conflict where the site has one of that name."""
        ...

    async def change(self, rule_id: int, wanted: NewRule) -> None:
        """Change one; raises Conflict where the name is taken."""
        ...

    async def remove(self, rule_id: int) -> None:
        """Forget it; its monitors stay."""
        ...

    async def enabled(self) -> Sequence[Rule]:
        """Those that are switched on, the oldest first."""
        ...


class RuleService:
    """What may be done with rules."""

    def __init__(self, collectors: Collectors, credentials: CredentialService) -> None:
        self._collectors, self._credentials = collectors, credentials

    async def visible(self, work: "UnitOfWork", actor: Actor, rule_id: int, *, lock: bool = False) -> Rule:
        """One rule; raises NotFound where there is none for this person."""
        found = await work.provisioning_rules.get(rule_id, lock=lock)
        if found is None or not actor.may_see_site(found.site_id):
            raise NotFound.of("provisioning_rule", rule_id)
        return found

    async def create(self, work: "UnitOfWork", actor: Actor, wanted: NewRule) -> Rule:
        """Write one down; raises NotFound for its network or a login, Invalid, Conflict for its name."""
        site_id = await self._checked(work, actor, wanted)
        made = await work.provisioning_rules.add(site_id, wanted)
        await work.audit.record(actor, "create", "provisioning_rule", made, _told(wanted))
        work.collect(RulesChanged())
        return await self.visible(work, actor, made)

    async def change(self, work: "UnitOfWork", actor: Actor, rule_id: int, wanted: NewRule) -> Rule:
        """Put another version in place; raises as `create` does. A rule stays in its site."""
        old = await self.visible(work, actor, rule_id, lock=True)
        if await self._checked(work, actor, wanted) != old.site_id:
            raise NotFound.of("network", wanted.network_id)
        await work.provisioning_rules.change(rule_id, wanted)
        await work.audit.record(actor, "update", "provisioning_rule", rule_id, _told(wanted))
        work.collect(RulesChanged())
        return await self.visible(work, actor, rule_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, rule_id: int) -> None:
        """Forget a rule; its monitors stay."""
        found = await self.visible(work, actor, rule_id, lock=True)
        await work.provisioning_rules.remove(rule_id)
        await work.audit.record(actor, "delete", "provisioning_rule", rule_id, {"name": found.wanted.name})

    async def _checked(self, work: "UnitOfWork", actor: Actor, wanted: NewRule) -> int:
        """The site of its network."""
        network = await work.places.network(wanted.network_id)
        if network is None or not actor.may_see_site(network.site_id):
            raise NotFound.of("network", wanted.network_id)
        for profile_id in wanted.credential_profile_ids:
            await self._credentials.visible(work, actor, profile_id)
        check_collectors(self._collectors, wanted.collectors, "collectors")
        check_interval(wanted.interval_s)
        return network.site_id


class Provisioning:
    """The loop that lets rules do their work when scans end."""

    name = "provisioning"

    def __init__(
        self,
        transactions: "UnitOfWorkFactory",
        suggestions: SuggestionService,
        bus: EventBus,
        *,
        look_s: float = LOOK_S,
    ) -> None:
        self._transactions, self._suggestions, self._bus = transactions, suggestions, bus
        self._look_s = look_s
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Look at the start, when a scan ended, and now and then, until cancelled."""
        ends = [self._bus.subscribe(kind, lambda _: self._wake.set()) for kind in (ScanFinished, RulesChanged)]
        try:
            while True:
                self._wake.clear()
                try:
                    await self.look()
                except Unavailable:
                    log.warning("storage is away; provisioning rules wait")
                await self._wait()
        finally:
            for end in ends:
                end()

    async def look(self) -> None:
        """Accept what fits each rule, a rule a transaction."""
        async with self._transactions() as work:
            rules = await work.provisioning_rules.enabled()
        for rule in rules:
            try:
                await self._apply(rule)
            except Unavailable:
                raise
            except DomainError as refused:
                log.warning("provisioning rule %s: %s", rule.id, refused.code)

    async def _apply(self, rule: Rule) -> None:
        wanted = rule.wanted
        which = SuggestionFilter(network_id=wanted.network_id, collectors=wanted.collectors, site_id=rule.site_id)
        how = Acceptance(wanted.credential_profile_ids, wanted.interval_s, own_choice=False)
        async with self._transactions() as work:
            made = await self._suggestions.accept_everything(work, SYSTEM, which, how)
            if made:
                told = {"monitors": made}
                await work.audit.record(SYSTEM, "apply", "provisioning_rule", rule.id, told)
            await work.commit()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._look_s):
                await self._wake.wait()
        except TimeoutError:
            return


def _told(wanted: NewRule) -> dict[str, object]:
    names = ("name", "network_id", "interval_s", "enabled")
    lists = {"collectors": list(wanted.collectors), "credentials": list(wanted.credential_profile_ids)}
    return {**{name: getattr(wanted, name) for name in names}, **lists}

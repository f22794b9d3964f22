"""From discovered to monitored: suggestions, and the rules by which they accept themselves."""

from typing import Annotated

from fastapi import APIRouter, Query, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery
from backend.api.inventory.filters import Words
from backend.api.monitoring.suggestion_schemas import (
    AcceptedOut,
    AcceptIn,
    Decided,
    KeysIn,
    RuleIn,
    RuleOut,
    Suggestion,
)
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.monitoring.suggestions import SuggestionFilter

router = APIRouter(tags=["monitoring"])


@router.get("/monitor-suggestions", responses=responses(401, 403, 422))
async def monitor_suggestions(  # noqa: PLR0917 - as many as the query has
    actor: Operator,
    work: Work,
    services: Services,
    paging: Paging,
    device_id: IdQuery | None = None,
    network_id: IdQuery | None = None,
    collector: Words = None,
    dismissed: Annotated[bool, Query(description="Those that were put aside instead")] = False,
) -> Listing[Suggestion]:
    """What could be watched and is not; sort by device, collector or port."""
    wanted = SuggestionFilter(device_id, network_id, tuple(collector or ()), dismissed=dismissed)
    page = await services.monitoring.suggestions.page(work, actor, wanted, paging)
    return listing(page, [Suggestion.of(item) for item in page.items])


@router.post("/monitor-suggestions/accept", responses=responses(401, 403, 404))
async def accept_suggestions(actor: Operator, work: Work, services: Services, body: AcceptIn) -> AcceptedOut:
    """Make monitors of suggestions; those that cannot be are named with the reason, and stop nothing."""
    suggestions, how = services.monitoring.suggestions, body.to_domain()
    if body.all is not None:
        return AcceptedOut.of(await suggestions.accept_all(work, actor, body.all.to_domain(), how))
    return AcceptedOut.of(await suggestions.accept(work, actor, body.keys or (), how))


@router.post("/monitor-suggestions/dismiss", responses=responses(401, 403))
async def dismiss_suggestions(actor: Operator, work: Work, services: Services, body: KeysIn) -> Decided:
    """Suggest these no more."""
    return Decided(changed=await services.monitoring.suggestions.dismiss(work, actor, body.keys, restore=False))


@router.post("/monitor-suggestions/restore", responses=responses(401, 403))
async def restore_suggestions(actor: Operator, work: Work, services: Services, body: KeysIn) -> Decided:
    """Suggest these again."""
    return Decided(changed=await services.monitoring.suggestions.dismiss(work, actor, body.keys, restore=True))


@router.get("/provisioning-rules", responses=responses(401, 422))
async def provisioning_rules(actor: Viewer, work: Work, paging: Paging) -> Listing[RuleOut]:
    """Provisioning rules; sort by name or created_at."""
    page = await work.provisioning_rules.page(actor.site_ids, paging)
    return listing(page, [RuleOut.of(item) for item in page.items])


@router.post("/provisioning-rules", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_provisioning_rule(actor: Operator, work: Work, services: Services, body: RuleIn) -> RuleOut:
    """A new rule; what is known of its network already is looked at once."""
    return RuleOut.of(await services.monitoring.rules.create(work, actor, body.to_domain()))


@router.get("/provisioning-rules/{rule_id}", responses=responses(401, 404))
async def provisioning_rule(actor: Viewer, work: Work, services: Services, rule_id: Id) -> RuleOut:
    """One rule."""
    return RuleOut.of(await services.monitoring.rules.visible(work, actor, rule_id))


@router.put("/provisioning-rules/{rule_id}", responses=responses(401, 403, 404, 409))
async def replace_provisioning_rule(
    actor: Operator, work: Work, services: Services, rule_id: Id, body: RuleIn
) -> RuleOut:
    """Another version of a rule; monitors that it made stay as they are."""
    return RuleOut.of(await services.monitoring.rules.change(work, actor, rule_id, body.to_domain()))


@router.delete(
    "/provisioning-rules/{rule_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404)
)
async def delete_provisioning_rule(actor: Operator, work: Work, services: Services, rule_id: Id) -> None:
    """Forget a rule; its monitors stay."""
    await services.monitoring.rules.delete(work, actor, rule_id)

"""What was measured: the newest values, history, labelled series, lines for lists, and a table to keep."""

import base64
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from backend.api.deps import Read, Services
from backend.api.errors import responses
from backend.api.fields import Id, Line, Moment, iso
from backend.api.inventory.answers import NO_STORE
from backend.api.monitoring.history_schemas import (
    History,
    Latest,
    MetricUnit,
    SampleHistory,
    SeriesOut,
    Sparklines,
)
from backend.api.paging import Listing, Paging, cursor_of
from backend.api.policy import Viewer
from backend.api.services import Services as ServiceSet
from backend.domain.errors import Invalid
from backend.domain.inventory.table import BOM, csv_line
from backend.domain.metrics.history import Span
from backend.domain.metrics.points import NAMES, UP
from backend.domain.metrics.reading import Subject
from backend.domain.metrics.resolution import Plan

router = APIRouter(tags=["monitoring"])
MOST_POINTS, MOST_ROWS, MOST_IDS = 2_000, 10_000, 500
JSON_OPTIONS = orjson.OPT_UTC_Z
Start = Annotated[Moment | None, Query(alias="from", description="Unset: 24 hours before `to`")]
End = Annotated[Moment | None, Query(alias="to", description="Unset: now")]
Points = Annotated[
    int | None, Query(ge=1, le=MOST_POINTS, description="How many points fit the chart; unset: rows as stored")
]
Names = Annotated[
    str, Query(max_length=1000, description=f"Some of {', '.join(NAMES)}; unset: what its collector measures")
]
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows in a page")]
Cursor = Annotated[str | None, Query(max_length=64, description="`next` of the page before")]
Ids = Annotated[
    str, Query(max_length=11_000, pattern=r"^[0-9]{1,18}(,[0-9]{1,18})*$", description="Monitors: `1,2,3`")
]
Labels = Annotated[str, Query(max_length=4000, description='JSON, such as {"phase":"connect"}')]


@router.get("/monitors/sparklines", response_model=Sparklines, responses=responses(401, 422))
async def sparklines(  # noqa: PLR0917 - as many as the query has
    actor: Viewer,
    work: Read,
    services: Services,
    ids: Ids,
    points: Annotated[int, Query(ge=2, le=200)] = 40,
    hours: Annotated[int, Query(ge=1, le=24 * 31)] = 24,
) -> Response:
    """A line for each of up to 500 monitors: processor where that is measured, else how long the answer took."""
    wanted = [int(each) for each in ids.split(",")]
    if len(wanted) > MOST_IDS:
        raise Invalid.for_field("ids", "too_many_monitors", f"At most {MOST_IDS} monitors at once", most=MOST_IDS)
    return _json({"items": await services.monitoring.history.sparklines(work, actor, wanted, points, hours)})


@router.get("/metrics/units", responses=responses(401))
async def metric_units(_: Viewer, services: Services) -> Listing[MetricUnit]:
    """Every metric with its unit, and the collectors that measure it."""
    items = [MetricUnit.of(*each) for each in services.monitoring.history.catalogue()]
    return Listing[MetricUnit](items=items, total=len(items), next=None)


@router.get("/monitors/{monitor_id}/metrics", response_model=Latest, responses=responses(401, 404))
async def latest_metrics(actor: Viewer, work: Read, services: Services, monitor_id: Id) -> Response:
    """The newest values, percentages included."""
    history = services.monitoring.history
    return _json(await history.latest(work, await history.subject(work, actor, monitor_id)))


@router.get("/monitors/{monitor_id}/metrics/history", response_model=History, responses=responses(401, 404, 422))
async def metrics_history(  # noqa: PLR0917 - as many as the query has
    actor: Viewer,
    work: Read,
    services: Services,
    monitor_id: Id,
    start: Start = None,
    end: End = None,
    points: Points = None,
    metrics: Names = "",
    limit: Limit = 500,
    cursor: Cursor = None,
) -> Response:
    """Rows as stored, the oldest first and paged; with `points`, a chart of the resolution that fits."""
    history = services.monitoring.history
    subject, span = await history.subject(work, actor, monitor_id), history.span(start, end)
    names = history.names(subject, [name.strip() for name in metrics.split(",")] if metrics else ())
    if points is not None:
        plan, data = await history.chart(work, subject, span, names, points)
        return _charted(plan, data)
    rows, following = await history.rows(work, subject, _from_cursor(span, cursor), names, limit)
    return _listed(span, rows, following, subject)


@router.get("/monitors/{monitor_id}/samples", responses=responses(401, 404, 422))
async def monitor_samples(
    actor: Viewer, work: Read, services: Services, monitor_id: Id, paging: Paging
) -> Listing[SeriesOut]:
    """The labelled series of a monitor, each with its newest value."""
    history = services.monitoring.history
    found, total = await history.series(work, await history.subject(work, actor, monitor_id), paging)
    end = paging.offset + len(found)
    items = [SeriesOut.of(*each) for each in found]
    return Listing[SeriesOut](items=items, total=total, next=cursor_of(end) if items and end < total else None)


@router.get(
    "/monitors/{monitor_id}/samples/history", response_model=SampleHistory, responses=responses(401, 404, 422)
)
async def samples_history(  # noqa: PLR0917 - as many as the query has
    actor: Viewer,
    work: Read,
    services: Services,
    monitor_id: Id,
    name: Line,
    labels: Labels = "{}",
    start: Start = None,
    end: End = None,
    points: Points = None,
    limit: Limit = 500,
    cursor: Cursor = None,
) -> Response:
    """One labelled series: values as stored, or with `points` a chart."""
    history = services.monitoring.history
    subject, span = await history.subject(work, actor, monitor_id), history.span(start, end)
    series_id = await history.series_id(work, subject, name, _labels(labels))
    if points is not None:
        plan, data = await history.sample_chart(work, series_id, span, points)
        return _charted(plan, data)
    rows, following = await history.sample_rows(work, series_id, _from_cursor(span, cursor), limit)
    return _listed(span, rows, following, subject)


@router.get(
    "/monitors/{monitor_id}/metrics/export.csv",
    response_class=StreamingResponse,
    responses={**responses(401, 404, 422), 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_metrics(
    actor: Viewer, services: Services, monitor_id: Id, start: Start = None, end: End = None
) -> StreamingResponse:
    """Every row of a range, as CSV in UTF-8; no cell can become a formula."""
    history = services.monitoring.history
    async with services.reading() as work:
        subject = await history.subject(work, actor, monitor_id)
    body = _lines(services, subject, history.span(start, end))
    headers = {
        "Content-Disposition": f'attachment; filename="monitor-{monitor_id}.csv"',
        "X-Content-Type-Options": "nosniff",
        **NO_STORE,
    }
    return StreamingResponse(body, media_type="text/csv; charset=utf-8; header=present", headers=headers)


async def _lines(services: ServiceSet, subject: Subject, span: Span) -> AsyncIterator[str]:
    """The table, many lines at a time; its reads see what is committed when they come to it."""
    yield BOM + csv_line(("timestamp", *NAMES))
    history, lines = services.monitoring.history, []
    async with services.reading() as work:
        async for row in history.every_row(work, subject, span, NAMES):
            lines.append(csv_line((iso(row["timestamp"]), *(_cell(name, row[name]) for name in NAMES))))
            if len(lines) >= MOST_IDS:
                yield "".join(lines)
                lines = []
    yield "".join(lines)


def _labels(text: str) -> dict[str, str]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or "\\u0000" in text or set(map(type, found.values())) - {str}:
        raise Invalid.for_field("labels", "labels_unreadable", "Labels are a JSON object of texts")
    return found


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if name == UP else str(value)


def _charted(plan: Plan, data: Sequence[Any]) -> Response:
    head = {"resolution": plan.resolution, "from": plan.start, "to": plan.end, "step_s": plan.step_s, "next": None}
    return _json({**head, "data": data})


def _listed(span: Span, rows: Sequence[Any], following: datetime | None, subject: Subject) -> Response:
    head = {"resolution": "raw", "from": span.start, "to": span.end, "step_s": subject.interval_s}
    return _json({**head, "next": _cursor(following), "data": rows})


def _json(body: Any) -> Response:
    return Response(orjson.dumps(body, option=JSON_OPTIONS), media_type="application/json", headers=NO_STORE)


def _cursor(at: datetime | None) -> str | None:
    """The opaque name of a moment: where the next page begins."""
    return None if at is None else base64.urlsafe_b64encode(f"t{at.isoformat()}".encode()).decode().rstrip("=")


def _from_cursor(span: Span, cursor: str | None) -> Span:
    if cursor is None:
        return span
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        at = datetime.fromisoformat(text.removeprefix("t"))
        known = text.startswith("t") and span.start <= at < span.end and at.utcoffset() == timedelta(0)
    except (ValueError, TypeError):
        known = False
    if not known:
        raise Invalid.for_field("cursor", "cursor_unknown", "This cursor is not one that Lanarium gave out")
    return Span(at, span.end)

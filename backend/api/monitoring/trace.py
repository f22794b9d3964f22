"""A test in front of somebody's eyes: its phases as lines of JSON while it runs, then what it came to."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from time import perf_counter

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from backend.api.monitoring.schemas import CheckTried
from backend.domain.monitoring.collector import Phase, Trace
from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.trying import TryService

NDJSON = "application/x-ndjson"
# How often is looked whether a phase is over: quicker than a person sees.
LOOK_S = 0.05
# What nginx must not gather, and nobody may keep.
_HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


def wants_trace(request: Request) -> bool:
    """Whether the caller asks for the phases as they come."""
    return NDJSON in request.headers.get("accept", "")


async def answer_try(request: Request, trying: TryService, monitor: Watched) -> CheckTried | Response:
    """The test's outcome; line by line where the caller accepts application/x-ndjson."""
    if wants_trace(request):
        return StreamingResponse(traced(trying, monitor), media_type=NDJSON, headers=_HEADERS)
    return CheckTried.of(await trying.run(monitor))


async def traced(trying: TryService, monitor: Watched) -> AsyncIterator[bytes]:
    """Lines `phase` (over), `doing` (what it is at now, and for how long it has run), and last `result`.

    A caller who hangs up ends the test.
    """
    trace, began = Trace(), perf_counter()
    task = asyncio.create_task(trying.run(monitor, trace))
    told, doing = 0, None
    try:
        while True:
            over, _ = await asyncio.wait({task}, timeout=LOOK_S)
            for phase in trace.phases[told:]:
                yield _line("phase", _phase(phase))
                told += 1
            if over:
                break
            if trace.phase != doing:
                doing = trace.phase
                yield _line("doing", {"name": doing, "elapsed_ms": (perf_counter() - began) * 1000})
        yield _line("result", CheckTried.of(task.result()).model_dump(mode="json"))
    finally:
        task.cancel()


def _phase(phase: Phase) -> Mapping[str, object]:
    return {"name": phase.name, "ms": phase.ms, "detail": phase.detail}


def _line(kind: str, fields: Mapping[str, object]) -> bytes:
    return json.dumps({"type": kind, **fields}).encode() + b"\n"

"""ReadRoute: the same answers and the same refusals as FastAPI's own way, or it cannot be declared."""

from typing import Annotated, Any, Literal

import pytest
from fastapi import APIRouter, Body, Depends, FastAPI, Query, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from backend.api import errors
from backend.api.fields import IdQuery, Moment, Search, Word
from backend.api.paging import Paging
from backend.api.read_route import ReadRoute
from backend.domain.errors import NotAuthenticated

QUERIES = (
    "",
    "q=",
    "q=%20two%20words%20",
    "q=one&q=two",
    "q=%00",
    "q=" + "x" * 201,
    "word=a&word=b&word=",
    "word=" + "w" * 201,
    "&".join(["word=a"] * 51),
    "kind=new&kind=hidden",
    "kind=nothing",
    "id=1",
    "id=0&limit=0",
    "id=9223372036854775808",
    "id=one&since=yesterday",
    "since=2026-01-01T00:00:00Z",
    "since=2026-01-01T00:00:00",
    "yes=true",
    "yes=perhaps",
    "limit=5&cursor=bzEw&sort=-name",
    "limit=501",
    "cursor=nonsense",
    "unknown=1&Q=2",
    "q=%ff%fe",
    "q",
    "&&=&",
    "stranger=1",
    "stranger=1&limit=x",
)


async def _who(request: Request, stranger: bool = False) -> str:
    if stranger:
        raise NotAuthenticated("Log in first")
    return request.headers.get("authorization", "nobody")


async def _wanted(
    q: Annotated[Search | None, Query(description="Words")] = None,
    word: Annotated[list[Word] | None, Query(max_length=50)] = None,
    kind: Annotated[list[Literal["new", "hidden"]] | None, Query()] = None,
    id: IdQuery | None = None,  # noqa: A002
    since: Moment | None = None,
    yes: bool | None = None,
) -> dict[str, Any]:
    return {"q": q, "word": word, "kind": kind, "id": id, "since": since and since.isoformat(), "yes": yes}


async def _answer(
    who: Annotated[str, Depends(_who)], wanted: Annotated[dict[str, Any], Depends(_wanted)], paging: Paging
) -> Response:
    return JSONResponse([who, wanted, paging.limit, paging.offset, paging.sort])


def _client(kind: type[APIRoute]) -> TestClient:
    app, router = FastAPI(), APIRouter(route_class=kind)
    router.get("/things")(_answer)
    app.include_router(router, prefix="/api")
    errors.install(app)
    return TestClient(app, headers={"Authorization": "Bearer abc"})


@pytest.mark.parametrize("query", QUERIES)
def test_it_answers_what_fastapi_answers(query: str) -> None:
    ours, theirs = (_client(kind).get(f"/api/things?{query}") for kind in (ReadRoute, APIRoute))
    assert (ours.status_code, ours.json()) == (theirs.status_code, theirs.json())


def test_it_is_described_as_fastapi_describes_it() -> None:
    ours, theirs = (_client(kind).get("/openapi.json").json() for kind in (ReadRoute, APIRoute))
    assert ours == theirs


async def _with_path(thing: int) -> Response: ...  # type: ignore[empty-body]


async def _with_body(name: Annotated[str, Body(embed=True)]) -> Response: ...  # type: ignore[empty-body]


async def _with_model() -> dict[str, int]: ...  # type: ignore[empty-body]


def _in_a_thread(q: str = "") -> Response: ...  # type: ignore[empty-body]


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [("/{thing}", _with_path), ("/a", _with_body), ("/b", _with_model), ("/c", _in_a_thread)],
)
def test_what_it_cannot_do_is_refused_when_it_is_declared(path: str, endpoint: Any) -> None:
    with pytest.raises(TypeError):
        APIRouter(route_class=ReadRoute).get(path)(endpoint)

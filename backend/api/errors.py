"""Which error class answers with which status, and the one shape of every error (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from backend.api.json import JsonResponse
from backend.domain import errors as domain

STATUS: dict[type[Exception], HTTPStatus] = {
    domain.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.NotFound: HTTPStatus.NOT_FOUND,
    domain.Conflict: HTTPStatus.CONFLICT,
    domain.Blocked: HTTPStatus.BAD_REQUEST,
    domain.NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    domain.Forbidden: HTTPStatus.FORBIDDEN,
    domain.Throttled: HTTPStatus.TOO_MANY_REQUESTS,
    domain.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.DomainError: HTTPStatus.BAD_REQUEST,
}

log = structlog.get_logger(__name__)


class FieldProblem(BaseModel):
    """One field and what is wrong with it."""

    field: str
    code: str
    params: dict[str, Any] = Field(default_factory=dict)
    detail: str = ""


class Problem(BaseModel):
    """Why a request was refused: RFC 9457, with a code and parameters for translation."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any] = Field(default_factory=dict)
    errors: list[FieldProblem] = Field(default_factory=list)


def problem(
    status: int, code: str, detail: str, params: Any = None, errors: Sequence[FieldProblem] = ()
) -> JsonResponse:
    """An error answer."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        params=dict(params or {}),
        errors=list(errors),
    )
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in body.params:
        headers["Retry-After"] = str(int(body.params["retry_after"]))
    return JsonResponse(body.model_dump(), status, headers=headers, media_type="application/problem+json")


def status_of(error: domain.DomainError) -> HTTPStatus:
    """The status of the nearest class that the table names."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route may answer, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def install(app: FastAPI) -> None:
    """Every error that leaves the application has the one shape."""
    app.add_exception_handler(domain.DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


async def _domain_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, domain.DomainError)
    fields = [
        FieldProblem(field=e.field, code=e.code, params=dict(e.params), detail=e.detail) for e in error.errors
    ]
    return problem(status_of(error), error.code, error.detail, error.params, fields)


async def _validation_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [_field_problem(item) for item in error.errors()]
    named = ", ".join(sorted({item.field or "body" for item in fields}))
    return problem(422, "validation", f"Not valid: {named}. {fields[0].detail}", {"fields": named}, fields)


def _field_problem(item: dict[str, Any]) -> FieldProblem:
    location = [str(part) for part in item["loc"] if part not in {"body", "query", "path", "header", "cookie"}]
    context = {k: v for k, v in item.get("ctx", {}).items() if isinstance(v, str | int | float | bool)}
    return FieldProblem(field=".".join(location), code=item["type"], params=context, detail=item["msg"])


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(422, "unreadable_body", "The body is not JSON in UTF-8")
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return problem(error.status_code, code, str(error.detail))


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", path=request.url.path, exc_info=error)
    return problem(500, "internal", "Something went wrong inside Lanarium; the log knows more")

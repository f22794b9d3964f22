"""What every request goes through: size, type, a request id, timing. Plain ASGI, no framework class."""

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.errors import problem
from backend.domain.health import Metrics

MAX_BODY = 1024 * 1024
# The one path that takes a file: too large for JSON, and of a type that a browser asks about before it sends it.
FILE_PATH = re.compile(r"/api(?:/v1)?/scans/import")
FILE_TYPES = frozenset({"application/xml", "text/xml"})
MAX_FILE = 64 * 1024 * 1024
KNOWN_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What our nginx gives, so that its log and ours name a request alike.
REQUEST_ID = re.compile(r"[0-9a-f]{32}")
log = structlog.get_logger("access")


class BodyLimit:
    """Refuses bodies over 1 MiB (64 MiB for a file) and bodies that are not JSON, before anything reads them.

    JSON only, because a browser lets any page send the other types without asking (CSRF).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 413 or 415."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            return await self._app(scope, receive, send)
        takes_file = FILE_PATH.fullmatch(scope["path"]) is not None
        limit = MAX_FILE if takes_file else MAX_BODY
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            return await _too_large(limit)(scope, receive, send)
        has_body = length != "0" or "transfer-encoding" in headers
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if has_body and takes_file and kind not in FILE_TYPES:
            return await problem(415, "not_xml", "Send the file as application/xml")(scope, receive, send)
        if has_body and not takes_file and kind != "application/json":
            refusal = problem(415, "not_json", "Send the body as application/json")
            return await refusal(scope, receive, send)
        return await self._limited(scope, receive, send, limit)

    async def _limited(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        seen = 0
        refused = False

        async def counted() -> Message:
            nonlocal seen, refused
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit and not refused:
                refused = True
                await _too_large(limit)(scope, receive, send)
                return {"type": "http.disconnect"}
            return message

        async def unless_refused(message: Message) -> None:
            if not refused:
                await send(message)

        await self._app(scope, counted, unless_refused)


class RequestLog:
    """Gives each request an id, which answer and log lines carry; API answers are never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write one line when it is done."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.monotonic()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round((time.monotonic() - started) * 1000, 1),
            )
            structlog.contextvars.unbind_contextvars("request_id")
        return None


class RequestMetrics:
    """Counts answered requests by the template of their route: never by path, which strangers choose."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count it when it is answered."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = time.monotonic()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            method = scope["method"] if scope["method"] in KNOWN_METHODS else "other"
            self._metrics.request(method, _template(scope), status, time.monotonic() - started)
        return None


def _template(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or "unknown")


def _too_large(limit: int) -> ASGIApp:
    megabytes = limit // (1024 * 1024)
    return problem(413, "body_too_large", f"The body is larger than {megabytes} MiB", {"limit": limit})

"""One event, one line of JSON, with secrets blacked out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)?|secret|token|authorization|cookie|ticket|credential|api_?key", re.IGNORECASE
)
SECRET_VALUES = re.compile(
    r"(?i)(bearer\s+|lana_)[a-z0-9._~+/=-]{8,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]+|://[^/\s:@]+:[^/\s@]+@"
)
HIDDEN = "[hidden]"
Event = MutableMapping[str, Any]


def redact(_: Any, __: str, event: Event) -> Event:
    """Black out values with a telling name, and whatever looks like a token inside other texts."""
    return {key: _redacted(key, value) for key, value in event.items()}


def _redacted(key: str, value: Any) -> Any:
    if SECRET_NAMES.search(key) and not isinstance(value, bool | int | float | type(None)):
        return HIDDEN
    if isinstance(value, str):
        return SECRET_VALUES.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {inner: _redacted(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(key, item) for item in value]
    return value


def configure(level: str = "info") -> None:
    """Send everything, our own events and the libraries', to standard error as JSON lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.getLogger("uvicorn.access").disabled = True
    # In its debug lines stand the tokens of logins, from which a weak password can be guessed.
    logging.getLogger("spnego").setLevel(logging.INFO)

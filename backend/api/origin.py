"""Whether a browser sent this from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from backend.domain.errors import Forbidden

_SCHEMES = {"ws": "http", "wss": "https"}
_PORTS = {"http": 80, "https": 443}


def is_foreign(connection: HTTPConnection, public_origin: str = "") -> bool:
    """Whether another site's page sent it; programs send no Origin and are none.

    Ours is the address that was called, and the one in the settings (for a proxy in front that changes it).
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    scheme = _SCHEMES.get(connection.url.scheme, connection.url.scheme)
    called = f"{scheme}://{connection.headers.get('host', '')}"
    return _parts(origin) is None or _parts(origin) not in {_parts(called), _parts(public_origin)}


def refuse_foreign(connection: HTTPConnection, public_origin: str = "") -> None:
    """Raise Forbidden when another site's page sent it."""
    if is_foreign(connection, public_origin):
        raise Forbidden("This was sent by the page of another site", code="foreign_origin")


def _parts(origin: str) -> tuple[str, str, int] | None:
    try:
        split = urlsplit(origin)
        port = split.port or _PORTS.get(split.scheme, 0)
    except ValueError:
        return None
    if split.scheme not in _PORTS or not split.hostname or split.username is not None:
        return None
    return split.scheme, split.hostname, port

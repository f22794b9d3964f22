"""A person who uses the product from outside, by its HTTPS API and its WebSocket."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import httpx2
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.e2e.waiting import until
from tests.lab.product import USERNAME, Product

ENDED = frozenset({"completed", "partial", "stopped", "failed", "interrupted"})
Json = dict[str, Any]


class Person:
    """Logged in over HTTPS; every call raises AssertionError unless the answer has the status that is meant."""

    def __init__(self, product: Product, username: str = USERNAME, password: str | None = None) -> None:
        """Log in."""
        self._product = product
        # The product signs its own certificate; that the right one is shown is tested elsewhere.
        self._http = httpx2.Client(base_url=product.url, verify=False, timeout=30, trust_env=False)
        answer = self.post("/auth/login", {"username": username, "password": password or product.password})
        self._http.headers["Authorization"] = f"Bearer {answer['token']}"

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._http.close()

    def get(self, path: str, **parameters: Any) -> Json:
        """Read one thing."""
        return self._json(self._http.get(f"/api/v1{path}", params=parameters))

    def items(self, path: str, **parameters: Any) -> list[Json]:
        """Read a whole list, page by page."""
        found: list[Json] = []
        page = self.get(path, limit=500, **parameters)
        found += page["items"]
        while page["next"]:
            page = self.get(path, limit=500, cursor=page["next"], **parameters)
            found += page["items"]
        return found

    def post(self, path: str, body: Json | None = None) -> Json:
        """Make or do something."""
        return self._json(self._http.post(f"/api/v1{path}", json=body or {}))

    def patch(self, path: str, body: Json) -> Json:
        """Change something."""
        return self._json(self._http.patch(f"/api/v1{path}", json=body))

    def delete(self, path: str) -> None:
        """Remove something."""
        self._json(self._http.delete(f"/api/v1{path}"))

    def refused(self, path: str, body: Json) -> tuple[int, Json]:
        """Ask for something that must be refused; gives status and problem."""
        answer = self._http.post(f"/api/v1{path}", json=body)
        assert 400 <= answer.status_code < 500, answer.text
        return answer.status_code, answer.json()

    def allow(self, *networks: str) -> None:
        """Confirm networks for scanning."""
        for cidr in networks:
            self.post("/networks", {"cidr": cidr, "name": cidr, "scan_allowed": True})

    def start_scan(self, **wanted: Any) -> Json:
        """Start a scan."""
        return self.post("/scans/start", wanted)

    def scan(self, scan_id: int) -> Json:
        """A scan as it is now."""
        return self.get(f"/scans/{scan_id}")

    def ended_scan(self, scan_id: int, *, within_s: float = 120) -> Json:
        """The scan, once it has ended in whatever way."""

        def look() -> Json | None:
            scan = self.scan(scan_id)
            return scan if scan["status"] in ENDED else None

        return until(look, f"scan {scan_id} ends", within_s=within_s)

    @contextmanager
    def watching(self, scan_id: int) -> Iterator[Iterator[Json]]:
        """The frames of a scan's WebSocket as they arrive, from the beginning."""
        trusting = ssl._create_unverified_context()
        address = self._product.url.replace("https://", "wss://") + f"/ws/scans/{scan_id}"
        with connect(address, ssl=trusting, origin=Origin(self._product.url), proxy=None) as socket:
            ticket = self.post("/auth/ws-ticket")["ticket"]
            socket.send(json.dumps({"type": "auth", "ticket": ticket}))
            yield _frames(socket)

    def _json(self, answer: httpx2.Response) -> Json:
        assert answer.is_success, (
            f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
        )
        found: Json = answer.json() if answer.content else {}
        return found


def _frames(socket: ClientConnection) -> Iterator[Json]:
    for message in socket:
        frame = json.loads(message)
        yield from frame["frames"] if frame["type"] == "batch" else [frame]

"""One HTTP/1.1 connection to one service: it never reconnects, follows nothing, and every answer is bounded.

NTLM authenticates a connection and not a request, so all of a poll goes over this one.
"""

import contextlib
import http.client
import os
import socket
import ssl
import time
from collections.abc import Mapping

import requests
from requests.structures import CaseInsensitiveDict

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.connect_errors import connect_failure, tls_failure
from backend.infra.clients.winrm import problems
from backend.infra.clients.winrm.place import Place

MAX_ANSWER = 2 * 1024 * 1024
_PIECE = 65_536


class Line:
    """A connection. Everything but `cut` blocks, and belongs in a thread."""

    def __init__(self, connection: socket.socket, place: Place, ends_at: float) -> None:
        self.place = place
        self.certificate = b""
        self._ends_at = ends_at
        self._socket = connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Another handle on the same connection: what hangs in a thread is cut loose through it.
        self._handle: socket.socket | None = socket.socket(fileno=os.dup(connection.fileno()))
        self._http = http.client.HTTPConnection(place.name, place.port)
        self._http.auto_open = 0
        self._http.sock = connection

    def cut(self) -> None:
        """End whatever waits on this connection, from any thread."""
        if self._handle:
            with contextlib.suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        self.cut()
        self._http.close()
        self._socket.close()
        if self._handle:
            self._handle.close()
            self._handle = None

    def secure(self) -> None:
        """Shake hands by TLS and look at the certificate; raises CheckFailed."""
        place = self.place
        context = place.trust.context()
        try:
            self._socket.settimeout(self._left())
            secured = context.wrap_socket(self._socket, server_hostname=place.name)
        except TimeoutError:
            raise problems.silent(place) from None
        except (ssl.SSLError, OSError) as error:
            raise tls_failure(error, place.name) from None
        self._socket = secured
        self._http.sock = secured
        self.certificate = secured.getpeercert(binary_form=True) or b""
        if not place.trust.accepts(self.certificate):
            raise problems.certificate_changed(place)

    def post(self, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        """Send one request and read its answer whole; raises CheckFailed."""
        try:
            self._socket.settimeout(self._left())
            self._http.request("POST", "/wsman", body=body, headers=dict(headers))
            answer = self._http.getresponse()
        except TimeoutError:
            raise problems.silent(self.place) from None
        except (http.client.RemoteDisconnected, http.client.NotConnected):
            raise problems.cut_off(self.place) from None
        except http.client.HTTPException as wrong:
            raise problems.not_winrm(self.place, type(wrong).__name__) from None
        except OSError as error:
            raise self._lost(error) from None
        try:
            return self._response(answer, self._read(answer))
        finally:
            answer.close()

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        if 300 <= answer.status < 400:
            raise problems.not_winrm(self.place, f"HTTP {answer.status}")
        expected, found = answer.length, bytearray()
        while len(found) <= MAX_ANSWER:
            try:
                self._socket.settimeout(self._left())
                piece = answer.read1(_PIECE)
            except TimeoutError:
                raise problems.hung(self.place, len(found)) from None
            except (http.client.HTTPException, OSError, ValueError):
                raise problems.cut_off(self.place) from None
            found += piece
            if not piece or (expected is not None and len(found) >= expected):
                break
        if len(found) > MAX_ANSWER:
            raise problems.too_long(self.place, MAX_ANSWER)
        if expected is not None and len(found) < expected:
            raise problems.cut_off(self.place)
        return bytes(found)

    def _response(self, answer: http.client.HTTPResponse, body: bytes) -> requests.Response:
        """As pywinrm's encryption wants to see it."""
        response = requests.Response()
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.getheaders())
        response.url = self.place.url
        response.request = requests.Request("POST", self.place.url).prepare()
        response._content = body
        return response

    def _left(self) -> float:
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _lost(self, error: OSError) -> CheckFailed:
        if self._http.sock is None:
            return problems.cut_off(self.place)
        return connect_failure(error, self.place.address, self.place.port)

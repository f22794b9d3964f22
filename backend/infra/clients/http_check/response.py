"""Reads an HTTP/1.1 response (RFC 9112) as its bytes come; lengths are limited, nothing is evaluated."""

from dataclasses import dataclass, field

MAX_HEAD = 64 * 1024
MAX_BODY = 1024 * 1024
MAX_HEADERS = 200


class NoHttp(Exception):
    """What came is no HTTP response; the text says what is wrong with it."""


@dataclass(slots=True)
class Response:
    """A response as far as it was read. Header names are in lower case; the first of a name wins."""

    status: int
    reason: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False  # the body was longer than we read


class ResponseReader:
    """Feed it bytes until it is `done`; call `end` when the other side hung up."""

    def __init__(self, method: str, max_body: int = MAX_BODY) -> None:
        self._bodiless = method == "HEAD"
        self._max_body = max_body
        self._head = bytearray()
        self._body = bytearray()
        self._left: int | None = None  # of the body or the chunk; None: until the end
        self._chunked = False
        self._pending = bytearray()
        self.response: Response | None = None
        self.done = False

    def feed(self, data: bytes) -> None:
        """Take more bytes; raises NoHttp."""
        if self.response is None:
            data = self._take_head(data)
        if self.response is not None and not self.done:
            self._take_body(data)

    def end(self) -> Response:
        """The other side hung up: the response, where that is an end; raises NoHttp."""
        if self.response is None:
            raise NoHttp(
                "the connection ended before a response" if not self._head else "the response was cut off"
            )
        if not self.done and (self._chunked or self._left):
            raise NoHttp("the response was cut off")
        return self._finish()

    def _take_head(self, data: bytes) -> bytes:
        self._head += data
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            if len(self._head) > MAX_HEAD:
                raise NoHttp("the head of the response never ends")
            if len(self._head) >= 5 and not self._head.startswith(b"HTTP/"):
                raise NoHttp("what answers does not speak HTTP")
            return b""
        rest = bytes(self._head[end + 4 :])
        response = _parse_head(bytes(self._head[:end]))
        if 100 <= response.status < 200 and response.status != 101:
            self._head = bytearray()
            return self._take_head(rest)
        self._begin_body(response)
        return rest

    def _begin_body(self, response: Response) -> None:
        self.response = response
        if self._bodiless or response.status in {101, 204, 304}:
            self._finish()
        elif "chunked" in response.headers.get("transfer-encoding", "").lower():
            self._chunked, self._left = True, 0
        elif "content-length" in response.headers:
            self._left = _length(response.headers["content-length"], 10)
            if self._left == 0:
                self._finish()

    def _take_body(self, data: bytes) -> None:
        if self._chunked:
            self._take_chunks(data)
            return
        self._keep(data if self._left is None else data[: self._left])
        if self._left is not None:
            self._left -= min(len(data), self._left)
            if self._left == 0:
                self._finish()

    def _take_chunks(self, data: bytes) -> None:
        self._pending += data
        while not self.done:
            if self._left:
                piece = self._pending[: self._left]
                del self._pending[: len(piece)]
                self._left -= len(piece)
                self._keep(bytes(piece))
                if self._left:
                    return
            elif not self._next_chunk():
                return

    def _next_chunk(self) -> bool:
        """Read the size of the next chunk, if it is there."""
        while self._pending.startswith(b"\r\n"):
            del self._pending[:2]
        line_end = self._pending.find(b"\r\n")
        if line_end < 0:
            if len(self._pending) > MAX_HEAD:
                raise NoHttp("a chunk has no size")
            return False
        size = _length(bytes(self._pending[:line_end]).partition(b";")[0].strip().decode("ascii", "replace"), 16)
        del self._pending[: line_end + 2]
        self._left = size
        if size == 0:
            self._finish()
        return True

    def _keep(self, data: bytes) -> None:
        room = self._max_body - len(self._body)
        self._body += data[:room]
        if len(data) > room:
            assert self.response is not None
            self.response.cut = True
            self._finish()

    def _finish(self) -> Response:
        assert self.response is not None
        self.done = True
        self.response.body = bytes(self._body)
        return self.response


def _parse_head(head: bytes) -> Response:
    lines = head.decode("latin-1").split("\r\n")
    version, _, rest = lines[0].partition(" ")
    code, _, reason = rest.partition(" ")
    if not version.startswith("HTTP/") or len(code) != 3 or not (code.isascii() and code.isdigit()):
        raise NoHttp("what answers does not speak HTTP")
    headers: dict[str, str] = {}
    for line in lines[1 : MAX_HEADERS + 1]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Response(int(code), reason[:200], headers)


def _length(text: str, base: int) -> int:
    try:
        size = int(text, base) if text.isascii() and text.isalnum() else -1
    except ValueError:
        size = -1
    if not 0 <= size < 1 << 63:
        raise NoHttp("a length that is none")
    return size

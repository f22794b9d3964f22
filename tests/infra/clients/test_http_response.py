"""The reader of HTTP responses: right on right ones, however they are cut; a refusal on anything else."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.infra.clients.http_check.response import NoHttp, Response, ResponseReader

CASES = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello", 200, b"hello"),
    "chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
        200,
        b"hello",
    ),
    "until the end": (b"HTTP/1.0 404 Not Found\r\n\r\nhello", 404, b"hello"),
    "empty": (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
    "continued": (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, b"x"),
    "no reason": (b"HTTP/1.1 500\r\ncontent-length:0\r\n\r\n", 500, b""),
}


def read(pieces: list[bytes], method: str = "GET") -> Response:
    reader = ResponseReader(method)
    for piece in pieces:
        if not reader.done:
            reader.feed(piece)
    if reader.done:
        assert reader.response is not None
        return reader.response
    return reader.end()


@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
def test_a_response_is_the_same_however_it_is_cut(name: str, data: st.DataObject) -> None:
    whole, status, body = CASES[name]
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    found = read(pieces)
    assert (found.status, found.body) == (status, body)


def test_the_answer_to_head_has_no_body() -> None:
    assert read([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"], "HEAD").body == b""


@pytest.mark.parametrize(
    "wrong",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: y",
        b"",
    ],
)
def test_what_is_no_response_is_refused(wrong: bytes) -> None:
    with pytest.raises(NoHttp):
        read([wrong])


def test_a_head_without_end_is_cut_off() -> None:
    reader = ResponseReader("GET")
    with pytest.raises(NoHttp, match="never ends"):
        reader.feed(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20_000)


def test_a_body_is_read_to_its_limit_only() -> None:
    reader = ResponseReader("GET", max_body=10)
    reader.feed(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 50)
    assert reader.done
    assert reader.response is not None
    assert (len(reader.response.body), reader.response.cut) == (10, True)


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    with suppress(NoHttp):
        read(pieces)


@given(st.binary(max_size=300), st.sampled_from(["Content-Length: 9", "Transfer-Encoding: chunked", "A: b"]))
def test_any_body_is_read_or_refused(body: bytes, header: str) -> None:
    with suppress(NoHttp):
        read([b"HTTP/1.1 200 OK\r\n" + header.encode() + b"\r\n\r\n", body])

"""Lines for people out of any bytes."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.lines import LINE_CUT, LineCutter, clean_text


def cut(*pieces: bytes, line: int = 100, text: int = 10_000) -> list[str]:
    cutter = LineCutter(line, text)
    return [found for piece in pieces for found in cutter.feed(piece)] + cutter.flush()


def test_lines_are_put_together_from_pieces() -> None:
    assert cut(b"one\ntw", b"o\r\n\nthr", b"ee") == ["one", "two", "", "three"]


def test_a_long_line_is_shortened_visibly() -> None:
    assert cut(b"x" * 500, b"y\nnext\n") == ["x" * 100 + LINE_CUT, "next"]


def test_a_long_stream_ends_visibly_and_once() -> None:
    lines = cut(b"1234567\n" * 100, text=30)
    assert lines[:-1] == ["1234567"] * 3
    assert "shortened" in lines[-1]
    cutter = LineCutter(100, 30)
    assert len(cutter.end()) == 1
    assert cutter.end() == []


def test_control_characters_and_bad_bytes_become_visible() -> None:
    assert cut(b"a\x1b[31mb\x00c\xff\xe2\x80\xaed\te\n") == ["a�[31mb�c��d\te"]


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_any_bytes_give_short_safe_lines(pieces: list[bytes]) -> None:
    for text in cut(*pieces, line=50, text=1000):
        assert len(text) <= max(50 + len(LINE_CUT), 100)
        assert text == clean_text(text, 1000)
        text.encode()


@given(st.text(), st.integers(2, 20))
def test_clean_text_is_bounded(text: str, limit: int) -> None:
    assert len(clean_text(text, limit)) <= limit

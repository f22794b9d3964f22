"""Frames made once are the frames that any client understands."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import Side
from websockets.uri import parse_uri

from backend.infra.web.ws_protocol import text_frame


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_frame_made_here_is_read_by_the_library(length: int) -> None:
    client = ClientProtocol(parse_uri("ws://lanarium.test/"), max_size=None)
    assert client.side is Side.CLIENT
    text = "ä" + "x" * length if length else ""
    frame = text_frame(text)
    client.state = type(client.state).OPEN
    client.reader.feed_data(frame)
    client.parser = client.parse()
    next(client.parser)
    [event] = client.events_received()
    assert isinstance(event, Frame)
    assert (event.opcode, event.fin, bytes(event.data).decode()) == (Opcode.TEXT, True, text)
    assert text_frame(text) is frame, "made once"

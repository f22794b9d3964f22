"""What goes out live: the hub as those see it who send to it and those who listen."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class LiveFrame(Protocol):
    """One message as it goes over the wire, and the numbers of the lines in it."""

    @property
    def kind(self) -> str:
        """The `type` in it."""
        ...

    @property
    def text(self) -> str:
        """JSON."""
        ...

    @property
    def first(self) -> int:
        """The number of its first line."""
        ...

    @property
    def last(self) -> int:
        """The number of its last line, or of the last line before it."""
        ...

    @property
    def parts(self) -> "Sequence[LiveFrame]":
        """The frames in a `batch`; none in any other."""
        ...


class LiveClient(Protocol):
    """One listener."""

    @property
    def depth(self) -> int:
        """How many frames wait for it."""
        ...

    async def next(self) -> LiveFrame:
        """The next frame for this listener."""
        ...


class LiveHub(Protocol):
    """Rooms of listeners. Whoever sends never waits; one that is too slow loses frames and is told which."""

    def client(self) -> AbstractContextManager[Any]:
        """A new listener, in no room yet; leaving the context takes it out of all of them."""
        ...

    def join(self, client: Any, room: str, sites: frozenset[int] = frozenset()) -> None:
        """From now on the listener gets what is sent to the room, of these sites only; none means all."""
        ...

    def leave(self, client: Any, room: str) -> None:
        """The listener gets nothing more of this room."""
        ...

    def send(self, room: str, kind: str, seq: int, fields: Mapping[str, Any], site_id: int | None = None) -> None:
        """Send a frame, soon, to everyone there who may see that site."""
        ...

    def send_lines(self, room: str, chunk: int, lines: Sequence[Mapping[str, Any]]) -> None:
        """Send the lines of one chunk, soon, to everyone in the room."""
        ...

    def has_listeners(self, room: str) -> bool:
        """Whether anybody is there."""
        ...

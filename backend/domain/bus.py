"""Publish and subscribe inside one process: features speak of facts, and know nothing of who listens."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

E = TypeVar("E")


class EventBus:
    """Hands each event to every listener of its class, at once and in order of subscription.

    Listeners must not block and must not raise: what takes time goes on a queue of the listener's own.
    """

    def __init__(self) -> None:
        self._listeners: dict[type, list[Callable[..., None]]] = defaultdict(list)

    def subscribe(self, kind: type[E], listener: Callable[[E], None]) -> Callable[[], None]:
        """Listen to events of one class; the answer ends the subscription."""
        self._listeners[kind].append(listener)
        return lambda: self._listeners[kind].remove(listener)

    def publish(self, event: object) -> None:
        """Tell every listener of the event's class."""
        for listener in tuple(self._listeners[type(event)]):
            listener(event)

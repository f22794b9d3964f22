"""Turns what monitoring tells on the bus into frames of the topic `monitors`."""

from typing import Any

from backend.api.fields import iso
from backend.domain.bus import EventBus
from backend.domain.live import LiveHub
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.events import MonitorResult, MonitorTurned, StorageAway
from backend.domain.monitoring.monitors import MonitorChanged

Fields = dict[str, Any]
ROOM = "topic:monitors"


class MonitorFeed:
    """Listens on the bus and tells the hub. Nothing here waits for anybody, nor works where nobody listens."""

    def __init__(self, hub: LiveHub, bus: EventBus) -> None:
        self._hub = hub
        bus.subscribe(MonitorResult, self._result)
        bus.subscribe(MonitorTurned, self._turned)
        bus.subscribe(MonitorChanged, self._changed)
        bus.subscribe(StorageAway, self._storage)

    def _result(self, event: MonitorResult) -> None:
        if self._hub.has_listeners(ROOM):
            self._entry(event.entry, provisional=event.provisional)

    def _turned(self, event: MonitorTurned) -> None:
        if self._hub.has_listeners(ROOM):
            self._entry(event.entry)

    def _changed(self, event: MonitorChanged) -> None:
        fields = {"deleted": True} if event.gone else {"changed": True}
        self._update("monitor", event.monitor_id, fields, event.site_id)

    def _storage(self, event: StorageAway) -> None:
        fields = {
            "away_since": iso(event.since) if event.since else None,
            "waiting": event.waiting,
            "lost": event.lost,
        }
        self._update("storage", 0, fields, None)

    def _entry(self, entry: Entry, *, provisional: bool = False) -> None:
        self._update("monitor", entry.monitor_id, _shown(entry), entry.site_id, provisional=provisional)

    def _update(
        self, entity: str, key: int, fields: Fields, site_id: int | None, *, provisional: bool = False
    ) -> None:
        body = {"topic": "monitors", "entity": entity, "id": key, "fields": fields, "provisional": provisional}
        self._hub.send(ROOM, "update", 0, body, site_id)


def _shown(entry: Entry) -> Fields:
    known, failure = entry.condition, entry.failure
    reason = known.reason
    return {
        "at": iso(entry.at),
        "up": entry.up,
        "state": known.state,
        "since": iso(known.since),
        "latency_ms": known.latency_ms,
        "failures": known.failures,
        "reason": {"code": reason.code, "params": dict(reason.params), "text": reason.text} if reason else None,
        "last_error": failure.text if failure else None,
        "last_failure": {"code": failure.code, "params": dict(failure.params), "text": failure.text}
        if failure
        else None,
        "values": dict(entry.values),
    }

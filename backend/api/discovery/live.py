"""Turns what happens on the bus into frames of the hub."""

from typing import Any

from backend.api.discovery.schemas import ChunkOut, ScanOut
from backend.domain.bus import EventBus
from backend.domain.discovery.events import (
    ChunkChanged,
    HostStored,
    LinesWritten,
    ScanChanged,
    ScanDeleted,
    ScanFinished,
)
from backend.domain.discovery.scan import LogLine
from backend.domain.inventory.events import DeviceAppeared, DeviceChanged, DeviceRemoved
from backend.domain.live import LiveHub

Fields = dict[str, Any]


def scan_room(scan_id: int) -> str:
    """The room of one scan's listeners."""
    return f"scan:{scan_id}"


def topic_room(topic: str) -> str:
    """The room of a topic's listeners."""
    return f"topic:{topic}"


def line_fields(line: LogLine) -> Fields:
    """A line as live frames carry it."""
    return {"seq": line.seq, "text": line.text, "kind": line.kind}


class LiveFeed:
    """Listens on the bus and tells the hub. Nothing here waits for anybody."""

    def __init__(self, hub: LiveHub, bus: EventBus) -> None:
        self._hub = hub
        self._last_seq: dict[int, int] = {}
        bus.subscribe(LinesWritten, self._lines)
        bus.subscribe(ScanChanged, self._scan)
        bus.subscribe(ScanFinished, self._finished)
        bus.subscribe(ScanDeleted, self._deleted)
        bus.subscribe(ChunkChanged, self._chunk)
        bus.subscribe(HostStored, self._host)
        bus.subscribe(DeviceAppeared, self._appeared)
        bus.subscribe(DeviceChanged, self._device)
        bus.subscribe(DeviceRemoved, self._removed)

    def _lines(self, event: LinesWritten) -> None:
        self._last_seq[event.scan_id] = max(self._last_seq.get(event.scan_id, 0), event.lines[-1].seq)
        room = scan_room(event.scan_id)
        if self._hub.has_listeners(room):
            self._hub.send_lines(room, event.chunk, [line_fields(line) for line in event.lines])

    def _chunk(self, event: ChunkChanged) -> None:
        room = scan_room(event.chunk.scan_id)
        if self._hub.has_listeners(room):
            chunk = ChunkOut.of(event.chunk).model_dump(mode="json")
            self._hub.send(room, "chunk", self._seq(event.chunk.scan_id), {"chunk": chunk})

    def _scan(self, event: ScanChanged) -> None:
        room, topic = scan_room(event.scan.id), topic_room("scans")
        if not (self._hub.has_listeners(room) or self._hub.has_listeners(topic)):
            return
        shown = ScanOut.of(event.scan).model_dump(mode="json")
        counted = {name: shown[name] for name in ("progress", "hosts_up", "hosts_done", "ports_open", "chunks")}
        told = {**counted, "status": shown["status"], "message": shown["message"], "can": shown["can"]}
        self._hub.send(room, "progress", self._seq(event.scan.id), told)
        times = {name: shown[name] for name in ("name", "project_id", "started_at", "finished_at")}
        fields = {**told, **times}
        self._update(
            "scans", "scan", event.scan.id, fields, site_id=event.scan.site_id, provisional=event.provisional
        )

    def _finished(self, event: ScanFinished) -> None:
        shown = ScanOut.of(event.scan).model_dump(mode="json")
        self._hub.send(scan_room(event.scan.id), "finished", event.scan.last_seq, {"scan": shown})
        self._last_seq.pop(event.scan.id, None)

    def _deleted(self, event: ScanDeleted) -> None:
        self._hub.send(scan_room(event.scan_id), "error", self._seq(event.scan_id), {"code": "scan_deleted"})
        self._update("scans", "scan", event.scan_id, {"deleted": True}, site_id=event.site_id)

    def _host(self, event: HostStored) -> None:
        room = scan_room(event.scan_id)
        if event.device_id is None or not self._hub.has_listeners(room):
            return
        report = event.report
        device = {
            "id": event.device_id,
            "site_id": event.site_id,
            "primary_address": report.address,
            "hostname": report.hostnames[0] if report.hostnames else None,
            "mac": report.mac.lower() if report.mac else None,
            "vendor": report.mac_vendor,
            "os": report.os.name if report.os else None,
            "ports_open": sum(port.state == "open" for port in report.ports),
        }
        self._hub.send(room, "device", self._seq(event.scan_id), {"device": device})

    def _appeared(self, event: DeviceAppeared) -> None:
        fields = {"name": event.name, "new": True}
        self._update("devices", "device", event.device_id, fields, site_id=event.site_id)

    def _device(self, event: DeviceChanged) -> None:
        fields = {"name": event.name, "changed": list(event.fields)}
        self._update("devices", "device", event.device_id, fields, site_id=event.site_id)

    def _removed(self, event: DeviceRemoved) -> None:
        fields = {"deleted": True, "into": event.into}
        self._update("devices", "device", event.device_id, fields, site_id=event.site_id)

    def _update(
        self, topic: str, entity: str, key: int, fields: Fields, *, site_id: int, provisional: bool = False
    ) -> None:
        body = {"topic": topic, "entity": entity, "id": key, "fields": fields, "provisional": provisional}
        self._hub.send(topic_room(topic), "update", 0, body, site_id)

    def _seq(self, scan_id: int) -> int:
        return self._last_seq.get(scan_id, 0)

"""Removes the files of deleted scans, after the commit that deleted them."""

import asyncio
import logging

from backend.domain.bus import EventBus
from backend.domain.discovery.events import ScanDeleted
from backend.domain.discovery.storage import ScanFiles

log = logging.getLogger(__name__)


class ScanFileCleanup:
    """A loop that deletes what no row speaks of any more."""

    name = "scan files"

    def __init__(self, files: ScanFiles, bus: EventBus) -> None:
        self._files = files
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        bus.subscribe(ScanDeleted, lambda event: self._waiting.put_nowait(event.uid))

    async def run(self) -> None:
        """Delete folders as scans are deleted."""
        while True:
            uid = await self._waiting.get()
            await self._files.remove(uid)
            log.info("the files of scan %s are removed", uid)

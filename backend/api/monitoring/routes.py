"""Monitoring's part of the API."""

from fastapi import APIRouter

from backend.api.monitoring import credentials, history, host_keys, monitors, plugins, retention, suggestions

router = APIRouter()
# History before monitors: /monitors/sparklines is not a monitor's id.
for part in (credentials, host_keys, plugins, suggestions, history, monitors, retention):
    router.include_router(part.router)

"""Monitoring's part of the API."""

from fastapi import APIRouter

from backend.api.monitoring import credentials, monitors, plugins

router = APIRouter()
for part in (credentials, plugins, monitors):
    router.include_router(part.router)

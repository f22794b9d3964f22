"""Monitoring's part of the API."""

from fastapi import APIRouter

from backend.api.monitoring import credentials

router = APIRouter()
for part in (credentials,):
    router.include_router(part.router)

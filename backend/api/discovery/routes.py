"""Everything about discovery under one router."""

from fastapi import APIRouter

from backend.api.discovery import projects, results, scans

router = APIRouter()
for part in (projects, scans, results):
    router.include_router(part.router)

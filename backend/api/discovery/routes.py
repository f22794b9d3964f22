"""Everything about discovery under one router."""

from fastapi import APIRouter

from backend.api.discovery import projects, results, scans, second_tries

router = APIRouter()
for part in (projects, scans, second_tries, results):
    router.include_router(part.router)

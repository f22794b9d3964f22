"""Everything about discovery under one router."""

from fastapi import APIRouter

from backend.api.discovery import plans, projects, results, scans, second_tries, views

router = APIRouter()
for part in (projects, scans, second_tries, results, views, plans):
    router.include_router(part.router)

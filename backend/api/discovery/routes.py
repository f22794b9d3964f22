"""Everything about discovery under one router."""

from fastapi import APIRouter

from backend.api.discovery import (
    log_file,
    plans,
    profiles,
    projects,
    rescan,
    results,
    samples,
    scans,
    second_tries,
    transfer,
    views,
)

router = APIRouter()
for part in (projects, log_file, transfer, scans, second_tries, results, rescan, views, samples, plans, profiles):
    router.include_router(part.router)

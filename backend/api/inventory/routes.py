"""The inventory's part of the API."""

from fastapi import APIRouter

from backend.api.inventory import coverage, devices, export, inbox, networks, overview, search, sites

router = APIRouter()
# The export first: its path would else be read as the id of a device.
for part in (export, inbox, devices, networks, sites, search, overview, coverage):
    router.include_router(part.router)

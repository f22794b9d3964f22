"""Is it alive, is it ready, how is it doing."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.policy import public

api_router = APIRouter(tags=["operations"])
root_router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """A sign of life."""

    status: Literal["ok"] = "ok"


@root_router.get("/health", dependencies=[public()])
@api_router.get("/health", dependencies=[public()])
async def health() -> Health:
    """Answers as long as the process does, whatever the state of the database."""
    return Health()

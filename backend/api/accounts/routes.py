"""Every route about people."""

from fastapi import APIRouter

from backend.api.accounts import audit, auth, tokens, users

router = APIRouter()
for _part in (auth, users, tokens, audit):
    router.include_router(_part.router)

"""Sites: where things are. There is always one that is the default."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Site:
    """One place: addresses are unique within it."""

    id: int
    uid: uuid.UUID
    name: str
    description: str
    is_default: bool
    created_at: datetime

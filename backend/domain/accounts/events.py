"""What others may want to know about people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """A person's sessions, tokens, role or sites changed: whatever was remembered about them is stale."""

    user_id: int

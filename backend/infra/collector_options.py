"""What the options of all checks over the network have in common."""

from pydantic import BaseModel, ConfigDict, Field


class CheckOptions(BaseModel):
    """Where a check may go besides the declared networks, and how long one try may take."""

    model_config = ConfigDict(extra="forbid", strict=True)

    allow_public: bool = Field(False, description="The target is on the internet, and that is meant")
    timeout_s: float | None = Field(
        None, ge=0.1, le=120, description="Seconds that one try may take; unset: what the collector is used to"
    )

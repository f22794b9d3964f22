"""Types of fields that many requests share: each refuses what the database or a person could not bear."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

MAX_ID = 2**63 - 1
_ALLOWED_CONTROLS = frozenset("\t\n\r")


def _printable(value: str) -> str:
    if any((ord(c) < 32 and c not in _ALLOWED_CONTROLS) or 0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise PydanticCustomError("control_characters", "Control characters are not allowed here")
    return value


def _one_line(value: str) -> str:
    if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise PydanticCustomError("control_characters", "Control characters and line breaks are not allowed here")
    return value


Id = Annotated[int, Path(ge=1, le=MAX_ID)]
IdQuery = Annotated[int, Query(ge=1, le=MAX_ID)]
Line = Annotated[str, StringConstraints(max_length=255, strip_whitespace=True), AfterValidator(_one_line)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), AfterValidator(_one_line)
]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_printable)]
Search = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), AfterValidator(_one_line)]
Word = Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line)]
Moment = AwareDatetime


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, with a Z."""
    return moment.isoformat().replace("+00:00", "Z")


UtcTime = Annotated[datetime, PlainSerializer(iso, return_type=str, when_used="json")]


class Input(BaseModel):
    """A body that somebody sends: fields we do not know and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


def absent() -> Any:
    """The default of a field that may be left out of a PATCH, but not be null; ask `model_fields_set`."""
    return Field(default_factory=lambda: None)

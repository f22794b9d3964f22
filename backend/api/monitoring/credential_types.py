"""What each type of credentials asks a person for, so that forms need to know none of them."""

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

from backend.api.monitoring.credential_schemas import CredentialsBody
from backend.domain.monitoring.collector import CredentialType
from backend.domain.registry import Plugin

_SHAPES = get_args(get_args(CredentialsBody)[0])
# What every type has is asked by the form itself.
_OUTER = frozenset({"type", "name", "site_id", "version"})


class CredentialTypeOut(BaseModel):
    """A type of credentials. `secrets` names the fields of its schema that can only be written."""

    type: CredentialType
    summary: str
    secrets: list[str]
    collectors: list[str]
    options_schema: dict[str, Any]


def credential_types(plugins: Iterable[Plugin]) -> list[CredentialTypeOut]:
    """Every type, in the order in which forms offer them, with the collectors that can log in with it."""
    uses = {plugin.name: plugin.traits.credentials for plugin in plugins if plugin.traits}
    found = []
    for shape in _SHAPES:
        (name,) = get_args(shape.model_fields["type"].annotation)
        found.append(
            CredentialTypeOut(
                type=name,
                summary=(shape.__doc__ or "").strip(),
                secrets=list(shape.secret_names),
                collectors=[collector for collector, types in uses.items() if name in types],
                options_schema=_own(shape.model_json_schema()),
            )
        )
    return found


def _own(schema: dict[str, Any]) -> dict[str, Any]:
    """The fields that are the type's own."""
    fields = {name: field for name, field in schema["properties"].items() if name not in _OUTER}
    needed = [name for name in schema.get("required", []) if name in fields]
    return {**schema, "properties": fields, "required": needed}

"""Every way the domain can refuse, without a word about HTTP.

    DomainError
    ├── Invalid          the input cannot be right, whatever the state (which fields, why)
    ├── NotFound         the thing named does not exist, or not for this person
    ├── Conflict         right in itself, but not in the present state
    ├── Blocked          cannot be deleted while others refer to it (who, how many)
    ├── NotAuthenticated nobody is known to be calling
    ├── Forbidden        somebody is, and may not
    ├── Throttled        too many tries; says when the next one may come
    └── Unavailable      something that we depend on is away; trying again later helps

A `code` is for machines and translators and never changes its meaning; `detail` is plain English;
`params` fill both. `api/errors.py` maps classes to statuses, nothing else does.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

Param = str | int | float | bool | None
Params = Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field and what is wrong with it."""

    field: str
    code: str
    params: Params = dataclasses.field(default_factory=dict)
    detail: str = ""


class DomainError(Exception):
    """A refusal that a person can read and a program can recognise."""

    code = "error"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        params: Params | None = None,
        errors: tuple[FieldError, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.params: Params = dict(params or {})
        self.errors = errors


class Invalid(DomainError):
    """The input cannot be right, whatever the state."""

    code = "invalid"

    @classmethod
    def for_field(cls, name: str, code: str, detail: str, **params: Param) -> "Invalid":
        """Refuse one field, with the same sentence for the whole."""
        return cls(detail, code=code, params=params, errors=(FieldError(name, code, params, detail),))


class NotFound(DomainError):
    """The thing named does not exist, or not for this person."""

    code = "not_found"

    @classmethod
    def of(cls, entity: str, key: Param) -> "NotFound":
        """Refuse with the entity's own code, such as `device_not_found`."""
        title = entity.replace("_", " ").capitalize()
        return cls(f"{title} not found", code=f"{entity}_not_found", params={"id": key})


class Conflict(DomainError):
    """Right in itself, but not in the present state."""

    code = "conflict"


class Blocked(DomainError):
    """Cannot be deleted while others refer to it; `errors` names each kind of blocker and its count."""

    code = "in_use"

    @classmethod
    def by(cls, entity: str, blockers: Mapping[str, int]) -> "Blocked":
        """Refuse a deletion with every kind of blocker that there is."""
        kinds = {kind: count for kind, count in blockers.items() if count}
        listed = " and ".join(f"{count} {kind.replace('_', ' ')}(s)" for kind, count in kinds.items())
        title = entity.replace("_", " ").title()
        errors = tuple(FieldError(kind, "in_use_by", {"count": n, "kind": kind}) for kind, n in kinds.items())
        return cls(f"{title} in use by {listed}", code=f"{entity}_in_use", params=kinds, errors=errors)


class NotAuthenticated(DomainError):
    """Nobody is known to be calling."""

    code = "not_authenticated"


class Forbidden(DomainError):
    """Somebody is calling, and may not do this."""

    code = "forbidden"


class Throttled(DomainError):
    """Too many tries; `params["retry_after"]` says in how many seconds the next one may come."""

    code = "throttled"


class Unavailable(DomainError):
    """Something that we depend on is away; trying again later helps."""

    code = "unavailable"

"""The services that routes may call; bootstrap fills them in, `deps.py` hands them out."""

from dataclasses import dataclass

from backend.domain.accounts.ports import Authenticator
from backend.domain.registry import Registry
from backend.domain.unit_of_work import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the API calls, one field a service."""

    transactions: UnitOfWorkFactory
    authenticator: Authenticator
    plugins: Registry

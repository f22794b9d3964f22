"""The tables, one file a feature. Importing this package knows them all."""

from backend.infra.db.tables import accounts, discovery, history, inventory, metrics, monitoring, places
from backend.infra.db.tables.base import METADATA

__all__ = ["METADATA", "accounts", "discovery", "history", "inventory", "metrics", "monitoring", "places"]

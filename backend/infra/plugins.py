"""Finds plugins by importing every module of the four plugin folders."""

import importlib
import pkgutil
from types import ModuleType

from backend.domain.registry import REGISTRY, Registry
from backend.infra import collectors, notifiers, sources, syncs

FOLDERS: tuple[ModuleType, ...] = (sources, collectors, syncs, notifiers)


def discover() -> Registry:
    """Import every plugin file, so that each registers itself; answers the registry they filled."""
    for folder in FOLDERS:
        for module in pkgutil.iter_modules(folder.__path__, folder.__name__ + "."):
            importlib.import_module(module.name)
    return REGISTRY

"""Plugins by kind and name: a plugin file registers itself with one decorator, and nothing else is edited."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from backend.domain.monitoring.collector import Traits


class PluginKind(StrEnum):
    """The four folders of plugins: one file in one of them is one plugin."""

    SOURCE = "source"
    COLLECTOR = "collector"
    SYNC = "sync"
    NOTIFIER = "notifier"


class OptionsModel(Protocol):
    """What a plugin's options class must offer: its JSON schema, from which the UI draws a form."""

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """The JSON schema of the options."""
        ...


@dataclass(frozen=True, slots=True)
class Plugin:
    """One registered plugin: its kind, its name, what it does in a line, its options and its function."""

    kind: PluginKind
    name: str
    summary: str
    options: type[OptionsModel]
    function: Callable[..., Any]
    traits: Traits | None = None  # of a collector: what it measures and needs


class DuplicatePlugin(Exception):
    """Two files claim the same kind and name."""


F = TypeVar("F", bound=Callable[..., Any])


class Registry:
    """The plugins that were found, in order of kind and name."""

    def __init__(self) -> None:
        self._plugins: dict[tuple[PluginKind, str], Plugin] = {}

    def register(
        self, kind: PluginKind, name: str, options: type[OptionsModel], traits: Traits | None = None
    ) -> Callable[[F], F]:
        """A decorator that registers a function; its docstring's first line is the summary.

        Raises DuplicatePlugin for a name that is taken, and ValueError for a function without a docstring.
        """

        def decorate(function: F) -> F:
            summary = (function.__doc__ or "").strip().partition("\n")[0]
            if not summary:
                raise ValueError(f"{kind} {name} needs a docstring: its first line is what people read")
            if (kind, name) in self._plugins:
                raise DuplicatePlugin(f"two files register the {kind} {name}")
            self._plugins[kind, name] = Plugin(kind, name, summary, options, function, traits)
            return function

        return decorate

    def all(self) -> tuple[Plugin, ...]:
        """Every plugin, ordered by kind and name."""
        return tuple(self._plugins[key] for key in sorted(self._plugins))

    def get(self, kind: PluginKind, name: str) -> Plugin | None:
        """One plugin, if there is one of that kind and name."""
        return self._plugins.get((kind, name))


REGISTRY = Registry()


def source(name: str, options: type[OptionsModel]) -> Callable[[F], F]:
    """Register a discovery source: something that tells us of devices."""
    return REGISTRY.register(PluginKind.SOURCE, name, options)


def collector(name: str, options: type[OptionsModel], traits: Traits) -> Callable[[F], F]:
    """Register a collector: `async def (target, options, credential, trace) -> Reading`, raising CheckFailed."""
    return REGISTRY.register(PluginKind.COLLECTOR, name, options, traits)


def sync(name: str, options: type[OptionsModel]) -> Callable[[F], F]:
    """Register a sync: a system that is kept in step with the inventory."""
    return REGISTRY.register(PluginKind.SYNC, name, options)


def notifier(name: str, options: type[OptionsModel]) -> Callable[[F], F]:
    """Register a notifier: a way to tell somebody outside."""
    return REGISTRY.register(PluginKind.NOTIFIER, name, options)

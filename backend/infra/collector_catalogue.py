"""The installed collectors, as the domain asks for them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from backend.domain.errors import FieldError, Invalid, Param
from backend.domain.monitoring.collector import Traits
from backend.domain.monitoring.measuring import Ready
from backend.domain.registry import Plugin, PluginKind, Registry


class InstalledCollectors:
    """What the registry knows of collectors."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def names(self) -> tuple[str, ...]:
        """Every collector by name."""
        return tuple(each.name for each in self._registry.all() if each.kind is PluginKind.COLLECTOR)

    def summary(self, name: str) -> str:
        """What a collector does, in a line."""
        plugin = self._plugin(name)
        return plugin.summary if plugin else ""

    def traits(self, name: str) -> Traits | None:
        """What a collector measures and needs."""
        plugin = self._plugin(name)
        return plugin.traits if plugin else None

    def checked(self, name: str, config: Mapping[str, Any]) -> dict[str, Any]:
        """The configuration in full, as JSON has it; raises Invalid with every field that is wrong."""
        return self.options(name, config).model_dump(mode="json")

    def options(self, name: str, config: Mapping[str, Any]) -> BaseModel:
        """The configuration as the collector takes it; raises Invalid."""
        plugin = self._plugin(name)
        assert plugin is not None, f"no collector {name}"
        model: type[BaseModel] = plugin.options  # type: ignore[assignment]  # plugins' options are pydantic models
        try:
            return model.model_validate(dict(config))
        except ValidationError as wrong:
            errors = tuple(_field_error(item) for item in wrong.errors(include_url=False, include_input=False))
            raise Invalid("The configuration is not valid", code="invalid_config", errors=errors) from None

    def ready(self, name: str, config: Mapping[str, Any]) -> Ready | None:
        """A collector with its options, to be run; None for a name that nobody has. Raises Invalid."""
        plugin = self._plugin(name)
        if plugin is None or plugin.traits is None:
            return None
        return Ready(plugin.function, self.options(name, config), plugin.traits)

    def _plugin(self, name: str) -> Plugin | None:
        return self._registry.get(PluginKind.COLLECTOR, name)


def _field_error(item: Any) -> FieldError:
    place = ".".join(("config", *(str(part)[:64] for part in item["loc"])))
    params: dict[str, Param] = {
        name: value for name, value in item.get("ctx", {}).items() if isinstance(value, str | int | float | bool)
    }
    return FieldError(place, str(item["type"]), params, str(item["msg"]))

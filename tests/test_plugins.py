"""Every plugin keeps the contract, and one more file in a plugin folder is all that a new one takes."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain.registry import REGISTRY, Plugin, PluginKind
from backend.infra import plugins, sources

PLUGINS = plugins.discover().all()
DROPPED = '''
"""A source that only this test knows."""

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.registry import source


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")
    community: str = Field("public", description="What to say")


@source("dropped_in", options=Options)
async def find(options: Options) -> None:
    """Finds what the test wants it to find."""
'''


def keeps_contract(plugin: Plugin) -> None:
    """What a form, a list and a runner need of any plugin."""
    assert plugin.name.isidentifier()
    assert plugin.summary
    assert len(plugin.summary) <= 120
    assert inspect.iscoroutinefunction(plugin.function) or inspect.isasyncgenfunction(plugin.function)
    schema = plugin.options.model_json_schema()
    assert schema["type"] == "object"
    assert schema.get("additionalProperties") is False, "unknown options are refused"
    for name, field in schema.get("properties", {}).items():
        assert field.get("description"), f"{name} needs a description: the form shows it"


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: f"{plugin.kind}-{plugin.name}")
def test_plugin_keeps_the_contract(plugin: Plugin) -> None:
    keeps_contract(plugin)


def test_there_is_a_plugin_to_test() -> None:
    assert REGISTRY.get(PluginKind.SOURCE, "nmap")


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One file more in the folder of sources, for this test only."""
    (tmp_path / "dropped_in.py").write_text(DROPPED)
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    yield
    REGISTRY._plugins.pop((PluginKind.SOURCE, "dropped_in"), None)
    sys.modules.pop("backend.infra.sources.dropped_in", None)


@pytest.mark.usefixtures("dropped")
def test_a_file_dropped_into_the_folder_is_found_and_nothing_else_is_edited() -> None:
    found = plugins.discover().get(PluginKind.SOURCE, "dropped_in")
    assert found is not None
    assert found.summary == "Finds what the test wants it to find."
    assert "community" in found.options.model_json_schema()["properties"]
    keeps_contract(found)

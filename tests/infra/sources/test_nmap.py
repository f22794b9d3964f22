"""The source "nmap": its options are the domain's, and it runs what the runner runs."""

import dataclasses
import inspect

import pytest
from pydantic import ValidationError

from backend.domain.discovery.options import PROFILES, ScanOptions
from backend.domain.discovery.report import ChunkFinished
from backend.domain.discovery.runner import NmapRunner
from backend.domain.registry import PluginKind
from backend.infra.plugins import discover
from backend.infra.sources.nmap import NmapOptions, scan
from tests.domain.discovery.jobs import make_job
from tests.domain.discovery.test_runner import FakeArtifacts, FakeProcesses, FakeReader


def test_it_is_found() -> None:
    plugin = discover().get(PluginKind.SOURCE, "nmap")
    assert plugin is not None
    assert plugin.options is NmapOptions
    assert inspect.isasyncgenfunction(plugin.function)
    assert plugin.summary.startswith("Scans networks with nmap")


def test_the_schema_mirrors_the_domain() -> None:
    assert list(NmapOptions.model_fields) == [field.name for field in dataclasses.fields(ScanOptions)]
    assert NmapOptions().to_domain() == ScanOptions()
    schema = NmapOptions.model_json_schema()
    assert schema["additionalProperties"] is False
    assert all("description" in field for field in schema["properties"].values())


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_profile_passes_through(profile: str) -> None:
    values = {**dataclasses.asdict(PROFILES[profile]), "scripts": list(PROFILES[profile].scripts)}
    assert NmapOptions(**values).to_domain() == PROFILES[profile]


@pytest.mark.parametrize(
    "values", [{"nmap_flags": "-oN x"}, {"os_detection": "yes"}, {"max_rate": 10**9}, {"timing": "insane"}]
)
def test_other_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        NmapOptions.model_validate(values)


async def test_it_runs_the_runner() -> None:
    runner = NmapRunner(FakeProcesses(gone=True), FakeArtifacts(), FakeReader)
    events = [event async for event in scan(runner, make_job())]
    assert isinstance(events[-1], ChunkFinished)

"""The source "sweep": it looks, and asks nobody anything."""

from backend.domain.discovery.options import options_for
from backend.domain.registry import PluginKind
from backend.infra.plugins import discover
from backend.infra.sources.sweep import SweepOptions, scan
from tests.domain.discovery.jobs import make_job
from tests.domain.discovery.pipeline.fakes import Host, Net, Told


def test_it_is_found_and_its_defaults_are_the_profile() -> None:
    plugin = discover().get(PluginKind.SOURCE, "sweep")
    assert plugin is not None
    assert plugin.options is SweepOptions
    assert SweepOptions().to_domain() == options_for("sweep")


async def test_it_looks_and_asks_nobody() -> None:
    net = Net({"10.0.0.1": Host({22: "OpenSSH"}, name="a.lan")})
    job = make_job(targets=("10.0.0.0/24",), options=options_for("standard"))
    told = Told([event async for event in scan(net.runner(), job)])
    assert [port.port for port in told.said("sweep")["10.0.0.1"].ports] == [22]
    assert (net.namings, net.nmaps) == ([], [])

"""The stages over fakes: their order, what each is asked, and what becomes of a chunk when one of them fails."""

import asyncio
from contextlib import aclosing
from xml.etree import ElementTree

import pytest

from backend.domain.discovery.options import ScanOptions, options_for
from backend.domain.discovery.pipeline.tools import KnownDevice
from backend.domain.discovery.report import ArtifactWritten, AskedPorts, HostFinished, Progress, TargetDifficult
from tests.domain.discovery.jobs import make_job
from tests.domain.discovery.pipeline.fakes import Host, Net, run

IDENTIFY = ScanOptions(tcp_ports="22,80,9100", service_versions=True)
SERVER = Host({22: "OpenSSH", 80: "nginx"}, name="server.lan", os="Linux")
ODD = Host({22: "OpenSSH", 80: ""}, name="odd.lan")


def office() -> Net:
    return Net({"10.0.0.1": SERVER, "10.0.0.2": ODD, "10.0.0.3": Host()})


async def test_a_sketch_first_then_names_then_nmap_for_what_stays_unnamed() -> None:
    net = office()
    told = await run(net, options=IDENTIFY)
    assert (told.outcome.status, told.outcome.code) == ("done", "success")
    assert set(told.said("sweep")) == {"10.0.0.1", "10.0.0.2", "10.0.0.3"}
    assert [port.port for port in told.said("sweep")["10.0.0.1"].ports] == [22, 80]
    assert told.said("dns")["10.0.0.1"].hostnames == ("server.lan",)
    assert told.said("banner")["10.0.0.1"].ports[0].product == "OpenSSH"
    assert [(job.targets, job.options.tcp_ports) for job in net.nmaps] == [(("10.0.0.2",), "80")]
    assert set(told.said("nmap")) == {"10.0.0.2"}
    sources = [event.report.source for event in told.events if isinstance(event, HostFinished) and not event.final]
    assert sources == sorted(sources, key=["sweep", "dns", "banner", "nmap"].index) or sources[0] == "sweep"


async def test_every_host_has_one_last_word() -> None:
    told = await run(office(), options=IDENTIFY)
    assert sorted(told.finals) == ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
    assert told.outcome.hosts_done == 3


async def test_only_the_sweep_says_which_ports_are_closed() -> None:
    told = await run(office(), options=IDENTIFY)
    asked = told.said("sweep")["10.0.0.3"].asked
    assert asked is not None
    assert [(item.protocol, item.ports) for item in asked] == [("tcp", "22,80,9100")]
    assert told.said("nmap")["10.0.0.2"].asked == ()


async def test_a_sweep_alone_tells_each_host_once_and_nobody_else_is_asked() -> None:
    net = office()
    told = await run(net, options=options_for("sweep"))
    assert sorted(told.finals) == sorted(net.hosts)
    assert len([event for event in told.events if isinstance(event, HostFinished)]) == 3
    assert (net.namings, net.nmaps) == ([], [])
    assert net.sweeps[0].tcp_ports == ()


async def test_silence_is_news_of_those_only_that_were_there_before() -> None:
    net = office()
    net.known = ("10.0.0.1", "10.0.0.9")
    told = await run(net, options=options_for("sweep"))
    assert {a for a, report in told.said("sweep").items() if report.state == "down"} == {"10.0.0.9"}


async def test_nothing_unnamed_means_no_nmap_at_all() -> None:
    net = Net({"10.0.0.1": SERVER})
    assert (await run(net, options=IDENTIFY)).outcome.code == "success"
    assert net.nmaps == []
    assert {"xml", "nmap", "gnmap"} == set(net.files)


async def test_never_one_process_for_each_host() -> None:
    hosts = {f"10.0.0.{last}": Host({last: "", last + 1: ""}) for last in range(1, 41)}
    net = Net(hosts)
    told = await run(net, options=ScanOptions(tcp_ports="1-100", service_versions=True))
    assert sorted(told.finals) == sorted(hosts)
    assert len(net.nmaps) <= 3


async def test_what_was_asked_for_is_asked_of_nmap_and_systems_only_where_nobody_knows_them() -> None:
    net = Net({"10.0.0.1": SERVER, "10.0.0.2": Host({22: "OpenSSH"})})
    options = ScanOptions(tcp_ports="22", service_versions=True, os_detection=True)
    await run(net, options=options)
    assert [(job.targets, job.options.os_detection, job.options.service_versions) for job in net.nmaps] == [
        (("10.0.0.2",), True, False)
    ]
    net.nmaps.clear()
    await run(net, options=ScanOptions(tcp_ports="22", scripts=("ssl-cert",)))
    assert [job.options.scripts for job in net.nmaps] == [("ssl-cert",)]


async def test_scripts_are_run_only_where_they_can_still_tell_something() -> None:
    hosts = {"10.0.0.1": SERVER, "10.0.0.2": Host({445: "Samba"}), "10.0.0.3": Host({22: "OpenSSH"})}
    options = ScanOptions(
        tcp_ports="22,80,445", service_versions=True, scripts=("ssh-hostkey", "smb2-security-mode", "rpcinfo")
    )
    net = Net(hosts)
    await run(net, options=options)
    assert [(job.targets, job.options.scripts) for job in net.nmaps] == [(("10.0.0.2",), ("smb2-security-mode",))]
    silent = Net(hosts, gone={"names"})
    await run(silent, options=options)
    assert {name for job in silent.nmaps for name in job.options.scripts} == {"ssh-hostkey", "smb2-security-mode"}


async def test_the_files_of_many_processes_are_one_document() -> None:
    hosts = {f"10.0.0.{last}": Host({22: ""}) for last in range(1, 101)} | {"10.0.0.200": SERVER}
    net = Net(hosts)
    told = await run(net, options=IDENTIFY)
    assert len(net.nmaps) == 4
    document = ElementTree.fromstring(net.files["xml"])
    found = [item.attrib["addr"] for item in document.iter("address")]
    assert sorted(found) == sorted(hosts)
    assert [item.complete for item in told.events if isinstance(item, ArtifactWritten)] == [True] * 3


async def test_progress_never_goes_back() -> None:
    told = await run(office(), options=IDENTIFY)
    shares = [event.percent for event in told.events if isinstance(event, Progress)]
    assert shares == sorted(shares)
    assert shares[-1] == 100.0


async def test_lines_say_what_is_asked_what_was_found_and_how_long_it_took() -> None:
    lines = (await run(office(), options=IDENTIFY)).lines
    assert "Sweep: asking 256 addresses by ARP, ping, TCP, then 3 TCP ports of those that answer" in lines
    assert "Sweep: 3 devices, 4 open ports in" in lines
    assert "10.0.0.1: 22/tcp, 80/tcp" in lines
    assert "Names: 2 of 3 devices have names and 3 ports are known" in lines
    assert "nmap: asking about 1 devices in 1 groups" in lines


async def test_without_raw_sockets_connections_look() -> None:
    net = office()
    told = await run(net, options=IDENTIFY, raw=False)
    assert [job.raw for job in net.sweeps] == [False]
    assert told.said("sweep")["10.0.0.1"].reason == "connect"
    assert "TCP connections" in told.lines


async def test_a_refused_sweep_is_tried_without_raw_sockets() -> None:
    net = office()
    net.sweep_refusals = {True: "job_refused"}
    told = await run(net, options=IDENTIFY)
    assert [job.raw for job in net.sweeps] == [True, False]
    assert told.outcome.code == "success"
    assert "The sweep was refused (job_refused)" in told.lines


async def test_where_nobody_sweeps_nmap_looks_by_itself() -> None:
    net = office()
    net.sweep_refusals = {True: "job_refused", False: "job_refused"}
    told = await run(net, options=IDENTIFY)
    assert [job.targets for job in net.nmaps] == [("10.0.0.0/24",)]
    assert told.outcome.status == "done"
    assert "nmap looks by itself" in told.lines


@pytest.mark.parametrize("code", ["scope_refused", "helper_busy"])
async def test_a_refusal_that_nmap_would_meet_too_ends_the_chunk(code: str) -> None:
    net = office()
    net.sweep_refusals = {True: code}
    told = await run(net, options=IDENTIFY)
    assert (told.outcome.status, told.outcome.code) == ("failed", code)
    assert net.nmaps == []


async def test_no_helper_at_all() -> None:
    net = office()
    net.gone = {"sweep"}
    assert (await run(net)).outcome.code == "helper_gone"


async def test_a_sweep_that_fails_keeps_what_it_found() -> None:
    net = office()
    net.sweep_ends = "fault"
    told = await run(net, options=IDENTIFY)
    assert (told.outcome.status, told.outcome.code) == ("partial", "sweep_failed")
    assert set(told.said("sweep")) == set(net.hosts)
    assert net.namings == []


@pytest.mark.parametrize("gone", [True, False])
async def test_when_naming_dies_the_resolver_and_nmap_go_on(gone: bool) -> None:
    net = office()
    net.gone, net.naming_refusal = ({"names"}, "") if gone else (set(), "job_refused")
    told = await run(net, options=IDENTIFY)
    assert told.outcome.code == "success"
    assert told.said("dns")["10.0.0.1"].hostnames == ("server.lan",)
    assert set(told.said("nmap")) == {"10.0.0.1", "10.0.0.2"}


async def test_nmap_that_dies_in_one_group_takes_no_other_with_it() -> None:
    hosts = {f"10.0.0.{last}": Host({22: ""}) for last in range(1, 101)}
    net = Net(hosts, nmap_dies_for="10.0.0.1")
    told = await run(net, options=IDENTIFY)
    assert (told.outcome.status, told.outcome.code) == ("partial", "nmap_killed")
    assert len(told.said("nmap")) >= 100 - 32
    assert set(told.said("sweep")) == set(hosts)
    assert not any(item.complete for item in told.events if isinstance(item, ArtifactWritten))


async def test_without_nmap_devices_are_found_all_the_same_and_it_is_said() -> None:
    net = office()
    net.nmap_missing = True
    told = await run(net, options=IDENTIFY)
    assert (told.outcome.status, told.outcome.code) == ("done", "details_missing")
    assert told.outcome.params == {"hosts": 1}
    assert sorted(told.finals) == sorted(net.hosts)
    assert "nmap, which is not installed" in told.outcome.text


@pytest.mark.parametrize("stage", ["sweep", "names", "nmap"])
async def test_a_person_stops_it_in_any_stage_and_hosts_are_kept(stage: str) -> None:
    net = office()
    net.hang_in = stage
    stop = asyncio.Event()
    asking = asyncio.create_task(run(net, stop, options=IDENTIFY))
    async with asyncio.timeout(5):
        await net.hanging.wait()
    stop.set()
    told = await asking
    assert (told.outcome.status, told.outcome.code) == ("stopped", "stopped")
    assert set(told.said("sweep")) == set(net.hosts)
    assert stage in net.left


@pytest.mark.parametrize("stage", ["sweep", "names", "nmap"])
async def test_a_deadline_ends_any_stage(stage: str) -> None:
    net = office()
    net.hang_in = stage
    told = await run(net, options=IDENTIFY, chunk_timeout_s=1)
    assert (told.outcome.status, told.outcome.code) == ("partial", "chunk_deadline")
    assert told.outcome.params == {"seconds": 1}


@pytest.mark.parametrize("stage", ["sweep", "names", "nmap"])
async def test_closing_the_iterator_ends_any_stage(stage: str) -> None:
    net = office()
    net.hang_in = stage
    async with asyncio.timeout(5):
        async with aclosing(net.runner().run(make_job(targets=("10.0.0.0/24",), options=IDENTIFY))) as events:
            async for _ in events:
                if net.hanging.is_set():
                    break
                await asyncio.sleep(0)
        assert net.left[-1] == stage


async def test_a_printer_is_asked_gently() -> None:
    printer = Host({80: "", 9100: "raw"}, mac="00:80:77:00:00:01", name="printer.lan")
    net = Net({"10.0.0.1": SERVER, "10.0.0.7": printer})
    told = await run(net, options=ScanOptions(tcp_ports="22,80,9100", service_versions=True, os_detection=True))
    asked = {host.address: (host.tcp, job.per_host_limit) for job in net.namings for host in job.hosts}
    assert asked["10.0.0.7"] == ((80,), 1)
    assert asked["10.0.0.1"][1] > 1
    gentle = next(job for job in net.nmaps if job.targets == ("10.0.0.7",))
    assert gentle.options.tcp_ports == "80"
    assert (gentle.options.os_detection, gentle.options.scripts, gentle.options.max_rate) == (False, (), 10)
    assert "10.0.0.7: printer (port 9100 is open)" in told.lines
    assert told.said("sweep")["10.0.0.7"].scripts[0].name == "etiquette"
    assert [port.port for port in told.said("sweep")["10.0.0.7"].ports] == [80, 9100]


async def test_a_known_printer_is_spared_from_the_first_packet_on() -> None:
    printer = Host({80: "", 9100: "raw"}, name="printer.lan")
    net = Net({"10.0.0.1": SERVER, "10.0.0.7": printer}, delicate=(KnownDevice("10.0.0.7", type="printer"),))
    options = ScanOptions(tcp_ports="22,80,9100,9999", udp_ports="53,161,47808", timing="aggressive")
    told = await run(net, options=options)
    others, gentle = net.sweeps
    assert others.exclusions == ("10.0.0.7",)
    assert (others.tcp_ports, others.udp_ports, others.rate) == ((22, 80, 9100, 9999), (53, 161, 47808), 20_000)
    assert gentle.targets == ("10.0.0.7",)
    assert (gentle.tcp_ports, gentle.udp_ports, gentle.rate) == ((22, 80), (161,), 200)
    assert gentle.probes == ("arp", "echo")
    said = told.said("sweep")
    assert [port.port for port in said["10.0.0.7"].ports] == [80]
    assert said["10.0.0.7"].asked == (AskedPorts("tcp", "22,80"),), "9100 was not asked, so it is not closed"
    assert said["10.0.0.1"].asked == (AskedPorts("tcp", "22,80,9100,9999"),)
    assert said["10.0.0.7"].scripts[0].name == "etiquette"
    assert (
        "1 known delicate devices apart, by ARP, ping, then 2 usual TCP ports, 200 packets a second" in told.lines
    )
    assert sorted(told.finals) == ["10.0.0.1", "10.0.0.7"]
    assert told.outcome.status == "done"


async def test_a_known_printer_alone_is_one_gentle_sweep() -> None:
    known = (KnownDevice("10.0.0.7", ports=(9100,)), KnownDevice("10.9.9.9", type="printer"))
    net = Net({"10.0.0.7": Host({80: ""})}, delicate=known)
    with_tcp = ScanOptions(tcp_ports="80", timing="polite", max_rate=50, host_discovery="tcp")
    await run(net, options=with_tcp, exclusions=("10.0.0.0-10.0.0.6", "10.0.0.8-10.0.0.255"))
    (gentle,) = net.sweeps
    assert (gentle.targets, gentle.rate, gentle.probes) == (("10.0.0.7",), 50, ("syn",))


@pytest.mark.parametrize(
    ("device", "etiquette"),
    [
        (KnownDevice("10.0.0.7", type="printer"), False),
        (KnownDevice("10.0.0.7", ports=(22, 9100)), True),
        (KnownDevice("10.0.0.7", type="server", maker="Dell"), True),
    ],
)
async def test_who_stands_any_question_is_swept_with_all_others(device: KnownDevice, etiquette: bool) -> None:
    net = Net({"10.0.0.7": Host({80: ""})}, delicate=(device,))
    await run(net, options=ScanOptions(tcp_ports="80", etiquette=etiquette))
    assert [job.exclusions for job in net.sweeps] == [()]


async def test_a_gentle_sweep_that_fails_is_said_and_what_was_found_is_kept() -> None:
    net = Net({"10.0.0.1": SERVER}, delicate=(KnownDevice("10.0.0.7", type="printer"),), sweep_ends="fault")
    told = await run(net, options=ScanOptions(tcp_ports="22"))
    assert len(net.sweeps) == 1
    assert told.outcome.code == "sweep_failed"
    assert "10.0.0.1" in told.said("sweep")


async def test_a_person_may_do_without_etiquette() -> None:
    net = Net({"10.0.0.7": Host({9100: "raw"})})
    await run(net, options=ScanOptions(tcp_ports="9100", service_versions=True, etiquette=False))
    assert net.namings[0].hosts[0].tcp == (9100,)


async def test_a_tarpit_adds_no_port() -> None:
    trap = Host(dict.fromkeys(range(6001, 6301), "the same"), tarpit=True)
    honest = Host(dict.fromkeys(range(6001, 6301), "many"))
    net = Net({"10.0.0.4": trap, "10.0.0.5": honest})
    told = await run(net, options=ScanOptions(tcp_ports="6001-6400", service_versions=True))
    reports = [event.report for event in told.events if isinstance(event, HostFinished)]
    assert not any(report.ports for report in reports if report.address == "10.0.0.4")
    assert len(told.said("banner")["10.0.0.5"].ports) == 300
    assert len(told.said("sweep")["10.0.0.5"].ports) == 300
    assert [event.code for event in told.events if isinstance(event, TargetDifficult)] == ["tarpit"]
    assert net.nmaps == []


async def test_a_scan_without_our_sweep_is_nmaps_alone() -> None:
    net = office()
    await run(net, options=ScanOptions(tcp_ports="22", sweep=False))
    assert (net.sweeps, len(net.nmaps)) == ([], 1)

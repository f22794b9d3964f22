"""The collector windows against a WS-Management server: logins, values, and what goes wrong."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.domain.monitoring.collector import Credential
from backend.domain.monitoring.poller import failure_of
from backend.domain.monitoring.states import is_ours
from backend.infra.clients.winrm import messages
from backend.infra.clients.winrm.place import place_of
from backend.infra.collectors import windows as collector
from backend.infra.collectors.windows import WindowsOptions
from simulators.windows.machine import GIB, Interface, Machine
from simulators.windows.wql import Instance
from tests.certificates import make
from tests.windows import DOMAIN, PASSWORD, USER, credential, failure, poll, windows


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first poll looks twice; half a second is the shortest that rates are made of."""
    monkeypatch.setattr(collector, "FIRST_PAUSE_S", 0.51)


async def test_vitals_over_ntlm_with_encrypted_messages() -> None:
    async with windows() as host:
        reading = await poll(host)
        first = host.requests
        asked = list(host.service.asked)
        await asyncio.sleep(0.55)
        again = await poll(host, processes=["SQLSERVR.exe", "svchost.exe", "gone.exe"])
    values = reading.values
    assert values["memory_total"] == 16 * GIB
    assert values["memory_used"] == 10 * GIB
    assert (values["disk_total"], values["disk_used"]) == (620 * GIB, 165 * GIB)
    assert values["cpu_percent"] == pytest.approx(37.5, abs=1)
    assert values["net_recv_ps"] == pytest.approx(250_000, rel=0.02)
    assert values["net_sent_ps"] == pytest.approx(120_000, rel=0.02)
    assert (values["net_capacity_ps"], values["process_count"]) == (125_000_000, 5)
    assert 0 < float(values["latency_ms"] or 0) < 5_000
    assert reading.facts["host_name"] == "WIN-SIM01"
    assert reading.facts["os"] == "Microsoft Windows Server 2022 Standard"
    assert [phase.name for phase in reading.phases] == ["connect", "login"] + ["query"] * 6
    # Two round trips for the login, four questions, and two more because nothing was known yet.
    assert (first, len(asked)) == (8, 6)
    assert host.requests - first == 2 + 5
    counted = {
        sample.labels["process"]: sample.value for sample in again.samples if sample.name == "process_instances"
    }
    assert counted == {"SQLSERVR.exe": 1, "svchost.exe": 2, "gone.exe": 0}


async def test_labelled_values() -> None:
    machine = Machine(interfaces=(Interface("LAN", 10**9), Interface("Teredo Tunneling", 10**5)), load=(0.1, 0.9))
    async with windows(machine) as host:
        reading = await poll(host, monitor_id=8)
    samples = {(each.name, *each.labels.values()): each.value for each in reading.samples}
    assert samples["cpu_core_percent", "0"] == pytest.approx(10, abs=1)
    assert samples["cpu_core_percent", "1"] == pytest.approx(90, abs=1)
    assert samples["storage_used", "C:"] == 75 * GIB
    assert ("storage_total", "E:") not in samples
    assert samples["if_in_bytes_ps", "LAN"] == pytest.approx(250_000, rel=0.02)
    assert samples["if_speed_ps", "LAN"] == 125_000_000
    assert samples["uptime_s",] == pytest.approx(machine.seconds_up(), abs=5)
    assert not any("Teredo" in str(key) for key in samples)
    declared = {metric.name for metric in collector.METRICS}
    assert {each.name for each in reading.samples} | set(reading.values) <= declared


def _and_note(call: Callable[[bytes], None], noted: list[bytes]) -> Callable[[bytes], None]:
    def noting(data: bytes) -> None:
        noted.append(data)
        call(data)

    return noting


async def test_no_message_travels_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    async with windows() as host:
        whole = host.serve

        async def listening(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            monkeypatch.setattr(reader, "feed_data", _and_note(reader.feed_data, sent))
            monkeypatch.setattr(writer, "write", _and_note(writer.write, sent))
            await whole(reader, writer)

        server = await asyncio.start_server(listening, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        given = Credential(1, "winrm", USER, DOMAIN, port, False, {}, {"password": PASSWORD})
        await poll(host, given, monitor_id=9)
        server.close()
    everything = b"".join(sent)
    assert b"multipart/encrypted" in everything
    assert b"Win32_" not in everything
    assert b"WIN-SIM01" not in everything
    assert PASSWORD.encode() not in everything
    assert PASSWORD.encode("utf-16-le") not in everything


@pytest.mark.parametrize("method", ["ntlm", "basic"])
async def test_over_tls(tmp_path: Path, method: str) -> None:
    authority = make(tmp_path, "authority")
    pair = make(tmp_path, "win.test", issuer=authority)
    async with windows(pair=pair, methods=("Negotiate", "Basic")) as host:
        trusted = credential(host, transport=method, ca_certificate=authority.cert_file.read_text())
        reading = await poll(host, trusted, monitor_id=10)
        pinned = credential(host, transport=method, fingerprint=_colons(pair.fingerprint))
        again = await poll(host, pinned, monitor_id=10)
    assert reading.values["memory_total"] == again.values["memory_total"] == 16 * GIB
    assert [phase.name for phase in reading.phases][:3] == ["connect", "tls", "login"]


async def test_users_are_written_in_three_ways() -> None:
    async with windows() as host:
        for username, domain in ((USER, DOMAIN), (f"{DOMAIN}\\{USER}", ""), (f"{DOMAIN}\\{USER}", "ELSEWHERE")):
            given = Credential(1, "winrm", username, domain, host.port, False, {}, {"password": PASSWORD})
            await poll(host, given, monitor_id=11)


async def test_many_rows_are_pulled_in_batches() -> None:
    machine = Machine(interfaces=tuple(Interface(f"port {number}") for number in range(260)))
    async with windows(machine) as host:
        host.service._batch = 60
        reading = await poll(host, monitor_id=12)
    assert reading.values["net_capacity_ps"] == 260 * 125_000_000


async def test_rates_are_those_between_two_polls_and_absent_after_a_restart() -> None:
    machine = Machine()
    async with windows(machine) as host:
        await poll(host, monitor_id=13)
        await asyncio.sleep(0.6)
        machine.load = (0.25, 0.5)
        before = host.requests
        reading = await poll(host, monitor_id=13)
        assert host.requests - before == 6
        assert reading.values["cpu_percent"] == pytest.approx(37.5, abs=1)
        machine._began = time.monotonic()
        machine.up /= 1000
        before = host.requests
        await poll(host, monitor_id=13)
        assert host.requests - before == 8  # nothing to compare with: it looked twice


async def test_a_wrong_password_and_an_unknown_user() -> None:
    async with windows() as host:
        wrong = await failure(host, credential(host, "not-it-at-all"))
        stranger = Credential(1, "winrm", "nobody", DOMAIN, host.port, False, {}, {"password": PASSWORD})
        unknown = await failure(host, stranger)
    assert (wrong.code, wrong.phase, wrong.final) == ("winrm_login_refused", "login", True)
    assert wrong.text == f"127.0.0.1 refused the login of {DOMAIN}\\{USER}"
    assert unknown.code == "winrm_login_refused"
    assert "not-it" not in repr(wrong) + str(wrong.params)


async def test_who_may_log_in_and_not_read() -> None:
    async with windows() as host:
        host.service._readers = frozenset()
        denied = await failure(host)
    assert (denied.code, denied.phase, denied.final) == ("winrm_access_denied", "query", True)


async def test_kerberos_without_its_extra_or_without_a_domain() -> None:
    async with windows() as host:
        refused = await failure(host, credential(host, transport="kerberos"))
    assert refused.code in {"winrm_kerberos_missing", "winrm_login_impossible"}
    assert is_ours(failure_of(refused, ()))


async def test_a_method_that_the_host_does_not_offer() -> None:
    async with windows(methods=("Kerberos",)) as host:
        refused = await failure(host)
    assert (refused.code, refused.params["offered"]) == ("winrm_method_refused", "Kerberos")


async def test_basic_needs_tls_and_somebody_who_is_who_he_says(tmp_path: Path) -> None:
    async with windows(methods=("Basic",)) as host:
        clear = await failure(host, credential(host, transport="basic"))
    async with windows(pair=make(tmp_path, "win.test"), methods=("Basic",)) as host:
        unproven = await failure(host, credential(host, transport="basic", verify_certificate=False))
        assert host.connections == 0
    assert (clear.code, unproven.code) == ("winrm_basic_in_clear", "winrm_basic_unproven")


async def test_silence_stopping_and_hanging_up_have_sentences_of_their_own() -> None:
    async with windows() as host:
        found = {}
        for what in ("silent", "stops", "hangs_up"):
            for at in ("login", "query"):
                host.tricks.what, host.tricks.at = what, at
                began = time.monotonic()
                found[what, at] = await failure(host, timeout_s=0.5)
                assert time.monotonic() - began < 2.5
    assert {code for (what, _), each in found.items() if what == "silent" for code in [each.code]} == {
        "winrm_silent"
    }
    assert found["stops", "query"].code == "winrm_stopped"
    assert "stopped in the middle of its answer, after" in found["stops", "query"].text
    assert found["hangs_up", "query"].code == "winrm_cut_off"
    assert not any(each.final for (what, _), each in found.items() if what != "hangs_up")


async def test_hosts_that_hang_delay_nobody() -> None:
    async with windows() as bad, windows() as good:
        bad.tricks.what = "stops"
        hanging = [asyncio.create_task(failure(bad, monitor_id=100 + number)) for number in range(80)]
        async with asyncio.timeout(8):
            while bad.requests < 3 * 80:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.02)
        assert (await poll(good, monitor_id=99)).values["memory_total"] == 16 * GIB
        assert not any(each.done() for each in hanging)
        for each in hanging:
            each.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)


@pytest.mark.parametrize("name", ["two words", "a\r\nX: y", "-", "ü.test", "a" * 300, ""])
async def test_a_name_that_nothing_can_hold_is_left_out(name: str) -> None:
    async with windows() as host:
        place = place_of("127.0.0.1", credential(host), name=name)
    assert place.name == "127.0.0.1"


async def test_an_answer_that_drips_ends_with_the_poll_and_leaves_no_thread() -> None:
    async with windows() as host:
        host.tricks.what = "drips"
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await poll(host, timeout_s=60.0)
        assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"<html>no such page</html>", "winrm_absent"),
        (302, b"", "winrm_absent"),
        (200, b"hello", "winrm_absent"),
        (503, b"", "winrm_absent"),
    ],
)
async def test_somebody_else_at_that_port(status: int, body: bytes, code: str) -> None:
    async with windows() as host:
        head = f"HTTP/1.1 {status} X\r\nLocation: /\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        host.tricks.raw, host.tricks.at = head + body, "login"
        other = await failure(host)
        host.tricks.raw = b"SSH-2.0-OpenSSH_9.2\r\n"
        shell = await failure(host)
    assert (other.code, shell.code) == (code, "winrm_absent")


async def test_faults_in_words() -> None:
    async with windows(Machine(more={"Win32_LogicalDisk": ()})) as host:
        empty = await poll(host, monitor_id=14)
        only_a_name: dict[str, str | int | bool | None] = {"CSName": "x"}
        host.service.machine.more = {"Win32_OperatingSystem": (only_a_name,)}
        fault = await failure(host)
    assert empty.values["disk_total"] is None
    assert fault.code == "winrm_fault"
    assert "The WQL query is invalid" in fault.text


async def test_values_that_are_none_are_left_out() -> None:
    rows: dict[str, str | int | bool | None] = {
        "CSName": "\u202ered",
        "Caption": None,
        "Version": "10.0",
        "OSArchitecture": "",
        "TotalVisibleMemorySize": "-5",
        "FreePhysicalMemory": "9" * 30,
        "NumberOfProcesses": "many",
        "LastBootUpTime": "yesterday",
        "LocalDateTime": "2026-01-01T00:00:00.1234567-05:00",
    }
    async with windows(Machine(more={"Win32_OperatingSystem": (rows,)})) as host:
        reading = await poll(host, monitor_id=15)
    assert (
        reading.values["memory_total"] is reading.values["memory_used"] is reading.values["process_count"] is None
    )
    assert reading.facts == {"host_name": "\\u202ered", "os_version": "10.0"}
    assert "uptime_s" not in {each.name for each in reading.samples}


async def test_rows_without_end_are_bounded() -> None:
    rows: tuple[Instance, ...] = tuple(
        {"DeviceID": f"{number}:", "DriveType": 3, "Size": 1, "FreeSpace": 0} for number in range(9_000)
    )
    async with windows(Machine(more={"Win32_LogicalDisk": rows})) as host:
        host.service._batch = 10_000
        reading = await poll(host, monitor_id=16, timeout_s=60.0)
    assert int(reading.values["disk_total"] or 0) <= messages.MAX_ROWS


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_nothing_is_left_open() -> None:
    async with windows() as host:
        await poll(host, monitor_id=17)
        before = _open_files()
        for _ in range(2):
            await poll(host, monitor_id=17)
            await failure(host, credential(host, "wrong"))
        await asyncio.sleep(0)
        assert _open_files() <= before + 2
        assert PASSWORD not in repr(credential(host))


def test_options_take_no_query() -> None:
    for name in ("a' OR Name LIKE '", 'x"', "back\\slash", "percent%"):
        with pytest.raises(ValueError, match="pattern"):
            WindowsOptions(processes=[name])


def _colons(fingerprint: str) -> str:
    return ":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper()

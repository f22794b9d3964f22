"""The kernel's tables: what lies on a segment, what behind which gateway."""

from pathlib import Path

from backend.infra.clients.sweep import gateways
from backend.infra.clients.sweep.routes import on_link, routes

HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
TABLE = (
    "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"  # default by 10.0.0.1
    "eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"  # 10.0.0.0/24, direct
    "eth1\t0000010A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"  # 10.1.0.0/16, direct
    "eth0\t0005010A\t0200000A\t0003\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"  # 10.1.5.0/24 by 10.0.0.2
)


def _number(text: str) -> int:
    return int.from_bytes(bytes(map(int, text.split("."))), "big")


def test_segments_and_the_rest(tmp_path: Path) -> None:
    (tmp_path / "route").write_text(HEAD + TABLE)
    wanted = [(_number("10.0.0.0"), _number("10.0.1.255")), (_number("10.1.4.0"), _number("10.1.6.255"))]
    direct, rest = on_link(wanted, routes(4, str(tmp_path)))
    assert direct == {
        "eth0": [(_number("10.0.0.0"), _number("10.0.0.255"))],
        "eth1": [
            (_number("10.1.4.0"), _number("10.1.4.255")),
            (_number("10.1.6.0"), _number("10.1.6.255")),
        ],
    }
    assert rest == [
        (_number("10.0.1.0"), _number("10.0.1.255")),
        (_number("10.1.5.0"), _number("10.1.5.255")),
    ]


def test_one_gateway_for_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "route").write_text(HEAD + TABLE)

    def gateway(low: str, high: str) -> int | None:
        route = gateways._common(_number(low), _number(high), str(tmp_path))
        return route.gateway if route else None

    assert gateway("10.9.0.0", "10.9.255.255") == _number("10.0.0.1")
    assert gateway("10.1.5.1", "10.1.5.9") == _number("10.0.0.2")
    assert gateway("10.1.4.1", "10.1.5.9") is None
    assert gateway("10.0.0.1", "10.0.0.9") is None
    assert gateway("9.0.0.0", "10.0.0.9") is None


def test_no_table_is_no_route(tmp_path: Path) -> None:
    assert routes(4, str(tmp_path)) == []
    assert routes(6, str(tmp_path)) == []
    assert on_link([(1, 2)], []) == ({}, [(1, 2)])


def test_ipv6_routes(tmp_path: Path) -> None:
    zero = "0" * 32
    lines = [
        f"fd000079000000000000000000000000 40 {zero} 00 {zero} 00000100 00000001 00000000 00000001     eth0",
        f"{zero} 00 {zero} 00 fd000079000000000000000000000001 00000400 1 0 00000003     eth0",
        f"fd000079000000000000000000000002 80 {zero} 00 {zero} 00000000 2 0 80200001     lo",
    ]
    (tmp_path / "ipv6_route").write_text("\n".join(lines) + "\n")
    table = routes(6, str(tmp_path))
    assert [(route.card, route.direct) for route in table] == [("eth0", True), ("eth0", False)]
    first = 0xFD00_0079 << 96
    assert table[0].first == first
    assert table[0].last == first + (1 << 64) - 1

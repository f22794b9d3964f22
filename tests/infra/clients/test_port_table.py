"""Port numbers in general, with nmap's list and without."""

from backend.infra.clients import port_table
from backend.infra.clients.port_table import SystemPorts


def test_nmaps_list_where_nmap_lies() -> None:
    table = SystemPorts()
    assert {22, 80, 443} <= set(table.most_common("tcp", 20))
    assert len(table.most_common("tcp", 1000)) == 1000
    assert list(table.most_common("udp", 50)) == sorted(table.most_common("udp", 50))
    assert table.service("tcp", 22) == "ssh"


def test_an_order_of_our_own_where_there_is_none() -> None:
    order, names = port_table._without_nmap()
    assert {80, 443, 22, 445} <= set(order["tcp"][:10])
    assert len(set(order["tcp"])) == 65_535
    assert not names or names["tcp", 22] == "ssh"

"""What happened between two portraits."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.history.differences import Difference, differences

WEB = {
    "name": "web",
    "status": "up",
    "address:ipv4:10.0.0.5": "",
    "port:tcp:80": "http",
    "version:tcp:80": "nginx 1.24",
}
KEYS = st.sampled_from(
    ["name", "os", "status", "address:ipv4:10.0.0.1", "address:mac:aa:bb:cc:dd:ee:ff"]
    + [f"{kind}:tcp:{number}" for kind in ("port", "version") for number in (22, 80)]
)
PORTRAITS = st.dictionaries(KEYS, st.text(min_size=1, max_size=5))


def test_a_new_device_is_one_difference() -> None:
    assert differences(None, WEB) == [Difference("device_new", new="web")]
    assert differences(WEB, None) == [Difference("device_removed", old="web")]
    assert differences(None, None) == []


def test_each_thing_has_its_word() -> None:
    after = {
        "name": "web",
        "os": "Linux",
        "address:ipv4:10.0.0.6": "",
        "port:tcp:80": "http-proxy",
        "version:tcp:80": "squid 6",
        "port:tcp:22": "ssh",
        "version:tcp:22": "OpenSSH 9.2",
    }
    assert differences(WEB, after) == [
        Difference("os_changed", "os", None, "Linux"),
        Difference("device_silent", "status", "up", None),
        Difference("address_lost", "address:ipv4:10.0.0.5", "10.0.0.5"),
        Difference("address_gained", "address:ipv4:10.0.0.6", None, "10.0.0.6"),
        Difference("port_opened", "port:tcp:22", None, "ssh"),
        Difference("service_changed", "port:tcp:80", "http", "http-proxy"),
        Difference("version_changed", "version:tcp:80", "nginx 1.24", "squid 6"),
    ]


def test_a_port_that_closes_takes_its_version_along() -> None:
    closed = {key: value for key, value in WEB.items() if "tcp" not in key}
    assert differences(WEB, closed) == [Difference("port_closed", "port:tcp:80", "http")]
    assert differences(closed, WEB) == [Difference("port_opened", "port:tcp:80", None, "http")]


@given(PORTRAITS)
def test_the_same_is_no_difference(portrait: dict[str, str]) -> None:
    assert differences(portrait, dict(reversed(portrait.items()))) == []


@given(PORTRAITS, PORTRAITS)
def test_each_key_is_told_at_most_once_and_back_again(before: dict[str, str], after: dict[str, str]) -> None:
    there, back = differences(before, after), differences(after, before)
    assert len({item.key for item in there}) == len(there)
    assert {item.key for item in there} == {item.key for item in back}
    told = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {item.key for item in there} <= told

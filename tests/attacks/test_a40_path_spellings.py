"""A40: no spelling of a path is read one way by nginx and another way by the application (CVE-2023-27482)."""

import itertools

from tests.attacks.twins import web_server as twins
from tests.infra.system.world import Site, web_server

# What an attacker would like to reach: by a rule for one path, a request that the application reads as another.
TARGETS = ("metrics", "api/v1/users", "status", "ws/scans/1")
PREFIXES = ("", "assets/", "api/", "ws/")
TRICKS = (
    "/{prefix}../{target}",
    "/{prefix}..;/{target}",
    "/{prefix}%2e%2e/{target}",
    "/{prefix}%2e%2e%2f{target}",
    "/{prefix}..%2f{target}",
    "/{prefix}.%2e/{target}",
    "/{prefix}%252e%252e/{target}",
    "/{prefix}..%5c{target}",
    "/{prefix}..\\{target}",
    "//{prefix}{target}",
    "/{prefix}/{target}//",
    "/{prefix}./{target}",
    "/{prefix}{target};x=1",
    "/{prefix}{target}%00",
    "/{prefix}{target}%0a",
    "/{prefix}{target}%0d%0aX: y",
    "/{prefix}{target}/.",
    "/{prefix}{target}/..",
)


def spellings() -> list[str]:
    """More than two hundred ways of not writing a path plainly."""
    every = itertools.product(TRICKS, PREFIXES, TARGETS)
    found = {trick.format(prefix=prefix, target=target) for trick, prefix, target in every}
    return sorted(each.replace(" ", "%20") for each in found)


def accepted(site: Site) -> list[str]:
    """The spellings that were not refused outright."""
    return [path for path in spellings() if site.get(path).status != 400]


def test_there_are_enough_spellings() -> None:
    assert len(spellings()) >= 200


def test_every_odd_spelling_is_refused_before_the_application_sees_it() -> None:
    with web_server() as site:
        assert accepted(site) == []
        assert site.get("/api/../metrics").json["code"] == "path_not_plain"


def test_the_check_sees_a_server_that_passes_them_on() -> None:
    with web_server(twins.passes_every_spelling) as site:
        assert accepted(site)


def test_plain_paths_and_any_query_still_pass() -> None:
    with web_server() as site:
        for path in ("/api/v1/targets/fe80%3A%3A1/history", "/api/v1/search?q=a//b;c%2e%2e/..", "/api/v1/x%20y"):
            answer = site.get(path)
            assert answer.status == 200, path
            assert answer.json["raw_path"] == path.partition("?")[0]


def test_upper_case_is_another_path() -> None:
    with web_server() as site:
        # The web UI's page, not the application's answer.
        assert b"the web UI" in site.get("/METRICS").body
        assert b"the web UI" in site.get("/Api/v1/users").body

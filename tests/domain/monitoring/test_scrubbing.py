"""Secrets that a target repeats are hidden before anybody sees them."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.monitoring.collector import CheckFailed, Credential, Phase, Reading, Sample
from backend.domain.monitoring.scrubbing import CUT, HIDDEN, SHORTEST, Scrubber

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=SHORTEST, max_size=40)


def scrubber(secret: str, username: str = "svc") -> Scrubber:
    return Scrubber(Credential(1, "http_basic", username, secrets={"password": secret}))


@given(WORDS, st.text(), st.text())
def test_a_secret_never_comes_through(secret: str, before: str, after: str) -> None:
    pair = base64.b64encode(f"svc:{secret}".encode()).decode()
    for form in (secret, pair):
        shown = scrubber(secret).text(f"{before}{form}{after}")
        assert form not in shown or form in HIDDEN


@given(WORDS, st.data())
def test_a_secret_that_was_cut_off_does_not_show_its_beginning(secret: str, data: st.DataObject) -> None:
    length = data.draw(st.integers(min(CUT, len(secret)), len(secret)))
    shown = scrubber(secret).text(f"The answer was 401 {secret[:length]}")
    assert secret[:CUT] not in shown or secret[:CUT] in "The answer was 401 "


def test_everything_that_people_see_is_scrubbed() -> None:
    hide = scrubber("lighthouse")
    failed = hide.failed(
        CheckFailed("c", "no lighthouse", phase="login", params={"a": "lighthouse", "n": 1}, final=True)
    )
    assert (failed.text, dict(failed.params), failed.phase, failed.final) == (
        f"no {HIDDEN}", {"a": HIDDEN, "n": 1}, "login", True,
    )  # fmt: skip
    reading = hide.reading(
        Reading(
            {"latency_ms": 1.0},
            (Sample("free", 5.0, {"disk": "lighthouse"}), Sample("up", 1.0)),
            (Phase("login", 1.0, "as lighthouse"),),
            {"name": "lighthouse"},
        )
    )
    assert "lighthouse" not in repr(reading)
    assert reading.values == {"latency_ms": 1.0}


def test_what_holds_no_secret_stays_as_it_is() -> None:
    assert scrubber("lighthouse").text("The light answers") == "The light answers"
    assert Scrubber(Credential(1, "snmp_v3", "mon")).text("anything") == "anything"

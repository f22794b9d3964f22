"""The text that Prometheus reads, read back with its own parser."""

from prometheus_client.parser import text_string_to_metric_families

from backend.domain.metrics import exposition as format_of
from backend.domain.metrics.exposition import Exposed, exposition
from backend.domain.monitoring.catalogue import WIDE

NOTHING = dict.fromkeys(WIDE)


def read(text: str) -> dict[tuple[str, str], float]:
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name, sample.labels.get("name", "")] = sample.value
    return found


def test_values_percentages_and_samples_are_told() -> None:
    values = NOTHING | {"latency_ms": 1.5, "memory_used": 1, "memory_total": 4}
    one = Exposed({"monitor": "1", "name": "db"}, True, values, (("free", {"disk": "/"}, 7.0),))
    found = read(exposition([one, Exposed({"monitor": "2", "name": "web"}, False, NOTHING, ())]))
    assert found["lanarium_monitor_up", "db"] == 1
    assert found["lanarium_monitor_up", "web"] == 0
    assert found["lanarium_monitor_memory_percent", "db"] == 25
    assert found["lanarium_sample_free", "db"] == 7
    assert found["lanarium_monitor_values_cut", ""] == 0
    assert ("lanarium_monitor_latency_ms", "web") not in found


def test_hostile_names_stay_names() -> None:
    evil = 'a"} 1\nlanarium_monitor_up{name="forged'
    one = Exposed({"name": evil}, True, NOTHING, (("9 {lives}\n", {"na me\n": evil, "name": "mine"}, 1.0),))
    text = exposition([one])
    assert read(text)["lanarium_monitor_up", evil] == 1
    assert [line for line in text.splitlines() if line.startswith("lanarium_monitor_up")] == [
        'lanarium_monitor_up{name="a\\"} 1\\nlanarium_monitor_up{name=\\"forged"} 1'
    ]
    families = {family.name: family.samples for family in text_string_to_metric_families(text)}
    (sample,) = families["lanarium_sample__9__lives__"]
    assert sample.labels == {"name": evil, "na_me_": evil, "label_name": "mine"}


def test_what_is_too_much_is_cut_and_said() -> None:
    many = [Exposed({"monitor": str(number)}, True, NOTHING, ()) for number in range(format_of.MOST_LINES + 1)]
    text = exposition(many)
    assert "lanarium_monitor_values_cut 1" in text
    assert text.count("\nlanarium_monitor_up{") == format_of.MOST_LINES

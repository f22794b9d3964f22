"""The file in which results wait: in order, across restarts and crashes, within its bounds."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.monitoring.collector import Phase, Sample
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.jobs import Failure, Recheck
from backend.domain.monitoring.states import Reason
from backend.infra.metric_spool import FileSpool
from tests.domain.monitoring.making import entry


def batch(first: int, count: int = 10) -> list[Entry]:
    return [entry(1, number) for number in range(first, first + count)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def drained(spool: FileSpool, most: int = 25) -> list[Entry]:
    found: list[Entry] = []
    while spool.waiting:
        found += await spool.oldest(most)
        await spool.forget()
    return found


async def test_everything_comes_back_as_it_was_and_in_order(tmp_path: Path) -> None:
    why = Failure("x", "words", {"n": 1}, "dns", (Phase("dns", 1.5, "d"),), Recheck("arp", True, "d"))
    turned = entry(2, 5, turned=True, failure=why, samples=(Sample("free", 1.0, {"disk": "/"}),))
    assert turned.transition is not None
    turned = replace(
        turned,
        transition=replace(turned.transition, reason=Reason("x", "words", {"n": 1})),
        condition=replace(turned.condition, reason=Reason("x", "words", {"n": 1})),
    )
    spool = FileSpool(tmp_path)
    assert await spool.append([turned, *batch(0)]) == 0
    assert await spool.append(batch(10)) == 0
    assert spool.waiting == 21
    assert await drained(spool) == [turned, *batch(0, 20)]
    assert names(tmp_path) == []


async def test_what_was_kept_survives_a_restart_also_where_it_was_drained_in_part(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path, segment=1)  # each batch in a segment of its own
    for first in range(0, 50, 10):
        await spool.append(batch(first))
    assert await spool.oldest(10) == batch(0)
    await spool.forget()
    again = FileSpool(tmp_path, segment=1)
    assert again.waiting == 40
    await again.append(batch(50))
    assert await drained(again) == batch(10, 50)


async def test_a_torn_end_is_left_out_and_nothing_before_it(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path)
    await spool.append(batch(0))
    await spool.append(batch(10))
    spool.close()
    file = tmp_path / names(tmp_path)[0]
    whole = file.read_bytes()
    for cut in (1, 50, len(whole) // 2 - 1):
        file.write_bytes(whole[:-cut])
        torn = FileSpool(tmp_path)
        assert torn.waiting == 10
        assert await torn.oldest(100) == batch(0)
    file.write_bytes(whole[:-30] + b"\xff" + whole[-29:])
    assert FileSpool(tmp_path).waiting == 10


async def test_a_full_file_keeps_turns_and_counts_the_rest(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path, max_bytes=4_000)
    lost = 0
    for first in range(0, 200, 10):
        lost += await spool.append(batch(first))
    kept = spool.waiting
    assert lost + kept == 200
    assert 0 < spool.size <= 4_000
    assert await spool.append([*batch(900, 30), entry(3, 999, turned=True)]) == 30
    assert spool.waiting == kept + 1
    last = (await drained(spool))[-1]
    assert (last.monitor_id, last.up, last.transition is not None) == (3, None, True)


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(st.sampled_from(["append", "drain", "restart"]), max_size=25))
async def test_nothing_is_lost_whatever_the_order_of_things(steps: list[str]) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        spool, put, seen = FileSpool(Path(folder), segment=3_000), 0, dict[object, None]()
        for step in [*steps, "restart"]:
            if step == "append":
                await spool.append(batch(put, 7))
                put += 7
            elif step == "drain":
                seen |= dict.fromkeys(item.at for item in await spool.oldest(12))
                await spool.forget()
            else:
                spool.close()
                spool = FileSpool(Path(folder), segment=3_000)
        seen |= dict.fromkeys(item.at for item in await drained(spool))
        assert sorted(seen, key=str) == [item.at for item in batch(0, put)]
        spool.close()

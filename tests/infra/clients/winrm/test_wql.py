"""The simulator understands WQL, so that no test leans on the text of a query."""

import pytest

from simulators.windows.wql import BadQuery, Instance, parse

ROWS: tuple[Instance, ...] = (
    {"Name": "C:", "DriveType": 3, "Size": 100, "Ready": True, "Label": None},
    {"Name": "D:", "DriveType": 5, "Size": None, "Ready": False, "Label": "cd's"},
    {"Name": "Z:", "DriveType": 4, "Size": 50, "Ready": True, "Label": "share"},
)


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("DriveType = 3", ["C:"]),
        ("drivetype<>3", ["D:", "Z:"]),
        ("Size >= 50 AND Size < 100", ["Z:"]),
        ("Name = 'c:' OR Name = \"z:\"", ["C:", "Z:"]),
        ("NOT (DriveType = 3 OR DriveType = 4)", ["D:"]),
        ("Label LIKE 's%'", ["Z:"]),
        ("Label = 'cd\\'s'", ["D:"]),
        ("Size IS NULL", ["D:"]),
        ("Label IS NOT NULL", ["D:", "Z:"]),
        ("Ready = TRUE", ["C:", "Z:"]),
        ("Size > 10 OR Name = 'D:' AND DriveType = 9", ["C:", "Z:"]),
        ("Name LIKE '_:'", ["C:", "D:", "Z:"]),
    ],
)
def test_conditions(where: str, names: list[str]) -> None:
    query = parse(f"select name from Win32_LogicalDisk where {where}")
    assert [row["Name"] for row in query.select(ROWS)] == names


def test_columns_keep_their_names_and_all_of_them_is_a_star() -> None:
    assert parse("SELECT SIZE, name FROM x").select(ROWS[:1]) == [{"Size": 100, "Name": "C:"}]
    assert parse("SELECT * FROM x").select(ROWS[:1]) == [dict(ROWS[0])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "SELECT FROM x",
        "SELECT * FROM",
        "SELECT * FROM x WHERE",
        "SELECT * FROM x WHERE a",
        "SELECT * FROM x WHERE a = ",
        "SELECT * FROM x WHERE a = b",
        "SELECT * FROM x; DROP",
        "SELECT * FROM x WHERE (a = 1",
    ],
)
def test_what_is_no_query(text: str) -> None:
    with pytest.raises(BadQuery):
        parse(text)


def test_unknown_properties() -> None:
    for text in ("SELECT Nothing FROM x", "SELECT Name FROM x WHERE Nothing = 1"):
        with pytest.raises(BadQuery):
            parse(text).select(ROWS)

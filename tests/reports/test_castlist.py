from __future__ import annotations

import datetime as dt

from pmkit.reports.castlist import castlist

FILES = {
    "cast": (
        "2: {character: MILO, id: sam-o, performer: Sam O., minor: 9-16, guardian: {name: P. O., phone: +1 310 555 0177}}\n"
        "1: {character: LENA, id: ana-ruiz, performer: Ana Ruiz, agent: {name: Dana Wells, email: dana@example.com}}\n"
    ),
    "private/cast": "1: {phone: +1 310 555 0101, birth_date: 1990-01-02}\n2: {phone: +1 310 555 0102, email: sam@example.com}\n",
    "breakdown": "5: {heading: INT. BAR - DAY, pages: 1, cast: [1]}\n6: {heading: INT. BAR - DAY, pages: 1, cast: [1]}\n",
    "schedule": "main:\n  2025-10-13: {call: 7:00, strips: [5]}\n  2025-10-15: {call: 7:00, strips: [6]}\n",
}


def cells(table, key: str) -> list[object]:
    column = [column.key for column in table.columns].index(key)
    return [row.cells[column] for row in table.rows]


def test_the_cast_stands_in_the_files_order_with_its_days(production):
    table = castlist(production(**FILES).production)
    assert [column.key for column in table.columns] == [
        "number", "character", "performer", "minor", "starts", "finishes", "works",
    ]  # fmt: skip
    assert [row.cells for row in table.rows] == [
        ("2", "MILO", "Sam O.", "9-16", None, None, None),
        ("1", "LENA", "Ana Ruiz", "", dt.date(2025, 10, 13), dt.date(2025, 10, 15), 2),
    ]


def test_contacts_stand_only_where_asked_for(production):
    made = production(**FILES).production
    told = repr(castlist(made, whole=True))
    assert not [secret for secret in ("555", "example.com", "Dana", "P. O.", "1990") if secret in told]
    table = castlist(made, contacts=True)
    assert cells(table, "agent") == ["", "Dana Wells"]
    assert cells(table, "agent_email") == ["", "dana@example.com"]
    assert "1990" not in repr(table)


def test_a_minor_is_reached_through_the_guardian(production):
    table = castlist(production(**FILES).production, contacts=True)
    assert cells(table, "guardian") == ["P. O.", ""]
    assert cells(table, "phone") == ["+1 310 555 0177", "+1 310 555 0101"]
    assert "sam@example.com" not in repr(table)
    assert table.notes == ("A minor is reached through the guardian.",)


def test_the_sample(sample):
    assert len(castlist(sample.production).rows) == len(sample.production.cast) >= 12

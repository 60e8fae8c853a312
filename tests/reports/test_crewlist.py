from __future__ import annotations

import datetime as dt

from pmkit.problems import Fault
from pmkit.reports.crewlist import crewlist

CREW = """
grip:
  people:
    - {id: key, name: Zoe Key, position: Key Grip, phone: +1 310 555 0100, email: z@example.com}
    - {id: out, name: Out Sider, position: Grip, hired: false}
camera:
  name: Camera & Video
  people:
    - {id: late, name: Late Comer, position: Loader, from: 2025-10-20, unit: second}
    - {id: key-2, person: key, position: Operator, days: [2025-10-13, 2025-10-15, 2025-10-17..2025-10-18]}
empty: {}
"""


def cells(table, key: str) -> list[object]:
    column = [column.key for column in table.columns].index(key)
    return [row.cells[column] for row in table.rows if row.kind == "row"]


def test_departments_and_people_stand_in_the_files_order(production):
    table = crewlist(production(crew=CREW).production)
    assert [row.cells[0] for row in table.rows] == ["Grip", "Key Grip", "Camera & Video", "Loader", "Operator"]
    assert cells(table, "name") == ["Zoe Key", "Late Comer", "Zoe Key"]
    assert table.notes == ("2 people in 2 departments.",)


def test_a_second_hire_is_reached_as_the_first(production):
    table = crewlist(production(crew=CREW).production)
    assert cells(table, "phone") == ["+1 310 555 0100", "", "+1 310 555 0100"]
    assert cells(table, "email") == ["z@example.com", "", "z@example.com"]


def test_days_stand_with_their_ends_and_their_number(production):
    made = production(crew=CREW).production
    table = crewlist(made)
    assert cells(table, "from") == [None, dt.date(2025, 10, 20), dt.date(2025, 10, 13)]
    assert cells(table, "to") == [None, None, dt.date(2025, 10, 18)]
    assert cells(table, "days") == ["", "", "4 days"]
    assert cells(crewlist(made, whole=True), "days")[2] == "2025-10-13, 2025-10-15, 2025-10-17..2025-10-18"


def test_only_a_department_a_unit_or_a_day(production):
    made = production(crew=CREW, production="pmkit: 1\ntitle: T\nunits: {main: Main, second: Second}\n").production
    assert cells(crewlist(made, department="grip"), "name") == ["Zoe Key"]
    assert cells(crewlist(made, unit="main"), "name") == ["Zoe Key", "Zoe Key"]
    assert cells(crewlist(made, day=dt.date(2025, 10, 14)), "position") == ["Key Grip"]
    assert cells(crewlist(made, day=dt.date(2025, 10, 18)), "position") == ["Key Grip", "Operator"]


def test_a_department_there_is_not_gets_a_suggestion(production):
    wrong = crewlist(production(crew=CREW).production, department="gripp")
    assert wrong == Fault("there is no department gripp", "did you mean grip?")


def test_columns_nobody_fills_vanish_on_paper_and_stay_in_data(production):
    made = production(crew="grip:\n  people: [{id: a, name: A}]\n").production
    assert [column.key for column in crewlist(made).columns] == ["position", "name", "phone", "email"]
    assert [column.key for column in crewlist(made, whole=True).columns] == [
        "position", "name", "phone", "email", "unit", "from", "to", "days",
    ]  # fmt: skip


def test_the_sample(sample):
    table = crewlist(sample.production)
    assert len([row for row in table.rows if row.kind == "heading"]) >= 15
    hired = [hire for _, hire in sample.production.hires.values() if hire.hired]
    assert len(cells(table, "name")) == len(hired) >= 45

"""The calendar: prep, shoot and wrap, and what concerns one person or department."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import lxml.html
import pypdf
import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.month import Calendar, Entry, calendar
from tests.conftest import SAMPLE

Make = Callable[..., Folder]
SMALL = {
    "production": "pmkit: 1\ntitle: Small\nunits: {main: Main Unit, second: 2nd Unit}\nholidays: [2026-03-06, 2026-03-10]\n",
    "crew": """\
camera:
  people:
    - {id: jun, name: Jun Ito, position: DP}
    - {id: bo, name: Bo Beck, position: B Operator, unit: second}
    - {id: kim, name: Kim K., position: Loader, to: 2026-03-03}
grip: {people: [{id: k-moss, name: K. Moss, position: Key Grip}]}
""",
    "cast": """\
1: {character: ANNA, id: anna, performer: Anna Arden, hold: true, off: 2026-03-20,
  events: {2026-02-27: [travel, fitting], 2026-02-26: rehearsal}}
2: {character: BEN, id: ben, performer: Ben Boyd, events: {2026-02-26: rehearsal}}
""",
    "locations": "barn: {name: Old Barn}\nsets:\n  BARN: barn\n",
    "breakdown": """\
1: {heading: INT. BARN - DAY, pages: 1, cast: [1, 2]}
2: {heading: INT. BARN - DAY, pages: 1, cast: [2]}
3: {heading: INT. BARN - DAY, pages: 1, cast: [1]}
""",
    "schedule": """\
main:
  2026-03-02: {call: 7:00, strips: [1]}
  2026-03-03: {call: 7:00, strips: [2]}
  2026-03-04: {off: weather}
  2026-03-05: {call: 7:00, strips: [3]}
second:
  2026-03-05: {call: 8:00, strips: [{text: plates, location: barn}]}
""",
    "calendar": """\
2026-02-20: {what: tech scout, who: [camera, k-moss], location: barn, time: 9:00, until: 11:30}
2026-02-23..2026-02-24: {what: read-through, at: hall, note: bring pencils}
2026-03-10: {what: holiday, note: all shut}
2026-03-16: {what: wrap, who: [anna]}
""",
    "travel": "in: {who: [anna], date: 2026-02-27, by: train, from: York, to: Leeds, leaves: 8:10, hotel: Grand, number: X1}\n",
}


def made(folder: Folder, person: str = "", **asked: str) -> Calendar:
    assert [problem for problem in folder.problems if problem.severity == "error"] == []
    report = calendar(folder.production, person, **asked)
    assert not isinstance(report, Fault), report
    return report


def on(report: Calendar, day: date) -> list[tuple[str, str]]:
    return [(entry.kind, entry.what) for entry in entries(report).get(day, ())]


def entries(report: Calendar) -> dict[date, tuple[Entry, ...]]:
    return {day.date: day.entries for month in report.months for day in month.days if day.entries}


def days(report: Calendar) -> dict[int, list[str]]:
    return {at.month * 100 + at.day: [entry.what for entry in found] for at, found in entries(report).items()}


def test_everything_on_its_date(production: Make) -> None:
    assert days(made(production(**SMALL))) == {
        220: ["tech scout"],
        223: ["read-through"],
        224: ["read-through"],
        226: ["Rehearsal"],
        227: ["Fitting", "Travel by train"],
        302: ["Day 1 of 3"],
        303: ["Day 2 of 3"],
        304: ["Off: weather"],
        305: ["Day 3 of 3", "Day 1 of 1"],
        306: ["Holiday"],
        310: ["holiday"],
        316: ["wrap"],
    }


def test_an_entry_says_who_where_and_when(production: Make) -> None:
    found = entries(made(production(**SMALL)))
    scout = found[date(2026, 2, 20)][0]
    assert (scout.who, scout.where, str(scout.time), str(scout.until)) == (
        "Camera, K. Moss",
        "Old Barn",
        "09:00",
        "11:30",
    )
    assert found[date(2026, 2, 26)][0].who == "ANNA, BEN"
    assert (found[date(2026, 2, 23)][0].where, found[date(2026, 2, 23)][0].note) == ("hall", "bring pencils")
    first = found[date(2026, 3, 2)][0]
    assert (first.kind, first.who, first.where, str(first.time)) == ("shoot", "Main Unit", "Old Barn", "07:00")
    train = found[date(2026, 2, 27)][1]
    assert (train.who, train.where, str(train.time)) == ("Anna Arden", "York to Leeds", "08:10")
    assert "Grand" not in repr(found), "where somebody sleeps is on no calendar"
    assert "X1" not in repr(found)


def test_a_months_days_are_all_there_with_what_is_off(production: Make) -> None:
    report = made(production(**SMALL))
    assert [(month.year, month.month, len(month.days)) for month in report.months] == [(2026, 2, 28), (2026, 3, 31)]
    march = report.months[1].days
    assert [day.date.day for day in march if day.off][:4] == [1, 7, 8, 14]
    assert [day.date.day for day in march if day.holiday] == [6, 10]


def test_the_calendar_of_one_of_the_cast_has_their_days_holds_and_scenes(production: Make) -> None:
    report = made(production(**SMALL), "ANNA")
    assert report.whose == "1 ANNA"
    assert days(report) == {
        223: ["read-through"],
        224: ["read-through"],
        226: ["Rehearsal"],
        227: ["Fitting", "Travel by train"],
        302: ["Day 1 of 3"],
        303: ["Hold"],
        304: ["Hold", "Off: weather"],
        305: ["Day 3 of 3"],
        306: ["Holiday"],
        310: ["holiday"],
        316: ["wrap"],
        320: ["Not available"],
    }
    assert entries(report)[date(2026, 3, 5)][0].note == "sc. 3"
    assert entries(report)[date(2026, 3, 5)][0].time is None, "the crew's call is not hers"


def test_the_calendar_of_one_of_the_crew_has_the_days_of_their_unit(production: Make) -> None:
    folder = production(**SMALL)
    assert [what for day in days(made(folder, "bo")).values() for what in day if what.startswith(("Day", "Off"))] == [
        "Day 1 of 1"
    ]
    assert on(made(folder, "jun"), date(2026, 3, 5)) == [("shoot", "Day 3 of 3"), ("shoot", "Day 1 of 1")]
    assert on(made(folder, "jun"), date(2026, 2, 20)) == [("event", "tech scout")]
    assert on(made(folder, "kim"), date(2026, 3, 5)) == [], "engaged until the 3rd"
    assert date(2026, 3, 16) not in entries(made(folder, "jun"))


def test_a_department_is_asked_for_by_name(production: Make) -> None:
    report = made(production(**SMALL), "Grip")
    assert (report.whose, on(report, date(2026, 2, 20))) == ("Grip", [("event", "tech scout")])
    assert date(2026, 2, 26) not in entries(report), "the cast's own events are not theirs"


def test_one_unit_alone(production: Make) -> None:
    report = made(production(**SMALL), unit="second")
    assert on(report, date(2026, 3, 5)) == [("shoot", "Day 1 of 1")]
    assert date(2026, 3, 2) not in entries(report)


def test_nobody_by_that_name(production: Make) -> None:
    fault = calendar(production(**SMALL).production, "annna")
    assert isinstance(fault, Fault)
    assert fault.hint.startswith("did you mean")
    fault = calendar(production(**SMALL).production, "xxxxxxxx")
    assert isinstance(fault, Fault)
    assert fault.hint.endswith("departments: camera, grip")


@pytest.mark.parametrize("form", ["text", "html", "pdf", "csv"])
def test_every_form_has_every_entry(sample: Folder, form: str, tmp_path: Path) -> None:
    out = tmp_path / f"x.{form}"
    assert cli.run(["-C", str(SAMPLE), "calendar", "-o", str(out)]) == 0
    if form == "pdf":
        told = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    else:
        told = out.read_text(encoding="utf-8")
        told = lxml.html.fromstring(told).text_content() if form == "html" else told
    packed = "".join(told.split()).casefold()
    for found in entries(made(sample)).values():
        for entry in found:
            for words in (entry.what, entry.where, entry.note):
                assert "".join(words.split()).casefold() in packed, words


def test_on_paper_a_month_is_a_page(sample: Folder, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    assert cli.run(["-C", str(SAMPLE), "calendar", "-o", str(out)]) == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert [name for page, name in zip(pages, ("September", "October", "November"), strict=True) if name in page] == [
        "September",
        "October",
        "November",
    ]

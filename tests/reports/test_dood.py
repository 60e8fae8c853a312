"""The day out of days as a document: the worked example cell for cell, its edges, paper, phone and terminal."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import lxml.html
import pypdf
import pytest

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.dood import dood, weeks
from pmkit.reports.dood_rows import DayOutOfDays, Out
from tests.productions import write

Make = Callable[..., Folder]
GOLDEN = Path(__file__).parent.parent / "golden" / "dood"
DAYS = [date(2026, 3, d) for d in (2, 3, 4, 5, 6, 9, 10, 12, 13, 16, 17, 18, 19, 20)]
WORKS = {
    "1": (1, 2, 4, 6, 7, 8, 14),
    "2": (1, 2, 12, 14),
    "3": (5,),
    "4": (3, 4, 9),
    "5": (6, 9, 10),
}
CAST = """\
1: {character: ANNA, performer: Anna Arden, hold: true, drop: at least 10 days, events: {2026-03-01: travel}}
2: {character: BEN, performer: Ben Boyd, hold: true, drop: at least 10 days}
3: {character: CARA, performer: Cara Cole, events: {2026-03-05: fitting}}
4: {character: DEV, performer: Dev Das, events: {2026-03-03: rehearsal}}
5: {character: ELLA, performer: Ella Eng, hold: true}
6: {character: NOBODY, events: {2026-03-03: fitting}}
"""
# As the trade writes it: dates, then work, hold, travel and rehearsals and fittings, holidays, dropped, total.
WORKED = """\
     |Su1|M2|T3|W4|T5|F6|M9|T10|W11|T12|F13|M16|T17|W18|T19|F20|Work|Hold|T/R/FT|Hol|Drop|Total
Day# ||1|2|3|4|5|6|7|/|8|9|10|11|12|13|14||||||
ANNA |T|SW|W|H|W|H|W|W|/|W|H|H|H|H|H|WF|7|7|1|1|0|16
BEN  ||SW|WD|||||||||||PW|H|WF|4|1|0|0|14|5
CARA |||||FT|SWF|||||||||||1|0|1|0|0|2
DEV  |||R|SW|W||||||WF||||||3|0|1|0|0|4
ELLA |||||||SW|H|/|H|W|WF|||||3|2|0|1|0|6
"""


def files(works: dict[str, tuple[date, ...]], cast: str, extra: str = "") -> dict[str, str]:
    """A production in which each date has one scene for whoever works on it; work is Monday to Friday."""
    dates = sorted({*DAYS, *(day for days in works.values() for day in days)})
    breakdown, board = "", "main:\n"
    for n, day in enumerate(dates, 1):
        numbers = ", ".join(number for number, days in works.items() if day in days)
        lamp = "props: [Lamp], " if n in (1, 3) else ""
        breakdown += f"{n}: {{heading: INT. X - DAY, pages: 1, {lamp}cast: [{numbers}]}}\n"
        board += f"  {day}: {{strips: [{n}]}}\n"
    settings = (
        "pmkit: 1\ntitle: Example\ncode: EX\nholidays: [2026-03-11]\nschedule: {draft: White, date: 2026-02-20}\n"
    )
    return {"production": settings + extra, "breakdown": breakdown, "cast": cast, "schedule": board}


def worked() -> dict[str, str]:
    return files({number: tuple(DAYS[n - 1] for n in days) for number, days in WORKS.items()}, CAST)


def made(folder: Folder, category: str = "cast", **asked: str) -> DayOutOfDays:
    assert [problem for problem in folder.problems if problem.severity == "error"] == []
    report = dood(folder.production, category, **asked)
    assert not isinstance(report, Fault), report
    return report


def cells(report: DayOutOfDays, row: Out) -> dict[date, str]:
    return {day.date: code for day, code in zip(report.days, row.codes, strict=True)}


def test_the_worked_example_cell_for_cell(production: Make) -> None:
    report = made(production(**worked()))
    head, days, *rows = (line.split("|") for line in WORKED.splitlines())
    columns = [date(2026, 3, int("".join(c for c in name if c.isdigit()))) for name in head[1:17]]
    by_date = {day.date: day for day in report.days}
    assert ["/" if by_date[at].holiday else "".join(by_date[at].numbers) for at in columns] == days[1:17]
    assert [row.name for row in report.rows] == [row[0].strip() for row in rows]
    for agreed, row in zip(rows, report.rows, strict=True):
        codes = cells(report, row)
        assert [codes.pop(at) for at in columns] == agreed[1:17], row.name
        assert set(codes.values()) <= {""}, "weekends stay blank"
        counts = (row.work, row.hold, row.travel + row.rehearse, row.holiday, row.drop, row.total)
        assert [str(count) for count in counts] == agreed[17:], row.name
    assert report.unscheduled == ("6 NOBODY",)
    assert (report.sum.work, report.sum.hold, report.sum.drop, report.sum.total) == (18, 10, 14, 33)
    assert [day.working for day in report.days if day.date in DAYS[:3]] == [2, 2, 1]


@pytest.mark.parametrize("ending", ["text", "csv", "json"])
def test_golden(ending: str, tmp_path: Path) -> None:
    root, out = write(tmp_path / "ex", worked()), tmp_path / f"dood.{ending}"
    assert cli.run(["-C", str(root), "dood", "--format", ending, "-o", str(out)]) == 0
    agreed = GOLDEN / f"worked.{ending}"
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.write_text(out.read_text(encoding="utf-8"), encoding="utf-8")
    assert out.read_text(encoding="utf-8") == agreed.read_text(encoding="utf-8"), "look at it, then make golden"


# ---------------------------------------------------------------- edges


def alone(make: Make, days: list[date], **more: str) -> tuple[DayOutOfDays, Out]:
    """The row of one member who works on certain days."""
    fields = "".join(f", {key}: {value}" for key, value in more.items())
    report = made(make(**files({"1": tuple(days)}, f"1: {{character: A{fields}}}\n")))
    return report, report.rows[0]


@pytest.mark.parametrize(
    ("rule", "gap", "dropped"),
    [
        ("at least 10 days", 9, False),
        ("at least 10 days", 10, True),
        ("at least 10 days", 11, True),
        ("more than 10 days", 9, False),
        ("more than 10 days", 10, False),
        ("more than 10 days", 11, True),
    ],
)
def test_a_gap_of_nine_ten_and_eleven_days_under_both_rules(
    production: Make, rule: str, gap: int, dropped: bool
) -> None:
    second = DAYS[0] + timedelta(days=gap + 1)
    report, row = alone(production, [DAYS[0], second], hold="true", drop=rule)
    codes = cells(report, row)
    assert (codes[DAYS[0]], codes[second]) == (("SWD", "PWF") if dropped else ("SW", "WF"))
    assert (row.drop, row.hold > 0) == ((gap, False) if dropped else (0, True))
    assert f"{rule.removesuffix(' days')} full calendar days between WD and PW (cast 1)" in report.rule
    assert ("D", "drop") in {(code.code, code.meaning) for code in report.legend} or not dropped


def test_of_two_long_gaps_the_first_alone_is_dropped(production: Make) -> None:
    report, row = alone(production, [date(2026, 3, d) for d in (2, 9, 16)], hold="true", drop="at least 6 days")
    codes = cells(report, row)
    assert [codes[date(2026, 3, d)] for d in (2, 3, 9, 10, 11, 12, 16)] == ["SWD", "", "PW", "H", "/", "H", "WF"]
    assert (row.drop, row.hold, row.holiday) == (6, 3, 1)


def test_a_holiday_inside_a_drop_is_dropped_with_it(production: Make) -> None:
    report, row = alone(production, [date(2026, 3, 9), date(2026, 3, 20)], hold="true", drop="at least 10 days")
    assert cells(report, row)[date(2026, 3, 11)] == ""
    assert (row.drop, row.holiday, row.total) == (10, 0, 2)


def test_one_day_is_start_and_finish(production: Make) -> None:
    _, row = alone(production, [DAYS[4]], hold="true")
    assert [code for code in row.codes if code] == ["SWF"]
    assert (row.start, row.finish, row.total) == (DAYS[4], DAYS[4], 1)


def test_an_event_after_the_last_day_moves_nothing_and_has_a_column(production: Make) -> None:
    report, row = alone(production, DAYS[:2], events="{2026-03-27: [travel, photo], 2026-02-10: fitting}")
    codes = cells(report, row)
    assert (row.start, row.finish) == (DAYS[0], DAYS[1])
    assert (codes[date(2026, 3, 27)], codes[date(2026, 2, 10)]) == ("T/PH", "FT")
    assert (row.travel, row.rehearse, row.total) == (1, 1, 4)
    assert [day.date for day in report.days][:2] == [date(2026, 2, 10), date(2026, 3, 2)], "no empty weeks between"
    assert ("PH", "photo") in {(code.code, code.meaning) for code in report.legend}


def test_who_is_never_scheduled_has_no_row(production: Make) -> None:
    report = made(production(**files({}, "1: {character: A, hold: true, events: {2026-03-03: fitting}}\n")))
    assert report.rows == ()
    assert report.unscheduled == ("1 A",)


def test_two_units_on_a_day_are_one_day_of_work(production: Make) -> None:
    parts = files({"1": tuple(DAYS[:2])}, "1: {character: A}\n", "units: {main: Main, second: 2nd}\n")
    parts["schedule"] += "second:\n  2026-03-02: {strips: [{text: plates}, 2 part 1 of 2]}\n"
    parts["schedule"] = parts["schedule"].replace("strips: [2]", "strips: [2 part 2 of 2]")
    report = made(production(**parts))
    assert (report.rows[0].work, report.days[0].numbers) == (2, ("1", "second:1"))
    second = made(production(**parts), unit="second")
    assert [code for code in second.rows[0].codes if code] == ["SWF"]


def test_any_category_has_one_with_neither_holds_nor_drops(production: Make) -> None:
    report = made(production(**worked()), "props")
    assert [(row.name, row.work, row.hold, row.total) for row in report.rows] == [("Lamp", 2, 0, 2)]
    assert cells(report, report.rows[0])[DAYS[1]] == ""
    assert made(production(**worked()), "background").rows == ()


def test_a_category_there_is_not(sample: Folder) -> None:
    fault = dood(sample.production, "porps")
    assert isinstance(fault, Fault)
    assert (fault.message, fault.hint) == ("there is no category porps", "did you mean props?")
    named = dood(sample.production, "Picture Vehicles")
    assert not isinstance(named, Fault)
    assert named.category == "picture_vehicles"


# ---------------------------------------------------------------- how it is set


def test_stretches_are_whole_weeks_and_hold_every_column_once(sample: Folder) -> None:
    report = made(sample)
    stretches = weeks(report, 17)
    assert [n for stretch in stretches for n in stretch] == list(range(len(report.days)))
    assert all(len(stretch) <= 17 for stretch in stretches)
    assert all(report.days[stretch[0]].week for stretch in stretches[1:])


def test_a_wide_one_goes_over_pages_by_date_and_repeats_the_names(sample: Folder, tmp_path: Path) -> None:
    out = tmp_path / "dood.pdf"
    assert cli.run(["-C", str(sample.root), "dood", "-o", str(out)]) == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    report = made(sample)
    assert len(pages) == 2
    for row in report.rows:
        assert all(row.name in page for page in pages)
    assert "Finish" not in pages[0]
    assert "Finish" in pages[1]
    assert report.rule[:40] in " ".join(pages[1].split())


@pytest.mark.parametrize(("days", "most"), [(70, 4), (140, 6)])
def test_a_long_shoot_is_set_whole(production: Make, days: int, most: int, tmp_path: Path) -> None:
    at = [date(2026, 3, 2) + timedelta(days=n) for n in range(days)]
    folder = production(**files({"1": (at[0], at[-1])}, "1: {character: A, hold: true}\n"))
    out = tmp_path / "dood.pdf"
    assert cli.run(["-C", str(folder.root), "dood", "-o", str(out)]) == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert 2 <= len(pages) <= most
    dates = sum(page.count("\nMo\n") + page.split().count("Mo") for page in pages)
    assert dates >= days // 7


def test_the_page_for_a_phone_has_each_cell_with_its_date(sample: Folder, tmp_path: Path) -> None:
    out = tmp_path / "dood.html"
    assert cli.run(["-C", str(sample.root), "dood", "-o", str(out)]) == 0
    page = lxml.html.fromstring(out.read_text(encoding="utf-8"))
    report = made(sample)
    rows = page.xpath("//table[@class='dood']/tbody/tr")
    assert len(rows) == len(report.rows) + 1
    for shown, row in zip(rows, report.rows, strict=False):
        assert [cell.text or "" for cell in shown.xpath("td[contains(@class, 'd w')]")] == list(row.codes)
        assert shown.xpath("string(td[@data-label='Total'])") == str(row.total)


def test_data_has_a_column_for_every_date(sample: Folder, tmp_path: Path) -> None:
    out = tmp_path / "dood.csv"
    assert cli.run(["-C", str(sample.root), "dood", "-o", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    report = made(sample)
    assert [row["2025-10-13"] for row in rows] == [cells(report, row)[date(2025, 10, 13)] for row in report.rows]
    assert {"start", "finish", "work", "hold", "travel", "rehearse", "holiday", "drop", "total"} <= set(rows[0])


def test_another_board_has_its_own(tmp_path: Path) -> None:
    parts = worked()
    parts["boards/rain"] = "main:\n  2026-03-04: {strips: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]}\n"
    folder = folders.read(write(tmp_path / "ex", parts))
    report = made(folder, board="rain")
    assert {code for row in report.rows for code in row.codes if "W" in code} == {"SWF"}
    assert report.basis.board == "rain"

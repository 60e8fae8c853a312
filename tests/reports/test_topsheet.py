"""The top sheet: it adds up, it has the chart's own totals, and beside another budget every row says what changed."""

from __future__ import annotations

import os
from dataclasses import fields
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.render import html, pdf
from pmkit.render.filters import Formats
from pmkit.reports import topsheet
from pmkit.reports.topsheet import TopLine, TopSheet
from pmkit.rollup import budget as budgets
from tests.conftest import SAMPLE
from tests.productions import write
from tests.rich_budget import FILES

GOLDEN = Path(__file__).parent.parent / "golden" / "topsheet"
TEMPLATES = Path(__file__).parents[2] / "templates"
SIMPLE = """
accounts:
  {a}: {{name: One, lines: [{{what: A, rate: 100}}]}}
  {b}: {{name: Two, lines: [{{what: B, rate: 200}}]}}
  {c}: {{name: Three, lines: [{{what: C, rate: 400}}]}}
  {d}: {{name: Four, lines: [{{what: D, rate: 800}}]}}
"""


def sheet(root: Path) -> TopSheet:
    production = folders.read(root).production
    return topsheet.report(production, budgets.of_production(production))


def of(root: Path, chart: str, *codes: str) -> TopSheet:
    named = dict(zip("abcd", codes, strict=True))
    return sheet(write(root, {"private/budget": f"chart: {chart}\n" + SIMPLE.format(**named)}))


def test_it_adds_up(tmp_path: Path) -> None:
    for found in (sheet(SAMPLE), sheet(write(tmp_path, FILES))):
        for level in found.levels:
            assert level.total.amount == pytest.approx(sum(line.amount for line in level.lines))
        below = sum(level.total.amount for level in found.levels)
        assert found.levels[-1].totals[-1].amount == pytest.approx(below)
        assert found.total.amount == pytest.approx(below + sum(line.amount for line in found.charges))
    assert found.net is not None
    assert found.net.amount == pytest.approx(found.total.amount + sum(line.amount for line in found.credits))


def test_the_cavco_sheet_prints_b_plus_c_after_c_and_all_of_it_after_d(tmp_path: Path) -> None:
    found = of(tmp_path, "cavco", "01.00", "10.00", "60.10", "72")
    assert [level.name for level in found.levels] == [
        "A. Above the line",
        "B. Production",
        "C. Post-production",
        "D. Other",
    ]
    assert [level.total.name for level in found.levels][:2] == ["Total A. Above the line", "Total B. Production"]
    assert [(line.name, line.amount) for level in found.levels for line in level.totals] == [
        ("Total B + C", 600),
        ("Total A + B + C + D", 1500),
    ]
    assert any("not copied from the office's own form" in note for note in found.notes)


def test_a_chart_that_is_no_numbers_prints_in_its_own_order(tmp_path: Path) -> None:
    found = of(tmp_path, "screen-australia", "Z.1", "E(b)", "A.1", "E(a)")
    assert [line.number for level in found.levels for line in level.lines] == ["A.1", "E(a)", "E(b)", "Z"]


def test_without_a_chart_all_levels_have_their_sums(tmp_path: Path) -> None:
    budget = (
        "accounts:\n  1: {level: atl, lines: [{what: A, rate: 5}]}\n  2: {level: post, lines: [{what: B, rate: 6}]}\n"
    )
    found = sheet(write(tmp_path, {"private/budget": budget}))
    assert [(line.name, line.amount) for level in found.levels for line in level.totals] == [
        ("Total above and below the line", Decimal(11))
    ]


def test_credits_and_groups_switched_off_are_told(tmp_path: Path) -> None:
    found = sheet(write(tmp_path, FILES))
    assert [line.name for line in found.credits] == ["Less Federal", "Less State"]
    assert "Group Reshoots is switched off: 1 line of 4,500.00 before fringes left out." in found.notes
    assert any(note.startswith("Regional of ") and "not applied" in note for note in found.notes)
    assert [line.detail for line in found.charges] == [
        "10% of production, post-production without stunts",
        "2.5% of above the line, below the line, Contingency less an amount",
        "flat",
    ]


def test_beside_another_budget_every_row_says_then_now_and_the_difference(tmp_path: Path) -> None:
    text = FILES["private/budget"].replace("  4501:", "  4601:").replace("rate: 9000}", "rate: 7000}")
    then = sheet(write(tmp_path / "then", {**FILES, "private/budget": text}))
    now = sheet(write(tmp_path / "now", FILES))
    both = topsheet.compared(now, then, "last week")
    rows = {line.name: line for level in both.levels for line in (*level.lines, level.total)}
    assert (rows["Editing"].then, rows["Editing"].variance) == (0, rows["Editing"].amount)
    assert (rows["Music"].amount, rows["Music"].variance) == (0, -(rows["Music"].then or 0))
    assert rows["Insurance"].variance == 2000
    for line in (*rows.values(), *both.charges, both.total, *both.credits):
        assert line.variance == line.amount - (line.then or 0)
    assert both.total.then == then.total.amount
    assert [line.number for line in both.levels[2].lines] == ["4500", "4600"]
    table = topsheet.table(both)
    assert [column.heading for column in table.columns[3:]] == ["Then", "Now", "Variance"]


def test_two_charges_of_one_account_stand_side_by_side_with_their_own(tmp_path: Path) -> None:
    more = "  - {name: Bond, flat: 40, account: 6829}\n  - {name: Legal, flat: 7, account: 6829}\ncredits:\n"
    now = sheet(
        write(tmp_path / "now", {**FILES, "private/budget": FILES["private/budget"].replace("credits:\n", more)})
    )
    both = topsheet.compared(now, sheet(write(tmp_path / "then", FILES)), "x")
    told = [(line.name, line.then, line.amount) for line in both.charges if line.number == "6829"]
    assert told == [("Legal", 1500, 1500), ("Bond", 0, 40), ("Legal", 0, 7)]
    assert sum(line.variance for line in both.charges) == sum(line.amount - (line.then or 0) for line in both.charges)


@pytest.mark.parametrize("template", ["topsheet.typ", "topsheet.html.j2"])
def test_every_field_is_printed(template: str) -> None:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for record in (TopSheet, TopLine):
        for column in fields(record):
            assert f".{column.name}" in text or f'"{column.name}"' in text, f"{template} does not print {column.name}"


@pytest.mark.parametrize("paper", ["letter", "a4", "legal"])
def test_it_is_one_page_without_a_complaint(paper: str, tmp_path: Path) -> None:
    found = sheet(SAMPLE)
    for report in (found, topsheet.compared(found, sheet(write(tmp_path, FILES)), "another show")):
        printed = pdf.compile("topsheet.typ", report, Formats(whole=True, paper=paper))  # type: ignore[arg-type]
        assert printed.warnings == ()
        pages = [page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages]
        assert f"{report.total.amount:,.0f}" in pages[0]
    assert "GRAND TOTAL" in "".join(pages)


def test_an_empty_budget_prints_without_empty_titles(tmp_path: Path) -> None:
    found = sheet(write(tmp_path, {"private/budget": "chart: us-studio\n"}))
    assert pdf.compile("topsheet.typ", found, Formats(whole=True)).warnings == ()
    page = html.page("topsheet.html.j2", found, Formats(whole=True))
    assert "Charges" not in page
    assert "NET TOTAL" not in page


@pytest.mark.parametrize("name", ["sheet.text", "sheet.html", "sheet.json", "sheet.csv", "rich.text", "rich.md"])
def test_golden(name: str, tmp_path: Path) -> None:
    view, _, form = name.partition(".")
    root = SAMPLE if view == "sheet" else write(tmp_path / "low", FILES)
    out = tmp_path / name
    assert cli.run(["-C", str(root), "topsheet", "--format", form, "-o", str(out)]) == 0
    found, agreed = out.read_text(encoding="utf-8"), GOLDEN / name
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.parent.mkdir(parents=True, exist_ok=True)
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), "look at the difference, then make golden"

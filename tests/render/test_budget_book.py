"""The budget's workbook is live: its formulas come to pmkit's figures, and still do after something is changed in it."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pmkit.files import folder as folders
from pmkit.render import budget_book
from pmkit.render.cell_formula import translated
from pmkit.render.filters import Formats
from pmkit.reports import topsheet
from pmkit.rollup import budget as budgets
from pmkit.rollup.counts import Count, schedule_count
from pmkit.rollup.totals import BudgetTotals
from tests.apart.budget import Book
from tests.apart.costs import loaded
from tests.conftest import SAMPLE
from tests.full_budgets import TIDE, WELLS
from tests.productions import write
from tests.render.cells import Calculator
from tests.rich_budget import FILES


def book_of(root: Path) -> tuple[bytes, BudgetTotals]:
    production = folders.read(root).production
    totals = budgets.of_production(production)
    assert totals.problems == ()
    found = budget_book.xlsx(production, totals, topsheet.report(production, totals), Formats())
    assert found.warnings == ()
    return found.content, totals


def rich(root: Path, *changes: tuple[str, str]) -> Path:
    text = FILES["private/budget"]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return write(root, {**FILES, "private/budget": text})


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-6)


def total_of(book: Calculator, words: str) -> float:
    return float(book.value("Top sheet", f"E{book.row_of('Top sheet', words)}"))


@pytest.mark.parametrize("rounding", ["display", "line"])
def test_every_formula_comes_to_the_value_stored_beside_it(rounding: str, tmp_path: Path) -> None:
    content, totals = book_of(rich(tmp_path, ("rounding: display", f"rounding: {rounding}")))
    book, stored = Calculator(content), load_workbook(BytesIO(content), data_only=True)
    formulas = book.formulas()
    assert len(formulas) > 200
    for sheet, cell in formulas:
        assert book.value(sheet, cell) == near(stored[sheet][cell].value), (sheet, cell, book.book[sheet][cell].value)
    assert total_of(book, "GRAND TOTAL") == near(float(totals.total.value))
    assert total_of(book, "NET TOTAL") == near(float(totals.net.value))


@pytest.mark.soak
def test_the_samples_workbook_comes_to_its_budget() -> None:
    content, totals = book_of(SAMPLE)
    book = Calculator(content)
    assert total_of(book, "GRAND TOTAL") == near(float(totals.total.value))
    for level in totals.levels:
        for category in level.categories:
            at = book.row_of("Top sheet", category.number, "A")
            assert book.value("Top sheet", f"E{at}") == near(float(category.total.value))


# What is changed in the workbook, and the same change in the budget.
CHANGES = {
    "a rate": ("Budget", "Package", "I", 11000.0, ("unit: allow, rate: 9000", "unit: allow, rate: 11000")),
    "a ceiling": ("Rates", "fica", "G", 5000.0, ("rate: 6.2%, ceiling: 9000", "rate: 6.2%, ceiling: 5000")),
    "a floor": ("Rates", "nic", "F", 1000.0, ("floor: 5000", "floor: 1000")),
    "a percentage": ("Rates", "holiday", "C", 0.12, ("rate: 8.33%", "rate: 12%")),
    "a flat fringe": ("Rates", "hw", "D", 3.5, ("flat: 2.85/hour", "flat: 3.5/hour")),
    "a currency": ("Rates", "CAD", "C", 0.9, ("CAD: 0.73", "CAD: 0.9")),
    "a global": ("Globals", "prep", "B", 6.0, ("prep: 3", "prep: 6")),
    "somebody's wages": ("Budget", "First", "I", 900.0, ("rate: 333.33", "rate: 900")),
    "an amount by the cheque": ("Budget", "Prep", "I", 400.0, ("unit: week, rate: 2400", "unit: week, rate: 400")),
    "a contingency": ("Top sheet", "Contingency", "D", 0.2, ("name: Contingency, rate: 10%", "name: Contingency, rate: 20%")),
    "a cap of a credit": ("Credits", "Total State", "L", 2500.0, ("cap: 4000", "cap: 2500")),
    "a credit's percentage": ("Credits", "Local", "H", 0.02, ("what: Local, rate: 20%", "what: Local, rate: 2%")),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_in_it_has_the_effect_it_has_in_the_budget(what: str, tmp_path: Path) -> None:
    sheet, words, column, value, change = CHANGES[what]
    book = Calculator(book_of(rich(tmp_path / "before"))[0])
    before = total_of(book, "NET TOTAL")
    first = "A" if sheet in ("Rates", "Globals") or words.startswith("Total") else "B"
    book.change(sheet, f"{column}{book.row_of(sheet, words, first)}", value)
    _, totals = book_of(rich(tmp_path / "after", change))
    assert total_of(book, "GRAND TOTAL") == near(float(totals.total.value))
    assert total_of(book, "NET TOTAL") == near(float(totals.net.value)) != near(before)


def test_no_text_of_the_folder_is_a_formula(tmp_path: Path) -> None:
    content, _ = book_of(rich(tmp_path))
    book = load_workbook(BytesIO(content))
    texts = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    for words in ("=1+1 Draft", "@polish", "-Package", "+ Cameras", "#REF!"):
        assert texts[words] == "s"
    ours = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert not [formula for formula in ours if "Draft" in str(formula) or "polish" in str(formula)]


def test_globals_are_named_cells_and_counts_are_values(tmp_path: Path) -> None:
    content, _ = book_of(rich(tmp_path))
    book = Calculator(content)
    assert {name for name in book.names if name.startswith("global_")} == {
        "global_prep",
        "global_days_",
        "global_half",
        "global_most",
    }
    row = book.row_of("Globals", "days(main)", "A")
    assert (book.value("Globals", f"B{row}"), book.book["Globals"][f"B{row}"].data_type) == (2, "n")
    assert book.book["Globals"]["B3"].value == f"=$B${row}*global_prep+ROUND(2.5,0)".replace("$B", "'Globals'!$B")


def test_the_same_budget_gives_the_same_bytes(tmp_path: Path) -> None:
    root = rich(tmp_path)
    assert book_of(root)[0] == book_of(root)[0]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("prep * 2", "global_prep*2"),
        ("12,400.50", "12400.50"),  # in a spreadsheet that would be two numbers
        ("\N{MINUS SIGN}75", "-75"),
        ("round(a / 3, 2) + round(a)", "ROUND(global_a/3,2)+ROUND(global_a,0)"),
        ("min(1, max(a, round(b * (2 + 1))))", "MIN(1,MAX(global_a,ROUND(global_b*(2+1),0)))"),
        ("-(.5)", "-(.5)"),
        ("days( main ).days - 1", "days|main|days-1"),
        ("cast(1).paid / 5", "cast|1|paid/5"),
        ("", None),
        ("a ^ 2", None),
        (f"max({'1, ' * 255}1)", None),  # more than a spreadsheet's function takes
    ],
)
def test_a_formula_in_a_spreadsheets_words(typed: str, written: str | None) -> None:
    assert translated(typed, lambda *count: "|".join(count)) == written


# The same of the two productions that use everything at once; the last is what changes in the budget's own text.
FULL: dict[str, tuple[dict[str, str], dict[str, tuple[str, str, str, float, tuple[str, str]]]]] = {
    "rich": (FILES, {what: CHANGES[what] for what in ("a rate", "a ceiling", "a global", "somebody's wages", "a contingency")}),
    "tide": (
        TIDE,
        {
            "a rate": ("Budget", "DOP shoot", "I", 900.0, ("unit: day, rate: 520", "unit: day, rate: 900")),
            "an amount": ("Budget", "Range 1", "C", 7.0, ("what: Range 1, amount: 2", "what: Range 1, amount: 7")),
            "thousands": ("Budget", "@polish", "I", 9999.5, ('rate: "12,000"', 'rate: "9,999.50"')),
            "a ceiling": ("Rates", "ni", "G", 3000.0, ("floor: 1000, ceiling: 9000", "floor: 1000, ceiling: 3000")),
            "a floor": ("Rates", "nifree", "F", 10.0, ("floor: 175", "floor: 10")),
            "a flat sum": ("Rates", "payroll", "D", 70.0, ("flat: 7.5/cheque", "flat: 70/cheque")),
            "a currency": ("Rates", "EUR", "C", 2.0, ("EUR: 0.8512", "EUR: 2")),
            "a global": ("Globals", "prep_weeks", "B", 3.0, ("prep_weeks: 0", "prep_weeks: 3")),
            "a charge": ("Top sheet", "Guarantee", "D", 0.2, ("name: Guarantee, rate: 2.5%", "name: Guarantee, rate: 20%")),
            "a cap a person": ("Credits", "Resident", "Q", 50.0, ("person_cap: 3000", "person_cap: 50")),
            "a part": ("Credits", "all", "S", 0.1, ("at_most: {rate: 80%", "at_most: {rate: 10%")),
            "a least spend": ("Credits", "Total Regional", "K", 70000.0, ("minimum: 1000, rows", "minimum: 70000, rows")),
            "a credit": ("Credits", "=Local", "H", 0.5, ('what: "=Local", rate: 20%', 'what: "=Local", rate: 50%')),
        },
    ),
    "wells": (
        WELLS,
        {
            "a rate": ("Budget", "Cut", "I", 77.7, ("rate: 1000.1", "rate: 77.7")),
            "a ceiling": ("Rates", "cpp", "G", 4000.0, ("ceiling: 10000", "ceiling: 4000")),
"an amount": ("Budget", "Prep", "C", 4.0, ("what: Prep, amount: 1", "what: Prep, amount: 4")),
        },
    ),
}  # fmt: skip


def changed(which: str, what: str, root: Path) -> tuple[bytes, BudgetTotals]:
    """A workbook after something is changed in it, and what the budget is after the same change."""
    files, changes = FULL[which]
    content, totals = book_of(write(root / "before", files))
    book = load_workbook(BytesIO(content))
    if what != "nothing":
        sheet, words, column, value, (old, new) = changes[what]
        first = "A" if sheet in ("Rates", "Globals") or words.startswith("Total ") else "B"
        cell = book[sheet][f"{column}{Calculator(content).row_of(sheet, words, first)}"]
        assert cell.data_type == "n", (what, cell.value)
        cell.value = value
        assert old in files["private/budget"], old
        text = files["private/budget"].replace(old, new)
        _, totals = book_of(write(root / "after", {**files, "private/budget": text}))
    out = BytesIO()
    book.save(out)  # written so, it has formulas and no values: all of it must be worked out
    return out.getvalue(), totals


ALL = [(which, what) for which, (_, changes) in FULL.items() for what in ("nothing", *changes)]


# LibreOffice has them all, in the soak.
SOON = ("nothing", "thousands", "a currency", "a least spend", "a cap a person", "a part")


@pytest.mark.parametrize(("which", "what"), [found for found in ALL if found[0] != "rich" and found[1] in SOON])
def test_budgets_that_use_everything_follow_what_is_changed(which: str, what: str, tmp_path: Path) -> None:
    content, totals = changed(which, what, tmp_path)
    book = Calculator(content)
    assert total_of(book, "GRAND TOTAL") == near(float(totals.total.value))
    assert total_of(book, "NET TOTAL") == near(float(totals.net.value))


@pytest.mark.parametrize(("which", "episodes"), [("tide", 1), ("wells", 2)])
def test_a_calculator_apart_agrees_on_budgets_that_use_everything(which: str, episodes: int, tmp_path: Path) -> None:
    root = write(tmp_path, FULL[which][0])
    _, totals = book_of(root)
    count = schedule_count(folders.read(root).production)
    found = Book(loaded(root / "private" / "budget.yaml"), lambda *asked: asked_of(count, asked), {"dop-2": "dop"})
    assert float(totals.total.value) == near(float(found.total))
    assert float(totals.net.value) == near(float(found.net))
    assert found.pattern == episodes


def test_no_formula_is_longer_than_a_cell_takes(tmp_path: Path) -> None:
    lines = "".join(
        f"      - {{what: L{n}, rate: {n + 0.5}, person: p{n % 40}, groups: [g{n % 2}]}}\n" for n in range(700)
    )
    text = f"""accounts:
  2001:
    level: production
    kind: labour
    lines:
{lines}charges:
  - {{name: Contingency, rate: 10%, on: [g1], exclude_amount: 100}}
  - {{name: Levy, rate: 1%, on: [g0], flat: "max({"1, " * 300}5)"}}
credits:
  - {{name: Rebate, rate: 25%, on: [g0], person_cap: 900, applied: true}}
  - {{name: Other, rate: 5%, on: [g0], person_cap: 9000, at_most: {{rate: 50%, on: [g1]}}}}
"""
    people = "".join(f"    - {{id: p{n}, name: P{n}, position: P}}\n" for n in range(40))
    root = write(tmp_path, {"private/budget": text, "crew": f"camera:\n  people:\n{people}"})
    content, totals = book_of(root)
    book = Calculator(content)
    assert max(len(str(book.book[sheet][cell].value)) for sheet, cell in book.formulas()) < 8192
    assert book.book["Sums"].sheet_state == "hidden"
    for cap in (900.0, 10.0):
        book.change("Credits", f"Q{book.row_of('Credits', 'g0')}", cap)
        expected = (
            totals
            if cap == 900
            else book_of(write(tmp_path, {"private/budget": text.replace("cap: 900,", "cap: 10,")}))[1]
        )
        assert total_of(book, "GRAND TOTAL") == near(float(expected.total.value))
        assert total_of(book, "NET TOTAL") == near(float(expected.net.value))


def asked_of(count: Count, asked: tuple[str, str, str]) -> Decimal:
    value = count(*asked)
    assert isinstance(value, Decimal)
    return value


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="not installed: libreoffice")
def test_libreoffice_recalculates_every_cell_to_our_figures(tmp_path: Path) -> None:
    made = {}
    for number, (which, what) in enumerate(ALL):
        content, made[f"{number}.xlsx"] = changed(which, what, tmp_path / str(number))
        (tmp_path / f"{number}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    paths = [str(tmp_path / name) for name in made]
    subprocess.run([*command, str(tmp_path / "out"), *paths], check=True, capture_output=True, timeout=600)
    for (name, totals), (which, what) in zip(made.items(), ALL, strict=True):
        book = load_workbook(tmp_path / "out" / name, data_only=True)
        shown = {row[1].value: row[4].value for row in book["Top sheet"].iter_rows() if row[1].value}
        assert shown["GRAND TOTAL"] == near(float(totals.total.value)), (which, what)
        assert shown["NET TOTAL"] == near(float(totals.net.value)), (which, what)
        if what == "nothing":
            same_cells(which, book, tmp_path / "same")


def same_cells(which: str, book: Workbook, root: Path) -> None:
    """Every figure and every text of a workbook that was worked out anew is the one that pmkit wrote."""
    content, _ = book_of(write(root / which, FULL[which][0]))
    ours, formulas = load_workbook(BytesIO(content), data_only=True), Calculator(content).formulas()
    for sheet, cell in formulas:
        assert book[sheet][cell].value == near(ours[sheet][cell].value), (which, sheet, cell)
    for sheet in ours:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "s" and cell.value):
            assert book[sheet.title][cell.coordinate].value == cell.value, (which, sheet.title, cell.coordinate)

"""The budget in full: every account is the sum of its rows, every figure has its place, and nothing is lost on paper."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.model.production import Production
from pmkit.render import json as json_out, pdf
from pmkit.render.filters import Formats
from pmkit.reports import budget as reports, budget_account, budget_by, fringes as fringes_reports
from pmkit.rollup import budget as budgets
from pmkit.rollup.totals import BudgetTotals
from tests.conftest import SAMPLE
from tests.full_budgets import TIDE
from tests.productions import write
from tests.rich_budget import FILES

GOLDEN = Path(__file__).parent.parent / "golden" / "budget"
CENT = Decimal("0.000001")


def worked_out(root: Path) -> tuple[Production, BudgetTotals]:
    production = folders.read(root).production
    return production, budgets.of_production(production)


@pytest.fixture(scope="module", params=["sample", "rich"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Production, BudgetTotals]:
    return worked_out(SAMPLE if request.param == "sample" else write(tmp_path_factory.mktemp("low"), FILES))


def test_every_account_category_and_level_is_the_sum_of_its_rows(made: tuple[Production, BudgetTotals]) -> None:
    report = reports.report(*made)
    for level in report.levels:
        assert abs(level.total - sum(c.total for c in level.categories)) < CENT
        for category in level.categories:
            assert abs(category.total - sum(a.total for a in category.accounts)) < CENT
            for account in category.accounts:
                rows = [row.total for row in (*account.rows, *account.posted) if row.kind != "subtotal"]
                assert abs(account.total - sum(rows)) < CENT, account.number


def test_a_line_is_its_amount_times_x_times_rate_as_printed(made: tuple[Production, BudgetTotals]) -> None:
    production, totals = made
    rates = production.budget.currencies if production.budget is not None else {}
    lines = 0
    for level in reports.report(production, totals).levels:
        for account in (a for c in level.categories for a in c.accounts):
            for row in (row for row in account.rows if row.kind == "line"):
                share = Decimal("0.01") if row.unit == "%" else Decimal(1)
                found = (
                    Decimal(row.amount) * Decimal(row.x or 1) * Decimal(row.rate) * rates.get(row.currency, Decimal(1))
                )
                assert found * share == pytest.approx(row.total, rel=Decimal("0.0001"))
                lines += 1
    assert lines > 8


def test_one_account_goes_down_to_file_and_line(made: tuple[Production, BudgetTotals]) -> None:
    production, totals = made
    for account in totals.accounts():
        found = budget_account.report(production, totals, account)
        rows = (*found.lines, *found.fringes, *found.charges)
        assert abs(found.total - sum(row.amount for row in rows)) < CENT
        assert all(row.place.startswith("private/budget.yaml:") for row in rows)
        told = json.loads(json_out.raw(found, "budget"))
        assert (
            "private/budget.yaml:" in json.dumps([row["figure"] for row in (*told["lines"], *told["fringes"])])
            or not rows
        )


def test_rates_have_their_cents_and_times_their_number(tmp_path: Path) -> None:
    rates = ("700", "650.5", "12.3450", "0.07", "1000")
    assert [f"{reports.price(Decimal(rate)):f}" for rate in rates] == ["700", "650.50", "12.345", "0.07", "1000"]
    _, totals = worked_out(write(tmp_path, TIDE))
    told = {line.line.what: budget_account.explained(line) for account in totals.accounts() for line in account.lines}
    assert told["DOP prep"] == "1.5 weeks at 2,400"
    assert told["Range 2"] == "1 month at 5,000 EUR"
    assert told["KITE"] == "2.3333 days at 650.50 USD (cast(2).paid + third)"
    assert told["Loader"] == "10 shift at 210"


def test_the_fringes_report_adds_up_to_the_budgets_fringes(made: tuple[Production, BudgetTotals]) -> None:
    production, totals = made
    report = fringes_reports.report(production, totals, budgets.one_person(production))
    due = sum(d.amount.value for a in totals.accounts() for line in a.lines for d in line.fringes)
    assert abs(report.total - due) < CENT
    for fringe in report.fringes:
        for rows in (fringe.accounts, fringe.people):
            for key in ("base", "counted", "amount"):
                assert abs(getattr(fringe.total, key) - sum(getattr(row, key) for row in rows)) < CENT


def test_a_person_with_two_jobs_has_one_ceiling_and_the_report_says_it_is_reached(tmp_path: Path) -> None:
    production, totals = worked_out(write(tmp_path, FILES))
    report = fringes_reports.report(production, totals, budgets.one_person(production))
    fica = next(fringe for fringe in report.fringes if fringe.key == "fica")
    dop = next(row for row in fica.people if row.who == "dop")
    assert (dop.base, dop.counted, dop.reached) == (Decimal("13866.60"), Decimal(9000), "ceiling reached")
    assert fica.limits == "to 9,000 a person"


@pytest.mark.parametrize("by", budget_by.WORDS)
def test_added_up_by_anything_it_is_the_same_budget(made: tuple[Production, BudgetTotals], by: str) -> None:
    table = budget_by.table(*made, by)
    rows = [row for row in table.rows if row.kind == "row"]
    column = [c.key for c in table.columns].index("total")
    total = sum((row.cells[column] for row in rows), Decimal(0))  # type: ignore[misc]
    assert abs(total - table.rows[-1].cells[column]) < CENT  # type: ignore[operator,arg-type]
    assert table.rows[-1].cells[column] == made[1].total.value


def test_the_paper_holds_every_line_and_repeats_the_category(tmp_path: Path) -> None:
    production, totals = worked_out(SAMPLE)
    report = reports.report(production, totals)
    printed = pdf.compile("budget.typ", report, Formats(whole=True))
    assert printed.warnings == ()
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages]
    told = " ".join(" ".join(pages).split())
    names = [row.what for lv in report.levels for c in lv.categories for a in c.accounts for row in a.rows]
    assert [name for name in names if " ".join(name.split()) not in told] == []
    assert sum("2000\N{SPACE}" in page or "2000" in page.split("\n")[0] for page in pages) >= 1
    assert pdf.compile("budget.typ", report, Formats(whole=True)).content == printed.content


@pytest.mark.parametrize("posting", ["account", "category", "level", "budget"])
def test_fringes_count_with_their_lines_wherever_they_are_posted(posting: str, tmp_path: Path) -> None:
    text = FILES["private/budget"].replace("rounding: display", f"posting: {posting}")
    text = text.replace("credits:\n", "  - {name: Fringes, flat: 11}\ncredits:\n")  # a charge that is only called so
    production, totals = worked_out(write(tmp_path, {**FILES, "private/budget": text}))
    table = budget_by.table(production, totals, "currency")
    sums = [row.cells[4] for row in table.rows if row.kind == "row"]
    assert abs(sum(sums, Decimal(0)) - totals.total.value) < CENT  # type: ignore[arg-type]


def test_on_paper_an_account_that_goes_on_overleaf_has_its_name_there_and_no_sum_begins_a_page(tmp_path: Path) -> None:
    lines = "".join(f"      - {{what: Line {n}, rate: 10}}\n" for n in range(150))
    lines += f"      - {{what: {'word ' * 4000}end, rate: 1}}\n"  # a last row longer than a page
    text = f"accounts:\n  1101:\n    name: Many\n    lines:\n{lines}  2001: {{name: Few, lines: [{{what: One, rate: 1}}]}}\n"
    production, totals = worked_out(write(tmp_path, {"private/budget": f"chart: us-studio\n{text}"}))
    printed = pdf.compile("budget.typ", reports.report(production, totals), Formats())
    pages = [page.extract_text().split("\n") for page in PdfReader(BytesIO(printed.content)).pages][1:]
    assert len(pages) == 6
    for page in pages:
        assert any("1101" in line and "Many" in line for line in page)
        assert not page[0].lower().startswith("total")
    assert sum(line.split().count("word") for page in pages for line in page) == 4000
    assert any("2001" in line and "Few" in line for line in pages[-1])  # a level begins where there is room


@pytest.mark.parametrize("template", ["budget.typ", "budget.html.j2"])
def test_every_field_is_printed(template: str) -> None:
    text = (SAMPLE.parent / "templates" / template).read_text(encoding="utf-8")
    left_out = {"globals"}
    records = (
        reports.BudgetDetail,
        reports.BudgetLevel,
        reports.BudgetCategory,
        reports.BudgetAccount,
        reports.BudgetRow,
    )
    for record in records:
        for column in fields(record):
            assert f".{column.name}" in text or f'"{column.name}"' in text or column.name in left_out, column.name


def before() -> str:
    """The budget of another day: a fringe, a currency, a charge, a group and some lines are not the same."""
    text = FILES["private/budget"]
    for new, old in (
        ("rate: 6.2%, ceiling: 9000", "rate: 6%, ceiling: 8000"),
        ("CAD: 0.73", "CAD: 0.7"),
        ("rate: 10%, on: [production", "rate: 8%, on: [production"),
        ("what: Loader prep, amount: 2", "what: Loader prep, amount: 1"),
        ("{what: Package, unit: allow, rate: 9000}", "{what: Survey, rate: 400}"),
        ("reshoots: {name: Reshoots, off: true}", "reshoots: {name: Reshoots}"),
        ("      - {what: Second, amount: 4, unit: week, rate: 1800, person: dop-2}\n", ""),
    ):
        assert new in text, new
        text = text.replace(new, old)
    return text


@pytest.mark.parametrize(
    "name",
    ["rich.text", "rich.csv", "rich.md", "rich.html", "account.text", "account.json", "fringes.text", "by-group.text",
     "against.text", "against.html", "against.json"],
)  # fmt: skip
def test_golden(name: str, tmp_path: Path) -> None:
    view, _, form = name.partition(".")
    other = tmp_path / "before.yaml"
    words = {"rich": ["--cents"], "account": ["2001"], "fringes": ["--fringes"], "by-group": ["--by", "group"],
             "against": ["--against", str(other)]}[view]  # fmt: skip
    root, out = write(tmp_path / "low", FILES), tmp_path / name
    other.write_text(before(), encoding="utf-8")
    assert cli.run(["-C", str(root), "budget", *words, "--format", form, "-o", str(out)]) == 0
    found, agreed = out.read_text(encoding="utf-8"), GOLDEN / name
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.parent.mkdir(parents=True, exist_ok=True)
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), "look at the difference, then make golden"


def test_accounts_and_categories_of_a_chart_that_nothing_is_on_are_counted_and_not_printed(tmp_path: Path) -> None:
    root = write(tmp_path, {"private__budget": "chart: us-studio\naccounts:\n  1101: {name: Writer}\n  1202: {lines: [{what: Fee, rate: 500}]}\n  1301: {}\n"})  # fmt: skip
    production, totals = worked_out(root)
    report = reports.report(production, totals)
    assert [a.number for lv in report.levels for c in lv.categories for a in c.accounts] == ["1202"]
    assert report.top.notes[-1] == "Accounts without a line are left out: 2."
    assert {"1100", "1200", "1300"} <= {line.number for level in report.top.levels for line in level.lines}

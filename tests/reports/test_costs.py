"""The cost report on every kind of paper: complete, additive, safe, and the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from pmkit.model.frozen import FIELDS, but as replace, fields_of
from pmkit.model.production import Production
from pmkit.render import html, json as json_out, pdf, table as tables
from pmkit.render.filters import Formats
from pmkit.reports import account_costs, costs as reports
from pmkit.reports.costs import CostLine, CostReport, stretch
from pmkit.rollup.costs import costs
from pmkit.rollup.periods import Periods

WHOLE, CENTS = Formats(whole=True), Formats()
TEMPLATES = Path(__file__).parent.parent.parent / "templates"
# What stands on neither paper nor screen: the number is in the document's name, the level's and
# total's own names where the template says TOTAL in its own words.
LEFT_OUT = {"number"}
HOSTILE = "<script>alert(1)</script>{{7*7}}\"'<b>\n=1+1 #panic() $x$"


@pytest.fixture(scope="module")
def made(sample) -> CostReport:
    production = sample.production
    period = Periods(production.periods).all[-1]
    return reports.report(production, costs(production, period))


def money_of(line: CostLine) -> dict[str, Decimal]:
    return {name: getattr(line, name) for name in fields_of(line) if isinstance(getattr(line, name), Decimal)}


def test_the_report_adds_up_to_the_cent(made) -> None:
    for level in made.levels:
        for category in level.categories:
            assert money_of(category.total) == _summed(category.accounts)
        assert money_of(level.total) == _summed(tuple(c.total for c in level.categories))
    assert money_of(made.before_charges) == _summed(tuple(level.total for level in made.levels))
    assert money_of(made.total) == _summed((made.before_charges, *made.charges))


def _summed(lines: tuple[CostLine, ...]) -> dict[str, Decimal]:
    return {key: sum((getattr(line, key) for line in lines), Decimal(0)) for key in money_of(lines[0])}


def test_the_head_says_what_when_and_how_far(made, sample) -> None:
    assert made.title == sample.production.settings.title
    assert made.name == f"Cost report {made.number}"
    assert 0 < made.days_shot < made.days
    assert made.notes[0] == "All figures in whole USD; totals are of the unrounded figures."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-09", "2026-03-15", "9 – 15 March 2026"),
        ("2025-10-27", "2025-11-02", "27 October – 2 November 2025"),
        ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026"),
    ],
)
def test_a_stretch_of_days_in_words(first: str, last: str, words: str) -> None:
    from datetime import date

    assert stretch(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_csv_is_exact_and_its_totals_are_the_reports(made) -> None:
    rows = list(csv.DictReader(io.StringIO(tables.csv(reports.table(made)))))
    total = next(row for row in rows if row["row"] == "total")
    assert Decimal(total["efc"]) == made.total.efc
    accounts = [row for row in rows if row["row"] == "row"]
    assert sum(Decimal(row["to_date"]) for row in accounts) == made.total.to_date
    assert all("." in row["efc"] for row in accounts)


def test_json_carries_money_as_text(made) -> None:
    told = json.loads(json_out.raw(made, "costs"))
    assert (told["pmkit"], told["document"], told["name"]) == (1, "costs", made.name)
    assert told["total"]["variance"] == f"{made.total.variance:f}"


def test_the_terminal_says_over_and_whole_units(made) -> None:
    text = tables.terminal(reports.table(made, narrow=True), WHOLE)
    assert "OVER" in text
    assert "whole USD" in text
    assert f"{made.total.efc:,.0f}" in text


def test_no_rate_of_a_person_is_on_the_summary(made, sample) -> None:
    deals = [deal for deal in sample.production.deals.values() if deal.rate is not None]
    text = json_out.raw(made, "costs") + tables.terminal(reports.table(made), CENTS)
    names = [sample.production.name_of(deal.key) for deal in deals]
    assert deals
    assert not [name for name in names if name in text]
    assert not [deal.key for deal in deals if f'"{deal.key}"' in text]


@pytest.mark.parametrize("template", ["costs.typ", "costs.html.j2"])
def test_every_field_of_the_report_is_printed_or_listed(template: str) -> None:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for record in (CostReport, CostLine):
        for column in getattr(record, FIELDS):
            named = f".{column}" in text or f'"{column}"' in text
            assert named or column in LEFT_OUT, f"{template} does not print {column}"


def test_pdf_twice_is_the_same_bytes_and_holds_the_totals(made) -> None:
    first = pdf.compile("costs.typ", made, WHOLE, landscape=True)
    again = pdf.compile("costs.typ", made, WHOLE, landscape=True)
    assert first == again
    assert first.warnings == ()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(first.content)).pages]
    assert f"{made.total.efc:,.0f}" in pages[0]
    assert "GRAND TOTAL" in pages[0]
    assert all("NOT ISSUED" in page for page in pages)


def test_html_is_whole_and_holds_the_totals(made) -> None:
    page = html.page("costs.html.j2", made, WHOLE)
    assert page == html.page("costs.html.j2", made, WHOLE)
    text = lxml_html.fromstring(page).text_content()
    assert f"{made.total.efc:,.0f}" in text
    assert text.count("OVER") > 1


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


def _tags(page: str) -> list[str]:
    parser = _Tags()
    parser.feed(page)
    return parser.seen


def test_hostile_text_is_data_on_every_paper(made) -> None:
    level = made.levels[0]
    category = level.categories[0]
    line = replace(category.accounts[0], name=HOSTILE, number=HOSTILE)
    bad = replace(category, name=HOSTILE, accounts=(line,), total=line)
    hostile = replace(
        made,
        title=HOSTILE,
        company=HOSTILE,
        name=HOSTILE,
        levels=(replace(level, name=HOSTILE, categories=(bad,)),),
        notes=(HOSTILE,),
        attention=(HOSTILE,),
    )
    tame = replace(made, levels=(replace(level, categories=(replace(category, accounts=(category.accounts[0],)),)),))
    tame = replace(tame, notes=("n",), attention=("a",), company="c")
    assert _tags(html.page("costs.html.j2", hostile, WHOLE)) == _tags(html.page("costs.html.j2", tame, WHOLE))
    assert "alert(1)</script>{{7*7}}" in lxml_html.fromstring(html.page("costs.html.j2", hostile, WHOLE)).text_content()
    assert pdf.compile("costs.typ", hostile, WHOLE, landscape=True).warnings == ()
    rows = list(csv.reader(io.StringIO(tables.csv(reports.table(hostile)))))
    assert any(HOSTILE in row for row in rows)


def test_an_empty_production_prints_one_page_without_empty_titles() -> None:
    from pmkit.model.budget import Budget
    from pmkit.model.production import Settings

    production = Production(settings=Settings(pmkit=1, title="T"), budget=Budget(), has_private=True)
    found = reports.report(production, costs(production, None))
    assert (found.levels, found.charges, found.attention) == ((), (), ())
    assert "There are no costs here (private/costs/*.csv)." in found.notes
    paper = pdf.compile("costs.typ", found, WHOLE, landscape=True)
    assert len(PdfReader(io.BytesIO(paper.content)).pages) == 1
    page = html.page("costs.html.j2", found, WHOLE)
    assert "To decide" not in page
    assert "<h2>Accounts" not in page


def test_what_lies_in_no_period_is_said_and_not_lost() -> None:
    import datetime as dt

    from pmkit.model.budget import Budget, Period
    from pmkit.model.ledger import LedgerRow
    from pmkit.model.production import Settings

    period = Period(number="2", from_=dt.date(2025, 10, 13), to=dt.date(2025, 10, 19))
    rows = [
        LedgerRow("a.csv", 2, account, dt.date(2025, 10, day), cost, "actual")
        for account, day, cost in (("3607", 14, 10000), ("3607", 25, 50000), ("1401", 26, -1))
    ]
    production = Production(
        settings=Settings(pmkit=1, title="T"), budget=Budget(), periods={"2": period}, ledger=tuple(rows)
    )
    found = costs(production, period, "3607")
    report = reports.report(production, found)
    assert report.total.to_date == Decimal("100.00")
    lost = "of 499.99, from 2025-10-25 on, lie in no period of private/periods.yaml and in no figure here."
    assert report.attention == (f"2 ledger rows {lost}",)
    own = account_costs.report(production, found, next(a for a in found.accounts() if a.coding.number == "3607"))
    lost = (
        "1 ledger row of 500.00, from 2025-10-25 on, lies in no period of private/periods.yaml and in no figure here."
    )
    assert own.attention == (lost,)
    assert lost in account_costs.table(own).notes


def account(sample, number: str):
    production = sample.production
    done = costs(production, Periods(production.periods).all[-1], number)
    row = next(found for found in done.accounts() if found.coding.number == number)
    return row, account_costs.report(production, done, row)


def test_an_account_adds_up_from_its_papers(sample) -> None:
    for number in ("3607", "3301", "1401"):
        row, found = account(sample, number)
        at = row.position
        assert abs(sum(e.amount for e in found.budget) - at.budget.value) < Decimal("0.005")
        accrued = [r for r in sample.production.ledger if r.account == number and r.kind == "accrual"]
        assert sum(e.amount for e in found.ledger) == at.to_date.value + Decimal(sum(r.cost for r in accrued)).scaleb(
            -2
        )
        assert sum(e.amount for e in found.overages) == at.overages.value
        if found.changes:
            assert found.changes[-1].amount == at.efc.value


def test_every_paper_of_an_account_has_its_place_and_the_line_says_so(sample) -> None:
    _, found = account(sample, "3607")
    entries = (*found.budget, *found.overages, *found.ledger, *found.orders, *found.changes)
    assert len(entries) > 15
    for entry in entries:
        file, line, column = entry.place.rsplit(":", 2)
        text = sample.line(file, int(line))
        assert text is not None
        assert int(column) >= 1
        if file.endswith(".csv"):
            assert "3607" in text


def test_an_order_of_many_lines_is_told_by_its_first() -> None:
    from pmkit.reports.account_costs import _ordered

    lines = [f"line {n}" for n in range(1, 46)]
    assert _ordered(lines) == ["line 1", "line 2", "line 3", "and 42 more"]
    assert _ordered(lines[:4]) == lines[:4]


def test_the_chain_of_an_account_reaches_the_folder_and_names_columns_once(sample) -> None:
    _, found = account(sample, "3607")
    told = json.loads(json_out.raw(found, "costs"))["figures"]
    assert told["total"]["of"] == [{"figure": "to_date"}, {"figure": "commitments"}]
    assert {"figure": "efc"} in told["variance"]["of"]
    rows = told["to_date"]["of"]
    assert sum(Decimal(row["value"]) for row in rows) == Decimal(told["to_date"]["value"])
    assert all(row["of"][0].startswith("private/costs/period-") for row in rows)
    assert any("private/budget.yaml:" in text for text in _strings(told["budget"]))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for child in children for text in _strings(child)]


def test_an_account_shows_what_exchange_did_to_it(sample) -> None:
    """3,800 CAD came at 0.7214 and not at the budget's 0.73: 2,741.32 against 2,774.00."""
    production = sample.production
    made = costs(production, production.periods["8"], "3318")
    row = next(row for row in made.accounts() if row.coding.number == "3318")
    (exchange,) = account_costs.report(production, made, row).exchange
    assert (exchange.what, str(exchange.amount)) == ("3,800.00 CAD", "-32.68")
    assert exchange.detail == "2,741.32 for it; at the budget's 0.73, 2,774.00"
    foreign = next(entry for entry in account_costs.report(production, made, row).ledger if "NL-20417" in entry.detail)
    assert foreign.detail.endswith("3800.00 CAD at 0.7214")

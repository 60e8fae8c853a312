"""Two budgets side by side: matched by account and line, every change named, and every sum exact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import folder as folders
from pmkit.model.budget import Account, Budget, Line
from pmkit.model.production import Production, Settings
from pmkit.reports import comparison, topsheet
from pmkit.reports.comparison import Comparison
from pmkit.rollup import budget as budgets
from pmkit.rollup.budget_pairs import matched
from tests.often import often
from tests.productions import write
from tests.rich_budget import FILES
from tests.rollup.test_budget_at_random import BUDGET, read, worked_out


def compared(root: Path, *changes: tuple[str, str]) -> Comparison:
    text = FILES["private/budget"]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    before = folders.read(write(root / "then", FILES)).production
    now = folders.read(write(root / "now", {**FILES, "private/budget": text})).production
    return comparison.report(now, budgets.of_production(now), before, budgets.of_production(before), "HEAD")


def rows(found: Comparison) -> dict[str, tuple[str, str]]:
    return {row.what: (row.standing, row.detail) for account in found.accounts for row in account.rows if row.standing}


def test_the_same_budget_has_no_change(tmp_path: Path) -> None:
    found = compared(tmp_path)
    assert rows(found) == {}
    assert (found.total.standing, found.total.variance) == ("", 0)


def test_what_changed_is_named(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        ("unit: day, rate: 1250, groups: [stunts]", "unit: day, rate: 1300.5"),
        ("- {what: Unnamed, ", "- {what: Operator, "),
        ("      - {what: Loader shoot, amount: 3, unit: week, rate: 2500, range: loader}\n", ""),
        ("  6701: {name: Insurance, lines: [", "  6701: {name: Insurance, lines: [{what: Bond, rate: 500}, "),
    )
    told = rows(found)
    assert told["-Package"] == ("CHANGED", "rate 1,250 → 1,300.5, groups −stunts")
    assert told["Operator"] == ("CHANGED", "what Unnamed → Operator")
    assert told["Loader shoot"] == ("REMOVED", "")
    assert told["Bond"] == ("ADDED", "")


def test_an_account_that_only_one_has_is_added_or_removed(tmp_path: Path) -> None:
    found = compared(tmp_path, ("  4501:", "  4601:"))
    told = {account.number: account.total.standing for account in found.accounts if account.total.standing}
    assert told == {"4501": "REMOVED", "4601": "ADDED"}
    assert [account.number for account in found.accounts] == sorted(account.number for account in found.accounts)


def test_every_sum_is_exact(tmp_path: Path) -> None:
    found = compared(
        tmp_path, ("rate: 333.33", "rate: 444.44"), ("rate: 10%, on: [production", "rate: 7%, on: [production")
    )
    for account in found.accounts:
        for key in ("then", "now", "variance"):
            sum_ = sum((getattr(row, key) for row in account.rows), Decimal(0))
            assert abs(sum_ - getattr(account.total, key)) < Decimal("1e-20")
    for key in ("then", "now", "variance"):
        whole = (*(account.total for account in found.accounts), *found.charges)
        assert abs(sum(getattr(row, key) for row in whole) - getattr(found.total, key)) < Decimal("1e-20")
    table = comparison.table(found)
    at = [column.key for column in table.columns].index("variance")
    printed = [row.cells[at] for row in table.rows if row.kind == "subtotal"]
    charges = [row.variance for row in found.charges]
    assert abs(sum((*printed, *charges)) - found.total.variance) < Decimal("1e-20")  # type: ignore[arg-type]


def test_what_lies_beneath_a_figure_is_told_where_it_changed(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        ("CAD: 0.73", "CAD: 0.75"),
        ("rate: 6.2%, ceiling: 9000", "rate: 7%, ceiling: 9500"),
        ("rate: 6%, on: [labour, holiday]", "rate: 6%, on: [labour, futa]"),
        ("fringes: [fica, futa, holiday, tax]", "fringes: [fica, futa, holiday, tax, cheque]"),
        ("name: Contingency, rate: 10%", "name: Contingency, rate: 12%"),
    )
    details = {(account.number, row.what): row.detail for account in found.accounts for row in account.rows}
    assert details["2001", "Trailer"] == "CAD at 0.73 → 0.75"
    assert details["2001", "Prep"] == "fringes +cheque"
    assert details["2001", "Fringes posted here"] == (
        "fica 6.2% → 7%, fica to 9,000 a person → to 9,500 a person, tax on labour, holiday → labour, futa"
    )
    charges = {row.what: row.detail for row in found.charges}
    assert charges["Contingency"].startswith("10% of production") and "→ 12% of production" in charges["Contingency"]
    assert charges["Legal"] == ""


def test_what_holds_of_the_other_budget_alone_is_noted(tmp_path: Path) -> None:
    found = compared(tmp_path, ("{name: Reshoots, off: true}", "Reshoots"))
    assert "In the other budget: Group Reshoots is switched off: 1 line of 4,500.00 before fringes left out." in (
        found.notes
    )
    assert rows(found)["Again"] == ("ADDED", "group reshoots is off")
    assert not any(note.startswith("In the other budget: Regional") for note in compared(tmp_path / "x").notes)


def test_charges_of_one_name_are_each_told(tmp_path: Path) -> None:
    again = "  - {name: Legal, flat: 100, account: 6829}\n  - {name: Legal, flat: 50}\n"
    found = compared(tmp_path, ("credits:\n", f"{again}credits:\n"))
    assert [(row.now, row.standing) for row in found.charges if row.what == "Legal"] == [
        (1500, ""), (100, "ADDED"), (50, "ADDED")
    ]  # fmt: skip
    parts = sum(row.now for row in (*(a.total for a in found.accounts), *found.charges))
    assert abs(parts - found.total.now) < Decimal("1e-20")


def test_an_account_of_thousands_of_lines_is_paired_in_no_time() -> None:
    then = production([(f"a{n}", n) for n in range(3000)])
    now = production([(f"b{n}", n) for n in reversed(range(3000))])
    old, new = budgets.of_production(then), budgets.of_production(now)
    pairs = matched(next(old.accounts()).lines, next(new.accounts()).lines)
    assert all(old and new and old.line.rate == new.line.rate for old, new in pairs)


LINES = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), max_size=6)


def production(lines: list[tuple[str, int]]) -> Production:
    of = tuple(Line(what=what, rate=str(rate)) for what, rate in lines)
    return Production(
        settings=Settings(pmkit=1, title="T"), budget=Budget(accounts={"1": Account(number="1", lines=of)})
    )


@settings(max_examples=often(150), deadline=None)
@given(LINES, LINES)
def test_every_line_is_in_it_once(then: list[tuple[str, int]], now: list[tuple[str, int]]) -> None:
    before, after = production(then), production(now)
    old, new = budgets.of_production(before), budgets.of_production(after)
    pairs = matched(next(old.accounts()).lines, next(new.accounts()).lines)
    assert [line for _, line in pairs if line is not None] == list(next(new.accounts()).lines)
    gone = [id(line) for line, _ in pairs if line is not None]
    assert sorted(gone) == sorted(id(line) for line in next(old.accounts()).lines)
    found = comparison.report(after, new, before, old, "x")
    assert found.total.variance == sum(rate for _, rate in now) - sum(rate for _, rate in then)


@settings(max_examples=often(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET, BUDGET)
def test_of_any_two_budgets_every_sum_is_that_of_its_rows(one: dict[str, Any], other: dict[str, Any]) -> None:
    both = []
    for book in (one, other):
        made = Production(settings=Settings(pmkit=1, title="T", currency="USD"), budget=read(book))
        both.append((made, worked_out(book)))
    (now, new), (then, old) = both
    found, top = (
        comparison.report(now, new, then, old, "x"),
        topsheet.compared(topsheet.report(now, new), topsheet.report(then, old), "x"),
    )
    for key, shown in (("then", "then"), ("now", "amount"), ("variance", "variance")):
        told = [(account.rows, account.total) for account in found.accounts]
        told.append(((*(account.total for account in found.accounts), *found.charges), found.total))
        told.append(((found.total, *found.credits), found.net))
        for rows, total in told:
            assert abs(sum(getattr(row, key) for row in rows) - getattr(total, key)) < Decimal("1e-9")
        levels = [(level.lines, level.total) for level in top.levels]
        levels.append(((*(level.total for level in top.levels), *top.charges), top.total))  # type: ignore[arg-type]
        for lines, whole in levels:
            assert abs(sum(getattr(line, shown) for line in lines) - getattr(whole, shown)) < Decimal("1e-9")

"""The checks of the money: silent where they cannot judge, said once where they can. Their words: the gallery."""

from __future__ import annotations

import pytest

from pmkit import checks
from pmkit.checks import budget, ledger as ledger_checks, orders

CHECKS = (*budget.CHECKS, *orders.CHECKS, *ledger_checks.CHECKS)
BUDGET = "accounts:\n  3607:\n    lines:\n      - {what: Site fee, amount: 2, unit: week, rate: 900}\n"
PERIODS = "1: {from: 2025-10-13, to: 2025-10-19}\n"


def codes(folder) -> list[str]:
    production = folder.production
    return sorted(p.code for check in CHECKS for p in check(production))


def ledger(*rows: str, columns: str = "posted,account,amount,kind") -> str:
    return "\n".join([columns, *rows, ""])


def test_every_check_is_run_by_validate_and_has_a_manual_page() -> None:
    assert set(CHECKS) <= set(checks.CHECKS)
    assert all(check.__doc__ and check.__doc__.strip().endswith(".") for check in CHECKS)


def test_the_sample_has_only_what_a_reader_learns_from(sample) -> None:
    found = [p for check in CHECKS for p in check(sample.production)]
    assert {p.severity for p in found} <= {"warning"}


def test_without_a_budget_no_account_is_unknown(production) -> None:
    files = {"private/costs/1.csv": ledger("2025-10-16,9999,1.00,actual")}
    assert codes(production(**files)) == []


def test_an_account_of_the_chart_alone_is_known(production) -> None:
    files = {
        "private/budget": "chart: us-studio\n" + BUDGET,
        "private/costs/1.csv": ledger("2025-10-16,3630,1.00,actual"),
    }
    assert codes(production(**files)) == []


def test_an_account_that_is_nowhere_is_said_once_however_often_it_is_used(production) -> None:
    rows = [f"2025-10-16,9999,{n}.00,actual" for n in range(1, 50)]
    folder = production(**{"private/budget": BUDGET, "private/costs/1.csv": ledger(*rows)})
    (found,) = budget.unknown_account(folder.production)
    assert (found.place.line, found.message) == (2, "the budget has no account 9999 (49 places)")


def test_a_charge_has_its_account(production) -> None:
    text = BUDGET + "charges: [{name: Contingency, rate: 10%, account: 9900}]\n"
    folder = production(**{"private/budget": text, "private/costs/1.csv": ledger("2025-10-16,9900,1.00,actual")})
    assert codes(folder) == []


def test_a_broken_schedule_is_not_said_again_by_the_formulas_over_it(production) -> None:
    text = BUDGET.replace("amount: 2", "amount: cast(2).paid")
    whole = production(**{"private/budget": text, "cast": "1: {character: LENA}\n"})
    assert codes(whole) == ["unknown-count"]
    broken = production(**{"private/budget": text, "cast": "1: {character: LENA}\n2: {characterr: JUNE}\n"})
    assert codes(broken) == []


@pytest.mark.parametrize(
    ("posted", "period", "found"),
    [
        ("2025-10-16", "", []),
        ("2025-11-16", "", ["outside-periods"]),
        ("2025-11-16", "1", []),
        ("2025-10-16", "7", ["unknown-period"]),
    ],
)
def test_a_cost_lies_in_a_period_by_name_or_by_day(production, posted: str, period: str, found: list[str]) -> None:
    text = ledger(f"{posted},3607,1.00,actual,{period}", columns="posted,account,amount,kind,period")
    assert codes(production(**{"private/periods": PERIODS, "private/costs/1.csv": text})) == found


def test_one_id_in_two_files_is_said_at_the_second(production) -> None:
    one = ledger("A1,2025-10-16,3607,1.00,actual", columns="id,posted,account,amount,kind")
    folder = production(**{"private/costs/1.csv": one, "private/costs/2.csv": one})
    (found,) = folder.problems
    assert len(folder.production.ledger) == 1
    assert (found.code, str(found.place)) == ("duplicate-id", "private/costs/2.csv:2:1")
    assert "private/costs/1.csv:2" in found.message


def test_vendors_are_checked_where_there_are_any(production) -> None:
    text = ledger("2025-10-16,3607,1.00,actual,desrt-rose", columns="posted,account,amount,kind,vendor")
    assert codes(production(**{"private/costs/1.csv": text})) == []
    folder = production(**{"private/costs/1.csv": text, "vendors": "desert-rose: {name: Desert Rose}\n"})
    (found,) = ledger_checks.ledger_vendor(folder.production)
    assert (found.severity, found.hint) == ("warning", "did you mean desert-rose?")


def test_people_and_currencies_of_budget_and_orders(production) -> None:
    order = "vendor: v\ndate: 2025-10-08\nstate: approved\ncurrency: EUR\napproved_by: nobody\nlines: [{what: x, account: 3607, rate: 5}]\n"
    text = BUDGET.replace("rate: 900", "rate: 900, person: someone")
    folder = production(
        **{"private/budget": text, "private/po/LOC-1": order, "vendors": "v: {name: V, tax_form: W-9}\n"}
    )
    assert codes(folder) == ["unknown-currency", "unknown-person", "unknown-person"]


@pytest.mark.parametrize(
    ("flat", "unit", "found"),
    [
        ("5/dya", "day", ["bad-rate"]),
        ("5/fitting", "fitting", []),
        ("5/hour", "fitting", []),
        ("5/hour", "flat", ["fringe-without-hours"]),
        ("10/cheque", "flat", []),
    ],
)
def test_a_fringe_is_for_a_unit_that_there_is(production, flat: str, unit: str, found: list[str]) -> None:
    text = BUDGET.replace("unit: week, rate: 900", f"unit: {unit}, rate: 900, fringes: [f]")
    assert (
        codes(production(**{"private/budget": f"units: {{fitting: 4}}\nfringes: {{f: {{flat: {flat}}}}}\n{text}"}))
        == found
    )


ACCOUNTWIDE = (
    "fringes: {f: {flat: 5/hour}}\naccounts:\n  3607:\n    fringes: [f]\n    lines: [{what: x, rate: 5, %s}]\n#"
)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("fringes: {f: {rate: 2%, on: [allowances]}}\n", []),
        ("fringes: {f: {rate: 2%, on: [allowance, labor]}}\n", []),
        ("fringes: {f: {rate: 2%, on: [allowed]}}\n", ["unknown-fringe"]),
        ("charges: [{name: Mark-up, rate: 2%, inside: 3607}]\n", []),
        ("charges: [{name: Mark-up, rate: 2%, inside: 3608}]\n", ["unknown-account"]),
        ("charges: [{name: A, rate: 2%}, {name: a, rate: 3%}]\n", []),
        ("charges: [{name: A, rate: 2%}, {name: a, rate: 3%}, {name: B, rate: 1%, on: [A]}]\n", ["unknown-base"]),
        ("residents: [nobody]\n", ["unknown-person"]),
        (ACCOUNTWIDE.replace("[f]", "[f, g]") % "unit: flat, kind: materials", ["unknown-fringe"]),
        (ACCOUNTWIDE % "unit: flat", ["fringe-without-hours"]),
        (ACCOUNTWIDE % "unit: Days", []),
        (ACCOUNTWIDE % "unit: flat, kind: materials", []),
        (ACCOUNTWIDE % "unit: flat, fringes: []", []),
    ],
)
def test_what_the_budget_names_is_there(production, more: str, found: list[str]) -> None:
    assert codes(production(**{"private/budget": more + BUDGET})) == found

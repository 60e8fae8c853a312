"""Payroll weeks that are not in, estimated to the cent, and gone when they arrive."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit import cli
from pmkit.reports import account_costs
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import costs
from pmkit.rollup.dimension import DIMENSIONS, Sums, by
from pmkit.rollup.exchange import exchange
from pmkit.rollup.payroll_accruals import pay_hours, payroll_accruals
from tests.often import often

# Monday to Friday of two weeks are shot, of the second two days so far.
SHOOT = "main:\n" + "".join(
    f"  2025-10-{day}: {{call: 7:00, strips: [1]}}\n" for day in (13, 14, 15, 16, 17, 20, 21, 22, 23, 24)
)
FOLDER = {
    "production": "pmkit: 1\ntitle: T\nunits: {main: Main, second: Second}\n",
    "crew": (
        "camera:\n  people:\n    - {id: jun, name: Jun, position: DP}\n"
        "    - {id: pia, name: Pia, position: AC, to: 2025-10-14}\n"
        "    - {id: sam, name: Sam, position: Operator, unit: [second]}\n"
    ),
    "cast": "1: {character: LENA, id: ana, performer: Ana}\n",
    "breakdown": "1: {heading: INT. A - DAY, pages: 1, cast: [1]}\n",
    "schedule": SHOOT,
    "daily/2025-10-21-main": "wrap: 19:00\n",
    "private/periods": "6: {from: 2025-10-13, to: 2025-10-19}\n7: {from: 2025-10-20, to: 2025-10-26}\n",
}
BUDGET = "cost_report: {payroll_accruals: true}\nfringes: {fica: {rate: 6.2%}, hw: {flat: 2/hour, account: 2499}}\n"


def made(production, deals: str, budget: str = BUDGET, number: str = "7", **more: str):
    folder = production(**FOLDER, **{"private/deals": deals, "private/budget": budget}, **more)
    assert not folder.errors
    whole = folder.production
    period = whole.periods[number]
    return whole, period, {
        (a.account, a.period.number): sum(
            (b.amount.value for b in payroll_accruals(whole, period, exchange(whole)) if (b.account, b.period) == (a.account, a.period)),
            Decimal(0),
        )
        for a in payroll_accruals(whole, period, exchange(whole))
    }  # fmt: skip


@pytest.mark.parametrize(
    ("deal", "six", "seven"),
    [
        ("jun: {rate: 850/day, account: 3301}", "4250.00", "1700.00"),
        ("jun: {rate: 2400/week, account: 3301}", "2400.00", "960.00"),
        # 12 hours guaranteed pay 14
        ("jun: {rate: 50/hour, guarantee: 12h, account: 3301}", "3500.00", "1400.00"),
        ("jun: {rate: 850/day, kit: 20/day, account: 3301}", "4350.00", "1740.00"),
        ("jun: {rate: 850/day, kit: 20/day, kit_cap: 50, account: 3301}", "4300.00", "1740.00"),
        ("jun: {rate: 850/day, fringes: [fica], account: 3301}", "4513.50", "1805.40"),
        ("jun: {rate: 850/day, to: 2025-10-20, account: 3301}", "4250.00", "850.00"),
        ("pia: {rate: 100/day, account: 3301}", "200.00", ""),
        ("ana: {rate: 1246/day, account: 1401}", "6230.00", "2492.00"),
        ("sam: {rate: 100/day, account: 3301}", "", ""),  # the second unit has not shot
        ("jun: {rate: 30000 flat, account: 3301}", "", ""),
        ("jun: {rate: 850/day}", "", ""),
    ],
)
def test_a_week_from_a_deal(production, deal: str, six: str, seven: str) -> None:
    _, _, found = made(production, deal)
    assert {number: f"{amount:f}" for (_, number), amount in found.items()} == {
        number: amount for number, amount in (("6", six), ("7", seven)) if amount
    }


def test_a_flat_fringe_goes_to_its_own_account_by_the_hours_of_the_days(production) -> None:
    _, _, found = made(production, "jun: {rate: 850/day, fringes: [hw], account: 3301}")
    assert found[("2499", "6")] == 120  # five days of twelve hours at 2


def test_fringes_are_those_of_the_persons_lines_when_the_deal_names_none(production) -> None:
    lines = "accounts: {3301: {lines: [{what: DP, rate: 1, person: jun, fringes: [fica]}, {what: AC, rate: 1, fringes: [hw]}]}}\n"
    _, _, found = made(production, "jun: {rate: 100/day, account: 3301}", BUDGET + lines)
    assert found == {("3301", "6"): Decimal("531.00"), ("3301", "7"): Decimal("212.40")}


@pytest.mark.parametrize("kind", ["payroll", "accrual"])
def test_it_is_gone_when_the_payroll_arrives(production, kind: str) -> None:
    ledger = f"posted,account,amount,kind,period\n2025-10-24,3301,4000.00,{kind},6\n"
    _, _, found = made(production, "jun: {rate: 850/day, account: 3301}", **{"private/costs/1.csv": ledger})
    assert found == {("3301", "7"): Decimal("1700.00")}


def test_a_closed_period_has_none(production) -> None:
    periods = "6: {from: 2025-10-13, to: 2025-10-19, closed: 2025-10-22}\n7: {from: 2025-10-20, to: 2025-10-26}\n"
    folder = {**FOLDER, "private/periods": periods}
    read = production(**folder, **{"private/deals": "jun: {rate: 850/day, account: 3301}", "private/budget": BUDGET})
    found = payroll_accruals(read.production, read.production.periods["7"], exchange(read.production))
    assert [a.period.number for a in found] == ["7"]


@pytest.mark.parametrize(
    ("setting", "period", "to_date", "commitments"),
    [("commitments", "0.00", "0.00", "5950.00"), ("to_date", "1700.00", "5950.00", "0.00")],
)
def test_it_stands_where_accruals_stand_and_says_what_it_is(production, setting, period, to_date, commitments) -> None:
    budget = BUDGET.replace("true}", f"true, accruals_in: {setting}}}")
    whole, at, _ = made(production, "jun: {rate: 850/day, account: 3301}", budget)
    report = costs(whole, at, "3301")
    (row,) = report.accounts()
    position = row.position
    shown = account_costs.report(whole, report, row).payroll
    assert [(entry.what, str(entry.amount)) for entry in shown] == [
        ("Period 6, Jun", "4250.00"),
        ("Period 7, Jun", "1700.00"),
    ]
    assert all(entry.place.startswith("private/deals.yaml:1:") for entry in shown)
    assert [str(f.value) for f in (position.period, position.to_date, position.commitments)] == [
        period,
        to_date,
        commitments,
    ]
    origin = position.commitments if setting == "commitments" else position.to_date
    assert [part.rule for part in origin.of] == [
        "payroll accrual, Jun: 5 days at 850/day",
        "payroll accrual, Jun: 2 days at 850/day",
    ]
    assert str(origin.of[0].of[0]).startswith("private/deals.yaml:1:")


def test_without_the_setting_there_is_none(production) -> None:
    whole, at, _ = made(production, "jun: {rate: 850/day, account: 3301}", "fringes: {}\n")
    assert costs(whole, at).total.total.value == 0


@pytest.mark.parametrize(("minutes", "hours"), [(480, "8"), (600, "11"), (720, "14"), (840, "18"), (90, "1.5")])
def test_what_a_day_of_hours_pays(minutes: int, hours: str) -> None:
    assert pay_hours(minutes) == Decimal(hours)


# Three of one account, one week: 1,000, 600 and 400.
THREE = "jun: {rate: 200/day, account: 3301}\npia: {rate: 300/day, account: 3301}\nana: {rate: 80/day, account: 3301}\n"
HEAD = "posted,account,amount,kind,period,unit,tags,memo\n"


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("2025-10-18,3301,1300,payroll,6,,,Jun: week with overtime\n", "1000.00"),  # Jun is in, whatever it came to
        ("2025-10-18,3301,900,payroll,6,,jun,\n", "1000.00"),
        ("2025-10-18,3301,900,payroll,6,,,ANA; JUN\n", "600.00"),
        ("2025-10-18,3301,50,payroll,6,,jun,a meal penalty\n", "1950.00"),  # no week, a part of one
        # the fringes of one who is in are his; what goes beyond them is somebody else's
        ("2025-10-18,3301,900,payroll,6,,jun,\n2025-10-18,3301,150,payroll,6,,,fringes\n", "950.00"),
        ("2025-10-18,3301,1050,payroll,6,,,week of one\n", "950.00"),  # nobody knows whose: the rest stands
        ("2025-10-18,3301,1700,payroll,6,,,week to 18 October\n", ""),  # less is missing than anybody's week
        ("2025-10-18,3301,1550,payroll,6,,,week to 18 October\n", "450.00"),
        ("2025-10-18,3301,300,payroll,6,,camera,adjustment\n", "1700.00"),
        ("2025-10-18,3301,1500,payroll,6,,camera,crew of the camera\n", "400.00"),  # Ana is cast
        ("2025-10-18,3301,-100,payroll,6,,,taken back\n", "2000.00"),
        ("2025-10-18,2505,9999,payroll,6,,,another account\n", "2000.00"),
    ],
)
def test_payroll_of_some_of_an_account_leaves_the_rest_estimated(production, rows: str, left: str) -> None:
    _, _, found = made(production, THREE, number="6", **{"private/costs/1.csv": HEAD + rows})
    assert found == ({("3301", "6"): Decimal(left)} if left else {})


def test_the_accountant_says_that_all_of_it_is_in(production) -> None:
    periods = "6: {from: 2025-10-13, to: 2025-10-19, payroll: 2025-10-22}\n7: {from: 2025-10-20, to: 2025-10-26}\n"
    rows = HEAD + "2025-10-18,3301,500,payroll,6,,,\n"
    folder = {**FOLDER, "private/periods": periods, "private/deals": THREE, "private/budget": BUDGET}
    whole = production(**folder, **{"private/costs/1.csv": rows}).production
    found = payroll_accruals(whole, whole.periods["7"], exchange(whole))
    assert {one.period.number for one in found} == {"7"}


def test_fringes_on_an_account_of_their_own_go_with_whom_they_are_of(production) -> None:
    deals = "jun: {rate: 200/day, fringes: [hw], account: 3301}\npia: {rate: 300/day, fringes: [hw], account: 3301}\n"
    _, _, both = made(production, deals, number="6")
    assert both == {("3301", "6"): Decimal("1600.00"), ("2499", "6"): Decimal("168.00")}
    rows = HEAD + "2025-10-18,3301,1000,payroll,6,,jun,\n2025-10-18,2499,120,payroll,6,,,health\n"
    _, _, one = made(production, deals, number="6", **{"private/costs/1.csv": rows})
    assert one == {("3301", "6"): Decimal("600.00"), ("2499", "6"): Decimal("48.00")}


CLOSED = "6: {from: 2025-10-13, to: 2025-10-19, closed: 2025-10-22}\n7: {from: 2025-10-20, to: 2025-10-26}\n"
SEAL = "closed: 2025-10-22\ncost: 0\npayroll:\n  3301: 2000.00\n"


@pytest.mark.parametrize(
    ("rows", "six", "seven"),
    [
        ("", "2000.00", "0.00"),
        # late pay takes the estimate off in the period in which it comes
        ("2025-10-23,3301,1500,payroll,7,,,week to 18 October\n", "2000.00", "0.00"),
        ("2025-10-23,3301,2300,payroll,7,,,week to 18 October\n", "2000.00", "300.00"),
        # an accrual that somebody typed takes its place
        ("2025-10-23,3301,1900,accrual,7,,,still not in\n", "2000.00", "-100.00"),
    ],
)
def test_a_closed_periods_report_keeps_its_estimate_until_the_pay_comes(production, rows, six, seven) -> None:
    budget = "cost_report: {payroll_accruals: true, accruals_in: to_date}\n"
    folder = {
        **FOLDER,
        "private/periods": CLOSED,
        "private/budget": budget,
        "private/deals": "{}",
        "private/closed/6": SEAL,
    }
    whole = production(**folder, **{"private/costs/1.csv": HEAD + rows}).production
    first, then = (costs(whole, whole.periods[number], "3301").total for number in ("6", "7"))
    assert (str(first.period.value), str(first.to_date.value)) == (six, six)
    assert (str(then.period.value), str(then.to_date.value)) == (seven, str(Decimal(six) + Decimal(seven)))


def test_closing_keeps_what_was_estimated_and_the_report_stays_as_it_was(production, capsys) -> None:
    periods = CLOSED.replace(", closed: 2025-10-22", "")
    read = production(**{**FOLDER, "private/periods": periods, "private/deals": THREE, "private/budget": BUDGET})
    root = str(read.root)
    cli.run(["-C", root, "costs", "--period", "6", "--date", "2025-10-22", "--format", "csv", "-o", "-"])
    before = capsys.readouterr().out
    assert cli.run(["-C", root, "period", "close", "6", "--date", "2025-10-22"]) == 0
    assert "payroll:\n  3301: 2000.00\n" in (read.root / "private/closed/6.yaml").read_text()
    capsys.readouterr()
    cli.run(["-C", root, "costs", "--period", "6", "--date", "2025-10-22", "--format", "csv", "-o", "-"])
    assert capsys.readouterr().out == before
    assert "2000.00" in before


@pytest.mark.parametrize("place", ["commitments", "to_date"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_views_of_the_costs_have_it_too(production, place: str, dimension: str) -> None:
    budget = BUDGET.replace("payroll_accruals", f"accruals_in: {place}, payroll_accruals")
    whole, period, _ = made(production, "jun: {rate: 850/day, account: 3301}\n", budget)
    report = costs(whole, period)
    assert report.total.total.value
    found = Sums(*map(sum, zip(*by(whole, report, dimension).values(), strict=True)))
    for column in ("period", "to_date", "commitments"):
        assert getattr(found, column) == to_minor(getattr(report.total, column).value)


@pytest.mark.parametrize("post", ["account", "category", "level", "budget"])
def test_fringes_are_accrued_in_the_row_they_are_budgeted_in(production, post: str) -> None:
    lines = f"""posting: {post}
categories: {{3300: {{name: Camera, level: production, last: 3399}}}}
accounts: {{3301: {{fringes: [hw, fica], lines: [{{what: DP, rate: 1, person: jun, fringes: [fica]}}]}}}}
"""
    whole, period, _ = made(production, "jun: {rate: 1000/day, account: 3301}", BUDGET + lines)
    rows = [row for row in costs(whole, period).accounts() if row.position.commitments.value]
    by_row = {(row.coding.number or row.coding.name): row.position.commitments.value for row in rows}
    fringes = Decimal("434.00")  # seven days' pay, the line's own fringe alone
    where = {"account": "3301", "category": "3399", "level": "fringes-production", "budget": "Fringes"}[post]
    expected = {"3301": Decimal(7000)}
    expected[where] = expected.get(where, Decimal(0)) + fringes
    assert by_row == expected


@settings(max_examples=often(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["3301", "2499"]),
            st.integers(-300, 2600),
            st.sampled_from(["", "main", "second"]),
            st.sampled_from(["", "jun", "ana", "camera", "jun pia"]),
            st.sampled_from(["", "Pia", "week", "Ana, Jun"]),
        ),
        max_size=5,
    )
)
def test_whatever_comes_in_the_rest_is_never_below_nothing_nor_above_the_estimate(production, came) -> None:
    deals = THREE.replace("rate:", "fringes: [hw], rate:")
    rows = "".join(f"2025-10-18,{a},{n},payroll,6,{unit},{tags},{memo!r}\n" for a, n, unit, tags, memo in came)
    rows = rows.replace("'", '"')
    _, _, whole = made(production, deals, number="6", **{"private/costs/1.csv": HEAD})
    _, _, left = made(production, deals, number="6", **{"private/costs/1.csv": HEAD + rows})
    assert all(0 <= amount <= whole[at] for at, amount in left.items())
    if all(n <= 0 for _, n, *_ in came):
        assert left == whole

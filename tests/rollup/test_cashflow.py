"""The cash flow: its payments are the EFC to the cent, whatever the folder says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import folder as folders
from pmkit.model.cashflow import terms_in_days
from pmkit.problems import Fault
from pmkit.rollup.cashflow import CashFlow, cash_flow
from pmkit.rollup.coding import key_of
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import Costs, costs
from pmkit.rollup.payments import Payments, later
from pmkit.rollup.periods import Periods
from tests.apart import cashflow as apart
from tests.conftest import SAMPLE
from tests.often import often
from tests.productions import write

PERIODS = "1: {from: 2025-10-06, to: 2025-10-12}\n2: {from: 2025-10-13, to: 2025-10-19}\n"


def made(production, number: int) -> tuple[Costs, CashFlow]:
    now = costs(production, Periods(production.periods).all[number] if production.periods else None)
    flow = cash_flow(production, now)
    assert isinstance(flow, CashFlow)
    return now, flow


def assert_it_is_the_efc(now: Costs, flow: CashFlow) -> None:
    assert sum(week.payments for week in flow.weeks) == to_minor(now.total.efc.value)
    for row in now.accounts():
        paid = sum(week.paid.get(key_of(row.coding), 0) for week in flow.weeks)
        assert paid == to_minor(row.position.efc.value), row.coding
    for before, after in zip(flow.weeks, flow.weeks[1:], strict=False):
        assert after.opening == before.closing
        assert (after.to - before.to).days == 7
    assert all(week.closing == week.opening + week.drawn - week.payments for week in flow.weeks)


@pytest.mark.parametrize("number", range(10))
def test_the_sample_pays_its_estimate_in_every_period(sample, number: int) -> None:
    now, flow = made(sample.production, number)
    assert_it_is_the_efc(now, flow)
    assert flow.weeks[0].opening == flow.opening == 4_000_000
    assert flow.weeks[-1].closing == 4_000_000 + 189_000_000 - to_minor(now.total.efc.value)


def test_what_is_posted_is_paid_when_a_short_calculator_says(sample) -> None:
    production = sample.production
    now = costs(production, Periods(production.periods).all[7])
    payments = Payments(production, now)
    found: dict[date, Decimal] = {}
    for payment in payments._posted():
        week = payments.week_of(payment.day)
        found[week] = found.get(week, Decimal(0)) + Decimal(payment.cents).scaleb(-2)
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in apart.posted_by_week(SAMPLE, "8").items() if v}


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ("30 days", 30),
        ("net 15", 15),
        ("NET 45 days", 45),
        ("2 weeks", 14),
        ("weekly", 7),
        ("on signature", 0),
        ("50% on signature", 0),
        ("in advance", 0),
        ("card", 0),
        ("COD", 0),
        ("1 month", 30),
        ("14-day account", 14),
        ("30 days after the 1st", 30),
        ("30", 30),
        ("milestones", None),
        ("milestones (3)", None),
        ("as agreed", None),
    ],
)
def test_terms_as_people_write_them(terms: str, days: int | None) -> None:
    assert terms_in_days(terms) == days


def test_wages_wait_for_the_end_of_their_week_and_invoices_for_their_terms(production) -> None:
    files = {
        "schedule": "main:\n  2025-10-14: {call: 7:00, strips: [1]}\n",
        "breakdown": "1: {heading: INT. A - DAY, pages: 1}\n",
        "vendors": "inn: {name: Inn, terms: 10 days}\n",
        "private/budget": "fringes: {fica: {rate: 10%}}\naccounts:\n"
        "  100: {lines: [{what: Grip, amount: days(main), rate: 500, fringes: [fica]}]}\n"
        "  200: {lines: [{what: Rooms, rate: 900}]}\n",
        "private/periods": PERIODS,
        "private/po/A-1": "vendor: inn\ndate: 2025-10-01\nstate: approved\nfrom: 2025-10-14\nto: 2025-10-14\n"
        "lines: [{what: Rooms, account: 200, rate: 900}]\n",
        "private/cashflow": "payroll_lag: 5 days\nopening: 100\n",
    }
    folder = production(**files)
    assert not folder.errors
    now = costs(folder.production, Periods(folder.production.periods).all[0])
    found = [(p.day, p.account, p.cents) for p in Payments(folder.production, now).of_all()]
    assert found == [(date(2025, 10, 24), "100", 55_000), (date(2025, 10, 24), "200", 90_000)]
    _, flow = made(folder.production, 0)
    assert flow.wanted == 145_000 - 10_000


def test_an_accrual_that_was_reversed_is_paid_once(production) -> None:
    ledger = (
        "account,posted,amount,kind\n100,2025-10-12,500,accrual\n100,2025-10-13,-500,accrual\n"
        "100,2025-10-14,520,payroll\n"
    )
    folder = production(private__periods=PERIODS, **{"private/costs/x.csv": ledger})
    now, flow = made(folder.production, 1)
    assert_it_is_the_efc(now, flow)
    assert [week.payments for week in flow.weeks] == [52_000]
    early, before = made(folder.production, 0)
    assert_it_is_the_efc(early, before)
    assert before.weeks[-1].to > date(2025, 10, 12)


def test_what_moves_between_bank_and_floats_is_no_payment(production) -> None:
    ledger = (
        "account,posted,amount,kind\n100,2025-10-13,520,journal\n9100,2025-10-13,-520,journal\n"
        "9100,2025-10-14,-5000,actual\n9100,2025-10-14,-5,accrual\n"
    )
    folder = production(
        private__periods=PERIODS, private__balance="9100: {name: Bank}\n", **{"private/costs/x.csv": ledger}
    )
    now, flow = made(folder.production, 1)
    assert_it_is_the_efc(now, flow)
    assert [week.paid for week in flow.weeks] == [{"100": 52_000}]


def test_ten_years_are_enough(production) -> None:
    far = "drawdowns: [{date: 2125-10-06, amount: 5}]\n"
    budget = "accounts: {100: {lines: [{what: Fee, rate: 900}]}}\n"
    folder = production(private__budget=budget, private__cashflow=far, private__periods=PERIODS)
    found = cash_flow(folder.production, costs(folder.production, None))
    assert isinstance(found, Fault)
    assert "longer than ten years" in found.message


def test_without_any_date_there_is_no_week(production) -> None:
    folder = production(private__budget="accounts: {100: {lines: [{what: Fee, rate: 900}]}}\n")
    found = cash_flow(folder.production, costs(folder.production, None))
    assert isinstance(found, Fault)
    assert found.message == "neither a board nor periods nor costs say when anything falls"


def test_the_calendar_has_an_end() -> None:
    assert later(date.max, 7) == date.max


cents = st.integers(-20_000, 900_000)
account = st.sampled_from(["100", "200", "3607", "Kit"])
day = st.dates(date(2025, 9, 29), date(2025, 11, 2))
kinds = st.sampled_from(["actual", "accrual", "journal", "petty-cash", "card", "payroll"])
rows = st.lists(st.tuples(account, day, cents, kinds, st.sampled_from(["", "inn", "river"])), max_size=10)
lines = st.lists(
    st.tuples(account, st.integers(0, 500_000), st.sampled_from(["Fee", "UPM, prep", "Grip, shoot", "Cut, post"])),
    max_size=6,
)
orders = st.lists(st.tuples(account, day, st.integers(0, 400_000), st.booleans()), max_size=3)
changes = st.lists(st.tuples(account, day, st.integers(0, 900_000)), max_size=3)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, lines, orders, changes, st.integers(0, 1), st.sampled_from(["efc", "etc"]), st.integers(0, 60))
def test_payments_are_the_estimate_whatever_the_folder_says(
    tmp_path_factory, ledger, budget, ordered, changed, number, stored, terms
) -> None:
    by_account: dict[str, list[str]] = {}
    for name, amount, what in budget:
        by_account.setdefault(name, []).append(f'      - {{what: "{what}", rate: {amount / 100:.2f}}}')
    accounts = "".join(f"  {n}:\n    lines:\n" + "\n".join(of) + "\n" for n, of in by_account.items())
    files = {
        "schedule": "main:\n  2025-10-14: {call: 7:00, strips: [1]}\n",
        "breakdown": "1: {heading: INT. A - DAY, pages: 1}\n",
        "vendors": "inn: {name: Inn, terms: 10 days}\nriver: {name: River, terms: milestones}\n",
        "private/periods": PERIODS,
        "private/budget": (f"accounts:\n{accounts}" if accounts else "accounts: {}\n")
        + f"charges: [{{name: Contingency, rate: 10%}}]\ncost_report: {{stored: {stored}}}\n",
        "private/cashflow": f"opening: 10.50\nterms: {terms} days\ndrawdowns: [{{date: 2025-10-01, amount: 99.99}}]\n",
        "private/costs/x.csv": "account,posted,amount,kind,vendor\n"
        + "".join(f"{a},{d},{c / 100:.2f},{k},{v}\n" for a, d, c, k, v in ledger),
        "private/costs/efc/1-me.csv": "date,account,amount,reason\n"
        + "".join(f"{d},{a},{c / 100:.2f},because\n" for a, d, c in changed),
    }
    for count, (name, on, amount, rental) in enumerate(ordered, 1):
        dates = "from: 2025-10-10\nto: 2025-10-30\n" if rental else ""
        files[f"private/po/A-{count}"] = (
            f"vendor: inn\ndate: {on}\nstate: approved\n{dates}"
            f"lines: [{{what: x, account: {name}, rate: {amount / 100:.2f}}}]\n"
        )
    read = folders.read(write(tmp_path_factory.mktemp("any"), files)).production
    assert_it_is_the_efc(*made(read, number))


@pytest.mark.parametrize("invoices", ["", "invoices: [{number: 1, date: 2025-10-27, amount: 400}]\n"])
def test_a_deposit_is_paid_at_once_and_the_rest_by_the_vendors_terms(tmp_path, invoices: str) -> None:
    """An invoice that comes later does not change the cash flow of a period that was over by then."""
    order = (
        "vendor: v\ndate: 2025-10-13\nstate: approved\nfrom: 2025-11-03\nto: 2025-11-03\ndeposit: 40%\n"
        f"lines: [{{what: x, account: 3607, rate: 1000}}]\n{invoices}"
    )
    files = {
        "vendors": "v: {name: V, terms: 14 days}\n",
        "private/budget": "accounts: {3607: {name: Site, lines: [{what: x, rate: 1000}]}}\n",
        "private/periods": PERIODS,
        "private/po/LOC-1": order,
    }
    production = folders.read(write(tmp_path / "salt", files)).production
    now, flow = made(production, 1)
    assert_it_is_the_efc(now, flow)
    paid = {week.to: week.payments for week in flow.weeks if week.payments}
    assert paid == {date(2025, 10, 26): 40_000, date(2025, 11, 23): 60_000}

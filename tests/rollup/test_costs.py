"""The cost report: its identities, its settings, its changes, and sums that always hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.model.budget import Account, Budget, Category, Charge, CostReportSettings, Fringe, Line, Overage, Period
from pmkit.model.fringe import Posting
from pmkit.model.ledger import EfcChange, LedgerRow
from pmkit.model.order import Invoice, Order, OrderLine
from pmkit.model.production import Production, Settings
from pmkit.reports import account_costs
from pmkit.rollup.costs import Costs, costs
from pmkit.rollup.periods import Periods
from pmkit.rollup.position import Position
from tests.apart import costs as apart
from tests.conftest import ROOT
from tests.often import often

CENT = Decimal("0.01")
CHART = ROOT / "pmkit" / "charts" / "us-studio@1.csv"
COLUMNS = tuple(Position.__annotations__)
FIRST = Period(number="1", from_=dt.date(2025, 10, 6), to=dt.date(2025, 10, 12))
SECOND = Period(number="2", from_=dt.date(2025, 10, 13), to=dt.date(2025, 10, 19))
IN_FIRST, IN_SECOND, LATER = dt.date(2025, 10, 8), dt.date(2025, 10, 15), dt.date(2025, 10, 25)


def cost(account: str, cents: int, day: dt.date = IN_FIRST, kind: str = "actual", line: int = 2) -> LedgerRow:
    return LedgerRow("private/costs/1.csv", line, account, day, cents, kind)


def change(account: str, amount: str, day: dt.date = IN_SECOND, period: str = "2", line: int = 2) -> EfcChange:
    return EfcChange("private/costs/efc/2-mara.csv", line, day, account, Decimal(amount), "storm", "mara", period)


def order(account: str, amount: str, *invoices: Invoice, day: dt.date = IN_FIRST, number: str = "LOC-1") -> Order:
    lines = (OrderLine(what="x", account=account, rate=Decimal(amount)),)
    return Order(number=number, vendor="v", date=day, state="approved", lines=lines, invoices=invoices)


def production(
    lines: dict[str, str],
    ledger: tuple[LedgerRow, ...] = (),
    changes: tuple[EfcChange, ...] = (),
    orders: tuple[Order, ...] = (),
    **more: object,
) -> Production:
    accounts = {
        n: Account(number=n, lines=(Line(what="x", rate=rate),), level="production") for n, rate in lines.items()
    }
    return Production(
        settings=Settings(pmkit=1, title="T"),
        budget=Budget(accounts=accounts, **more),
        periods={"1": FIRST, "2": SECOND},
        ledger=ledger,
        efc_changes=changes,
        orders={found.number: found for found in orders},
    )


def figures(found: Costs, account: str) -> dict[str, Decimal]:
    position = next(row.position for row in found.accounts() if account in (row.coding.number, row.coding.name))
    return {column: getattr(position, column).value for column in COLUMNS}


def test_the_published_identities() -> None:
    """50,000 budgeted, 2,000 approved on top, 21,000 spent, 6,500 ordered, 27,000 to come."""
    one = production(
        {"3607": "50000"},
        (cost("3607", 2100000),),
        (change("3607", "54500"),),
        (order("3607", "6500"),),
        overages=(Overage(date=IN_FIRST, account="3607", amount=Decimal(2000), reason="storm"),),
    )
    found = figures(costs(one, SECOND), "3607")
    assert found["total"] == 27500
    assert (found["etc"], found["efc"], found["revised"]) == (27000, 54500, 52000)
    assert found["variance"] == -2500
    assert costs(one, SECOND).total.standing == "OVER"


def test_stored_etc_gives_the_same() -> None:
    one = production(
        {"3607": "50000"},
        (cost("3607", 2100000),),
        (change("3607", "27000"),),
        (order("3607", "6500"),),
        cost_report=CostReportSettings(stored="etc"),
    )
    found = figures(costs(one, SECOND), "3607")
    assert (found["etc"], found["efc"]) == (27000, 54500)


def test_without_a_change_efc_is_the_larger_of_budget_and_total_and_overages_do_not_move_it() -> None:
    more = Overage(date=IN_FIRST, account="1", amount=Decimal(50), reason="r")
    one = production({"1": "100", "2": "100"}, (cost("1", 4000), cost("2", 15000)), overages=(more,))
    found = costs(one, SECOND)
    assert (figures(found, "1")["efc"], figures(found, "1")["etc"], figures(found, "1")["variance"]) == (100, 60, 50)
    assert (figures(found, "2")["efc"], figures(found, "2")["etc"], figures(found, "2")["variance"]) == (150, 0, -50)


def test_a_stored_efc_below_the_total_leaves_a_negative_estimate_to_decide() -> None:
    one = production({"1": "100"}, (cost("1", 9000),), (change("1", "80"),))
    assert figures(costs(one, SECOND), "1")["etc"] == -10


@pytest.mark.parametrize(
    ("setting", "variance", "worse"), [("budget_minus_efc", -50, -50), ("efc_minus_budget", 50, 50)]
)
def test_the_sign_is_a_setting_and_the_word_is_not(setting: str, variance: int, worse: int) -> None:
    one = production({"1": "100"}, (cost("1", 15000, IN_SECOND),), cost_report=CostReportSettings(variance=setting))
    found = costs(one, SECOND)
    assert (figures(found, "1")["variance"], figures(found, "1")["change"]) == (variance, worse)
    assert found.total.standing == "OVER"


@pytest.mark.parametrize(("setting", "to_date", "open_"), [("commitments", 100, 30), ("to_date", 130, 0)])
def test_accruals_stand_where_the_setting_says(setting: str, to_date: int, open_: int) -> None:
    rows = (cost("1", 10000), cost("1", 3000, IN_SECOND, "accrual"))
    found = figures(
        costs(production({"1": "500"}, rows, cost_report=CostReportSettings(accruals_in=setting)), SECOND), "1"
    )
    assert (found["to_date"], found["commitments"], found["total"]) == (to_date, open_, 130)
    assert found["period"] == (0 if setting == "commitments" else 30)


def test_an_accrual_reversed_leaves_nothing() -> None:
    rows = (cost("1", 3000, IN_FIRST, "accrual"), cost("1", -3000, IN_SECOND, "accrual"), cost("1", 3100, IN_SECOND))
    found = figures(costs(production({"1": "500"}, rows), SECOND), "1")
    assert (found["to_date"], found["commitments"]) == (31, 0)


def test_what_lies_beyond_the_period_is_not_in_the_report() -> None:
    rows = (cost("1", 100), cost("1", 200, IN_SECOND), cost("1", 400, LATER))
    later = (change("1", "900", LATER, period=""),)
    more = (Overage(date=LATER, account="1", amount=Decimal(5), reason="r"),)
    one = production({"1": "100"}, rows, later, (order("1", "30", day=LATER),), overages=more)
    found = figures(costs(one, SECOND), "1")
    assert (found["to_date"], found["period"], found["commitments"]) == (3, 2, 0)
    assert (found["efc"], found["overages"]) == (100, 0)
    assert figures(costs(one, None), "1")["to_date"] == 7


def test_change_this_period_is_variance_now_less_variance_then() -> None:
    changes = (change("1", "120", IN_FIRST, "1"), change("1", "150", IN_SECOND, "2"))
    one = production({"1": "100", "2": "100"}, (cost("2", 13000, IN_SECOND),), changes)
    assert figures(costs(one, FIRST), "1")["change"] == -20
    assert figures(costs(one, SECOND), "1")["change"] == -30
    assert figures(costs(one, SECOND), "2")["change"] == -30


def test_without_periods_all_has_changed_since_the_budget() -> None:
    rows = (cost("1", 15000), cost("2", 100, IN_SECOND, "accrual"))
    changes = (change("1", "180", period=""),)
    more = (Overage(date=IN_FIRST, account="1", amount=Decimal(50), reason="r"),)
    one = production({"1": "100", "2": "10"}, rows, changes, (order("2", "30"),), overages=more)
    found = costs(one, None)
    first, second = figures(found, "1"), figures(found, "2")
    assert (first["efc"], first["variance"], first["change"]) == (180, -30, -30)
    assert (second["efc"], second["variance"], second["change"]) == (31, -21, -21)


def test_a_change_between_two_periods_counts_between_them() -> None:
    gap, after = IN_SECOND + dt.timedelta(days=14), IN_SECOND + dt.timedelta(days=28)
    third = Period(number="3", from_=after, to=after)
    changes = (
        change("1", "300", gap, period=""),
        change("1", "200", IN_SECOND, period="2", line=3),
        change("1", "400", after, period="3", line=4),
    )
    for made, efc in ((changes[:2], 300), (changes, 400)):
        one = production({"1": "100"}, (), made)
        one.periods["3"] = third
        assert figures(costs(one, third), "1")["efc"] == efc


def test_of_two_changes_of_one_day_the_later_line_counts() -> None:
    one = production({"1": "100"}, (), (change("1", "120", line=3), change("1", "130", line=2)))
    assert figures(costs(one, SECOND), "1")["efc"] == 120


def test_costs_on_an_account_nobody_budgeted_are_in_the_totals() -> None:
    found = costs(production({"1": "100"}, (cost("777", 5000),)), SECOND)
    assert figures(found, "777")["variance"] == -50
    assert found.total.to_date.value == 50


def test_a_charge_is_below_the_line_and_takes_what_its_account_holds() -> None:
    charges = (Charge(name="Contingency", rate=Decimal("0.1"), account="9900"), Charge(name="Bond", flat="7"))
    moved = Overage(date=IN_FIRST, account="9900", amount=Decimal(-4), reason="used")
    one = production({"1": "100"}, (cost("9900", 300),), (change("Bond", "9"),), charges=charges, overages=(moved,))
    found = costs(one, SECOND)
    assert [row.coding.name for row in found.charges] == ["Contingency", "Bond"]
    assert figures(found, "9900") | {} == figures(found, "Contingency")
    assert (figures(found, "9900")["revised"], figures(found, "9900")["to_date"]) == (6, 3)
    assert figures(found, "Bond")["efc"] == 9
    assert (found.before_charges.budget.value, found.total.budget.value) == (100, 117)


def test_only_the_account_asked_for_keeps_its_rows() -> None:
    one = production({"1": "100", "2": "100"}, tuple(cost(n, 100, line=i) for i, n in enumerate("1122", 2)))
    found = costs(one, SECOND, "2")
    kept = {row.coding.number: row.position.to_date.places() for row in found.accounts()}
    assert [str(place) for place in kept["2"]] == ["private/costs/1.csv:4:1", "private/costs/1.csv:5:1"]
    assert kept["1"] == ()


_ROWS = st.lists(
    st.builds(
        cost,
        st.sampled_from(["1", "2", "3", "9"]),
        st.integers(-100000, 100000),
        st.sampled_from([IN_FIRST, IN_SECOND, LATER]),
        st.sampled_from(["actual", "accrual", "payroll"]),
    ),
    max_size=25,
)


@settings(max_examples=often(60))
@given(
    st.dictionaries(st.sampled_from("123"), st.decimals(0, 9999, places=4).map(lambda d: f"{d:f}"), max_size=3),
    _ROWS,
    st.lists(st.builds(change, st.sampled_from("129"), st.integers(0, 3000).map(str)), max_size=3),
    st.sampled_from([FIRST, SECOND, None]),
    st.sampled_from(["budget_minus_efc", "efc_minus_budget"]),
)
def test_every_column_adds_up_at_every_level(lines, rows, changes, period, sign) -> None:
    charges = (Charge(name="Contingency", rate=Decimal("0.1")),)
    bill = Invoice(number="1", amount=Decimal("33.33"), date=IN_SECOND)
    one = production(
        lines,
        tuple(rows),
        tuple(changes),
        (order("2", "100.01", bill),),
        charges=charges,
        cost_report=CostReportSettings(variance=sign),
    )
    found = costs(one, period)
    for column in COLUMNS:

        def value(part: object, name: str = column) -> Decimal:
            return getattr(part.position, name).value

        for level in found.levels:
            for category in level.categories:
                assert value(category) == sum(value(row) for row in category.accounts)
            assert value(level) == sum(value(category) for category in level.categories)
        assert getattr(found.total, column).value == sum(value(p) for p in (*found.levels, *found.charges))
    for row in found.accounts():
        at = figures(found, row.coding.number or row.coding.name)
        assert at["total"] == at["to_date"] + at["commitments"]
        assert at["efc"] == at["total"] + at["etc"]
        assert abs(at["variance"]) == abs(at["revised"] - at["efc"])
        assert all(value == value.quantize(Decimal("0.01")) for value in at.values())


def test_the_sample_agrees_with_a_calculator_that_shares_no_code(sample) -> None:
    """The ledger, orders, EFC changes and overages of the sample, added up from the raw files."""
    one = sample.production
    periods = Periods(one.periods)
    for period in periods.all:
        found = costs(one, period)
        expected = apart.cost_report(sample.root, period.number)
        budgeted = {row.coding.number: row.position.budget.value for row in found.accounts() if row.coding.number}
        for row in found.accounts():
            if row.coding.number:
                at = figures(found, row.coding.number)
                told = expected.row(row.coding.number, budgeted[row.coding.number])
                assert {name: at[name] for name in told} == told, (period.number, row.coding.number)
        assert expected.accounts <= budgeted.keys()
    assert len(periods.all) >= 4


def test_the_samples_budget_agrees_with_a_calculator_that_shares_no_code(sample) -> None:
    found = costs(sample.production, None).budget
    expected = apart.budget(sample.root, CHART)
    assert {a.coding.number: a.total.value.quantize(CENT) for a in found.accounts()} == {
        number: value.quantize(CENT) for number, value in expected.accounts.items()
    }
    assert {c.charge.name: c.total.value.quantize(CENT) for c in found.charges} == {
        name: value.quantize(CENT) for name, value in expected.charges.items()
    }
    assert found.total.value.quantize(CENT) == expected.total.quantize(CENT)
    assert found.net.value.quantize(CENT) == expected.net.quantize(CENT)


ONE_LINE = {"11": Account(number="11", lines=(Line(what="x", rate="1000", fringes=("f",)),))}


@pytest.mark.parametrize(
    "charges",
    [
        [Charge(name="Contingency", rate=Decimal("0.1"), account="80"), Charge(name="Bond", flat="30", account="80")],
        [Charge(name="Overhead", rate=Decimal("0.1")), Charge(name="Overhead", flat="30")],
        [Charge(name="Overhead", flat="100", account="11"), Charge(name="Overhead", flat="30", account="11")],
    ],
)
def test_no_charge_is_lost_that_shares_its_account_or_name(charges: list[Charge]) -> None:
    made = costs(production({"11": "1000"}, charges=tuple(charges)), None)
    assert made.total.budget.value == made.budget.total.value == 1130
    told = [row.coding for row in made.charges]
    assert len({(coding.number, coding.name) for coding in told}) == len(told)


def test_an_estimate_of_a_charge_on_an_account_with_lines_counts_once() -> None:
    changes = (change("Overhead", "500"),)
    charges = (Charge(name="Overhead", flat="100", account="11"),)
    assert costs(production({"11": "1000"}, changes=changes, charges=charges), SECOND).total.efc.value == 1500


@pytest.mark.parametrize("post", ["account", "category", "level", "budget"])
def test_fringes_stand_where_the_top_sheet_has_them(post: str) -> None:
    budget = Budget(
        accounts=ONE_LINE,
        fringes={"f": Fringe(key="f", rate=Decimal("0.1"))},
        posting=Posting(fringes=post),
        categories={"10": Category(number="10", name="Staff", level="production", last="19")},
        charges=(Charge(name="Mark-up", flat="7", inside="11"),),
    )
    folder = Production(settings=Settings(pmkit=1, title="T"), budget=budget)
    made = costs(folder, None)
    assert [(level.level, level.position.budget.value) for level in made.levels] == [
        (level.level, level.total.value) for level in made.budget.levels
    ]
    assert [row.coding for row in made.accounts() if row.coding.level != "charge"] == [
        account.coding for account in made.budget.accounts()
    ]
    for row in made.accounts():
        page = account_costs.report(folder, made, row)
        assert sum(entry.amount for entry in page.budget) == row.position.budget.value

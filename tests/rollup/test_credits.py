"""Credits: bases, caps, minimum spend, residency, one reducing another, and what counts when applied."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmkit.model.budget import Account, Budget, Charge, Credit, CreditRow, Line
from pmkit.model.credit import AtMost
from pmkit.rollup.budget import totals
from pmkit.rollup.totals import BudgetTotals

D = Decimal
ACCOUNTS = {
    "2001": Account(
        number="2001",
        level="production",
        kind="labour",
        lines=(
            Line(what="Director", rate="900000", person="ana", resident=True),
            Line(what="Director, post", rate="300000", person="ana-2", resident=True),
            Line(what="Gaffer", rate="100000", person="ben", resident=False, groups=("non-qualified",)),
            Line(what="Grips", rate="200000", resident=True),
        ),
    ),
    "3607": Account(number="3607", level="production", kind="materials", lines=(Line(what="Sites", rate="500000"),)),
}


def worked_out(*credits: Credit, **more: object) -> BudgetTotals:
    one = Budget(accounts=ACCOUNTS, credits=credits, **more)
    return totals(one, person=lambda key: key.removesuffix("-2"))


def value(*credits: Credit) -> Decimal:
    return worked_out(*credits).credits[-1].total.value


@pytest.mark.parametrize(
    ("row", "due"),
    [
        ({"on": ("production",)}, "200000"),
        ({"on": ("labour",)}, "150000"),
        ({"on": ("materials",)}, "50000"),
        ({"on": ("production",), "kind": "labour"}, "150000"),
        ({"on": ("labour",), "residency": "resident"}, "140000"),
        ({"on": ("labour",), "residency": "non-resident"}, "10000"),
        ({"on": ("3607",), "residency": "resident"}, "0"),
        ({"on": ("all",), "exclude": ("non-qualified",)}, "190000"),
        # one person has two jobs: 1,200,000 counts as 500,000; lines without a person are persons apart
        ({"on": ("labour",), "person_cap": D(500000)}, "80000"),
        ({"on": ("labour",), "spend_cap": D(700000)}, "70000"),
        ({"on": ("labour",), "at_most": AtMost(rate=D("0.6"))}, "120000"),
        ({"on": ("labour",), "at_most": AtMost(rate=D("0.6"), on=("3607",))}, "30000"),
    ],
)
def test_what_a_credit_of_ten_percent_is_on(row: dict[str, object], due: str) -> None:
    assert value(Credit(name="Credit", rate=D("0.1"), **row)) == D(due)


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({"cap": D(120000)}, "120000"),
        ({"discount": D("0.08")}, "138000.00"),
        ({"cap": D(120000), "discount": D("0.1")}, "108000.0"),
        ({"minimum": D(1500000)}, "150000"),
        ({"minimum": D("1500000.01")}, "0"),
        ({"flat": "25000"}, "175000"),
    ],
)
def test_caps_minimum_and_discount(more: dict[str, object], due: str) -> None:
    assert value(Credit(name="Credit", rate=D("0.1"), on=("labour",), **more)) == D(due)


def test_the_canadian_federal_credit_is_ground_down_by_the_provincial_one() -> None:
    """25 % of labour, which counts to 60 % of the cost less assistance; the province pays 40 % of it first."""
    provincial = Credit(name="Ontario", rate=D("0.35"), on=("labour",), residency="resident", applied=True)
    federal = Credit(
        name="Federal", rate=D("0.25"), on=("labour",), at_most=AtMost(rate=D("0.6"), less=("Ontario",)), applied=True
    )
    found = worked_out(federal, provincial)
    assert [c.credit.name for c in found.credits] == ["Federal", "Ontario"]
    assert [c.total.value for c in found.credits] == [D("226500"), D("490000")]  # 25 % of 60 % of (2,000,000 − 490,000)
    assert found.net.value == 2000000 - 490000 - 226500
    assert (found.total.value, found.problems) == (2000000, ())


def test_a_grind_is_before_the_brokers_discount_and_only_of_what_counts() -> None:
    first = Credit(name="First", rate=D("0.1"), on=("all",), discount=D("0.5"), applied=True)
    second = Credit(name="Second", rate=D("0.1"), on=("all",), less=("first",), applied=True)
    assert value(first, second) == D("180000")
    assert value(first.but(applied=False), second) == D("200000")
    assert value(first.but(applied=False), second.but(applied=False)) == D("180000")


def test_chains_reduce_in_order_however_they_are_typed() -> None:
    a = Credit(name="A", rate=D("0.1"), on=("all",), less=("B",), applied=True)
    b = Credit(name="B", rate=D("0.1"), on=("all",), less=("C",), applied=True)
    c = Credit(name="C", rate=D("0.1"), on=("all",), applied=True)
    found = worked_out(a, b, c)
    assert [x.total.value for x in found.credits] == [D("182000.00"), D("180000.0"), D("200000.0")]


def test_credits_in_a_circle_are_named_and_left_out() -> None:
    a = Credit(name="A", rate=D("0.1"), less=("B",), applied=True)
    b = Credit(name="B", rate=D("0.1"), less=("A",), applied=True)
    found = worked_out(a, b, Credit(name="C", rate=D("0.1"), applied=True))
    assert [p.code for p in found.problems] == ["credit-circle", "credit-circle"]
    assert [c.credit.name for c in found.credits] == ["C"]
    assert found.net.value == 1800000


def test_rows_are_residents_others_and_an_uplift() -> None:
    rows = (
        CreditRow(what="Residents", rate=D("0.3"), on=("labour",), residency="resident"),
        CreditRow(what="Others", rate=D("0.2"), on=("labour",), residency="non-resident"),
        CreditRow(what="Uplift outside the zone", rate=D("0.05"), on=("3607",)),
    )
    (found,) = worked_out(Credit(name="State", rows=rows)).credits
    assert [row.total.value for row in found.rows] == [420000, 20000, 25000]
    assert found.total.value == 465000


def test_only_what_is_applied_counts_and_charges_are_never_in_the_base() -> None:
    charges = (Charge(name="Contingency", rate=D("0.1")),)
    hope = Credit(name="Hope", rate=D("0.5"))
    found = worked_out(hope, charges=charges)
    assert (found.total.value, found.net.value) == (D("2200000"), D("2200000"))
    assert ([c.credit.name for c in found.not_applied()], found.applied()) == (["Hope"], ())
    found = worked_out(hope.but(applied=True), charges=charges)
    assert (found.total.value, found.net.value) == (D("2200000"), D("1200000"))


def test_residents_are_named_once_for_all_their_lines() -> None:
    lines = (
        Line(what="a", rate="100", person="ana-2"),
        Line(what="b", rate="10", person="ben"),
        Line(what="c", rate="1"),
    )
    accounts = {"1": Account(number="1", lines=lines)}
    rows = [Credit(name=w, rate=D(1), residency=w) for w in ("resident", "non-resident")]
    one = Budget(accounts=accounts, credits=tuple(rows), residents=("ana",))
    found = totals(one, person=lambda key: key.removesuffix("-2"))
    assert [c.total.value for c in found.credits] == [100, 10]


def test_two_credits_of_one_name_are_both_there_unless_one_is_meant() -> None:
    twice = (Credit(name="Grant", rate=D("0.1"), applied=True), Credit(name="grant", flat="5", applied=True))
    assert [found.total.value for found in worked_out(*twice).credits] == [200000, 5]
    assert worked_out(*twice).problems == ()
    (problem,) = worked_out(*twice, Credit(name="Federal", rate=D("0.1"), less=("Grant",))).problems
    assert (problem.code, problem.message) == (
        "unknown-credit",
        "Federal is less Grant, which is two credits of the budget",
    )


def test_a_credit_that_is_less_one_in_a_circle_is_left_out_and_not_blamed() -> None:
    found = worked_out(
        Credit(name="A", rate=D("0.1"), less=("B", "B")),
        Credit(name="B", rate=D("0.1"), less=("A",)),
        Credit(name="C", rate=D("0.1"), less=("A",)),
        Credit(name="D", rate=D("0.1")),
    )
    assert [problem.message for problem in found.problems] == [
        "A is less B, which rests on it in turn",
        "B is less A, which rests on it in turn",
    ]
    assert [credit.credit.name for credit in found.credits] == ["D"]


@pytest.mark.parametrize(("minimum", "due"), [("1500000", "195000"), ("1500000.01", "0")])
def test_an_uplift_on_the_same_spend_helps_nobody_over_the_minimum(minimum: str, due: str) -> None:
    rows = (CreditRow(rate=D("0.1"), on=("labour",)), CreditRow(what="Uplift", rate=D("0.03"), on=("2001",)))
    assert value(Credit(name="State", rows=rows, minimum=D(minimum))) == D(due)


def test_a_charge_inside_an_account_can_be_left_out_of_another() -> None:
    charges = (
        Charge(name="Mark-up", rate=D("0.1"), on=("3607",), inside="3607"),
        Charge(name="Bond", rate=D("0.03"), on=("3607",), exclude=("mark-UP",)),
    )
    found = worked_out(charges=charges).charges[0]
    assert (found.base.value, found.excluded.value) == (500000, 50000)

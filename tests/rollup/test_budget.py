"""The budget's totals: published vectors, fringes and their ceilings, charges, and sums that always hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.model.budget import Account, Budget, Charge, Fringe, Line
from pmkit.model.money import Rate
from pmkit.rollup.budget import of_production, totals
from pmkit.rollup.fringes import Fringes
from pmkit.rollup.totals import BudgetTotals

CENT = Decimal("0.01")


def line(rate: str, fringes: tuple[str, ...] = (), **more: str | tuple[str, ...]) -> Line:
    return Line(what="x", rate=rate, fringes=fringes, **more)


def budget(accounts: dict[str, list[Line]], **more: object) -> Budget:
    levels = more.pop("levels", {})
    assert isinstance(levels, dict)
    made = {n: Account(number=n, lines=tuple(lines), level=levels.get(n, "")) for n, lines in accounts.items()}
    return Budget(accounts=made, **more)


def account(found: BudgetTotals, number: str) -> Decimal:
    return next(a.total.value for a in found.accounts() if a.coding.number == number)


def fringe(key: str, percent: str | None = None, **more: object) -> tuple[str, Fringe]:
    rate = Decimal(percent) / 100 if percent is not None else None
    return key, Fringe(key=key, rate=rate, **more)


def test_flat_fringe_by_the_hour_on_a_day_is_twelve_hours() -> None:
    fringes = dict([fringe("hw", flat=Rate(Decimal("1.00"), "hour"))])
    found = totals(budget({"2001": [line("0", ("hw",), unit="day")]}, fringes=fringes))
    assert account(found, "2001") == Decimal("12.00")


@pytest.mark.parametrize(
    ("unit", "amount", "flat", "due"),
    [
        ("week", "2", Rate(Decimal(1), "hour"), "120"),
        ("months", "1", Rate(Decimal(1), "hour"), "240"),
        ("hour", "7.5", Rate(Decimal(2), "hour"), "15"),
        ("day", "10", Rate(Decimal(10), "week"), "20"),
        ("week", "2", Rate(Decimal(139), "day"), "1390"),
        ("day", "3", Rate(Decimal(139), "day"), "417"),
        ("flat", "1", Rate(Decimal(1), "hour"), "0"),
        ("flat", "1", Rate(Decimal(75), "flat"), "75"),
        ("episode", "3", Rate(Decimal(75), "episode"), "225"),
    ],
)
def test_flat_fringes_are_converted_by_the_hours_of_the_unit(unit: str, amount: str, flat: Rate, due: str) -> None:
    fringes = dict([fringe("hw", flat=flat)])
    found = totals(budget({"2001": [line("0", ("hw",), unit=unit, amount=amount)]}, fringes=fringes))
    assert account(found, "2001") == Decimal(due)


def test_one_and_a_half_percent_of_a_hundred() -> None:
    found = totals(budget({"2001": [line("100", ("wc",))]}, fringes=dict([fringe("wc", "1.5")])))
    assert account(found, "2001") == Decimal("101.5")


@pytest.mark.parametrize(("person", "due"), [("ana", "434.00"), ("", "558.00")])
def test_a_ceiling_is_shared_by_the_lines_of_one_person_and_met_alone_without_one(person: str, due: str) -> None:
    lines = [line("5000", ("fica",), person=person), line("4000", ("fica",), person=person)]
    found = totals(budget({"2001": lines}, fringes=dict([fringe("fica", "6.2", ceiling=Decimal(7000))])))
    assert account(found, "2001") - 9000 == Decimal(due)


def test_a_ceiling_is_shared_across_accounts_and_jobs_in_the_budgets_order() -> None:
    accounts = {
        "2001": [line("5000", ("fica",), person="ana")],
        "3301": [line("4000", ("fica",), person="ana-2"), line("4000", ("fica",), person="ben")],
    }
    one = budget(accounts, fringes=dict([fringe("fica", "6.2", ceiling=Decimal(7000))]))
    found = totals(one, person=lambda key: key.removesuffix("-2"))
    assert account(found, "2001") == Decimal("5310")
    assert account(found, "3301") == 8000 + Decimal("0.062") * (2000 + 4000)


def test_a_negative_line_gives_ceiling_back() -> None:
    lines = [line("7000", ("f",), person="a"), line("-1000", ("f",), person="a"), line("3000", ("f",), person="a")]
    found = totals(budget({"2001": lines}, fringes=dict([fringe("f", "10", ceiling=Decimal(7000))])))
    assert found.total.value == 9000 + 700


def test_of_a_flat_fringe_the_share_below_the_ceiling_is_due() -> None:
    fringes = dict([fringe("hw", flat=Rate(Decimal(10), "day"), ceiling=Decimal(1500))])
    lines = [
        line("100", ("hw",), amount="10", unit="day", person="a"),
        line("100", ("hw",), amount="10", unit="day", person="a"),
    ]
    assert totals(budget({"2001": lines}, fringes=fringes)).total.value == 2000 + 100 + 50


def test_australian_bases_compound() -> None:
    """A-Z worksheet 14: holiday on wages, super on all, payroll tax on both, workers' compensation without per diem."""
    fringes = dict(
        [
            fringe("tax", "6", on=("labour", "hol", "super")),
            fringe("hol", "8.333333333333"),
            fringe("super", "9"),
            fringe("wc", "1.1", on=("labour", "hol")),
        ]
    )
    lines = [
        line("1000", ("hol", "super", "tax", "wc")),
        line("100", ("super", "tax", "wc")),
        line("100", ("super", "tax", "wc")),
        line("50", ("super", "tax")),
    ]
    found = totals(budget({"C.4": lines}, fringes=fringes))
    by_key: dict[str, Decimal] = {}
    for total in (total for a in found.accounts() for total in a.lines):
        for due in total.fringes:
            by_key[due.fringe.key] = by_key.get(due.fringe.key, Decimal(0)) + due.amount.value
    assert {key: due.quantize(CENT) for key, due in by_key.items()} == {
        "hol": Decimal("83.33"),
        "super": Decimal("112.50"),
        "tax": Decimal("86.75"),
        "wc": Decimal("14.12"),
    }
    assert (found.total.value - 1250).quantize(CENT) == Decimal("296.70")


def test_fringes_in_a_circle_are_named_and_left_out() -> None:
    fringes = Fringes(
        dict([fringe("a", "1", on=("b",)), fringe("b", "1", on=("a",)), fringe("c", "1")]), lambda _: None
    )
    assert [p.code for p in fringes.problems] == ["fringe-circle", "fringe-circle"]
    found = totals(
        budget(
            {"1": [line("100", ("a", "b", "c"))]},
            fringes=dict([fringe("a", "1", on=("b",)), fringe("b", "1", on=("a",)), fringe("c", "1")]),
        )
    )
    assert found.total.value == 101


def test_a_fringe_may_post_to_an_account_of_its_own() -> None:
    found = totals(budget({"2001": [line("1000", ("f",))]}, fringes=dict([fringe("f", "10", account="2099")])))
    assert (account(found, "2001"), account(found, "2099"), found.total.value) == (1000, 100, 1100)


def test_a_currency_is_multiplied_by_its_rate() -> None:
    """Movie Magic Budgeting's own example: 100 at a rate of 0.75 is 75.00."""
    found = totals(budget({"1": [line("100", currency="GBP")]}, currencies={"GBP": Decimal("0.75")}))
    assert found.total.value == Decimal("75.00")


def test_the_az_top_sheet() -> None:
    accounts = {"A": [line("8071.286")], "K": [line("39429.59556")], "R": [line("4400.2")]}
    contingency = Charge(name="Contingency", rate=Decimal("0.10"), on=("btl",))
    found = totals(budget(accounts, levels={"A": "atl", "K": "production", "R": "post"}, charges=(contingency,)))
    assert [level.total.value for level in found.levels] == [
        Decimal("8071.286"),
        Decimal("39429.59556"),
        Decimal("4400.2"),
    ]
    assert found.before_charges.value == Decimal("51901.08156")
    assert found.charges[0].total.value == Decimal("4382.979556")
    assert found.total.value == Decimal("56284.061116")


@pytest.mark.parametrize(
    ("on", "exclude", "due"),
    [
        ((), (), "1000"),
        (("atl",), (), "100"),
        (("production", "post"), (), "890"),
        (("btl",), (), "900"),
        (("2001",), (), "600"),
        (("all",), ("2001",), "400"),
        ((), ("non-qualified",), "890"),
        (("first",), (), "5"),
        (("atl", "first"), (), "105"),
    ],
)
def test_the_base_of_a_charge(on: tuple[str, ...], exclude: tuple[str, ...], due: str) -> None:
    """Accounts come to 1000 above the line, 6000, 2900, and 100 of fringes posted to an account of their own."""
    accounts = {
        "1101": [line("1000")],
        "2001": [line("5000"), line("1000", ("f",), groups=("non-qualified",))],
        "4501": [line("2900")],
    }
    charges = (
        Charge(name="First", flat="50"),
        Charge(name="Second", rate=Decimal("0.1"), on=on, exclude=exclude),
    )
    levels = {"1101": "atl", "2001": "production", "4501": "post"}
    found = totals(budget(accounts, levels=levels, charges=charges, fringes=dict([fringe("f", "10", account="2099")])))
    assert found.charges[1].total.value == Decimal(due)
    assert found.total.value == 10000 + 50 + Decimal(due)


def test_lines_that_cannot_be_worked_out_are_problems_and_count_as_nothing() -> None:
    one = budget({"1": [line("week * 3"), line("100", currency="EUR"), line("5")]})
    found = totals(one)
    assert [p.code for p in found.problems] == ["unknown-global", "unknown-currency"]
    assert found.total.value == 5


def test_the_samples_schedule_moves_its_budget(sample) -> None:
    found = of_production(sample.production)
    assert found.problems == ()
    lena = next(total for a in found.accounts() for total in a.lines if total.line.what == "LENA")
    assert lena.line.amount == "cast(1).paid"
    assert lena.subtotal.value == lena.quantity * 1246
    assert all(place.file for place in lena.subtotal.places())


_LINE = st.builds(
    lambda rate, amount, x, fringes, person, groups: Line(
        what="x",
        rate=f"{rate:f}",
        amount=f"{amount:f}",
        x=str(x),
        unit="day",
        fringes=fringes,
        person=person,
        groups=groups,
    ),
    st.decimals(Decimal("-500"), 5000, places=2),
    st.decimals(0, 40, places=1),
    st.integers(1, 3),
    st.sampled_from([(), ("a",), ("a", "b"), ("b", "c"), ("a", "b", "c")]),
    st.sampled_from(["", "ana", "ben"]),
    st.sampled_from([(), ("prep",)]),
)
_FRINGES = dict(
    [
        fringe("a", "6.2", ceiling=Decimal(7000)),
        fringe("b", "4", on=("labour", "a")),
        fringe("c", flat=Rate(Decimal("2.85"), "hour")),
    ]
)
_NUMBERS = ("1101", "1201", "2001", "2002", "3301", "4501", "6701")
_LEVELS = {
    "1101": "atl",
    "1201": "atl",
    "2001": "production",
    "2002": "production",
    "3301": "production",
    "4501": "post",
}


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(_NUMBERS), st.lists(_LINE, max_size=6), max_size=7))
def test_every_total_is_the_sum_of_its_parts(accounts: dict[str, list[Line]]) -> None:
    charges = (Charge(name="Contingency", rate=Decimal("0.1"), on=("btl",)), Charge(name="Bond", rate=Decimal("0.03")))
    found = totals(budget(accounts, levels=_LEVELS, fringes=_FRINGES, charges=charges))
    for level in found.levels:
        for category in level.categories:
            for a in category.accounts:
                parts = sum(
                    (t.subtotal.value + sum((f.amount.value for f in t.fringes), Decimal(0)) for t in a.lines),
                    Decimal(0),
                )
                assert a.total.value.quantize(CENT) == parts.quantize(CENT)
            assert category.total.value == sum((a.total.value for a in category.accounts), Decimal(0))
        assert level.total.value == sum((c.total.value for c in level.categories), Decimal(0))
    below = sum((level.total.value for level in found.levels), Decimal(0))
    assert found.before_charges.value == below
    assert found.total.value == below + sum((c.total.value for c in found.charges), Decimal(0))
    # worked out once more, without a figure: wages of a person under one ceiling
    wages: dict[str, Decimal] = {}
    expected = Decimal(0)
    for number in accounts:
        for one in accounts[number]:
            days = Decimal(one.amount) * Decimal(one.x)
            subtotal = days * Decimal(one.rate)
            a_due = Decimal(0)
            if "a" in one.fringes:
                before = wages.get(one.person, Decimal(0)) if one.person else Decimal(0)
                if one.person:
                    wages[one.person] = before + subtotal
                a_due = Decimal("0.062") * (min(before + subtotal, Decimal(7000)) - min(before, Decimal(7000)))
            expected += subtotal + a_due
            expected += Decimal("0.04") * (subtotal + a_due) if "b" in one.fringes else 0
            expected += days * 12 * Decimal("2.85") if "c" in one.fringes else 0
    assert below.quantize(CENT) == expected.quantize(CENT)

"""The budget's totals: published vectors, fringes and their ceilings, charges, and sums that always hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmkit.model.budget import Account, Budget, Category, Charge, Fringe, Group, Line
from pmkit.model.fringe import Posting
from pmkit.model.money import Rate
from pmkit.rollup.budget import of_production, totals
from pmkit.rollup.fringes import Fringes
from pmkit.rollup.totals import BudgetTotals, SubtotalRow

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


def test_a_flat_fringe_is_due_only_where_its_base_is() -> None:
    made = dict(
        [fringe("hw", flat=Rate(Decimal(1), "hour")), fringe("fee", flat=Rate(Decimal(5), "day"), on=("allowances",))]
    )
    lines = [line("10", ("hw", "fee"), unit="day"), line("10", ("hw", "fee"), unit="day", kind="allowance")]
    found = totals(budget({"1": lines}, fringes=made))
    assert [[due.amount.value for due in row.fringes] for a in found.accounts() for row in a.lines] == [[12, 0], [0, 5]]


def test_what_only_rests_on_a_circle_is_left_out_and_not_blamed() -> None:
    made = dict([fringe("a", "1", on=("a", "labour")), fringe("b", "1", on=("a",)), fringe("c", "1")])
    assert [problem.message for problem in Fringes(made, lambda _: None).problems] == ["a is paid on itself"]
    assert totals(budget({"1": [line("100", ("a", "b", "c"))]}, fringes=made)).total.value == 101


def test_a_line_of_more_than_a_thousand_million_million_is_a_problem_and_no_fault() -> None:
    most = "999999999999999"
    found = totals(budget({"1": [line(most, amount=most, x=most), line("7"), line("0.000001", amount=most, x=most)]}))
    assert [problem.code for problem in found.problems] == ["bad-formula", "bad-formula"]
    assert found.total.value == 7


def test_a_line_taken_back_takes_back_its_cheques() -> None:
    made = dict([fringe("fee", flat=Rate(Decimal(10), "cheque"))])  # type: ignore[arg-type]
    lines = [line("100", ("fee",), unit="day", amount=amount) for amount in ("8", "-8")]
    found = totals(budget({"1": lines}, fringes=made))
    assert [due.amount.value for a in found.accounts() for row in a.lines for due in row.fringes] == [20, -20]


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


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([("30000", "ana")], "3750"),
        ([("4000", "ana")], "0"),
        ([("4000", "ana"), ("4000", "ana-2")], "450"),  # two jobs, one allowance
        ([("4000", ""), ("4000", "")], "0"),
    ],
)
def test_employers_national_insurance_is_on_wages_above_its_floor(lines: list[tuple[str, str]], due: str) -> None:
    """15 % above 5,000 a year from 6 April 2025."""
    fringes = dict([fringe("ni", "15", floor=Decimal(5000))])
    accounts = {str(n): [line(rate, ("ni",), person=who)] for n, (rate, who) in enumerate(lines)}
    found = totals(budget(accounts, fringes=fringes), person=lambda key: key.removesuffix("-2"))
    assert found.total.value - sum(Decimal(rate) for rate, _ in lines) == Decimal(due)


def test_floor_and_ceiling_can_be_for_each_week_of_a_line() -> None:
    fringes = dict([fringe("ni", "10", floor=Decimal(100), ceiling=Decimal(900), per="week")])
    lines = [line("1000", ("ni",), unit="week", amount="3"), line("150", ("ni",), unit="day", amount="10")]
    # three weeks of 1,000 count 800 each; ten days of 12 hours are two weeks: 1,500 less 200
    assert totals(budget({"1": lines}, fringes=fringes)).total.value == 4500 + 240 + 130


def test_lines_of_one_range_share_a_ceiling_in_their_account_alone() -> None:
    """5,000 and 4,000 of one individual, 6.2 % to 7,000: 434.00; in two accounts they are two."""
    fringes = dict([fringe("fica", "6.2", ceiling=Decimal(7000))])
    both = [line("5000", ("fica",), range="dp"), line("4000", ("fica",), range="dp")]
    assert totals(budget({"1": both}, fringes=fringes)).total.value == 9000 + 434
    assert totals(budget({"1": both[:1], "2": both[1:]}, fringes=fringes)).total.value == 9000 + 558


def test_a_cheque_is_paid_for_each_week_begun() -> None:
    fringes = dict([fringe("fee", flat=Rate(Decimal(10), "cheque"))])  # type: ignore[arg-type]
    lines = [
        line("1", ("fee",), unit="day", amount="11"),
        line("1", ("fee",), unit="week", amount="2"),
        line("1", ("fee",), unit="flat"),
    ]
    found = totals(budget({"1": lines}, fringes=fringes))
    assert [due.amount.value for a in found.accounts() for t in a.lines for due in t.fringes] == [30, 20, 10]


def test_the_budgets_own_units_have_hours_and_are_fringed_by_their_own() -> None:
    fringes = dict([fringe("hw", flat=Rate(Decimal(1), "hour")), fringe("fit", flat=Rate(Decimal(25), "fitting"))])  # type: ignore[arg-type]
    lines = [line("0", ("hw", "fit"), unit="fittings", amount="3"), line("0", ("hw",), unit="day")]
    one = budget({"1": lines}, fringes=fringes, units={"fitting": Decimal(4), "day": Decimal(10)})
    assert totals(one).total.value == 3 * 4 + 3 * 25 + 10


def test_percent_is_the_one_unit_that_makes_a_percentage_of_its_amount() -> None:
    assert totals(budget({"1": [line("24000", unit="%", amount="10")]})).total.value == 2400


def test_an_accounts_fringes_are_its_lines_unless_these_say_otherwise() -> None:
    lines = (line("100"), line("100", ("b",)), line("100", kind="materials"), line("100", kind="allowance"))
    fringes = dict([fringe("a", "10"), fringe("b", "1"), fringe("c", "5", on=("labour", "allowances"))])
    one = Budget(accounts={"1": Account(number="1", lines=lines, fringes=("a", "c"))}, fringes=fringes)
    (found,) = totals(one).accounts()
    assert [sum((d.amount.value for d in t.fringes), Decimal(0)) for t in found.lines] == [15, 1, 0, 5]
    assert [t.kind for t in found.lines] == ["labour", "labour", "materials", "allowance"]


@pytest.mark.parametrize(
    ("posting", "where", "total"),
    [("account", {"2001": 110, "2002": 220}, 330), ("category", {"2001": 100, "2002": 200, "2099": 30}, 330)],
)
def test_fringes_post_to_accounts_or_to_one_row_of_their_category(posting: str, where: dict, total: int) -> None:
    one = budget(
        {"2001": [line("100", ("f",))], "2002": [line("200", ("f",))]},
        fringes=dict([fringe("f", "10")]),
        categories={"2000": Category(number="2000", name="Staff", level="production", last="2098")},
        posting=Posting(fringes=posting),
    )
    found = totals(one)
    assert {a.coding.number: int(a.total.value) for a in found.accounts()} == where
    assert found.levels[0].categories[0].total.value == total
    assert {a.coding.category for a in found.accounts()} == {"2000"}


def test_fringes_post_to_a_level_or_stand_below_all_of_them() -> None:
    fringes = dict([fringe("f", "10")])
    accounts = {"1101": [line("100", ("f",))], "2001": [line("200", ("f",))]}
    levels = {"1101": "atl", "2001": "production"}
    on_all, on_fringes = Charge(name="C", rate=Decimal("0.1")), Charge(name="D", rate=Decimal("0.1"), on=("fringes",))
    more: dict = {"fringes": fringes, "levels": levels, "charges": (on_all, on_fringes)}
    found = totals(budget(accounts, posting=Posting(fringes="level"), **dict(more)))
    assert [level.total.value for level in found.levels] == [110, 220]
    assert [c.total.value for c in found.charges] == [33, 3]
    found = totals(budget(accounts, posting=Posting(fringes="budget"), **dict(more)))
    assert [level.total.value for level in found.levels] == [100, 200]
    assert [(c.charge.name, c.total.value) for c in found.charges] == [("Fringes", 30), ("C", 30), ("D", 3)]
    assert found.total.value == 363


def test_subtotals_close_the_lines_since_the_last_and_are_counted_nowhere() -> None:
    closing = Line(what="Prep", amount="0", rate="0", subtotal="Prep")
    lines = [line("1"), line("2", ("f",)), closing, line("4"), closing.but(subtotal="Shoot"), line("8")]
    (found,) = totals(budget({"1": lines}, fringes=dict([fringe("f", "50")]))).accounts()
    assert (found.total.value, len(found.lines), len(found.rows)) == (16, 4, 6)
    rows = [row for row in found.rows if isinstance(row, SubtotalRow)]
    assert [(row.name, row.total.value, row.fringes.value) for row in rows] == [("Prep", 3, 1), ("Shoot", 4, 0)]


def test_a_group_that_is_switched_off_is_in_no_total_and_is_told() -> None:
    lines = [line("100", ("f",), groups=("second-unit",)), line("10", groups=("prep",)), line("1")]
    groups = {"second-unit": Group(key="second-unit", name="2nd unit", off=True), "prep": Group(key="prep")}
    one = budget({"1": lines}, groups=groups, fringes=dict([fringe("f", "50", ceiling=Decimal(120))]))
    found = totals(one)
    assert found.total.value == 11
    assert [(o.key, o.name, o.lines, o.total.value) for o in found.off] == [("second-unit", "2nd unit", 1, 100)]
    assert totals(one, on={"second-unit"}).total.value == 161
    found = totals(one, off={"prep"})
    assert (found.total.value, [o.key for o in found.off]) == (1, ["second-unit", "prep"])


def test_what_is_switched_off_uses_up_no_ceiling() -> None:
    lines = [line("100", ("f",), groups=("b",), person="ana"), line("100", ("f",), person="ana")]
    one = budget({"1": lines}, fringes=dict([fringe("f", "10", ceiling=Decimal(100))]))
    assert totals(one, off={"b"}).total.value == 110


def test_a_mark_up_of_a_section_stands_inside_it_and_under_what_comes_after() -> None:
    """AICP: payroll tax of 28 % on the shoot crew, mark-up on all of it."""
    charges = (
        Charge(name="P&W", rate=Decimal("0.28"), on=("B",), inside="B99"),
        Charge(name="Mark-up", rate=Decimal("0.1")),
        Charge(name="Fee", rate=Decimal("0.5"), on=("P&W",)),
    )
    categories = {"B": Category(number="B", name="Shooting crew", level="production", last="B98")}
    one = budget({"B1": [line("1000")]}, categories=categories, charges=charges)
    one = one.but(accounts={"B1": one.accounts["B1"].but(category="B"), "B99": Account(number="B99", category="B")})
    found = totals(one)
    assert found.levels[0].categories[0].total.value == 1280
    assert [c.total.value for c in found.charges] == [128, 140]
    assert account(found, "B99") == 280


def test_an_amount_is_left_out_of_a_charge_and_flat_charges_are_formulas() -> None:
    charges = (
        Charge(name="Contingency", rate=Decimal("0.1"), exclude_amount="days * 100", exclude=("2001",)),
        Charge(name="Audit", flat="days * 12.5"),
    )
    one = budget({"1": [line("5000")], "2001": [line("700")]}, charges=charges, globals={"days": "10"})
    found = totals(one)
    assert [c.total.value for c in found.charges] == [400, 125]
    assert (found.charges[0].base.value, found.charges[0].excluded.value) == (4000, 1700)


def test_rounding_by_line_makes_every_sum_one_of_what_is_printed() -> None:
    lines = [line("0.333", amount="1.5"), line("0.005"), line("10", ("f",))]
    fringes = dict([fringe("f", "3.333")])
    charge = Charge(name="C", rate=Decimal("0.1"))
    exact = totals(budget({"1": lines}, fringes=fringes, charges=(charge,)))
    assert exact.before_charges.value == Decimal("0.4995") + Decimal("0.005") + Decimal("10.3333")
    found = totals(budget({"1": lines}, fringes=fringes, charges=(charge,), rounding="line"))
    assert found.before_charges.value == Decimal("0.50") + Decimal("0.01") + Decimal("10.33")
    assert found.charges[0].total.value == Decimal("1.08")


def test_a_ceiling_an_episode_is_met_in_each_episode_of_the_pattern() -> None:
    one = Fringe(key="f", rate=Decimal("0.1"), ceiling=Decimal(5000), per="episode")
    ten_days = Line(what="x", amount="10", unit="day", rate="1000", episode="pattern", fringes=("f",))
    alone = ten_days.but(episode="101")
    assert totals(budget({"1": [ten_days, alone]}, fringes={"f": one}), pattern=8).total.value == 90000 + 9 * 500


def test_a_line_of_the_pattern_is_paid_for_each_of_its_episodes() -> None:
    fringes = dict([fringe("f", "10", ceiling=Decimal(250))])
    lines = [line("100", ("f",), episode="pattern"), line("100", episode="amort"), line("100", episode="101")]
    assert totals(budget({"1": lines}, fringes=fringes), pattern=3).total.value == 300 + 25 + 200


def test_a_charge_inside_an_account_cannot_be_on_one_that_follows_the_accounts() -> None:
    charges = (
        Charge(name="Contingency", rate=Decimal("0.1")),
        Charge(name="Mark-up", rate=Decimal("0.1"), on=("contingency",), inside="1"),
    )
    found = totals(budget({"1": [line("1000")]}, charges=charges))
    assert [problem.code for problem in found.problems] == ["unknown-base"]


def test_a_charge_is_on_another_once_however_it_is_named_and_not_when_it_leaves_it_out() -> None:
    first = Charge(name="First", flat="10")
    twice = Charge(name="Twice", rate=Decimal("0.1"), on=("First", "first", "all"))
    without = Charge(name="Without", rate=Decimal("0.1"), on=("First", "all"), exclude=("first",))
    found = totals(budget({"1": [line("1000")]}, charges=(first, twice, without)))
    assert [charge.base.value for charge in found.charges] == [1000, 1010, 1000]

"""Budgets at random: every total is the sum of its parts at each level, and a calculator apart agrees to the cent."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import dialect
from pmkit.model.budget import Budget
from pmkit.model.production import Production, Settings
from pmkit.model.record import Reader
from pmkit.rollup.budget import totals
from pmkit.rollup.pieces import pieces
from pmkit.rollup.tags import TAGS, by_tag
from pmkit.rollup.totals import BudgetTotals
from tests.apart.budget import Book
from tests.often import often

MADE = Production(settings=Settings(pmkit=1, title="T", currency="USD"))
COUNTS = {("days", "main", ""): Decimal(15), ("cast", "1", "paid"): Decimal("11")}
NUMBERS = ("1101", "1201", "2001", "2002", "3301", "4501", "6701")
LEVEL = {"1101": "atl", "1201": "atl", "2001": "production", "2002": "production", "3301": "production", "4501": "post"}
CATEGORY = {"1101": "1100", "1201": "1200", "2001": "2000", "2002": "2000", "3301": "3300", "4501": "4500"}
FRINGES = ("tax", "holiday", "fica", "ni", "weekly", "episodic", "hw", "cheque", "allowed", "apart", "once")


def decimals(low: str, high: str, places: int = 2) -> st.SearchStrategy[str]:
    return st.decimals(Decimal(low), Decimal(high), places=places).map(lambda value: f"{value:f}")


def percents(high: int = 40) -> st.SearchStrategy[str]:
    return decimals("0", str(high)).map(lambda text: f"{text}%")


def fields(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def some(*words: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), unique=True, max_size=3)


FORMULAS = st.sampled_from(
    ["days(main)", "days(main) + 2", "prep * 5", "cast(1).paid / 5", "min(prep, 3) * 1.5", "round(rate / 7, 2)", "-(1)"]
)
LINE = fields(
    {"what": st.just("x"), "rate": decimals("-500", "9000") | FORMULAS},
    amount=decimals("0", "40", 1) | FORMULAS,
    x=st.sampled_from(["2", "1.5", "prep"]),
    unit=st.sampled_from(["day", "week", "hour", "month", "allow", "flat", "fitting", "%"]),
    currency=st.sampled_from(["", "CAD", "GBP"]),
    fringes=some(*FRINGES),
    person=st.sampled_from(["ana", "ana-2", "ben"]),
    range=st.sampled_from(["dp", "op"]),
    groups=some("prep", "second-unit", "drone"),
    kind=st.sampled_from(["labour", "allowance", "materials"]),
    resident=st.sampled_from(["true", "false"]),
    set=st.sampled_from(["MOTEL", "LAKE"]),
    episode=st.sampled_from(["pattern", "amort", "101"]),
)
ACCOUNT = fields(
    {"lines": st.lists(LINE | st.just({"subtotal": "so far"}), max_size=6)},
    fringes=some(*FRINGES),
    groups=some("prep", "drone"),
    kind=st.sampled_from(["labour", "materials"]),
    resident=st.sampled_from(["true", "false"]),
    episode=st.sampled_from(["pattern", "101"]),
)
BASES = ("atl", "production", "post", "other", "btl", "all", "2001", "2000", "prep", "labour", "fringes", "materials")


def charge(name: str, *above: str) -> st.SearchStrategy[dict[str, Any]]:
    return fields(
        {"name": st.just(name)},
        rate=percents(),
        flat=decimals("0", "900") | FORMULAS,
        on=some(*BASES, *above),
        exclude=some(*BASES),
        exclude_amount=decimals("0", "5000"),
        inside=st.sampled_from(["2001", "4501"]),
    )


def in_turn(charges: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """A charge inside an account comes before those that follow the accounts, and is on none of them."""
    after = {found["name"] for found in charges if "inside" not in found}
    return [
        {**found, "on": [word for word in found["on"] if word not in after]}
        if {"inside", "on"} <= found.keys()
        else found
        for found in charges
    ]


ROW: dict[str, st.SearchStrategy[Any]] = {
    "rate": percents(),
    "flat": decimals("0", "900"),
    "on": some(*BASES),
    "exclude": some(*BASES),
    "kind": st.sampled_from(["labour", "materials"]),
    "residency": st.sampled_from(["resident", "non-resident"]),
    "person_cap": decimals("100", "9000"),
    "spend_cap": decimals("100", "90000"),
}


def credit(name: str, *others: str) -> st.SearchStrategy[dict[str, Any]]:
    less = {"less": some(*others)} if others else {}
    most = fields({"rate": percents(99)}, on=some(*BASES), exclude=some(*BASES), **less)
    row = {**ROW, **less, "at_most": most}
    top = {
        "applied": st.sampled_from(["true", "false"]),
        "minimum": decimals("0", "50000"),
        "cap": decimals("0", "50000"),
        "discount": percents(99),
    }
    rows = fields({"name": st.just(name), "rows": st.lists(fields({}, **row), min_size=1, max_size=3)}, **top)
    return rows | fields({"name": st.just(name)}, **row, **top)


BUDGET = fields(
    {
        "currencies": st.just({"CAD": "0.73", "GBP": "1.27"}),
        "units": st.just({"fitting": "4", "allow": "0"}),
        "globals": st.just({"prep": "days(main) / 3", "rate": "prep * 311.1"}),
        "fringes": st.just(
            {
                "tax": {"rate": "6%", "on": ["labour", "holiday", "allowances"]},
                "holiday": {"rate": "8.333333%"},
                "fica": {"rate": "6.2%", "ceiling": "7000"},
                "ni": {"rate": "15%", "floor": "5000", "on": ["labour", "holiday"]},
                "weekly": {"rate": "13.8%", "floor": "96", "ceiling": "900", "per": "week"},
                "hw": {"flat": "2.85/hour"},
                "episodic": {"rate": "3%", "ceiling": "2000", "per": "episode"},
                "cheque": {"flat": "10/cheque", "ceiling": "4000"},
                "allowed": {"rate": "2%", "on": "allowances"},
                "apart": {"rate": "1.1%", "flat": "12/fitting", "account": "2099"},
                "once": {"flat": "75 flat"},
            }
        ),
        "groups": st.sampled_from(
            [{"prep": {}}, {"prep": {}, "drone": {"off": "true"}}, {"prep": {"off": "true"}, "drone": {"off": "false"}}]
        ),
        "categories": st.just({n: {"name": n} for n in sorted(set(CATEGORY.values()))}),
        "accounts": st.fixed_dictionaries(
            {"2001": ACCOUNT, "4501": ACCOUNT}, optional={n: ACCOUNT for n in NUMBERS if n not in ("2001", "4501")}
        ),
        "charges": st.tuples(charge("First"), charge("Second", "First"), charge("Third", "First", "Second")).map(
            in_turn
        ),
        "credits": st.tuples(
            credit("Federal", "Provincial", "Local"), credit("Provincial", "Local"), credit("Local")
        ).map(list),
        "rounding": st.sampled_from(["display", "line"]),
    }
)


def read(book: dict[str, Any]) -> Budget:
    tree, problems = dialect.read(json.dumps(book).encode(), "private/budget.yaml")
    assert tree is not None
    assert problems == []
    reader = Reader()
    found = Budget.read(tree, reader)
    assert reader.problems == []
    assert isinstance(found, Budget)
    return found


def worked_out(book: dict[str, Any]) -> BudgetTotals:
    count = lambda *asked: COUNTS[asked]  # noqa: E731
    return totals(read(book), count=count, person=lambda key: key.removesuffix("-2"), pattern=3)


def cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.001"), ROUND_HALF_UP)


@settings(max_examples=often(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET)
def test_a_calculator_that_shares_no_code_agrees(book: dict[str, Any]) -> None:
    for number, account in book["accounts"].items():
        account |= {"level": LEVEL.get(number, "other")} | (
            {"category": CATEGORY[number]} if number in CATEGORY else {}
        )
    found = worked_out(book)
    assert found.problems == (), found.problems
    expected = Book(book, lambda *asked: COUNTS[asked], {"ana-2": "ana"}, pattern=3)
    told = {a.coding.number: cent(a.total.value) for a in found.accounts()}
    assert {n: v for n, v in told.items() if v} == {n: cent(v) for n, v in expected.accounts.items() if cent(v)}
    assert {c.charge.name: cent(c.total.value) for c in found.charges} == {
        n: cent(v) for n, v in expected.charges.items()
    }
    assert {c.credit.name: (cent(c.gross.value), cent(c.total.value)) for c in found.credits} == {
        name: (cent(gross), cent(paid)) for name, (gross, paid) in expected.credits.items()
    }
    assert cent(found.total.value) == cent(expected.total)
    assert cent(found.net.value) == cent(expected.net)


@settings(max_examples=often(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET, st.sampled_from(["account", "category", "level", "budget"]))
def test_every_total_is_the_sum_of_its_parts(book: dict[str, Any], posting: str) -> None:
    found = worked_out({**book, "posting": posting})
    zero = Decimal(0)
    for level in found.levels:
        for category in level.categories:
            for a in category.accounts:
                parts = [t.subtotal for t in a.lines] + [a.fringes] + [c.total for c in a.charges]
                assert cent(a.total.value) == cent(sum((p.value for p in parts), zero))
            assert cent(category.total.value) == cent(sum((a.total.value for a in category.accounts), zero))
        assert cent(level.total.value) == cent(sum((c.total.value for c in level.categories), zero))
    assert cent(found.before_charges.value) == cent(sum((level.total.value for level in found.levels), zero))
    charges = sum((c.total.value for c in found.charges), zero)
    assert cent(found.total.value) == cent(found.before_charges.value + charges)
    assert cent(found.net.value) == cent(found.total.value - sum((c.total.value for c in found.applied()), zero))
    in_accounts = [piece.figure.value for piece in pieces(found.levels) if piece.coding.number != "fringes"]
    assert cent(sum(in_accounts, zero)) == cent(found.before_charges.value)
    for by in TAGS:
        told = by_tag(MADE, found, by)
        assert len({row.tag for row in told.rows}) == len(told.rows)
        charged = sum((c.total.value for c in told.charges), told.inside.value)
        if by != "group":
            assert cent(sum((row.total.value for row in told.rows), charged)) == cent(found.total.value)
        for row in told.rows if by == "group" else ():
            of = [p for p in pieces(found.levels) if p.line is not None and row.tag in (p.line.groups or ("",))]
            assert cent(row.total.value) == cent(sum((p.figure.value for p in of), zero))
            assert cent(row.fringes.value) == cent(sum((p.figure.value for p in of if p.fringe), zero))
    if book["rounding"] == "line":
        assert all(
            figure == figure.quantize(Decimal("0.01")) for figure in (found.total.value, found.before_charges.value)
        )


@settings(max_examples=often(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET)
def test_where_fringes_are_posted_changes_no_grand_total(book: dict[str, Any]) -> None:
    """What they are on may change; without charges and credits nothing else does."""
    plain = {**book, "charges": [], "credits": []}
    sums = [worked_out({**plain, "posting": p}).total.value for p in ("account", "category", "level", "budget")]
    assert len({cent(found) for found in sums}) == 1

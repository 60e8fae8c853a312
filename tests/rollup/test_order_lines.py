"""Quantities of order lines: by the schedule, by the day and by the week, as rental houses charge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pmkit.model.order import Order, OrderLine, number_order, number_parts
from pmkit.rollup.commitments import state
from pmkit.rollup.exchange import exchange
from pmkit.rollup.formula import Wrong
from pmkit.rollup.order_lines import Quantities, charged, follows_schedule, typed, worth

FROM = dt.date(2025, 10, 13)


def order(**line: object) -> Order:
    given = {"what": "x", "account": "1", "rate": Decimal(100), **line}
    return Order(number="LOC-1", vendor="v", date=FROM, state="approved", lines=(OrderLine(**given),))


def net(one: Order) -> Decimal | str:
    found = worth(one, one.lines[0], typed)
    return found.fault.message if isinstance(found, Wrong) else found.net


@pytest.mark.parametrize(
    ("days", "per", "week", "amount", "net_"),
    [
        (1, "day", None, "1", 100),
        (19, "day", None, "1", 1900),
        (19, "day", None, "2", 3800),
        (7, "day", 3, "1", 300),
        (9, "day", 3, "1", 500),
        (19, "day", 3, "1", 900),  # two weeks, and five days that cost no more than three
        (19, "day", 4, "1", 1200),
        (14, "week", None, "1", 200),
        (15, "week", None, "1", 300),  # a week begun is a week
        (15, "week", 4, "1", 225),
        (17, "week", 3, "3", 900),
    ],
)
def test_rentals_by_dates(days: int, per: str, week: int | None, amount: str, net_: int) -> None:
    end = FROM + dt.timedelta(days - 1)
    assert net(order(per=per, week=week, amount=amount, from_=FROM, to=end)) == net_
    on_the_order = order(per=per, week=week, amount=amount).but(from_=FROM, to=end)
    assert net(on_the_order) == net_


def test_a_counted_amount_has_the_working_week() -> None:
    assert net(order(amount="25", unit="day", week=3)) == 1500
    assert net(order(amount="27", unit="day", week=3)) == 1700
    assert net(order(amount="5", unit="week", week=3)) == 500
    assert [charged(Decimal(n), 3) for n in (0, 3, 4, 7, 8)] == [0, 3, 3, 3, 4]


def test_a_rental_without_its_dates_says_so() -> None:
    assert net(order(per="day")) == "per: day needs from and to"
    assert net(order(per="day", from_=FROM)) == "per: day needs to"
    assert str(net(order(per="week", from_=FROM, to=FROM - dt.timedelta(1)))).startswith(
        "the rental ends on 2025-10-12"
    )


def test_tax_is_beside_the_net_sum_and_never_in_what_is_committed() -> None:
    one = order(amount="3", rate=Decimal("33.35"), tax=Decimal("0.2"))
    found = worth(one, one.lines[0], typed)
    assert not isinstance(found, Wrong)
    assert (found.net, found.tax) == (Decimal("100.05"), Decimal("20.01"))
    assert state(one, lambda _: Decimal(1)).remaining == 10005


SCHEDULE = """main:
  2025-10-13: {strips: [1]}
  2025-10-14: {strips: [2]}
  2025-10-15: {strips: [3]}
"""
BREAKDOWN = "1: {heading: INT. MOTEL - DAY}\n2: {heading: INT. MOTEL - DAY}\n3: {heading: INT. BAR - DAY}\n"
LOCATIONS = "motel: {name: Motel}\nbar: {name: Bar}\nsets: {MOTEL: motel, BAR: bar}\n"


def test_an_order_follows_the_board(production) -> None:
    po = (
        "vendor: v\ndate: 2025-10-08\nstate: approved\nlines:\n"
        "  - {what: Fee, account: 1, amount: location(motel).days, unit: day, rate: 900}\n"
        '  - {what: Guard, account: 1, amount: "days(main) + rig_days", rate: 10}\n'
    )
    files = {"schedule": SCHEDULE, "breakdown": BREAKDOWN, "locations": LOCATIONS, "private/po/LOC-1": po}
    files |= {"private/budget": "globals: {rig_days: 2}\n"}
    made = production(**files).production
    assert state(made.orders["LOC-1"], exchange(made), None, Quantities(made)).remaining == 2 * 90000 + 5 * 1000
    moved = production(**{**files, "schedule": SCHEDULE.replace("strips: [3]", "strips: [3, 2]")}).production
    assert state(moved.orders["LOC-1"], exchange(moved), None, Quantities(moved)).remaining == 3 * 90000 + 5 * 1000
    assert follows_schedule(made.orders["LOC-1"].lines[0])
    assert not follows_schedule(OrderLine(what="x", account="1", amount="1,200.50", rate=Decimal(1)))


def test_a_line_that_cannot_be_worked_out_counts_as_nothing_and_is_said(production) -> None:
    po = "vendor: v\ndate: 2025-10-08\nlines:\n  - {what: Fee, account: 1, amount: days(moon), rate: 900}\n"
    made = production(**{"private/po/LOC-1": po}).production
    one = made.orders["LOC-1"]
    assert state(one, exchange(made), None, Quantities(made)).ordered == 0
    found = Quantities(made).problem(one, one.lines[0])
    assert found is not None
    assert (found.code, found.place.line, found.place.column) == ("unknown-count", 4, 37)


@pytest.mark.parametrize(
    ("typed_", "parts"),
    [("LOC-014", ("LOC", 14)), ("loc14", ("LOC", 14)), ("2ND-UNIT-3", ("2ND-UNIT", 3)), ("7", ("", 7)), ("LOC", None)],
)
def test_numbers_are_taken_apart(typed_: str, parts: tuple[str, int] | None) -> None:
    assert number_parts(typed_) == parts


def test_numbers_are_sorted_as_people_count() -> None:
    assert sorted(["LOC-10", "LOC-9", "CAM-1", "x"], key=number_order) == ["CAM-1", "LOC-9", "LOC-10", "x"]


def test_a_figure_that_is_mistyped_is_said_and_counts_for_nothing() -> None:
    many = order(amount="999999999999999", rate=Decimal(999999999999999), sales_tax=Decimal("0.08"))
    assert "more than 1,000,000,000,000,000" in str(net(many))
    assert state(many, lambda _: Decimal(1)).ordered == 0

"""The S-curve as a drawing: lines over weeks and rounded ticks, in ten-thousandths of the plot.

Whoever draws it only scales: the same drawing serves SVG and paper. Three lines told apart by how
they are drawn, not by colour: the budget dashed, the cost thick, the estimate dotted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from pmkit.model.dates import MONTHS
from pmkit.model.money import half_up
from pmkit.rollup.trend import CurveWeek

WHOLE = 10_000
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_WEEKS = 8
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick of an axis: where it stands and what it says."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The curve: points count from the lower left; `shoot` is the stretch between first and last shooting day.

    `now` is where the cost ends, `said` the picture in words.
    """

    weeks: tuple[Mark, ...]
    money: tuple[Mark, ...]
    planned: tuple[Point, ...]
    cost: tuple[Point, ...]
    efc: tuple[Point, ...]
    shoot: Point
    now: Point
    currency: str
    said: str


def drawing(weeks: tuple[CurveWeek, ...], shoot: tuple[date, date], currency: str) -> Drawing | None:
    """The drawing of an S-curve; None when there is nothing to draw."""
    highest = max((max(w.planned, w.cost or Decimal(0), w.efc or Decimal(0)) for w in weeks), default=Decimal(0))
    if highest <= 0:
        return None
    step = _step(highest)
    top = (highest / step).to_integral_value(ROUND_CEILING) * step
    count = len(weeks)
    start = weeks[0].to - timedelta(days=6)

    def across(number: int) -> int:
        return WHOLE * number // count

    def up(amount: Decimal) -> int:
        return max(0, int(amount * WHOLE / top))

    def along(day: date) -> int:
        return min(max(WHOLE * (day - start).days // (7 * count), 0), WHOLE)

    planned = ((0, 0), *((across(n), up(week.planned)) for n, week in enumerate(weeks, 1)))
    cost = [(across(n), up(week.cost)) for n, week in enumerate(weeks, 1) if week.cost is not None]
    efc = tuple((across(n), up(week.efc)) for n, week in enumerate(weeks, 1) if week.efc is not None)
    spent = next((week.cost for week in reversed(weeks) if week.cost is not None), None)
    every = next((n for n in (1, 2, 4, 6, 8, 13, 26, 52) if count / n <= _MOST_WEEKS), count)
    marks = tuple(Mark(across(n), _day(weeks[n - 1].to)) for n in range(1, count + 1) if n % every == 0)
    return Drawing(
        weeks=marks,
        money=tuple(Mark(up(step * n), _amount(step * n)) for n in range(int(top / step) + 1)),
        planned=planned,
        cost=((0, 0), *cost) if cost else (),
        efc=efc,
        shoot=(along(shoot[0]), along(shoot[1] + timedelta(days=1))),
        now=cost[-1] if cost else (0, 0),
        currency=currency,
        said=_said(weeks, spent, currency),
    )


def _step(highest: Decimal) -> Decimal:
    """A round distance between ticks, so that four to five of them reach the top."""
    raw = highest / 4
    power = Decimal(1).scaleb(raw.adjusted())
    return next(step * power for step in _STEPS if step * power >= raw)


def _amount(value: Decimal) -> str:
    """A round amount in short: `1.5 M`, `250 k`, `0`."""
    for size, word in ((Decimal(1_000_000_000), " bn"), (Decimal(1_000_000), " M"), (Decimal(1_000), " k")):
        if value >= size:
            return f"{(value / size).normalize():f}{word}"
    return f"{value.normalize():f}" if value else "0"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _said(weeks: tuple[CurveWeek, ...], spent: Decimal | None, currency: str) -> str:
    last = weeks[-1]
    cost = f"Cost to date is {currency} {half_up(spent, 0):,f}. " if spent is not None else ""
    final = last.efc if last.efc is not None else last.cost
    efc = f" and the estimated final cost {currency} {half_up(final, 0):,f}" if final is not None else ""
    return (
        f"Budget as planned, cost and estimated final cost by week, to {_day(last.to)} {last.to.year}. {cost}"
        f"The budget comes to {currency} {half_up(last.planned, 0):,f}{efc}."
    )

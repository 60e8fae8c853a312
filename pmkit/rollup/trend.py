"""How cost and estimate moved: every period up to the report's, with who moved the estimate, and the S-curve.

The figures of a period are those its own cost report has: the ledger to its end, the orders and
the EFC changes of that time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from pmkit.model.budget import Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import EfcChange, LedgerRow, sums_of
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.rollup.costs import Costs, costs
from pmkit.rollup.forecast import planned, to_come
from pmkit.rollup.pages_shot import PageCount, PagesShot
from pmkit.rollup.periods import INSIDE, Periods
from pmkit.rollup.phases import Phases, dated
from pmkit.rollup.position import Position
from pmkit.rollup.timing import Timing

WEEK = timedelta(days=7)


@frozen
class PeriodTrend:
    """A period: its own report's total, what was shot in it, and the EFC changes made in it."""

    period: Period
    total: Position
    shot: PagesShot
    so_far: PagesShot
    changes: tuple[EfcChange, ...]


@frozen
class CurveWeek:
    """A week of the S-curve: its last day, and the sums to it in the production's currency.

    `cost` is what was spent, only for weeks that are past; `efc` what the estimate makes of the
    weeks to come, from the last week that is past on.
    """

    to: date
    planned: Decimal
    cost: Decimal | None
    efc: Decimal | None


@frozen
class Trend:
    """The periods in order, the weeks of the S-curve, and the phases they were spread over."""

    periods: tuple[PeriodTrend, ...]
    weeks: tuple[CurveWeek, ...]
    phases: Phases
    shot: PagesShot
    whole: PagesShot


def trend(production: Production, now: Costs) -> Trend:
    """The trend up to a cost report that is worked out."""
    pages = PageCount(production)
    timing = Timing(production, now.budget)
    known = Periods(production.periods)
    past = [] if now.period is None else [p for p in known.all if (p.from_, p.to) <= (now.period.from_, now.period.to)]
    found = tuple(
        PeriodTrend(
            period=period,
            total=(now if period is now.period else costs(production, period, totals=now.budget)).total,
            shot=pages.between(period.from_, period.to),
            so_far=pages.between(None, period.to),
            changes=tuple(
                change for change in production.efc_changes if known.place(period, change.period, change.date) == INSIDE
            ),
        )
        for period in past
    )
    end = now.period.to if now.period is not None else None
    weeks = _weeks(production.ledger, now, timing, found) if dated(production) else ()
    return Trend(found, weeks, timing.phases, pages.between(None, end), pages.between(None, None))


def movers(changes: Sequence[EfcChange]) -> tuple[tuple[str, int], ...]:
    """Who changed the estimate and how often, the busiest first."""
    return tuple(sorted(Counter(change.by for change in changes).items(), key=lambda found: (-found[1], found[0])))


def _weeks(
    ledger: Sequence[LedgerRow], now: Costs, timing: Timing, periods: Sequence[PeriodTrend]
) -> tuple[CurveWeek, ...]:
    plan = planned(now, timing)
    end = now.period.to if now.period is not None else max((alike.posted for alike in sums_of(ledger)), default=None)
    coming: dict[date, int] = {}
    for row in now.accounts():
        for work in to_come(row, timing, end):
            coming[work.day] = coming.get(work.day, 0) + work.cents
    days = [*plan, *coming, *(p.period.to for p in periods)]
    if not days:
        return ()
    begins = periods[0].period.from_ if periods else timing.phases.first
    first = min([begins, *(day for day in days if day > date.min)])
    first -= timedelta(days=(first - begins).days % 7)
    last = max(days)
    spent = {p.period.to: p.total.to_date.value for p in periods}
    total, found = now.total.to_date.value, []
    day = first + WEEK - timedelta(days=1)
    while day < last + WEEK:
        ahead = sum(cents for at, cents in coming.items() if at <= day)
        past = end is not None and day <= end
        found.append(
            CurveWeek(
                to=day,
                planned=amount_of(sum(cents for at, cents in plan.items() if at <= day)),
                cost=_reached(spent, day) if past else None,
                efc=None if end is not None and day < end else total + amount_of(ahead),
            )
        )
        day += WEEK
    return tuple(found)


def _reached(spent: dict[date, Decimal], day: date) -> Decimal:
    """The cost to date of the last period that ended by a day."""
    return next((spent[at] for at in sorted(spent, reverse=True) if at <= day), Decimal(0))

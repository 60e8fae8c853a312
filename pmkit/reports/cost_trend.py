"""The trend of the cost report: a row a period, pages shot against money spent, and the weeks of the S-curve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.reports.table import Column, Row, Table
from pmkit.rollup.costs import Costs
from pmkit.rollup.trend import CurveWeek, PeriodTrend, movers, trend

DOCUMENT = "Cost trend"


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A period: what it cost, where the estimate stood at its end, who moved it, and what was shot in it.

    `per_page` is the cost to date by the pages shot to date; None before the first page.
    """

    number: str
    from_: dt.date
    to: dt.date
    cost: Decimal
    to_date: Decimal
    efc: Decimal
    variance: Decimal
    standing: str
    change: Decimal
    trend: str
    moved_by: str
    days: int
    days_planned: int
    pages: Eighths
    pages_planned: Eighths
    pages_to_date: Eighths
    pages_planned_to_date: Eighths
    per_page: Decimal | None


@dataclass(frozen=True, slots=True)
class CostTrend:
    """All periods to the report's, the weeks of the S-curve, and pages and cost of a page, done and planned.

    `shoot` are the first and last shooting day; `days`, `pages` are of all units.
    """

    lines: tuple[TrendLine, ...]
    weeks: tuple[CurveWeek, ...]
    shoot: tuple[dt.date, dt.date]
    days: int
    days_planned: int
    pages: Eighths
    pages_planned: Eighths
    per_page: Decimal | None
    per_page_planned: Decimal | None
    per_page_estimated: Decimal | None


def cost_trend(production: Production, costs: Costs) -> CostTrend:
    """The trend up to a cost report."""
    found = trend(production, costs)
    better = costs.settings.variance == "budget_minus_efc"
    pages = Eighths(sum(scene.pages for scene in production.scenes.values() if not scene.omitted))
    pages = Eighths(max(pages, found.whole.planned))
    return CostTrend(
        lines=tuple(_line(production, period, better) for period in found.periods),
        weeks=found.weeks,
        shoot=(found.phases.shoot[0], found.phases.shoot[-1]),
        days=found.shot.days,
        days_planned=found.whole.days_planned,
        pages=found.shot.shot,
        pages_planned=pages,
        per_page=_per_page(costs.total.to_date.value, found.shot.shot),
        per_page_planned=_per_page(costs.total.revised.value, pages),
        per_page_estimated=_per_page(costs.total.efc.value, pages),
    )


def table(production: Production, made: CostTrend, period: str, number: str) -> Table:
    """The trend as one table."""
    rows = [
        Row(
            (
                line.number,
                line.to,
                line.cost,
                line.to_date,
                line.efc,
                line.variance,
                line.standing,
                line.change,
                line.days,
                line.pages,
                line.pages_planned,
                line.pages_to_date,
                line.per_page,
                line.moved_by,
            )
        )
        for line in made.lines
    ]
    return Table(
        title=production.settings.title,
        document=f"{DOCUMENT} {number}".strip(),
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=f"all figures {production.settings.currency}",
        period=period,
        notes=tuple(notes(production, made)),
        landscape=True,
    )


def notes(production: Production, made: CostTrend) -> Iterator[str]:
    """How pages and money are set against each other."""
    if not production.periods:
        yield "There are no periods here (private/periods.yaml), so there is no trend."
    yield (
        "Pages and days are of all units: shot by the daily files, planned by the board as it stands now. Cost per page "
        "is all cost to date by the pages shot to date."
    )
    if made.pages:
        yield f"Shot: {made.pages} of {made.pages_planned} pages, on {made.days} of {made.days_planned} unit days."


_COLUMNS = (
    Column("period", "Period"),
    Column("to", "To", "date"),
    Column("cost", "This period", "money"),
    Column("to_date", "Cost to date", "money"),
    Column("efc", "Est. final cost", "money", strong=True),
    Column("variance", "Variance", "money", strong=True),
    Column("standing", ""),
    Column("change", "Change", "money"),
    Column("days", "Days shot", "count"),
    Column("pages", "Pages shot", "pages"),
    Column("pages_planned", "Planned", "pages"),
    Column("pages_to_date", "Pages to date", "pages"),
    Column("per_page", "Cost per page", "money"),
    Column("moved_by", "Estimate moved by"),
)


def _line(production: Production, found: PeriodTrend, better: bool) -> TrendLine:
    total, change = found.total, found.total.change.value
    good = change if better else -change
    return TrendLine(
        number=found.period.number,
        from_=found.period.from_,
        to=found.period.to,
        cost=total.period.value,
        to_date=total.to_date.value,
        efc=total.efc.value,
        variance=total.variance.value,
        standing=total.standing,
        change=change,
        trend="BETTER" if good > 0 else "WORSE" if good < 0 else "",
        moved_by=", ".join(
            f"{production.name_of(by) if by else 'nobody named'} ({count})" for by, count in movers(found.changes)
        ),
        days=found.shot.days,
        days_planned=found.shot.days_planned,
        pages=found.shot.shot,
        pages_planned=found.shot.planned,
        pages_to_date=found.so_far.shot,
        pages_planned_to_date=found.so_far.planned,
        per_page=_per_page(total.to_date.value, found.so_far.shot),
    )


def _per_page(cost: Decimal, pages: int) -> Decimal | None:
    """Money by pages, to the cent; None without a page."""
    return (cost * 8 / pages).quantize(Decimal("0.01"), ROUND_HALF_UP) if pages else None

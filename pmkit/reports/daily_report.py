"""The daily report that goes out by night: what happened today, the costs in short, the next day, what is due.

Which of these it holds and who gets it stands in `daily_report:` of production.yaml. It is not the daily
production report; it is what a producer reads on a phone before going to bed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.clock import DAY, Clock, Length, elapsed
from pmkit.model.daily import Daily, SceneResult
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.reports import missing_memos
from pmkit.reports.callsheet import callsheet, lacking
from pmkit.reports.callsheet_facts import gathered
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.costs import Costs
from pmkit.rollup.progress import progress
from pmkit.rollup.strips import Strips

SEES = frozenset({"public", "set"})
"""The privacy classes it may show; with its costs also `COSTS_SEE`."""
COSTS_SEE = SEES | {"money"}
_WORST = 5


@dataclass(frozen=True, slots=True)
class DayShot:
    """A unit's day as its daily file tells it: times, scenes, pages, setups, delays, accidents.

    Without a daily file `reported` is false and only the day is known. `shot`, `part` and `owed` are
    scene numbers, `planned` the pages that the board gave the day, `done` those shot on it; `screen_time` is m:ss.
    """

    unit: str
    number: int
    of: int
    reported: bool
    call: Clock | None
    first_shot: Clock | None
    wrap: Clock | None
    length: Length | None
    shot: tuple[str, ...]
    part: tuple[str, ...]
    owed: tuple[str, ...]
    planned: Eighths
    done: Eighths
    setups: int | None
    screen_time: str
    delays: tuple[str, ...]
    accidents: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostLine:
    """An account that goes over its budget, and by how much; the variance has the sign that the cost report gives it."""

    number: str
    name: str
    variance: Decimal
    standing: str


@dataclass(frozen=True, slots=True)
class CostFlash:
    """The cost report in short: to the end of its period, in the production's currency."""

    period: str
    to: dt.date | None
    currency: str
    spent: Decimal
    to_date: Decimal
    committed: Decimal
    efc: Decimal
    revised: Decimal
    variance: Decimal
    standing: str
    change: Decimal
    worst: tuple[CostLine, ...]


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A unit's next shooting day: its calls, its places and scenes, and what keeps its sheet from being final."""

    unit: str
    date: dt.date
    number: int
    of: int
    tomorrow: bool
    stage: str
    call: Clock | None
    shooting_call: Clock | None
    wrap: Clock | None
    locations: tuple[str, ...]
    scenes: tuple[str, ...]
    pages: Eighths
    cast: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something of a request that is due: about whom, of which request, and what."""

    request: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class DailyReport:
    """The report of one day. Empty parts vanish; `has` says which of them it was to hold."""

    title: str
    code: str
    date: dt.date
    has: tuple[str, ...]
    shot: tuple[DayShot, ...]
    pages_done: Eighths
    pages_all: Eighths
    costs: CostFlash | None
    ahead: tuple[DayAhead, ...]
    problems: tuple[str, ...]
    due: tuple[DueLine, ...]

    @property
    def news(self) -> bool:
        """Whether there is anything to tell: a day shot or next, something due, something wrong."""
        return bool(self.shot or self.due or self.problems or any(day.tomorrow for day in self.ahead))


def report(
    production: Production,
    day: dt.date,
    *,
    costs: Costs | None = None,
    due: Sequence[DueLine] = (),
    problems: Iterable[Problem] = (),
    memos: bool = False,
) -> DailyReport:
    """The report of a day. `costs` and `memos` only for who may see money; `problems` are those of the next days."""
    settings = production.settings
    has = settings.daily_report.contains if settings.daily_report is not None else ()
    found = progress(production) if "today" in has else ()
    ahead = tuple(_ahead(production, day, memos)) if "tomorrow" in has else ()
    return DailyReport(
        title=settings.title,
        code=settings.code or settings.title,
        date=day,
        has=has,
        shot=tuple(_shot(production, day)) if "today" in has else (),
        pages_done=Eighths(sum(scene.done for scene in found)),
        pages_all=Eighths(sum(scene.pages for scene in found if scene.state not in ("omitted", "dropped"))),
        costs=_flash(costs, settings.currency) if costs is not None and "costs" in has else None,
        ahead=ahead,
        problems=tuple(_about(problems, ahead)) if "tomorrow" in has else (),
        due=tuple(due) if "requests" in has else (),
    )


def _shot(production: Production, day: dt.date) -> Iterator[DayShot]:
    strips = Strips(production)
    for found in board.all_days(production):
        daily = production.dailies.get((found.date, found.unit))
        if found.date == day:
            yield _day_shot(production, strips, found, daily)


def _day_shot(production: Production, strips: Strips, day: NumberedDay, daily: Daily | None) -> DayShot:
    planned = {strip.number: strip.pages for strip in strips.of(day.slot) if strip.kind == "scene"}
    results = daily.scenes if daily is not None else {}
    done = 0
    for number, result in results.items():
        scene = production.scene(number)
        whole = planned.get(number) or (scene.pages if scene is not None else Eighths(0))
        if result.result in ("shot", "added"):
            done += whole
        elif result.result == "part":
            done += result.pages if result.pages is not None else whole
    call = (daily.crew_call if daily is not None else None) or day.slot.call
    wrap = daily.wrap if daily is not None else None
    seconds = daily.screen_time if daily is not None else None
    return DayShot(
        unit=board.unit_title(production, day.unit),
        number=day.number,
        of=day.of,
        reported=daily is not None,
        call=call,
        first_shot=daily.first_shot if daily is not None else None,
        wrap=wrap,
        length=_length(production, day, call, wrap),
        shot=_those(results, "shot", "added"),
        part=_those(results, "part"),
        owed=_those(results, "owed", "dropped"),
        planned=Eighths(sum(planned.values())),
        done=Eighths(done),
        setups=daily.setups if daily is not None else None,
        screen_time=f"{seconds // 60}:{seconds % 60:02d}" if seconds is not None else "",
        delays=tuple(f"{delay.minutes} min, {delay.cause}" for delay in daily.delays) if daily is not None else (),
        accidents=daily.accidents if daily is not None else "",
        notes=daily.notes if daily is not None else (),
    )


def _length(production: Production, day: NumberedDay, call: Clock | None, wrap: Clock | None) -> Length | None:
    """The hours that truly passed from crew call to wrap; a wrap before the call is past midnight."""
    if call is None or wrap is None:
        return None
    later = Clock(wrap + DAY) if wrap < call else wrap
    return elapsed(day.date, call, later, production.settings.zone)


def _those(results: Mapping[str, SceneResult], *words: str) -> tuple[str, ...]:
    return tuple(number for number, result in results.items() if result.result in words)


def _ahead(production: Production, day: dt.date, memos: bool) -> Iterator[DayAhead]:
    told: set[str] = set()
    for unit in board.units(production):
        found = next((one for one in board.days(production, unit) if one.date > day), None)
        if found is None:
            continue
        facts = gathered(production, found)
        sheet = callsheet(production, found, facts)
        tomorrow = found.date == day + dt.timedelta(days=1)
        lacks = lacking(sheet, facts) if tomorrow else ()
        if tomorrow and memos:
            lacks += tuple(missing_memos.of_day(production, found, told))
        yield DayAhead(
            unit=sheet.unit or board.unit_title(production, unit),
            date=found.date,
            number=found.number,
            of=found.of,
            tomorrow=tomorrow,
            stage=sheet.stage,
            call=sheet.call,
            shooting_call=sheet.shooting_call,
            wrap=sheet.wrap,
            locations=tuple(place.name for place in sheet.locations),
            scenes=tuple(strip.number for strip in sheet.strips if strip.kind == "scene"),
            pages=sheet.total_pages,
            cast=tuple(f"{row.number} {row.character}".strip() for row in sheet.cast if row.status != "H"),
            lacks=lacks,
        )


def _flash(costs: Costs, currency: str) -> CostFlash:
    total, period = costs.total, costs.period
    over = -1 if costs.settings.variance == "budget_minus_efc" else 1
    rows = sorted(costs.accounts(), key=lambda row: (-over * row.position.variance.value, row.coding.number))
    worst = [row for row in rows if row.position.standing == "OVER"][:_WORST]
    return CostFlash(
        period=period.number if period is not None else "",
        to=period.to if period is not None else None,
        currency=currency,
        spent=total.period.value,
        to_date=total.to_date.value,
        committed=total.commitments.value,
        efc=total.efc.value,
        revised=total.revised.value,
        variance=total.variance.value,
        standing=total.standing,
        change=total.change.value,
        worst=tuple(
            CostLine(row.coding.number, row.coding.name, row.position.variance.value, row.position.standing)
            for row in worst
        ),
    )


def _about(problems: Iterable[Problem], ahead: Iterable[DayAhead]) -> Iterator[str]:
    """Those problems that name one of the next days, each in a line."""
    dates = [day.date.isoformat() for day in ahead]
    seen: set[str] = set()
    for problem in problems:
        said = f"{problem.message} ({problem.place})"
        if any(date in problem.message or date in problem.place.file for date in dates) and said not in seen:
            seen.add(said)
            yield said

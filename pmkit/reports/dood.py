"""The day out of days: what each cast member, or each element of a category, is on each date.

The codes, the rule of drops and the totals are data: the reader sees under the table how they
were counted. Rules: domain of Movie Magic's day out of days, as `rollup.spans` applies them.
"""

from __future__ import annotations

from datetime import date, timedelta

from pmkit.model.cast import CastMember
from pmkit.model.production import Production
from pmkit.model.tree import Mapping, Scalar
from pmkit.problems import Fault
from pmkit.reports.basis import Words, based_on, basis, dated, settled
from pmkit.reports.dood_rows import Code, Day, DayOutOfDays, Out, Sum
from pmkit.reports.table import Cell, Column, Row, Table
from pmkit.rollup import board as boards, needed
from pmkit.rollup.spans import COMPANY_TRAVEL, HOLD, HOLIDAY, LETTERS, Span, span_of

SEES = frozenset({"public", "set"})
"""The privacy classes a day out of days may show."""

# What a code means, in the order of the legend; a code of several letters is read letter by letter.
MEANINGS = {
    "S": "start",
    "W": "work",
    "F": "finish",
    "D": "drop",
    "P": "pick-up",
    "H": "hold",
    "T": "travel",
    "FT": "fitting",
    "R": "rehearse",
    "TS": "test",
    "PH": "photo",
    "TN": "training",
    "M": "company travel",
    "/": "company holiday",
}


def dood(
    production: Production, category: str = needed.CAST, *, board: str = "", unit: str = ""
) -> DayOutOfDays | Fault:
    """The day out of days of the cast or of any category; with a `unit`, of its days alone."""
    found = settled(production, board, unit)
    if isinstance(found, Fault):
        return found
    key = needed.find_category(found, category)
    if isinstance(key, Fault):
        return key
    name = needed.categories(found)[key]
    needs = [need for need in needed.needs(found, key, unit).values() if need.work or need.scenes or key == "cast"]
    members = [(need, _member(found, key, need.key, need.name)) for need in needs]
    spans = [(member, span_of(found, member, need.work)) for need, member in members if need.work]
    columns = _columns(found, [span for _, span in spans], unit)
    rows = tuple(_row(member, span, columns, key) for member, span in spans)
    names = ("work", "hold", "travel", "rehearse", "holiday", "drop", "total")
    return DayOutOfDays(
        heading="Day out of days",
        category=key,
        name=name,
        basis=basis(found, board, unit),
        days=columns,
        rows=rows,
        sum=Sum(**{word: sum(getattr(row, word) for row in rows) for word in names}),
        legend=_legend(rows, [member for member, _ in spans]),
        rule=_rule(rows, key),
        unscheduled=tuple(_named(member, key) for need, member in members if not need.work),
    )


def _member(production: Production, category: str, key: str, name: str) -> CastMember:
    """Who the row is of; an element is like a member who is neither held nor dropped."""
    if category == needed.CAST and key in production.cast:
        return production.cast[key]
    return CastMember(number=key, character=name)


def _named(member: CastMember, category: str) -> str:
    return f"{member.number} {member.character}".strip() if category == needed.CAST else member.character


def _columns(production: Production, spans: list[Span], unit: str) -> tuple[Day, ...]:
    numbers: dict[date, list[str]] = {}
    main = boards.main_unit(production)
    for day in boards.all_days(production):
        if unit in ("", day.unit):
            numbers.setdefault(day.date, []).append(str(day.number) if day.unit in (main, unit) else str(day))
    working: dict[date, int] = {}
    dates = set()
    for span in spans:
        for at, code in span.codes.items():
            dates.add(at)
            working[at] = working.get(at, 0) + ("W" in code and _kind(code) in ("work", "end"))
    if numbers:
        first, last = min(numbers), max(numbers)
        dates.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    columns: list[Day] = []
    for at in sorted(dates):
        before = columns[-1].date if columns else None
        columns.append(
            Day(
                date=at,
                weekday=at.weekday(),
                numbers=tuple(numbers.get(at, ())),
                off=at not in numbers and boards.free(production, at),
                holiday=boards.holiday(production, at),
                week=before is not None and _monday(before) != _monday(at),
                month=before is None or (before.year, before.month) != (at.year, at.month),
                working=working.get(at, 0),
            )
        )
    return tuple(columns)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _row(member: CastMember, span: Span, columns: tuple[Day, ...], category: str) -> Out:
    codes = tuple(span.status(column.date) for column in columns)
    travel = span.travelled + sum(code == COMPANY_TRAVEL for code in codes)
    return Out(
        number=member.number if category == needed.CAST else "",
        name=member.character,
        performer=member.performer,
        codes=codes,
        kinds=tuple(_kind(code) for code in codes),
        start=span.start,
        finish=span.finish,
        work=span.worked,
        hold=span.held,
        travel=travel,
        rehearse=span.events - travel,
        holiday=span.holidays,
        drop=span.dropped,
        total=span.paid,
        rule=_drop_rule(member),
    )


def _drop_rule(member: CastMember) -> str:
    """The rule as cast.yaml words it: more than 10 is the same as at least 11, and reads otherwise."""
    if member.drop is None or not member.hold:
        return ""
    typed = member.node.values.get("drop") if isinstance(member.node, Mapping) else None
    return typed.text.strip() if isinstance(typed, Scalar) and typed.text else str(member.drop)


def _kind(code: str) -> str:
    if not code:
        return ""
    if code == "W":
        return "work"
    if code in (HOLD, HOLIDAY):
        return "hold" if code == HOLD else "holiday"
    return "end" if "W" in code and set(code) <= set("SPWDF") else "event"


def _legend(rows: tuple[Out, ...], members: list[CastMember]) -> tuple[Code, ...]:
    """The codes that stand in the table, with what they mean."""
    used: set[str] = set()
    for row in rows:
        for code, kind in zip(row.codes, row.kinds, strict=True):
            used.update(code if kind in ("end", "work") else [code] if kind != "event" else code.split("/"))
    found = {code: MEANINGS[code] for code in MEANINGS if code in used}
    for member in members:
        for words in member.events.values():
            for word in words:
                code = word.strip().lower().replace(" ", "")[:2].upper()
                if word.strip().lower() not in LETTERS and code in used:
                    found.setdefault(code, word)
    return tuple(Code(code, meaning) for code, meaning in found.items())


def _rule(rows: tuple[Out, ...], category: str) -> str:
    """How it was counted, in the words under the table."""
    if category != needed.CAST:
        return "Days between first and last are not held."
    told = []
    rules: dict[str, list[str]] = {}
    for row in rows:
        if row.rule:
            rules.setdefault(row.rule, []).append(row.number)
    for rule, numbers in sorted(rules.items(), key=lambda found: (-len(found[1]), found[0])):
        told.append(f"{rule.removesuffix(' days')} full calendar days between WD and PW (cast {', '.join(numbers)})")
    dropped = f"Drop and pick-up: {'; '.join(told)}, once, in the first gap long enough. " if told else ""
    return (
        f"{dropped}Holds only where the deal allows them, never on days off. Total: work, hold, travel, "
        "rehearsals and fittings, holidays; drops and days off are not counted."
    )


_TOTALS = (
    Column("start", "Start", "date"),
    Column("finish", "Finish", "date"),
    Column("work", "Work", "count"),
    Column("hold", "Hold", "count"),
    Column("travel", "Travel", "count"),
    Column("rehearse", "R/F", "count"),
    Column("holiday", "Holiday", "count"),
    Column("drop", "Drop", "count"),
    Column("total", "Total", "count", strong=True),
)


def data(report: DayOutOfDays) -> Table:
    """The day out of days as data: a row each, a column for each date, then the counts."""
    columns = (
        Column("number", "No."),
        Column("name", report.name),
        Column("performer", "Performer"),
        *(Column(day.date.isoformat(), day.date.isoformat()) for day in report.days),
        *_TOTALS,
    )
    rows = tuple(Row((row.number, row.name, row.performer, *row.codes, *_counts(row))) for row in report.rows)
    title = f"{report.heading}: {report.name}"
    return Table(report.basis.title, title, columns, rows, notes=_notes(report), landscape=True)


def table(report: DayOutOfDays, words: Words) -> Table:
    """The same, saying what it was made from."""
    found = data(report)
    subtitle, period = based_on(report.basis, words), dated(report.basis, words)
    return Table(found.title, found.document, found.columns, found.rows, subtitle, period, found.notes, True)


def _counts(row: Out) -> tuple[Cell, ...]:
    counts = (row.work, row.hold, row.travel, row.rehearse, row.holiday, row.drop, row.total)
    return (row.start, row.finish, *counts)


def _notes(report: DayOutOfDays) -> tuple[str, ...]:
    legend = " · ".join(f"{code.code} {code.meaning}" for code in report.legend)
    never = f"Never scheduled: {', '.join(report.unscheduled)}." if report.unscheduled else ""
    return tuple(note for note in (legend, report.rule, never) if note)


def weeks(report: DayOutOfDays, most: int) -> tuple[tuple[int, ...], ...]:
    """The columns in stretches of whole weeks, as many as stand side by side where there is room for `most`."""
    found: list[list[int]] = []
    week: list[int] = []
    for n in range(len(report.days) + 1):
        if n == len(report.days) or report.days[n].week:
            if found and len(found[-1]) + len(week) <= most:
                found[-1] += week
            elif week:
                found.append(week)
            week = []
        week.append(n)
    return tuple(tuple(stretch) for stretch in found)

"""The crew list: everybody hired, by department, with how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmkit.model.crew import Hire
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.table import Cell, Column, Row, Table, heading

SEES = frozenset({"public", "set", "contact"})
"""The privacy classes a crew list may show."""

_COLUMNS = (
    Column("position", "Position", width=1),
    Column("name", "Name", width=1, strong=True),
    Column("phone", "Phone", "phone"),
    Column("email", "E-mail", "email"),
    Column("unit", "Unit"),
    Column("from", "From", "date"),
    Column("to", "To", "date"),
    Column("days", "Days"),
)
_ALWAYS = ("position", "name", "phone", "email")


def crewlist(
    production: Production, *, department: str = "", unit: str = "", day: date | None = None, whole: bool = False
) -> Table | Fault:
    """The crew by department in the order of crew.yaml; a hire that is not hired stands on no list.

    Only one `department`, only those who work with a `unit`, only those engaged on a `day`.
    Somebody's second hire shows the number and address of the first. `whole` keeps the columns
    of unit and dates where nobody fills them, and every single day of who comes on certain days.
    """
    wrong = _unknown(production, department, unit)
    if wrong is not None:
        return wrong
    rows: list[Row] = []
    people: set[str] = set()
    groups = 0
    for key, group in production.crew.items():
        hires = [hire for hire in group.people if _stands(hire, unit, day)] if department in ("", key) else []
        if not hires:
            continue
        groups += 1
        rows.append(heading(group.title))
        rows += [Row(_cells(production, hire, whole)) for hire in hires]
        people |= {hire.person or hire.id for hire in hires}
    shown = [n for n, column in enumerate(_COLUMNS) if whole or column.key in _ALWAYS or _filled(rows, n)]
    told = f"{len(people)} {'person' if len(people) == 1 else 'people'} in {groups} department{'s' * (groups != 1)}"
    settings = production.settings
    return Table(
        settings.title,
        "Crew list",
        tuple(_COLUMNS[n] for n in shown),
        tuple(row if row.kind == "heading" else Row(tuple(row.cells[n] for n in shown)) for row in rows),
        subtitle=" · ".join(_above(production, unit, day)),
        notes=(f"{told}.",),
        landscape=len(shown) > 6,
    )


def _stands(hire: Hire, unit: str, day: date | None) -> bool:
    return hire.hired and (not unit or hire.works_with(unit)) and (day is None or hire.on(day))


def _cells(production: Production, hire: Hire, whole: bool) -> tuple[Cell, ...]:
    first = production.hires[hire.person][1] if hire.person in production.hires else hire
    ends = _ends(hire)
    return (
        hire.position,
        production.name_of(hire.id),
        hire.phone or first.phone,
        hire.email or first.email,
        ", ".join(production.settings.units.get(unit, unit) for unit in hire.unit),
        ends[0],
        ends[1],
        _days(hire, whole),
    )


def _days(hire: Hire, whole: bool) -> str:
    """Each day of who comes on certain days; on paper how many, where they are not all from first to last."""
    if whole:
        return ", ".join(str(stretch) for stretch in hire.days)
    days = {day for stretch in hire.days for day in stretch.days()}
    gaps = bool(days) and (max(days) - min(days)).days + 1 != len(days)
    return f"{len(days)} days" if gaps else ""


def _ends(hire: Hire) -> tuple[date | None, date | None]:
    if not hire.days:
        return hire.from_, hire.to
    return min(stretch.first for stretch in hire.days), max(stretch.last for stretch in hire.days)


def _filled(rows: list[Row], column: int) -> bool:
    return any(row.cells[column] for row in rows if row.kind == "row")


def _above(production: Production, unit: str, day: date | None) -> Iterator[str]:
    settings = production.settings
    if settings.company:
        yield settings.company
    if settings.office is not None:
        yield from (text for text in (settings.office.phone, settings.office.email) if text)
    if unit:
        yield settings.units.get(unit, unit)
    if day is not None:
        yield f"engaged on {day.isoformat()}"


def _unknown(production: Production, department: str, unit: str) -> Fault | None:
    from pmkit.model.record import meant

    for what, typed, known in (
        ("department", department, list(production.crew)),
        ("unit", unit, list(production.settings.units)),
    ):
        if typed and typed not in known:
            hint = meant(typed, known, f"there are {', '.join(known) or 'none'}")
            return Fault(f"there is no {what} {typed}", hint)
    return None

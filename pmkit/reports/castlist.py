"""The cast list: who plays whom and works when; asked for, also whom to call about them."""

from __future__ import annotations

from pmkit.model.cast import CastMember
from pmkit.model.crew import Contact
from pmkit.model.production import Production
from pmkit.reports.table import Cell, Column, Row, Table
from pmkit.rollup.spans import Span, spans

SEES = frozenset({"public", "set"})
SEES_CONTACTS = SEES | {"contact", "minor"}
"""The privacy classes a cast list may show, and the one that was asked for with contacts."""

_COLUMNS = (
    Column("number", "No."),
    Column("character", "Character", width=1, strong=True),
    Column("performer", "Performer", width=1),
    Column("minor", "Minor"),
    Column("stand_in", "Stand-in"),
    Column("starts", "Starts", "date"),
    Column("finishes", "Finishes", "date"),
    Column("works", "Days", "count"),
)
_CONTACTS = (
    Column("agent", "Agent", width=1),
    Column("agent_phone", "Agent's phone", "phone"),
    Column("agent_email", "Agent's e-mail", "email"),
    Column("guardian", "Guardian"),
    Column("phone", "Phone", "phone"),
    Column("email", "E-mail", "email"),
)
_ALWAYS = ("number", "character", "performer")


def castlist(production: Production, *, contacts: bool = False, whole: bool = False) -> Table:
    """The cast in the order of cast.yaml, with the days the board gives each.

    A minor shows the age band. With `contacts` stand the agents, and the numbers and addresses
    of the performers; of a minor those of the guardian instead. `whole` keeps empty columns.
    """
    days = spans(production)
    columns = _COLUMNS + (_CONTACTS if contacts else ())
    rows = [
        _cells(member, days.get(number)) + (_contacts(member) if contacts else ())
        for number, member in production.cast.items()
    ]
    shown = [n for n, column in enumerate(columns) if whole or column.key in _ALWAYS or any(row[n] for row in rows)]
    return Table(
        production.settings.title,
        "Cast list",
        tuple(columns[n] for n in shown),
        tuple(Row(tuple(row[n] for n in shown)) for row in rows),
        subtitle=production.settings.company,
        notes=("A minor is reached through the guardian.",) if contacts and any(_minors(production)) else (),
        landscape=len(shown) > 7,
    )


def _cells(member: CastMember, span: Span | None) -> tuple[Cell, ...]:
    return (
        member.number,
        member.character,
        member.performer,
        str(member.minor) if member.minor else "",
        member.stand_in,
        span.start if span else None,
        span.finish if span else None,
        span.worked if span else None,
    )


def _contacts(member: CastMember) -> tuple[Cell, ...]:
    agent = member.agent or Contact()
    guardian = (member.guardian or Contact()) if member.minor else None
    reached = guardian if guardian is not None else member
    return (
        ", ".join(text for text in (agent.name, agent.company) if text),
        agent.phone,
        agent.email,
        guardian.name if guardian is not None else "",
        reached.phone,
        reached.email,
    )


def _minors(production: Production) -> list[bool]:
    return [member.minor is not None for member in production.cast.values()]

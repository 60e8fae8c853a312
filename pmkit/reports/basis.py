"""What a document of the schedule rests on: the board asked for, and the drafts of script and schedule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pmkit.model.clock import Clock
from pmkit.model.frozen import but
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.reports.callsheet_rows import Draft, draft as drafted
from pmkit.rollup import board as boards


@dataclass(frozen=True, slots=True)
class Words:
    """How the production writes dates and times, for the headings of a table."""

    day: Callable[[date], str]
    short_day: Callable[[date], str]
    clock: Callable[[Clock], str]
    length: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a document of the schedule rests on: the drafts, the board, and which part of it is shown.

    `board` is empty for the current board; `unit` and `episode` where only one was asked for.
    """

    title: str
    company: str
    script: Draft | None
    schedule: Draft | None
    board: str = ""
    unit: str = ""
    episode: str = ""


def settled(production: Production, board: str = "", unit: str = "", episode: str = "") -> Production | Fault:
    """The production on the board that is asked for; a fault when there is no such board, unit or episode."""
    if board and board not in production.boards:
        return _no("board", board, list(production.boards), "boards/ holds none: schedule.yaml is the only one")
    chosen = production.boards[board] if board else production.board
    if chosen is not production.board:
        production = but(production, board=chosen)
    known = dict.fromkeys([*boards.units(production), *production.settings.units])
    if unit and unit not in known:
        return _no("unit", unit, list(known), "no unit has days yet")
    episodes = dict.fromkeys([*production.settings.episodes, *(s.episode for s in production.scenes.values())])
    if episode and episode not in episodes:
        return _no("episode", episode, [name for name in episodes if name], "the breakdown has no episodes")
    return production


def _no(what: str, typed: str, known: list[str], none: str) -> Fault:
    hint = meant(typed, known, f"there is {', '.join(known)}" if known else none)
    return Fault(f"there is no {what} {typed[:40]}", hint)


def basis(production: Production, board: str = "", unit: str = "", episode: str = "") -> Basis:
    """The head of a document of the schedule."""
    settings = production.settings
    return Basis(
        title=settings.title,
        company=settings.company,
        script=drafted(settings.script),
        # another board is nobody's issued draft
        schedule=None if board else drafted(settings.schedule),
        board=board,
        unit=settings.units.get(unit, unit),
        episode=" ".join(word for word in (episode, settings.episodes.get(episode, "")) if word),
    )


def based_on(found: Basis, words: Words) -> str:
    """The line under a document's name: the drafts it was made from."""
    parts = []
    for what, draft in (("script", found.script), ("schedule", found.schedule)):
        if draft is not None:
            parts.append(" ".join([what, ", ".join(filter(None, (draft.draft, _dated(draft, words))))]))
    told = [f"Based on {' · '.join(parts)}"] if parts else []
    if found.board:
        told.append(f"board {found.board}, not the current one")
    return " · ".join([*told, *filter(None, (found.unit, f"episode {found.episode}" if found.episode else ""))])


def dated(found: Basis, words: Words) -> str:
    """The schedule's draft and date, which every page names."""
    if found.board:
        return f"Board {found.board}"
    draft = found.schedule
    return ", ".join(filter(None, (draft.draft, _dated(draft, words)))) if draft is not None else ""


def _dated(draft: Draft, words: Words) -> str:
    return words.short_day(draft.date) if draft.date is not None else ""

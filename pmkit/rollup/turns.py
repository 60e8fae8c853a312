"""Candidates asked one after another: whose turn has come, whose comes now, and until when."""

from __future__ import annotations

import datetime as dt

from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.rollup import answers

WITHIN = dt.timedelta(hours=24)
"""How long a candidate whose turn comes has to answer, where the request does not say: the trade's custom."""


def come(production: Production, request: Request, now: dt.datetime | None = None) -> tuple[tuple[str, ...], str]:
    """Of ranked candidates those whose turn has come, and the one whose turn comes now (empty for nobody).

    The first is asked with the request. When they are out (no, expired, released), the next
    one's turn comes; with `--yes` that is written down as `asked`.
    """
    candidates = request.asked.candidates
    asked: list[str] = []
    for number, candidate in enumerate(candidates):
        mine = production.answers_of.get((request.name, answers.root_of(production, candidate)), ())
        been = any(one.act == "asked" and one.revision == request.revision for one in mine)
        if number == 0 or been:
            asked.append(candidate)
    last = answers.standing(production, request, answers.root_of(production, asked[-1]), now) if asked else None
    waiting = [one for one in candidates if one not in asked and not _out(production, request, one, now)]
    return tuple(asked), waiting[0] if waiting and last is not None and last.over else ""


def _out(production: Production, request: Request, candidate: str, now: dt.datetime | None) -> bool:
    """Whether a candidate whose turn has not come said no already: by phone, before anybody wrote."""
    found = answers.standing(production, request, answers.root_of(production, candidate), now)
    return bool(found.told) and found.over


def until(request: Request, now: dt.datetime) -> dt.datetime:
    """By when a candidate whose turn comes now has to answer: so long from now, to the next full hour."""
    within = dt.timedelta(hours=request.respond_within.hours) if request.respond_within is not None else WITHIN
    end = now + within
    return end.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=bool(end.minute or end.second))

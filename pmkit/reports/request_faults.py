"""What is wrong with a request itself: dates that are past or missing, a paper that is not named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmkit.model.production import Production
from pmkit.model.request import ANSWERED, Request
from pmkit.problems import Problem
from pmkit.rollup import answers, board, turns

_A_YEAR = 366


def faults(production: Production, request: Request, today: date) -> Iterator[Problem]:
    """What keeps a request from being sent, or would be odd in its letters, as of today."""
    come = turns.come(production, request)[0] if request.ranked else ()
    later = len(come) > 1  # each later turn has its own end
    last = answers.standing(production, request, answers.root_of(production, come[-1])) if later else None
    ends = last.expires if last is not None else request.expires
    if ends is not None and request.kind == "hold" and ends.date() < today:
        message = f"the hold would run out on {ends:%Y-%m-%d}, which is past"
        yield Problem("past-due", request.place("expires"), message, "give a later expires", "warning")
    if request.kind in ANSWERED and not request.dates and not request.given("dates"):
        yield Problem("no-dates", request.place(), f"the {request.kind} asks for no dates", "add dates: [2025-10-27]")
    if request.kind == "document" and not request.document:
        yield Problem("no-document", request.place(), "it is not said which document is asked for", "add document: …")
    if request.kind == "custom" and not request.text.strip():
        yield Problem("no-text", request.place(), "a request of kind custom is its own text", "add text: |")
    if request.respond_by is not None and request.respond_by.date() < today and not later and request.kind != "release":
        message = f"the answer was due on {request.respond_by:%Y-%m-%d}, which is past"
        yield Problem("past-due", request.place("respond_by"), message, "give a later respond_by", "warning")
    yield from _idle(request)
    days = request.days()
    if len(days) > _A_YEAR:
        message = f"the request asks for {len(days)} dates, {days[0]} to {days[-1]}"
        yield Problem("too-many-dates", request.place("dates"), message, "is a year mistyped? ask for a year at most")
    if request.days() and request.kind != "release" and request.days()[-1] < today:
        yield Problem("past-due", request.place("dates"), "every date asked for is past", "", "warning")
    for index, stretch in enumerate(request.dates):
        free = [day for day in stretch.days() if board.holiday(production, day)]
        if free and request.kind != "release":
            message = f"{free[0].isoformat()} is a holiday of this production"
            hint = "leave it out, if it is not meant: dates: [a..b, c..d]"
            yield Problem("asks-for-holiday", request.place("dates", index), message, hint, "warning")


def _idle(request: Request) -> Iterator[Problem]:
    """What is typed and will do nothing: reminders before no time, a next that nobody is, an answer due too late."""
    if request.kind == "release":
        return
    if request.remind and request.respond_by is None and not request.given("respond_by"):
        hint = "add respond_by: 2025-11-03 12:00"
        yield Problem("idle-reminder", request.place("remind"), "nobody is reminded: no answer is due", hint, "warning")
    if request.then == "next" and not request.asked.candidates:
        message = "there is no next to ask: nobody is a candidate"
        hint = "write ask: {role: …, candidates: [first-id, second-id]}"
        yield Problem("no-candidates", request.place("then"), message, hint, "warning")
    days = request.days()
    if days and request.respond_by is not None and request.respond_by.date() > days[-1]:
        message = f"the answer is due on {request.respond_by:%Y-%m-%d}, after the last date asked for"
        yield Problem("late-answer", request.place("respond_by"), message, "give an earlier respond_by", "warning")

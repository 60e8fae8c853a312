"""Requests, answers and bookings: nobody booked twice, no hold forgotten, no answer to what is asked no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from pmkit.model.answer import Answer
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Problem
from pmkit.rollup import answers
from pmkit.rollup.answers import Standing


def unknown_request(production: Production) -> Iterator[Problem]:
    """An answer to a request that there is not: its file was renamed or taken away."""
    if {"request", "requests", "answer"} & production.left_out:
        return
    for answer in production.answers.values():
        if answer.ended_by and answer.ending not in production.requests:
            hint = meant(answer.ending, production.requests, "name it as the file in requests/ is named")
            message = f"there is no release {answer.ended_by[:60]}"
            yield Problem("unknown-request", answer.place("ended_by"), message, hint)
        if answer.request not in production.requests:
            hint = meant(answer.request, production.requests, "name it as the file in requests/ is named")
            yield Problem(
                "unknown-request", answer.place("request"), f"there is no request {answer.request[:60]}", hint
            )
        elif answer.revision > production.requests[answer.request].revision:
            now = production.requests[answer.request].revision
            message = f"this answers revision {answer.revision}, and {answer.request} is at revision {now}"
            yield Problem("unknown-revision", answer.place("revision"), message, "was the request's file taken back?")


def booked_twice(production: Production) -> Iterator[Problem]:
    """Somebody is confirmed for one date by two requests, or for a unit while hired for another that shoots then."""
    booked: dict[tuple[str, dt.date], Answer] = {}
    for standing, act in _acts(production, "confirmed"):
        request = production.requests[act.request]
        for day in act.booked():
            if day not in standing.on("confirmed"):
                continue
            first = booked.setdefault((standing.person, day), act)
            if first.request != act.request:
                message = f"{production.name_of(standing.person)} is booked for {day} by {first.request} already"
                yield Problem("booked-twice", act.place("days"), message, "release one of the two", "warning")
                break
        else:
            yield from _elsewhere(production, act, request.unit)


def _elsewhere(production: Production, act: Answer, unit: str) -> Iterator[Problem]:
    for hire in production.hires_of(act.person):
        days = [day for day in act.booked() if hire.hired and hire.unit and hire.on(day)] if unit else []
        for other in hire.unit if unit not in hire.unit else ():
            slots = production.board.units.get(other, {})
            clash = next((day for day in days if day in slots and slots[day].shoots), None)
            if clash is not None:
                name, units = production.name_of(act.person), production.settings.units
                message = f"{name} is booked with {units.get(unit, unit)} for {clash}, and works with {units.get(other, other)}"
                yield Problem("booked-twice", act.place("days"), message, "release one of the two", "warning")
                return


def booked_unanswered(production: Production) -> Iterator[Problem]:
    """Somebody is confirmed for a date that they have not said yes to, or have said no to."""
    for standing, act in _acts(production, "confirmed"):
        if act.revision != production.requests[act.request].revision:
            continue  # it was said of what was asked then
        words = {day.date: day.answer for day in standing.days}
        for day in act.booked():
            word = words.get(day, "")
            if day in standing.on("confirmed") and word in ("", "no", "maybe"):
                said = {"": "has not answered for it", "no": "said no", "maybe": "said maybe"}[word]
                message = f"{production.name_of(act.person)} is booked for {day}, and {said}"
                hint = f"write their answer down: pmkit request answer {act.request} {act.person} yes"
                yield Problem("booked-unanswered", act.place("days"), message, hint, "warning")
                break


def hold_run_out(production: Production) -> Iterator[Problem]:
    """A hold has run out, by what the folder itself tells of the time, and nobody confirmed or released it."""
    latest = answers.latest(production)
    if latest is None:
        return
    for standing, request, told in _everybody(production):
        for day in standing.days:
            if day.booking == "hold" and day.expires is not None and day.expires < latest and day.date >= latest.date():
                name = production.name_of(standing.person)
                message = f"the hold on {name} for {day.date} ran out on {day.expires:%Y-%m-%d %H:%M}"
                hint = f"pmkit request confirm {request} {standing.person}, or release"
                yield Problem("hold-run-out", told[-1].place(), message, hint, "warning")
                break


def answer_to_old(production: Production) -> Iterator[Problem]:
    """Somebody answered an earlier revision, and nothing since: a yes to other dates or another rate is none to these."""
    for standing, request, _ in _everybody(production):
        if standing.old is not None and not standing.on("confirmed"):
            old, now, name = standing.old, standing.revision, production.name_of(standing.person)
            message, hint = f"{name} answered revision {old.revision}, not revision {now}", "ask anew"
            if old.revision == now:
                message = f"{name} answered when the rate was {old.offered}, and it is another now"
                hint = f"write revision: {now + 1} into requests/{request}.yaml, and ask anew"
            at = old.place("offered" if old.revision == now else "revision")
            yield Problem("old-answer", at, message, f"{hint}: pmkit request send {request}", "warning")


def _acts(production: Production, act: str) -> Iterator[tuple[Standing, Answer]]:
    for standing, _, told in _everybody(production):
        yield from ((standing, one) for one in told if one.act == act)


def _everybody(production: Production) -> Iterator[tuple[Standing, str, tuple[Answer, ...]]]:
    """Everybody about whom something is written down, with how they stand, time left out of it."""
    if {"request", "requests", "answer"} & production.left_out:
        return
    for (request, person), told in production.answers_of.items():
        if request in production.requests:
            yield answers.standing(production, production.requests[request], person), request, told


CHECKS: tuple[Callable[[Production], Iterator[Problem]], ...] = (
    unknown_request,
    booked_twice,
    booked_unanswered,
    hold_run_out,
    answer_to_old,
)

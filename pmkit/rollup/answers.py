"""Where each person of a request stands: what they answered for each date, and how they are booked.

An answer and a booking are two things. An answer belongs to a revision: dates or a rate asked anew
want a new one. A booking stays until somebody ends it. Neither says whether a mail arrived.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from pmkit.model.answer import BOOKINGS, Answer, DayAnswer
from pmkit.model.clock import Clock
from pmkit.model.money import Rate
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.rollup.unsigned import deals_asked


class DayState(NamedTuple):
    """One date of one person: the answer that counts, and the booking.

    `booking` is empty, `hold` (of a `rank`), `confirmed`, `released`, `declined` or `expired`; `booked_at` is
    when, and `revision` under which revision, where a person did it; `settled` is false where it
    only follows from the answers and the time. A date that is booked and no longer asked for is not `asked`.
    """

    date: dt.date
    answer: str = ""
    rate: Rate | None = None
    from_: Clock | None = None
    until: Clock | None = None
    heads: int | None = None
    booking: str = ""
    rank: int | None = None
    expires: dt.datetime | None = None
    booked_at: dt.datetime | None = None
    revision: int = 0
    settled: bool = False
    asked: bool = True


class Standing(NamedTuple):
    """Where one person stands in one request, as of a moment.

    `answer` is what they say on the whole (`mixed` where dates differ, `partly` where some are open),
    `old` an answer to an earlier revision, or to another rate, that does not count. `due` is when the answer is or was
    due. `expires` is when a hold of theirs runs out, as the request has it: not for whose turn came after
    that. `challenge` is by when the hold must be confirmed or released. `done` is the day a paper
    was signed or came in. `told` are the answers that count, `acts` what was done, oldest first; `revision` is
    the one they stand in.
    """

    person: str
    days: tuple[DayState, ...]
    answer: str
    answered_at: dt.datetime | None
    how: str
    note: str
    rate: Rate | None
    due: dt.datetime | None
    turn: dt.datetime | None
    expires: dt.datetime | None
    challenge: dt.datetime | None
    done: dt.date | None
    old: Answer | None
    proposed: tuple[Answer, ...]
    told: tuple[Answer, ...]
    acts: tuple[Answer, ...]
    revision: int

    def on(self, *bookings: str) -> tuple[dt.date, ...]:
        """The dates so booked."""
        return tuple(day.date for day in self.days if day.booking in bookings)

    def said(self, *words: str) -> tuple[dt.date, ...]:
        """The dates so answered."""
        return tuple(day.date for day in self.days if day.answer in words)

    @property
    def run_out(self) -> tuple[dt.date, ...]:
        """The dates of holds that ran out, neither confirmed nor released."""
        return tuple(day.date for day in self.days if day.booking == "expired" and day.expires is not None)

    @property
    def too_late(self) -> tuple[dt.date, ...]:
        """The dates whose time was up before the answer that counts came."""
        at = self.answered_at
        gone = (day for day in self.days if day.booking == "expired" and day.booked_at is not None)
        return tuple(day.date for day in gone if at is not None and day.booked_at is not None and day.booked_at <= at)

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for; who was booked under an earlier revision is asked for its other dates."""
        if self.answer or self.done is not None:
            return False
        booked = [day for day in self.days if day.booking in BOOKINGS]
        if any(not day.settled or day.revision >= self.revision for day in booked):
            return False
        return not booked or any(day.asked and not day.booking for day in self.days)

    @property
    def over(self) -> bool:
        """Whether nothing can come of it any more: every date was declined, ran out or was released."""
        gone = self.on("declined", "expired", "released")
        return len(gone) == len(self.days) if self.days else self.answer == "no"


def standing(production: Production, request: Request, person: str, now: dt.datetime | None = None) -> Standing:
    """Where a person stands; `now` is the wall clock of the production's zone, None to leave time out of it."""
    zone = production.settings.zone
    mine = production.answers_of.get((request.name, person), ())
    settled = {answer.settles for answer in mine if answer.settles}
    proposed = tuple(one for one in mine if one.proposed and not one.settles and one.name not in settled)
    counted = [one for one in mine if not one.proposed]
    heard = [one for one in counted if one.act == "answer"]
    told = [
        one for one in heard if one.revision == request.revision and _at_this_rate(production, request, one, counted)
    ]
    before = [one for one in heard if one.revision <= request.revision and one not in told]
    acts = [one for one in counted if one.act != "answer"]
    turn = next((one for one in reversed(acts) if one.act == "asked" and one.revision == request.revision), None)
    tells = request.kind == "release"  # it asks for no answer, and an earlier one is to no question of its own
    due = turn.due if turn is not None and turn.due is not None else request.respond_by
    due = due if not tells else None
    late = now is not None and due is not None and now > due
    asked = request.days()
    days = {day: DayState(day) for day in asked}
    for one in told:
        for day, said in one.dates.items():
            if day in days:
                days[day] = _answered(days[day], one, said)
    bookings = [act for act in (*_ended(production, request, person), *acts) if act.act in BOOKINGS]
    booked = sorted({day for act in bookings for day in act.booked()} - set(asked))
    days.update({day: DayState(day, asked=False) for day in booked})
    for act in bookings:
        for day in act.booked():
            days[day] = _booked(days[day], act, request)
    began = turn.at.astimezone(zone) if turn is not None else None
    expires = request.expires if request.kind == "hold" else None
    if began is not None and expires is not None and began.replace(tzinfo=None) >= expires.replace(tzinfo=None):
        expires = None
    shown = tuple(_followed(days[day], request, expires, told, late, now) for day in sorted(days))
    last = told[-1] if told else None
    papers = [one for one in acts if one.act in ("signed", "received") and one.revision == request.revision]
    return Standing(
        person=person,
        days=shown,
        answer=_whole(shown, last, asked),
        answered_at=last.at.astimezone(zone) if last is not None else None,
        how=last.how if last is not None else "",
        note=" · ".join(dict.fromkeys(one.note.strip() for one in told if one.note.strip())),
        rate=next((one.rate for one in reversed(told) if one.rate is not None), None),
        due=due,
        turn=began,
        expires=expires,
        challenge=_challenge(acts),
        done=papers[-1].on or papers[-1].at.astimezone(zone).date() if papers else _signed(production, request, person),
        old=before[-1] if before and not told and not tells else None,
        proposed=proposed,
        told=tuple(told),
        acts=tuple(acts),
        revision=request.revision,
    )


def root_of(production: Production, person: str) -> str:
    """The id somebody is kept under in answers: that of their first hire."""
    if person in production.hires:
        first = production.hires[person][1].person
        return first if first in production.hires else person
    return person


def latest(production: Production) -> dt.datetime | None:
    """The latest moment that the folder itself tells of, in the production's zone: it is later than that now.

    Checks have no clock. What ran out before the last answer or the last daily file ran out.
    """
    zone = production.settings.zone
    moments = [one.at.astimezone(zone).replace(tzinfo=None) for one in production.answers.values()]
    moments += [dt.datetime.combine(day, dt.time()) for day, _ in production.dailies]
    return max(moments, default=None)


def _at_this_rate(production: Production, request: Request, one: Answer, acts: Iterable[Answer]) -> bool:
    """Whether an answer was given to the rate that is named now, or was acted upon since. A rate not known here is none."""
    if one.offered is None or any(act.act in BOOKINGS and act.at >= one.at for act in acts):
        return True
    if isinstance(request.rate, Rate):
        now = [request.rate]
    else:
        keys = [one.person, *(hire.id for hire in production.hires_of(one.person))] if request.rate else []
        deals = [production.deals[key] for key in keys if key in production.deals]
        now = [deal.rate for deal in deals if deal.rate is not None]
    return not now or any(rate in (one.offered, one.rate) for rate in now)


def _ended(production: Production, request: Request, person: str) -> list[Answer]:
    """What a release ended of other requests: it shows on the release's own dates."""
    if request.kind != "release":
        return []
    ended = (one for one in production.answers.values() if one.person == person and one.ending == request.name)
    return sorted((one for one in ended if one.request != request.name), key=lambda one: (one.at, one.name))


def _signed(production: Production, request: Request, person: str) -> dt.date | None:
    """Of a deal memo, the day by which every deal it is about was signed; None while one is not."""
    if request.kind != "dealmemo":
        return None
    signed = [deal.signed for deal in deals_asked(production, request, person)]
    days = [day for day in signed if day is not None]
    return max(days) if days and len(days) == len(signed) else None


def _answered(state: DayState, one: Answer, said: DayAnswer) -> DayState:
    return state._replace(
        answer=said.answer,
        rate=said.rate or one.rate,
        from_=said.from_,
        until=said.until,
        heads=said.heads,
        rank=one.rank,
    )


def _booked(state: DayState, act: Answer, request: Request) -> DayState:
    """A date after one more act. What ended under an earlier revision is asked for anew by this one."""
    before = act.revision < request.revision and request.kind != "release" and state.date in request.days()
    if before and act.act in ("released", "declined", "expired"):
        return state._replace(booking="", rank=None, expires=None, booked_at=None, revision=0, settled=False)
    return state._replace(
        booking=act.act,
        rank=act.rank or (request.rank if act.act == "hold" else None),
        rate=act.rate or state.rate,
        expires=act.due if act.act == "hold" else None,
        booked_at=act.at,
        revision=act.revision,
        settled=True,
    )


def _followed(
    state: DayState,
    request: Request,
    expires: dt.datetime | None,
    told: Iterable[Answer],
    late: bool,
    now: dt.datetime | None,
) -> DayState:
    """What follows where nobody did anything: a hold said yes to stands, a no is a decline, time runs out."""
    expires = state.expires or expires
    if not state.settled:
        if state.answer == "no":
            return state._replace(booking="declined")
        if state.answer == "yes" and request.kind == "hold":
            state = state._replace(booking="hold", rank=state.rank or request.rank, expires=expires)
        elif not state.answer and late and not any(one.answer for one in told):
            return state._replace(booking="expired")
    if state.booking == "hold" and now is not None and expires is not None and now > expires:
        return state._replace(booking="expired", expires=expires)
    return state


def _whole(days: Iterable[DayState], last: Answer | None, asked: Iterable[dt.date]) -> str:
    wanted = set(asked)
    words = [day.answer for day in days if day.date in wanted]
    given = set(words) - {""}
    if not given:
        return last.answer if last is not None else ""
    if "" in words:
        return "partly"
    return given.pop() if len(given) == 1 else "mixed"


def _challenge(acts: Iterable[Answer]) -> dt.datetime | None:
    """By when a challenged hold must be confirmed or released; None once it was."""
    found = None
    for act in acts:
        if act.act == "challenged":
            found = act.due
        elif act.act in ("confirmed", "released", "expired"):
            found = None
    return found

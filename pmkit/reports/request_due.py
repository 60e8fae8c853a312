"""What is due of a request: reminders, answers that ran out, holds and challenges, people to be told."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmkit.model.answer import Answer
from pmkit.model.request import Request
from pmkit.reports.asked import Person
from pmkit.reports.date_words import in_words
from pmkit.rollup.answers import Standing
from pmkit.rollup.replies import as_words

TROUBLE = {
    "failed": "the mail was refused",
    "in doubt": "the mail is in doubt",
    "bounced": "the mail came back",
    "expired": "the mail did not go in time",
}
"""States of a mail that somebody must look at, and what is said of them."""
MOVED = "other dates"
"""The state of a mail that went, and asked for other dates than the request does by now."""
_ORDER = (
    "challenge",
    "trouble",
    "proposed",
    "counter",
    "runs out",
    "ran out",
    "next",
    "remind",
    "tell",
    "confirm",
    "late",
    "send",
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the mail to one person: its state in words, since when, and how many reminders went."""

    state: str = ""
    at: datetime | None = None
    reminders: int = 0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what (`remind`, `next`, `challenge` …), by when, about whom, and the command that does it.

    `words` may name a rate, or quote what somebody wrote; `public` says the same without.
    """

    what: str
    by: datetime | None
    request: str
    person: str
    name: str
    words: str
    command: str
    public: str


def nobody_left(request: Request) -> Due:
    """That of ranked candidates nobody is left who could be asked."""
    words = "no candidate is left: all said no, were released, or let time run out"
    name = request.asked.role or request.role or request.name
    command = f"pmkit request status {request.name}"
    return Due("next", None, request.name, "", name, words, command, words)


def due(
    request: Request, people: Iterable[tuple[Person, Standing, Delivery]], following: Person | None, now: datetime
) -> tuple[Due, ...]:
    """Everything due of one request up to the end of today, the most pressing first.

    `following` is the candidate whose turn comes now. `now` is the production's wall clock.
    """
    found: list[Due] = []
    for person, standing, delivery in people:
        found += _of(request, person, standing, delivery, now)
    if following is not None:
        words, command = "it is their turn to be asked", f"pmkit request send {request.name} --yes"
        found.append(Due("next", None, request.name, following.id, following.name, words, command, words))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.what), one.by or now)))


def _of(request: Request, person: Person, standing: Standing, delivery: Delivery, now: datetime) -> Iterator[Due]:
    def one(what: str, words: str, command: str, by: datetime | None = None, public: str = "") -> Due:
        return Due(what, by, request.name, person.id, person.name, words, f"pmkit {command}", public or words)

    name, today = request.name, now.date()
    here = f"{name} {person.id}"
    if standing.challenge is not None and (standing.on("hold") or not standing.on("confirmed")):
        late = " (past)" if standing.challenge < now else ""
        yield one("challenge", f"confirm or release{late}", f"request confirm {here}", standing.challenge)
    if request.kind == "release":  # it is told, and not answered; what they wrote all the same is read
        yield from _wrote(standing, one)
        if not delivery.state:
            yield one("send", "not told yet", f"request send {name} --yes")
        elif delivery.state in TROUBLE:
            yield one("trouble", TROUBLE[delivery.state], "outbox list")
        elif delivery.state == MOVED:
            words = "was told of other dates than these: raise revision: and send anew"
            yield one("trouble", words, f"request send {name}")
        return
    if delivery.state in TROUBLE and standing.open:  # whoever answered by phone needs that mail no more
        yield one("trouble", TROUBLE[delivery.state], "outbox list")
    if delivery.state == MOVED and standing.open:
        words = "asked for other dates than these: raise revision: and ask anew"
        yield one("trouble", words, f"request send {name}")
    yield from _wrote(standing, one)
    if standing.done is not None:
        return
    confirmed, held = standing.on("confirmed"), standing.on("hold")
    wants = tuple(day for day in standing.said("counter") if day not in confirmed + standing.on("released", "declined"))
    if wants:
        terms = f" at {standing.rate}" if standing.rate is not None else ""
        words, public = f"other terms{terms}: {in_words(wants)}", f"other terms: {in_words(wants)}"
        agree = " ".join(day.isoformat() for day in wants)
        if standing.rate is not None:
            agree = f"--rate {shlex.quote(str(standing.rate))}"
        yield one("counter", words, f"request confirm {here} {agree}", public=public)
    ends = min(
        (day.expires for day in standing.days if day.booking == "hold" and day.expires is not None), default=None
    )
    if ends is not None and ends.date() <= today + timedelta(days=1):
        yield one("runs out", f"the hold runs out: {in_words(held)}", f"request confirm {here}", ends)
    over = tuple(day for day in standing.run_out if day >= today)
    if over:
        words = f"the hold ran out, confirm or release: {in_words(over)}"
        yield one("ran out", words, f"request release {here} --yes")
    if (
        standing.open
        and delivery.state in ("sent", "")
        and standing.due is not None
        and (delivery.state or standing.old)
    ):
        if now > standing.due:
            yield one("late", "no answer, and it was due", f"request answer {here} 'yes'", standing.due)
        elif reminder_due(request, standing, delivery, now):
            yield one("remind", f"reminder {delivery.reminders + 1}", f"request remind {name} --yes", standing.due)
    gone = standing.due is not None and standing.due < now and not standing.told
    ran_out = tuple(day.date for day in standing.days if gone and day.booking == "expired" and not day.settled)
    if ran_out and not delivery.state and ran_out[-1] >= today:
        words = "never asked, and the answer was due: give a later respond_by"
        yield one("send", words, f"request send {name}", standing.due)
    elif ran_out and standing.due is not None and today <= standing.due.date() + timedelta(days=1):
        yield one("late", f"no answer in time: {in_words(ran_out)}", f"request answer {here} 'yes'", standing.due)
    rest = _rest(standing, today)
    if rest and standing.due is not None and abs(today - standing.due.date()) <= timedelta(days=1) and not gone:
        dates = " ".join(day.isoformat() for day in rest)
        yield one("late", f"not answered yet: {in_words(rest)}", f"request answer {here} 'yes {dates}'", standing.due)
    overdue = tuple(day for day in standing.said("yes") if day in standing.too_late and day >= today)
    if overdue and not confirmed:
        words = f"said yes after the time was up: {in_words(overdue)}"
        yield one("confirm", words, f"request confirm {here} {' '.join(day.isoformat() for day in overdue)}")
    yes = tuple(
        day for day in standing.said("yes") if day not in confirmed + standing.on("released", "expired", "declined")
    )
    if yes and request.kind in ("offer", "availability") and not held:
        yield one("confirm", f"said yes: {in_words(yes)}", f"request confirm {here}")
    untold = _untold(standing, delivery)
    if untold:
        last = untold[-1]
        word = "confirm" if last.act == "confirmed" else "release"
        yield one("tell", f"{last.act} and not told: {in_words(last.booked())}", f"request {word} {here} --yes")
    now_done = [act for act in standing.acts if act.revision >= standing.revision and act.act != "asked"]
    if not delivery.state and standing.open and standing.old is None and not now_done:
        if standing.due is None or standing.due >= now:
            yield one("send", "not asked yet", f"request send {name} --yes", standing.due)
        elif not standing.days:  # with dates it is told above, as long as one of them is to come
            words = "never asked, and the answer was due: give a later respond_by"
            yield one("send", words, f"request send {name}", standing.due)
    elif standing.old is not None and standing.old.revision == standing.revision and standing.open:
        words = "answered when the rate was {}: raise revision: and ask anew"
        public = words.format("another")
        yield one("send", words.format(standing.old.offered), f"request send {name}", public=public)
    elif standing.old is not None and not delivery.state:
        yield one("send", f"answered revision {standing.old.revision}, not asked anew", f"request send {name} --yes")


def _wrote(standing: Standing, one: Callable[..., Due]) -> Iterator[Due]:
    """What came by mail and waits to be accepted."""
    for proposed in standing.proposed:
        reads = as_words(proposed.dates, proposed.answer, proposed.rate)
        wrote = f"wrote: {reads or proposed.quote or proposed.note}"
        wrote = wrote if len(wrote) <= 90 else f"{wrote[:89].rstrip()}…"
        yield one("proposed", wrote, "inbox accept " + proposed.name, public="wrote, and it waits to be accepted")


def _rest(standing: Standing, today: date) -> tuple[date, ...]:
    """The dates to come that somebody who answered for others has said nothing of."""
    if not standing.told or standing.answer != "partly":
        return ()
    left = (day for day in standing.days if day.asked and not day.answer and not day.settled and day.date >= today)
    return tuple(day.date for day in left)


def _untold(standing: Standing, delivery: Delivery) -> list[Answer]:
    """The bookings and releases they have not heard of, and still have to: not those decided otherwise since."""
    acts = [act for act in standing.acts if act.act in ("confirmed", "released")]
    later = [{day for one in acts[number:] for day in one.booked()} for number in range(1, len(acts) + 1)]
    return [
        act
        for act, since in zip(acts, later, strict=True)
        if act.name not in delivery.told and not set(act.booked()) <= since
    ]


def reminder_due(request: Request, standing: Standing, delivery: Delivery, now: datetime) -> bool:
    """Whether a person who has not answered is to be reminded now.

    A reminder so many days before the answer is due has its whole day; one of hours its hour. Each goes
    once, and `max_reminders` bounds them.
    """
    if not standing.open or standing.due is None or now > standing.due:
        return False
    most = len(request.remind) if request.max_reminders is None else min(request.max_reminders, len(request.remind))
    come = 0
    for before in request.remind:
        when = standing.due - timedelta(hours=before.hours)
        come += when.date() <= now.date() if before.hours % 24 == 0 else when <= now
    return delivery.reminders < min(come, most)

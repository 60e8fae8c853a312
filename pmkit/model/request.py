"""Batch requests (requests/NAME.yaml)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from pmkit.model import dates, kinds as k
from pmkit.model.crew import Contact
from pmkit.model.money import Rate, parse_rate
from pmkit.model.record import LEFT_OUT, LeftOut, Pointer, Reader, Record, field
from pmkit.model.tree import Mapping, Node, Sequence
from pmkit.problems import Fault

KINDS = ("availability", "hold", "offer", "dealmemo", "document", "release", "custom")
ANSWERED = frozenset({"availability", "hold", "offer"})
"""The kinds whose dates are answered with yes, no or maybe."""
INVITED = frozenset({"hold", "offer"})
"""The kinds that stand in a calendar before anything is confirmed; a question does not."""
DEAL = Pointer("deal")
"""As a rate: the one of the person's deal."""
_NOBODY = Fault(
    "the request asks nobody",
    "write a list of ids, {department: grip}, {works: tomorrow} or {role: …, candidates: […]}",
    "nobody-asked",
)


class Before(NamedTuple):
    """So long before the answer is due."""

    hours: int

    def __str__(self) -> str:
        days, hours = divmod(self.hours, 24)
        if hours:
            return f"{self.hours} hour{'s' if self.hours != 1 else ''} before"
        return f"{days} day{'s' if days != 1 else ''} before"


def _within(text: str) -> Before | Fault:
    found = re.fullmatch(r"(\d{1,3}) (day|hour)s?", text.strip())
    if found is None or not int(found[1]):
        return Fault(f"{text[:40]} is not a length of time to answer in", "write: 24 hours, or 2 days", "bad-reminder")
    return Before(int(found[1]) * (24 if found[2] == "day" else 1))


def _before(text: str) -> Before | Fault:
    found = re.fullmatch(r"(\d{1,3}) (day|hour)s?(?: before)?", text.strip())
    if found is None or not int(found[1]):
        return Fault(f"{text[:40]} is not a time before the answer is due", "write: 1 day before", "bad-reminder")
    return Before(int(found[1]) * (24 if found[2] == "day" else 1))


def _rate(text: str) -> Rate | str | Fault:
    return DEAL if text.strip() == DEAL else parse_rate(text)


def _works(text: str) -> dt.date | str | Fault:
    if text.strip() in ("today", "tomorrow"):
        return text.strip()
    found = dates.parse(text)
    if isinstance(found, Fault):
        return Fault(f"{text[:40]} is not a day", "write today, tomorrow or a date: 2025-10-16", "bad-date")
    return found


def _template(text: str) -> str | Fault:
    if re.fullmatch(r"[a-z][a-z0-9_-]{0,60}", text.strip()):
        return text.strip()
    return Fault(f"{text[:40]!r} is no name of a template", "write NAME for templates/NAME.html.j2", "bad-id")


def _rank(text: str) -> int | Fault:
    if re.fullmatch(r"[1-9][0-9]?", text.strip()):
        return int(text)
    return Fault(f"{text[:20]} is not the rank of a hold", "1 is the first hold, 2 the second", "bad-number")


def _wanted(text: str) -> int | Fault:
    if re.fullmatch(r"[1-9][0-9]{0,4}", text.strip()):
        return int(text)
    return Fault(f"{text[:20]} is not how many an agency is asked for", "write figures: 12", "bad-number")


def _revision(text: str) -> int | Fault:
    if re.fullmatch(r"[1-9][0-9]{0,3}", text.strip()):
        return int(text)
    return Fault(f"{text[:20]} is not a revision", "count up from 1", "bad-number")


class Asked(Record):
    """Whom a request asks: people, a department, who works on a day, ranked candidates, an agency.

    A department and `works` narrow each other: the grips who work tomorrow. `people` come
    besides, and whoever stands in `except` is left out. An `agency` is a vendor's id, a person's, or
    a contact written out; it is asked for so many `heads` of a `role`, not for people by name.
    """

    department: tuple[str, ...] = field(k.ids, "public", default=())
    works: Any = field(k.Value(_works, "today, tomorrow or a date"), "public", default=None)
    role: str = field(k.text, "public", default="")
    candidates: tuple[str, ...] = field(k.ids, "public", default=(), note="the first choice first")
    people: tuple[str, ...] = field(k.ids, "public", default=())
    except_: tuple[str, ...] = field(k.ids, "public", default=(), note="whom not to ask")
    agency: str | Contact = field(k.Either(value=k.ident, fields=k.Of(Contact)), "contact", default="")
    heads: int | None = field(
        k.Value(_wanted, "a head count: 12"), "public", default=None, note="how many an agency is asked for"
    )

    @classmethod
    def read(cls, node: Node, reader: Reader, key: Any = None) -> Asked | LeftOut:
        """Reads whom to ask; nobody, or a role without candidates, is a problem."""
        asked = super().read(node, reader, key)
        if isinstance(asked, LeftOut):
            return LEFT_OUT
        if asked.agency:
            if asked.heads is None and "heads" not in getattr(node, "values", {}):
                hint = "write ask: {agency: extras-inc, heads: 12, role: truckers}"
                return reader.add(Fault("it is not said how many the agency is asked for", hint, "nobody-asked"), node)
            return asked
        if asked.role and not asked.candidates and not (asked.department or asked.works or asked.people):
            hint = f"write ask: {{role: {asked.role}, candidates: [first-id, second-id]}}"
            return reader.add(Fault(f"nobody is named for the role {asked.role}", hint, "nobody-asked"), node)
        broken = isinstance(node, Mapping) and bool(node.values)  # said already: no second problem about it
        if not (asked.department or asked.works or asked.candidates or asked.people or broken):
            return reader.add(_NOBODY, node)
        return asked


class Request(Record):
    """A batch request: what is asked, of whom, for which dates, and by when to answer.

    `rate` is `deal` (each person's own) or a typed rate, which belongs into
    private/requests/. A new `revision` asks anew: answers to the old one do not carry over.
    `respond_by` is in the production's zone; a candidate whose turn comes later has
    `respond_within` from then. A hold runs out at `expires`. With `copy` an artist gets what
    the agent is written, as a mail of their own. `template` is one of the production's own for
    the mail: `templates/NAME.txt.j2` and `NAME.html.j2`.
    """

    name: str = field(k.ident, "public", from_key=True)
    kind: str = field(k.OneOf(*KINDS), "public")
    ask: tuple[str, ...] | Asked = field(k.Either(value=k.ids, items=k.ids, fields=k.Of(Asked)), "public")
    rank: int | None = field(k.Value(_rank, "a rank: 1"), "public", default=None, note="of a hold: 1 is the first")
    dates: tuple[dates.DateRange, ...] = field(k.day_ranges, "public", default=())
    rate: Rate | str | None = field(k.Value(_rate, "deal, or a rate in private/: 450/day"), "money", default=None)
    role: str = field(k.text, "public", default="", note="the position, when not the one held now")
    location: str = field(k.ident, "public", default="")
    unit: str = field(k.ident, "public", default="")
    respond_by: dt.datetime | None = field(k.moment, "public", default=None)
    respond_within: Before | None = field(
        k.Value(_within, "a length of time: 24 hours"), "public", default=None, note="for each next candidate"
    )
    expires: dt.datetime | None = field(k.moment, "public", default=None, note="when a hold runs out")
    copy: bool = field(k.flag, "public", default=False, note="the artist gets a copy of what the agent gets")
    remind: tuple[Before, ...] = field(k.ListOf(k.Value(_before, "1 day before"), single=True), "public", default=())
    max_reminders: int | None = field(k.integer, "public", default=None)
    then: str = field(k.OneOf("expire", "next"), "public", default="expire")
    text: str = field(k.text, "public", default="")
    subject: str = field(k.text, "public", default="", note="in place of the usual one")
    document: str = field(k.text, "public", default="", note="what is asked for, of kind document")
    template: str = field(k.Value(_template, "a template's name"), "public", default="")
    revision: int = field(k.Value(_revision, "a revision: 1"), "public", default=1)

    @classmethod
    def read(cls, node: Node, reader: Reader, key: Any = None) -> Request | LeftOut:
        """Reads a request; the word `deal` is no money and may stand anywhere."""
        before = len(reader.problems)
        request = super().read(node, reader, key)
        whom = node.values.get("ask") if isinstance(node, Mapping) else None
        if isinstance(whom, Sequence) and not whom.items:
            reader.add(_NOBODY, whom)
        if isinstance(request, Request) and request.rate == DEAL:
            reader.problems[before:] = [
                problem
                for problem in reader.problems[before:]
                if problem.code != "private-outside" or problem.place != request.place("rate")
            ]
        return request

    @property
    def asked(self) -> Asked:
        """Whom it asks, in the long form."""
        return self.ask if isinstance(self.ask, Asked) else Asked(people=self.ask)

    def days(self) -> tuple[dt.date, ...]:
        """Every date asked for, once, in order."""
        return tuple(sorted({day for stretch in self.dates for day in stretch.days()}))

    def dates_in_short(self) -> str:
        """The dates asked for as the mail's log keeps them: `2025-11-10 2025-11-12..2025-11-14`."""
        return " ".join(str(stretch) for stretch in dates.in_a_row(self.days()))

    @property
    def with_revision(self) -> str:
        """Its name with its revision, as what a release ended is marked: `grips-off/1`."""
        return f"{self.name}/{self.revision}"

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for: a release only tells, and so does a word of our own without a time."""
        return self.kind != "release" and (self.kind != "custom" or self.respond_by is not None)

    @property
    def ranked(self) -> bool:
        """Whether candidates are asked one after another; a release asks nobody."""
        return self.then == "next" and bool(self.asked.candidates) and self.kind != "release"

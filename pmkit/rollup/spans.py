"""Day out of days: what each cast member is on each date, over all units.

After the day out of days of Movie Magic Scheduling: W is work, S its first day, F its last, H a
day held between them, D and P the drop and the pick-up (WD, PW), T travel, FT fitting, R
rehearsal, / a company holiday, M company travel. Holds want the member's leave (`hold: true`) and
fall on no day off. A drop wants holds, a rule, and is placed once, in the first gap that is long
enough: the full calendar days between the drop and the pick-up are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from pmkit.model.cast import CastMember
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup import board

# Letters of events by the word in cast.yaml; another word gives its first two letters.
LETTERS = {
    "travel": "T",
    "fitting": "FT",
    "wardrobe fitting": "FT",
    "rehearsal": "R",
    "test": "TS",
    "camera test": "TS",
    "makeup test": "TS",
    "photo": "PH",
    "training": "TN",
}
HOLD, HOLIDAY, COMPANY_TRAVEL = "H", "/", "M"
# The order in which two events of one day are written.
_RANK = {"T": 0, "FT": 1, "R": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """A cast member's days: a code by date, and the counts at the end of the row.

    `worked`, `held`, `events` (travel, fittings, rehearsals), `holidays` and `dropped` are days;
    `paid` is all of them but the dropped. `travelled` are the days of travel among the events.
    """

    number: str
    codes: dict[date, str]
    start: date
    finish: date
    worked: int
    held: int
    events: int
    travelled: int
    holidays: int
    dropped: int
    of: tuple[Place, ...] = field(default=(), compare=False)

    @property
    def paid(self) -> int:
        """Days worked, held, of events and of holidays."""
        return self.worked + self.held + self.events + self.holidays

    def status(self, day: date) -> str:
        """The code of a date; empty when there is none."""
        return self.codes.get(day, "")


def spans(production: Production) -> dict[str, Span]:
    """The span of every cast member who works at all, in the order of cast.yaml."""
    worked = work_days(production)
    return {
        number: span_of(production, member, worked[number])
        for number, member in production.cast.items()
        if number in worked
    }


def work_days(production: Production) -> dict[str, dict[date, Place]]:
    """The dates on which each cast member is on the board, with the strip that says so first."""
    found: dict[str, dict[date, Place]] = {}
    for numbered in board.all_days(production):
        for strip in numbered.slot.scenes():
            scene = production.scene(strip.scene)
            for number in scene.cast if scene is not None else ():
                found.setdefault(number, {}).setdefault(numbered.date, strip.place())
    return found


def event_codes(member: CastMember) -> dict[date, str]:
    """A member's own events by date as letters, several in one day with a stroke between."""
    words: dict[date, list[str]] = {}
    for stretch, events in member.events.items():
        for day in stretch.days():
            words.setdefault(day, []).extend(_letter(word) for word in events)
    return {day: "/".join(sorted(dict.fromkeys(w), key=lambda c: _RANK.get(c, 3))) for day, w in words.items()}


def _letter(word: str) -> str:
    known = word.strip().lower()
    return LETTERS.get(known) or known.replace(" ", "")[:2].upper()


def span_of(production: Production, member: CastMember, work: dict[date, Place]) -> Span:
    """The span of a member who works on these dates, each with the strip that says so."""
    days = sorted(work)
    first, last = days[0], days[-1]
    gap = _drop(member, days)
    events = event_codes(member)
    codes: dict[date, str] = {}
    kinds: Counter[str] = Counter()
    for day in sorted({*events, *(first + timedelta(days=n) for n in range((last - first).days + 1))}):
        kind, code = "", ""
        if day in work:
            kind, code = "worked", _work_code(day, first, last, gap)
        elif day in events:
            kind, code = "event", events[day]
            kinds["travelled"] += "T" in code.split("/")
        elif member.hold and not (gap and gap[0] < day < gap[1]):
            kind, code = _idle(production, member, day)
        kinds["dropped"] += bool(gap and gap[0] < day < gap[1] and day not in events)
        kinds[kind] += 1
        if code:
            codes[day] = code
    return Span(
        number=member.number,
        codes=codes,
        start=first,
        finish=last,
        worked=kinds["worked"],
        held=kinds["held"],
        events=kinds["event"],
        travelled=kinds["travelled"],
        holidays=kinds["holiday"],
        dropped=kinds["dropped"],
        of=(*work.values(), *((member.place("drop"),) if gap else ())),
    )


def _drop(member: CastMember, days: list[date]) -> tuple[date, date] | None:
    """The day of the drop and that of the pick-up: the first gap with enough full days between."""
    if member.drop is None or not member.hold:
        return None
    for before, after in pairwise(days):
        if (after - before).days - 1 >= max(1, member.drop.days):
            return before, after
    return None


def _work_code(day: date, first: date, last: date, gap: tuple[date, date] | None) -> str:
    code = "W"
    if day == first:
        code = "S" + code
    if gap and day == gap[1]:
        code = "P" + code
    if gap and day == gap[0]:
        code += "D"
    if day == last:
        code += "F"
    return code


def _idle(production: Production, member: CastMember, day: date) -> tuple[str, str]:
    """What an unworked day inside the span is to somebody who is held."""
    if any(day in stretch for stretch in member.off):
        return "", ""
    if board.company_travel(production, day):
        return "event", COMPANY_TRAVEL
    if board.free(production, day):
        return ("holiday", HOLIDAY) if board.holiday(production, day) else ("", "")
    return "held", HOLD

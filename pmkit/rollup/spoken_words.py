"""The words of a spoken answer: yes and no in their many forms, dates as said, rates, times of day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pmkit.model import clock, dates
from pmkit.model.dates import DAYS, MONTHS
from pmkit.model.money import BASES, Rate
from pmkit.problems import Fault
from pmkit.rollup.spoken_days import is_plural, lies_within, month_of, weekday_of, weekdays_of, year_of
from pmkit.rollup.spoken_forms import FORMS, MONTH, ORD, WEEK

_HINT = "put free words after a colon, or into --note"


class Token(NamedTuple):
    """One thing said: its kind (`word`, `days`, `every`, `rest`, `only`, `except`, `rate`, `from`, `until`,
    `heads`, `rank`, `challenge`), its value, and the words themselves.
    """

    kind: str
    value: object
    text: str


_RANKS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5}
_SIGNS = {"$": "", "£": "GBP", "€": "EUR"}


def tokens(said: str, asked: tuple[dt.date, ...], today: dt.date) -> Iterator[Token | Fault]:
    """What is said, piece by piece; a `Fault` for the first piece that cannot be read, and no more."""
    yield from _Reading(said, asked, today).all()


class _Reading:
    """One text being read: days wait for the month that may follow them."""

    def __init__(self, said: str, asked: tuple[dt.date, ...], today: dt.date) -> None:
        self.said, self.asked, self.today = said, asked, today
        self.month = 0
        self.numbers: list[tuple[int, int, str]] = []
        self.led = False  # the month stands before its days: `oct 30, nov 3`
        self.bare = ""  # a month of which no day was named yet: all of it, if none is
        self.weekday: int | None = None  # `wed 8`: said for good measure, and held to

    def all(self) -> Iterator[Token | Fault]:
        at = 0
        while at < len(self.said):
            kind, found = self._next(at)
            if found is None:
                word = re.match(r"[^\s,;]+", self.said[at:])
                said = word[0] if word else self.said[at]
                yield Fault(f"{said[:40]!r} is not understood", _hint(said))
                return
            at = found.end()
            if kind == "named":
                self.weekday = weekday_of(found["a"])
                continue
            if kind == "number":
                if self.weekday is not None:
                    wrong = self._misnamed(int(found["d"]), found[0])
                    if wrong is not None:
                        yield wrong
                        return
                self.numbers.append((int(found["d"]), int(found["e"] or found["d"]), found[0]))
                self.bare = ""
                continue
            if kind in ("gap", "filler", "range"):
                continue
            behind = kind == "month" and bool(self.numbers) and not self.led
            if behind:
                self.month = month_of(found["m"])
            for token in self._days():
                yield token
                if isinstance(token, Fault):
                    return
            self.led = kind == "month" and not behind
            if self.led:
                self.month, self.bare = month_of(found["m"]), found[0]
            elif kind != "month":
                token = self._token(kind, found)
                yield token
                if isinstance(token, Fault):
                    return
        yield from self._days()

    def _misnamed(self, number: int, text: str) -> Fault | None:
        """A date said with a weekday that it does not have."""
        weekday, self.weekday = self.weekday, None
        days = [day for day in self.asked if day.day == number]
        if weekday is None or not days or any(day.weekday() == weekday for day in days):
            return None
        return Fault(f"{text.strip()} is a {DAYS[days[0].weekday()]}, not a {DAYS[weekday]}", "say which is meant")

    def _next(self, at: int) -> tuple[str, re.Match[str] | None]:
        for kind, form in FORMS:
            found = form.match(self.said, at)
            if found is not None and found.end() > at:
                return kind, found
        return "", None

    def _days(self) -> Iterator[Token | Fault]:
        """The days that waited, in the month said after them, before them, or that leaves no doubt."""
        numbers, self.numbers = self.numbers, []
        if self.bare:
            days, text = tuple(day for day in self.asked if day.month == self.month), self.bare
            self.bare = ""
            yield Token("days", days, text) if days else self._strange(text)
        for first, last, text in numbers:
            found = self._numbered(first, last, text)
            yield found if isinstance(found, Fault) else Token("days", found, text)

    def _numbered(self, first: int, last: int, text: str) -> tuple[dt.date, ...] | Fault:
        days = [day for day in self.asked if not self.month or day.month == self.month]
        if not self.asked:
            return Fault(f"{text.strip()} is named, and the request asks for no dates", _HINT)
        if first > last:  # 30-2: over the end of a month
            starts = [day for day in days if day.day == first]
            ends = [day for day in self.asked if starts and day.day <= last and 0 < (day - starts[0]).days < 31]
            if len(starts) != 1 or not ends:
                return self._strange(text)
            found = tuple(day for day in self.asked if starts[0] <= day <= ends[-1])
        elif last > 31:
            return self._strange(text)
        else:
            found = tuple(day for day in days if first <= day.day <= last)
        if (first == last and len(found) > 1) or (len({(day.year, day.month) for day in found}) > 1 and first <= last):
            months = " or ".join(dict.fromkeys(f"{first} {MONTHS[day.month - 1]} {day.year}" for day in found))
            return Fault(f"{text.strip()} is {months}", "name the month")
        return found or self._strange(text)

    def _strange(self, text: str) -> Fault:
        have = ", ".join(f"{day.day} {MONTHS[day.month - 1][:3]}" for day in self.asked[:8])
        more = " …" if len(self.asked) > 8 else ""
        if re.fullmatch(r"\d{2,}", text.strip()) and int(text) > 31:
            return Fault(f"{text.strip()} is no date", f"is it a rate? write {text.strip()}/day")
        return Fault(f"{text.strip()} is not asked for", f"the request asks for {have}{more}")

    def _token(self, kind: str, found: re.Match[str]) -> Token | Fault:
        text = found[0]
        match kind:
            case "yes" | "no" | "maybe" | "counter":
                return Token("word", kind, text)
            case "none":
                return Token("word", "no", text)
            case "every" if text.lower().startswith("both") and len(self.asked) not in (0, 2):
                return Fault(f"both are said, and {len(self.asked)} dates are asked for", "name the dates: 5 and 6 oct")
            case "every" | "rest" | "only" | "except" | "but":
                return Token(kind, True, text)
            case "unclear":
                return Fault(f"{text!r} leaves open which dates", "name the dates: 5, 7 and 9 oct")
            case "rate":
                return _rate(found)
            case "from" | "until":
                return _time(kind, found["t"], text)
            case "heads":
                return Token("heads", int(found["n"]), text)
            case "rank":
                said = found["n"].lower()
                return Token("rank", _RANKS.get(said) or int(said), text)
            case "challenge":
                return self._challenge(found)
            case "mixed":
                return self._mixed(found)
            case _:
                return self._dates(kind, found)

    def _mixed(self, found: re.Match[str]) -> Token | Fault:
        """`30/10` or `10/30`, where only one of the two is asked for; `10/11` may be two days besides."""
        text, one, other = found[0], int(found["a"]), int(found["b"])
        year = year_of(found["y"])
        ways = {(one, other), (other, one)}
        days = tuple(d for d in self.asked if (d.month, d.day) in ways and year in (0, d.year))
        both = {one, other} <= {day.day for day in self.asked} and one != other and not year
        if len(days) == 1 and not both:
            return Token("days", days, text)
        if max(one, other) <= 31 and not both and not days and self.asked:
            return self._strange(text)
        return Fault(f"{text} may be two dates", "name the month: 5 oct; or write 2025-10-05")

    def _dates(self, kind: str, found: re.Match[str]) -> Token | Fault:
        """Days by a full date, by two months, or by the weekday."""
        text = found[0]
        if kind == "iso":
            ends = [dates.parse(found["a"]), dates.parse(found["b"] or found["a"])]
            wrong = next((end for end in ends if isinstance(end, Fault)), None)
            if wrong is not None:
                return wrong
            first, last = (end for end in ends if isinstance(end, dt.date))
            days = tuple(day for day in self.asked if first <= day <= last)
        elif kind == "monthspan":
            start, end = (month_of(found["m"]), int(found["d"])), (month_of(found["n"]), int(found["e"]))
            days = tuple(d for d in self.asked if lies_within(start, (d.month, d.day), end))
        elif kind == "dotted":  # day and month, as on the Continent
            said = found.groupdict()
            start = (int(said.get("m") or said["n"]), int(said["d"]))
            end = (int(said["n"] or said["m"]), int(said["e"] or said["d"]))
            years = {year_of(said.get("y")), year_of(said["z"])} - {0}
            days = tuple(d for d in self.asked if lies_within(start, (d.month, d.day), end))
            if years and start != end and {d.year for d in days} - years:
                return self._strange(text)
            days = tuple(d for d in days if not years or d.year in years)
        else:
            wanted = set(range(5)) if kind == "weekdays" else {5, 6} if kind == "weekend" else weekdays_of(found)
            days = tuple(day for day in self.asked if day.weekday() in wanted)
            if kind != "weekdays" and not is_plural(text) and len({day.isocalendar()[:2] for day in days}) > 1:
                have = " or ".join(f"{day.day} {MONTHS[day.month - 1][:3]}" for day in days)
                return Fault(f"{text.strip()} may be {have}", "name the dates, or say mondays")
        if kind in ("monthspan", "dotted") and len({(d.month, d.day) for d in days}) < len(days):
            return Fault(f"{text.strip()} is in two of the years asked for", "say the year: 2025-12-30")
        return Token("days", days, text) if days else self._strange(text)

    def _challenge(self, found: re.Match[str]) -> Token | Fault:
        """By when we must confirm or release: a day with a time, else the end of that day."""
        time = _clock(found["time"]) if found["time"] else clock.Clock(clock.DAY - 1)
        said = found["day"].strip(" ,").lower()
        day = self._day_said(said)
        if day is None or isinstance(time, Fault):
            return Fault(f"{found[0][:60]!r} names no day", "say: challenged by 20 oct 10:00")
        return Token("challenge", dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=int(time)), found[0])

    def _day_said(self, said: str) -> dt.date | None:
        """A day to come in words."""
        if said in ("today", "tomorrow", "tonight"):
            return self.today + dt.timedelta(days=said == "tomorrow")
        parsed = dates.parse(said)
        if isinstance(parsed, dt.date):
            return parsed
        if re.fullmatch(WEEK, said):
            ahead = (weekday_of(said) - self.today.weekday()) % 7
            return self.today + dt.timedelta(days=ahead or 7)
        found = re.fullmatch(rf"(\d{{1,2}}){ORD}\s*(?:of\s+)?({MONTH})|({MONTH})\s*(\d{{1,2}}){ORD}", said)
        if found is None:
            return None
        day, month = int(found[1] or found[4]), month_of(found[2] or found[3])
        for year in (self.today.year, self.today.year + 1):
            try:
                there = dt.date(year, month, day)
            except ValueError:
                continue
            if there >= self.today:
                return there
        return None


def _hint(said: str) -> str:
    """What to say instead of a word that is not understood."""
    if found := re.fullmatch(r"\$?([1-9]\d{0,2})\.(\d{3})(/[a-z]+)?", said):
        return f"write thousands without a full stop: {found[1]}{found[2]}{found[3] or '/day'}"
    if re.fullmatch(r"[$£€]?\d+[\d,.]*", said):
        return f"write {said}/day, /week, /hour, or {said} flat"
    if said.lower() in ("from", "until", "till", "after", "before", "by", "up", "since"):
        return "say which dates: 29-31; a time of day as 10am or 10:00"
    return _HINT


def _rate(found: re.Match[str]) -> Token | Fault:
    said = (found["basis"] or "flat").lower()
    basis = {"hr": "hour", "wk": "week"}.get(said, said)
    known = next(one for one in BASES if one == basis)
    code = (found["code"] or "").upper() or _SIGNS.get(found["sign"] or "", "")
    return Token("rate", Rate(Decimal(found["amount"].replace(",", "")), known, code), found[0])


def _time(kind: str, said: str, text: str) -> Token | Fault:
    time = _clock(said)
    return time if isinstance(time, Fault) else Token(kind, time, text)


def _clock(said: str) -> clock.Clock | Fault:
    if said.lower() in ("noon", "midday"):
        return clock.Clock(12 * 60)
    return clock.parse(re.sub(r"\s+|\.", "", said))


def day_past(said: str, today: dt.date) -> dt.date | None:
    """The latest day, today or before, that somebody means: `today`, `yesterday`, `28 nov`, `nov 28th`. None for what is none."""
    word = " ".join(said.lower().replace(",", " ").split())
    if word in ("today", "yesterday"):
        return today - dt.timedelta(days=word == "yesterday")
    number, month = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?", rf"(?P<m>{MONTH})\.?"
    found = re.fullmatch(rf"{number} {month}", word) or re.fullmatch(rf"{month} {number}", word)
    for year in (today.year, today.year - 1) if found is not None else ():
        assert found is not None
        try:
            day = dt.date(year, month_of(found["m"]), int(found["d"]))
        except ValueError:
            continue
        if day <= today:
            return day
    return None

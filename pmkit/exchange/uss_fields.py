"""The fields of a .uss file, read by type: what is of the wrong type is a problem at its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pmkit.exchange import json_tree, uss
from pmkit.exchange.json_tree import Value
from pmkit.model import pages
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.problems import Fault, Problem, Severity

MOST_PROBLEMS = 100
MOST_ITEMS = 50_000
_TYPES = {
    str: "text",
    Decimal: "a number",
    bool: "true or false",
    list: "a list",
    dict: "fields",
    type(None): "nothing",
}
_KNOWN = ("travel", "rehearsal", "fitting", "photo", "holiday")
_KINDS = {"start": "start", "dayoff": "dayOff", "event": "event"}


class Event(NamedTuple):
    """A dated event: `start`, `dayOff` or `event`, and what it is called (`travel`, `holiday`)."""

    kind: str
    name: str
    date: dt.date


class Fields:
    """Reads the fields of one file and gathers what is wrong with them, up to a hundred problems."""

    def __init__(self, text: str, file: str) -> None:
        self.source, self.file = text, file
        self.problems: list[Problem] = []

    def add(self, code: str, node: Value, message: str, hint: str = "", severity: Severity = "error") -> None:
        """Notes what is wrong at a value."""
        if len(self.problems) < MOST_PROBLEMS:
            place = json_tree.place(self.source, node.at, self.file)
            self.problems.append(Problem(code, place, message, hint, severity))

    def _wrong(self, node: Value, key: str, wanted: str) -> None:
        self.add("wrong-type", node, f"{key} is {_TYPES[type(node.it)]}; {wanted} is wanted", severity="error")

    def first(self, node: Value, *keys: str) -> tuple[str, Value]:
        """The first of some keys that has a value."""
        for key in keys:
            found = node.get(key)
            if found.it is not None:
                return key, found
        return keys[0], node.get(keys[0])

    def text(self, node: Value, *keys: str) -> str:
        """Text on one line; a number is taken as typed, nothing is empty."""
        key, found = self.first(node, *keys)
        if found.it is None:
            return ""
        if isinstance(found.it, str):
            return uss.clean(found.it)[:4000]
        if isinstance(found.it, Decimal):
            return str(found.it)
        self._wrong(found, key, "text")
        return ""

    def number(self, node: Value, *keys: str) -> Decimal | None:
        """A number of a sensible size."""
        key, found = self.first(node, *keys)
        if found.it is None or found.it == "":
            return None
        if isinstance(found.it, Decimal):
            if found.it == 0 or -9 <= found.it.adjusted() <= 15:
                return found.it
            self.add("bad-number", found, f"{key} is {found.it}, which cannot be meant")
            return None
        self._wrong(found, key, "a number")
        return None

    def whole(self, node: Value, *keys: str) -> int | None:
        """A whole number."""
        found = self.number(node, *keys)
        return None if found is None else int(found)

    def flag(self, node: Value, *keys: str) -> bool | None:
        """True or false."""
        key, found = self.first(node, *keys)
        if found.it is None or isinstance(found.it, bool):
            return found.it
        self._wrong(found, key, "true or false")
        return None

    def texts(self, node: Value, key: str) -> list[str]:
        """A list of texts, as of ids."""
        found = node.get(key)
        if found.it is None:
            return []
        if not isinstance(found.it, list):
            self._wrong(found, key, "a list")
            return []
        said = []
        for item in found.items():
            if isinstance(item.it, str):
                said.append(item.it)
            else:
                self._wrong(item, f"an item of {key}", "text")
        return said

    def records(self, node: Value, key: str) -> Iterator[Value]:
        """A list of records; a list that is not there is empty."""
        found = node.get(key)
        if found.it is not None and not isinstance(found.it, list):
            self._wrong(found, key, "a list")
        for at, item in enumerate(found.items()):
            if at >= MOST_ITEMS:
                self.problems = self.problems[: MOST_PROBLEMS - 1]
                self.add("too-many", item, f"{key} has more than {MOST_ITEMS} items; the rest is not read")
                return
            if isinstance(item.it, dict):
                yield item
            else:
                self._wrong(item, f"an item of {key}", "a record")

    def eighths(self, node: Value) -> Eighths:
        """The pages of a breakdown: a decimal of which an eighth is 0.125."""
        found = node.get("pages")
        if isinstance(found.it, str) and found.it.strip():
            read = pages.parse(found.it)
            if not isinstance(read, Fault):
                return read
        count = self.number(node, "pages")
        if count is None:
            return Eighths(0)
        eighths = count * 8
        if not 0 <= count < 10_000:
            self.add("bad-pages", found, f"{count} is not a number of pages", "pages are decimals: 0.125 is 1/8")
            return Eighths(0)
        whole = int(eighths) + (eighths != int(eighths))
        if whole != eighths:
            message = f"{count} pages are no whole eighths; {Eighths(whole)} is taken"
            self.add("bad-pages", found, message, severity="warning")
        return Eighths(whole)

    def length(self, node: Value) -> Length | None:
        """A time in milliseconds, as minutes; zero says nothing."""
        key, found = self.first(node, "duration", "time")
        told = self.number(node, key)
        if not told:
            return None
        minutes = int((told / 60_000).to_integral_value())
        if not 0 <= minutes <= uss.LONGEST:
            self.add("bad-length", found, f"{told} milliseconds are no shooting time", severity="warning")
            return None
        return Length(minutes) if minutes else None

    def events(self, node: Value) -> Iterator[Event]:
        """The events of a calendar or an element; `doodTravel` is `travel`."""
        for event in self.records(node, "events"):
            typed, effect = self.text(event, "type"), self.text(event, "effect")
            kind = _KINDS.get((effect or typed).lower())
            name = self.text(event, "name") or (typed if effect else "")
            day = uss.day_of(self.text(event, "date"))
            if day is None:
                self.add("bad-date", event, "this event has no date", "write it as 2022-06-24T08:00:00.000Z", "warning")
                continue
            if kind is None:
                name, kind = name or typed, "event"
            if name.lower().startswith("dood") and name[4:]:
                name = name[4:]
            yield Event(kind, name.lower() if name.lower() in _KNOWN else name, day)

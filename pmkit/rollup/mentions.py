"""Where the folder names a thing: a scene, cast number, person, set, location or account.

The trees of the files are walked by the declarations of their records, so that a name in free
text, which only looks like one, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pmkit.model import kinds as k, set_name
from pmkit.model.breakdown import take_apart
from pmkit.model.record import Kind
from pmkit.model.schedule import Strip
from pmkit.model.tree import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]


class Word(NamedTuple):
    """A key or a value of a file, and the field of the record it is: `("Scene", "cast")`.

    `record` is empty for what stands at the top of a section, whose name is then the `field`;
    the `field` is empty for a record's short form. `beside` is the record's own mapping.
    """

    path: Path
    node: Scalar
    key: bool
    record: str
    field: str
    beside: Mapping | None

    @property
    def text(self) -> str:
        """As typed."""
        return self.node.text or ""

    @property
    def what(self) -> tuple[str, str]:
        """The record and its field."""
        return self.record, self.field


def words(kind: Kind, node: Node, field: str, path: Path = ()) -> Iterator[Word]:
    """Every key and value of a tree that is read by a kind."""
    yield from _words(kind, node, path, "", field, None)


def _words(kind: Kind, node: Node, path: Path, record: str, field: str, beside: Mapping | None) -> Iterator[Word]:
    if isinstance(kind, k.Either):
        form = kind.fields if isinstance(node, Mapping) else kind.items if isinstance(node, Sequence) else kind.value
        form = form or kind.value or kind.items or kind.fields
        if form is not None:
            yield from _words(form, node, path, record, field, beside)
    elif isinstance(node, Mapping) and isinstance(kind, k.MappingOf):
        for key, child in node.values.items():
            yield Word((*path, key), node.keys[key], True, record, field, beside)
            yield from _words(kind.value, child, (*path, key), record, field, beside)
    elif isinstance(node, Mapping) and isinstance(kind, k.Of):
        for key, child in node.values.items():
            declared = kind.record.fields.get(key)
            if declared is not None:
                yield from _words(declared.kind, child, (*path, key), kind.record.__name__, key, node)
    elif isinstance(kind, k.ListOf):
        if isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield from _words(kind.item, item, (*path, index), record, field, beside)
        else:
            yield from _words(kind.item, node, path, record, field, beside)
    elif isinstance(node, Scalar) and node.text is not None:
        name, own = (kind.record.__name__, "") if isinstance(kind, k.Of) else (record, field)
        yield Word(path, node, False, name, own, beside)


# ---- what names what

_WHO = {("Event", "who"), ("Ride", "who"), ("Trip", "who")}
_FORMULAS = {
    ("Line", "amount"), ("Line", "x"), ("Line", "rate"), ("OrderLine", "amount"), ("Budget", "globals"),
    ("Charge", "flat"), ("Charge", "exclude_amount"), ("Credit", "flat"), ("CreditRow", "flat"),
}  # fmt: skip
# Values first, then keys.
NAMES: dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]]]] = {
    "scene": ({("Strip", "scene"), ("Strip", "")}, {("", "breakdown"), ("Daily", "scenes")}),
    "cast": ({("Scene", "cast"), *_WHO}, {("", "cast"), ("Plan", "cast"), ("Daily", "cast")}),
    "person": (
        {
            ("Hire", "id"), ("Hire", "person"), ("CastMember", "id"), ("CastMember", "stand_in"), ("Settings", "people"),
            ("Approvals", "by"), ("Waiver", "by"), ("Paper", "person"), ("Vehicle", "driver"), ("Ride", "driver"),
            ("Asked", "people"), ("Asked", "candidates"), ("Asked", "except"), ("Asked", "agency"), ("Answer", "person"), ("Request", "ask"), ("Line", "person"), ("Overage", "by"), ("Reopening", "by"),
            ("Order", "approved_by"), ("DistributionList", "who"), ("Budget", "residents"), *_WHO,
        },
        {("", "deals"), ("Plan", "calls"), ("Daily", "hours")},
    ),
    "set": ({("Scene", "heading"), ("Line", "set"), ("OrderLine", "set")}, {("", "sets")}),
    "location": (
        {
            ("", "sets"), ("Scene", "location"), ("ShootingDay", "location"), ("Strip", "location"), ("Plan", "location"),
            ("Event", "location"), ("Request", "location"), ("Paper", "location"), ("Line", "location"),
            ("OrderLine", "location"),
        },
        {("", "locations")},
    ),
    "account": (
        {
            ("Deal", "account"), ("Vendor", "account"), ("Fringe", "account"), ("Charge", "account"), ("Charge", "on"),
            ("Charge", "exclude"), ("Charge", "inside"), ("Credit", "on"), ("Credit", "exclude"), ("CreditRow", "on"),
            ("CreditRow", "exclude"), ("AtMost", "on"), ("AtMost", "exclude"), ("OrderLine", "account"), ("Invoice", "account"), ("Overage", "account"),
        },
        {("Budget", "accounts"), ("Cashflow", "spread")},
    ),
}  # fmt: skip
# Counts of the schedule in a formula, by what they count: `cast(1).paid` and `cast(ana-ruiz).paid`.
_COUNTS = {"cast": "cast", "person": "cast", "location": "location"}


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that becomes another: `kind` is a key of `NAMES`, `sets` are all names of sets there are."""

    kind: str
    old: str
    new: str
    series: bool = False
    sets: tuple[str, ...] = ()

    def renewed(self, word: Word) -> str | None:
        """What a word says afterwards; None when it does not name the thing."""
        values, keys = NAMES[self.kind]
        if word.what in (keys if word.key else values):
            if self.kind == "scene":
                return self._scene(word)
            if word.what == ("Scene", "heading"):
                return self._heading(word.text)
            return self.new if self.same(word.text) else None
        if not word.key and word.what in _FORMULAS and self.kind in _COUNTS:
            return self._formula(word.text)
        return None

    def same(self, text: str) -> bool:
        """Whether a text is the old name."""
        return form(self.kind, text) == form(self.kind, self.old)

    def _scene(self, word: Word) -> str | None:
        text, episode = word.text, ""
        rest = ""
        if word.what == ("Strip", ""):
            short = Strip.from_text(text)
            if not isinstance(short, dict) or not short.get("scene"):
                return None
            text, rest = str(short["scene"]), text.strip()[len(short["scene"]) :]
        if self.series:
            if word.what == ("", "breakdown"):
                episode = str(word.path[0]) if len(word.path) == 2 else ""
                if not episode:
                    return None
            elif word.beside is not None and word.what == ("Strip", "scene"):
                said = word.beside.values.get("episode")
                episode = said.text or "" if isinstance(said, Scalar) else ""
        if not self.same(f"{episode}-{text}" if episode else text):
            return None
        return (self.new.removeprefix(f"{episode}-") if episode else self.new) + rest

    def _formula(self, text: str) -> str | None:
        function = _COUNTS[self.kind]
        pattern = rf"(?<![\w.])({function}[ \t]*\([ \t]*){re.escape(self.old)}([ \t]*\))"
        after = re.sub(pattern, lambda found: f"{found[1]}{self.new}{found[2]}", text)
        return after if after != text else None

    def _heading(self, heading: str) -> str | None:
        """A heading with its set renamed; `DINER - BACK BOOTH` goes with DINER unless it is a set itself."""
        parts = take_apart(heading)
        known = {form("set", name) for name in self.sets}
        named = next((name for name in set_name.wider(parts.set) if form("set", name) in known), "")
        if not named or not self.same(named):
            return None
        wanted = parts._replace(set=self.new + parts.set[len(named) :])
        for found in re.finditer(re.escape(parts.set), heading):
            after = heading[: found.start()] + wanted.set + heading[found.end() :]
            if take_apart(after) == wanted:
                return after
        return ""


def form(kind: str, text: str) -> str:
    """The form in which names of a kind are compared."""
    if kind == "scene":
        return k.same_scene(text)
    if kind == "set":
        return set_name.same(text)
    return text.strip()

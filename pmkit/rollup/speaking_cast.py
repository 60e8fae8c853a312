"""Who speaks in a draft, against the cast list: who is known by which number, who is new.

A character is known by the name in cast.yaml, however its letters are typed. New ones get the
next cast numbers in the order of their lines, most lines first.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pmkit.model.cast import CastMember
from pmkit.model.screenplay import Screenplay, ScriptScene, same_name, speaker
from pmkit.rollup import eighths

# Cues that name nobody of whom a cast list could speak.
NOBODY: Final = frozenset(
    [
        "all",
        "both",
        "everyone",
        "everybody",
        "crowd",
        "others",
        "together",
        "voices",
        "chorus",
        "group",
        "more",
        "various",
    ]
)
_AND = re.compile(r"\s*(?:/|&|,|\+|\bAND\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A character of a draft: the name as first typed, the lines spoken, and in how many scenes."""

    name: str
    lines: int
    scenes: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The characters of a draft by name, with their cast numbers; `new` are not in cast.yaml yet.

    `nobody` are cues that name no one person.
    """

    numbers: Mapping[str, str]
    names: Mapping[str, str]
    new: tuple[Part, ...]
    nobody: tuple[str, ...]

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The cast numbers of characters, in board order, each once."""
        found = {self.numbers[name] for text in names for name in self.people(text) if name in self.numbers}
        return tuple(sorted(found, key=_order))

    def people(self, text: str) -> tuple[str, ...]:
        """Whom a cue names: one character, or several who are all known by themselves."""
        name = same_name(text)
        if name in self.numbers:
            return (name,)
        return _several(text, self.numbers) or (name,)


def cast_of(script: Screenplay, members: Mapping[str, CastMember]) -> Cast:
    """The characters of a draft against the cast list."""
    numbers = {same_name(member.character): number for number, member in members.items()}
    lines: dict[str, int] = {}
    shown: dict[str, str] = {}
    seen: dict[str, set[int]] = {}
    for at, scene in enumerate(script.scenes):
        for text, count in _said(scene):
            name = same_name(text)
            shown.setdefault(name, text)
            lines[name] = lines.get(name, 0) + count
            seen.setdefault(name, set()).add(at)
    known = {*numbers, *lines}
    strangers = [
        name
        for name in lines
        if name and name not in numbers and name not in NOBODY and not _several(shown[name], known)
    ]
    free = 1 + max((int(figures[0]) for number in members if (figures := re.findall(r"\d+", number))), default=0)
    new = []
    for count, name in enumerate(sorted(strangers, key=lambda name: -lines[name])):
        new.append(Part(shown[name], lines[name], len(seen[name]), str(free + count)))
        numbers[name] = str(free + count)
    names = {number: member.character for number, member in members.items()} | {one.number: one.name for one in new}
    return Cast(numbers, names, tuple(new), tuple(shown[name] for name in lines if name in NOBODY))


def heard_only(scene: ScriptScene) -> tuple[str, ...]:
    """Characters of a scene who are voices only: every cue says V.O., and nothing says they are there."""
    heard: dict[str, str] = {}
    there = {same_name(name) for name in _present(scene)}
    for cue in scene.cues():
        if cue.heard:
            heard.setdefault(same_name(cue.name), cue.name)
        else:
            there.add(same_name(cue.name))
    return tuple(text for name, text in heard.items() if name not in there)


def silent(scene: ScriptScene, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """The cast numbers of characters whom the action names and who neither speak nor are said to be there."""
    words = " ".join(re.findall(r"[\w'-]+", " ".join(one.text for one in scene.paragraphs if one.kind == "action")))
    text = f" {words.casefold()} "
    there = {same_name(name) for name in names_in(scene)}
    found = [number for name, number in numbers.items() if name not in there and f" {name} " in text]
    return tuple(sorted(found, key=_order))


def names_in(scene: ScriptScene) -> tuple[str, ...]:
    """Every character of a scene: who speaks, and who the file says is there."""
    return tuple(dict.fromkeys([*(cue.name for cue in scene.cues() if cue.name), *_present(scene)]))


def _present(scene: ScriptScene) -> list[str]:
    tagged = [tag.label for tag in scene.tags if tag.category == "cast"]
    return [name for text in (*scene.present, *tagged) if (name := speaker(text)[0])]


def _said(scene: ScriptScene) -> Iterable[tuple[str, int]]:
    for cue in scene.cues():
        if cue.name:
            yield cue.name, eighths.spoken(cue.words)
    yield from ((name, 0) for name in _present(scene))


def _several(text: str, known: Container[str]) -> tuple[str, ...]:
    parts = [same_name(part) for part in _AND.split(text) if part.strip()]
    return tuple(parts) if len(parts) > 1 and all(part in known for part in parts) else ()


def _order(number: str) -> tuple[int, str]:
    figures = re.findall(r"\d+", number)
    return (int(figures[0]) if figures else 0, number)

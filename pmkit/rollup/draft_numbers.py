"""The breakdown's numbers for the scenes of a draft: as typed, found again by what they are, or proposed.

Numbers never move. A scene without a number keeps the one it had; where a draft's own numbers
have moved, the scene keeps the breakdown's, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pmkit.model.breakdown import Scene
from pmkit.model.scene_number import same, sort_key
from pmkit.problems import Problem
from pmkit.rollup import scene_numbering
from pmkit.rollup.draft_match import ALONE, LIKE, MOVED, Outline, outline, pairs
from pmkit.rollup.draft_scenes import DraftScene


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers of a draft's scenes in its order; `proposed` are the places of those that had none."""

    numbers: tuple[str, ...]
    proposed: frozenset[int]
    problems: tuple[Problem, ...]


class _Side:
    """A draft with the numbers typed in it, the first of each."""

    def __init__(self, scenes: Sequence[DraftScene]) -> None:
        self.scenes = scenes
        self.typed: dict[str, int] = {}
        self.again: dict[int, int] = {}
        for at, scene in enumerate(scenes):
            if scene.typed:
                first = self.typed.setdefault(same(scene.typed), at)
                if first != at:
                    self.again[at] = first

    @cached_property
    def outlines(self) -> list[Outline]:
        return [outline(scene.heading, scene.text) for scene in self.scenes]


def numbered(draft: Sequence[DraftScene], base: Sequence[DraftScene] | None, scenes: Mapping[str, Scene]) -> Numbered:
    """The number of every scene of a draft, after the last draft and the breakdown (`scenes` by number)."""
    new, old = _Side(draft), _Side(base or ())
    keys = {same(number): number for number in scenes}
    before = _base_numbers(old, scenes, keys)
    found: dict[int, str] = {}
    used: set[str] = set()
    problems = [_again(draft, at, first) for at, first in new.again.items()]

    def take(at: int, number: str) -> None:
        found[at] = number
        used.add(same(number))

    moved = _moved(new, old)
    for at, back in moved.items():
        number = before.get(back, "")
        if number and same(number) not in used:
            take(at, number)
    for number, at in new.typed.items():
        if at in found:
            continue
        meant = before.get(old.typed[number], "") if number in old.typed else ""
        meant = meant or keys.get(number, draft[at].typed)
        if same(meant) not in used:
            take(at, meant)
    problems += [_moved_number(scene, found[at]) for at, scene in enumerate(draft) if _differs(scene, found.get(at))]
    rest = [at for at in range(len(draft)) if at not in found]
    left = [at for at in range(len(old.scenes)) if at in before and same(before[at]) not in used]
    for at, one in pairs([new.outlines[at] for at in rest], [old.outlines[at] for at in left]).items():
        take(rest[at], before[left[one]])
    rest = [at for at in rest if at not in found and not draft[at].omitted]
    theirs = {same(number) for number in before.values()}
    free = [number for number in scenes if same(number) not in used | theirs and not scenes[number].omitted]
    free.sort(key=sort_key)
    outlines = [outline(scenes[number].heading) for number in free]
    headings = [outline(draft[at].heading) for at in rest]
    for at, one in pairs(headings, outlines, LIKE if base is None else 1.0).items():
        take(rest[at], free[one])
    full = scene_numbering.proposed([found.get(at, "") for at in range(len(draft))], scenes)
    return Numbered(tuple(full), frozenset(at for at in range(len(draft)) if at not in found), tuple(problems))


def base_numbers(base: Sequence[DraftScene], scenes: Mapping[str, Scene]) -> dict[str, DraftScene]:
    """The scenes of the last draft by the number each has in the breakdown, in the form numbers are compared."""
    side = _Side(base)
    found = _base_numbers(side, scenes, {same(number): number for number in scenes})
    return {same(number): base[at] for at, number in found.items()}


def _base_numbers(old: _Side, scenes: Mapping[str, Scene], keys: Mapping[str, str]) -> dict[int, str]:
    """The last draft's scenes, by index, with the breakdown's numbers: by number, else by heading and order."""
    found: dict[int, str] = {}
    for number, at in old.typed.items():
        known = scenes.get(keys.get(number, ""))
        if old.scenes[at].omitted or (known is not None and _same_heading(known, old.scenes[at])):
            found[at] = keys.get(number, old.scenes[at].typed)
    used = {same(number) for number in found.values()}
    rest = [at for at in range(len(old.scenes)) if at not in found and not old.scenes[at].omitted]
    free = sorted((number for number in scenes if same(number) not in used and scenes[number].heading), key=sort_key)
    live = [number for number in free if not scenes[number].omitted]
    for candidates in (live if len(live) >= len(rest) else free, free):
        left = [at for at in rest if at not in found]
        still = [number for number in candidates if same(number) not in used]
        headings = [outline(old.scenes[at].heading) for at in left]
        for at, one in pairs(headings, [outline(scenes[number].heading) for number in still]).items():
            found[left[at]] = still[one]
            used.add(same(still[one]))
    for number, at in old.typed.items():
        if at not in found and number not in used:
            found[at] = keys.get(number, old.scenes[at].typed)
    return found


def _same_heading(known: Scene, scene: DraftScene) -> bool:
    return not known.heading or outline(known.heading).likeness(outline(scene.heading)) >= LIKE


def _moved(new: _Side, old: _Side) -> dict[int, int]:
    """Scenes whose typed number belonged to quite another scene, or to none, and which are found under another.

    Only where that other number is no longer its own scene's: two scenes alike are not taken for one.
    """
    strange = {number for number, at in new.typed.items() if number in old.typed and _strange(new, old, number, at)}
    sides = (new, old, strange), (old, new, strange)
    free, lost = (
        [
            at
            for number, at in one.typed.items()
            if one.scenes[at].text and not one.scenes[at].omitted and (number in names or number not in other.typed)
        ]
        for one, other, names in sides
    )
    found = pairs([new.outlines[at] for at in free], [old.outlines[at] for at in lost], MOVED)
    return {free[at]: lost[back] for at, back in found.items()}


def _strange(new: _Side, old: _Side, number: str, at: int) -> bool:
    """Whether a number stands for quite another scene than in the last draft."""
    was, now = old.scenes[old.typed[number]], new.scenes[at]
    if was.omitted or now.omitted or not was.text or not now.text:
        return False
    return new.outlines[at].likeness(old.outlines[old.typed[number]]) < ALONE + 0.1


def _differs(scene: DraftScene, number: str | None) -> bool:
    return bool(scene.typed and number and same(scene.typed) != same(number))


def _moved_number(scene: DraftScene, number: str) -> Problem:
    message = f"the draft numbers {scene.typed} what the breakdown has as scene {number}; it keeps {number}"
    hint = "numbers never move once they are given; to change one everywhere: pmkit rename scene"
    return Problem("moved-number", scene.place, message, hint, "warning")


def _again(draft: Sequence[DraftScene], at: int, first: int) -> Problem:
    message = f"scene {draft[at].typed} is scene {draft[first].typed} again, line {draft[first].place.line}"
    return Problem("duplicate-scene", draft[at].place, message, "a number stands once: another is proposed", "warning")

"""Which scene of a new draft is which of the old, where numbers do not say it: by heading, words and order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from pmkit.model.breakdown import take_apart

LIKE: Final = 0.5
"""From this likeness on two scenes that stand at the same place are one."""
MOVED: Final = 0.8
"""From this likeness on two scenes are one wherever they stand."""
ALONE: Final = 0.3
"""Enough where one scene of each draft stands between two that are matched."""
_MOST: Final = 40_000
_WEIGHED: Final = 5


@dataclass(frozen=True, slots=True)
class Outline:
    """What a scene is told by: its heading, its set, and its words with how often each is used."""

    heading: str
    set: str
    words: Counter[str]
    count: int
    title: frozenset[str]

    def likeness(self, other: Outline) -> float:
        """From 0 to 1; without words on either side the headings decide."""
        heading = 1.0 if self.heading == other.heading else 0.7 if self.set and self.set == other.set else 0.0
        if not heading and self.title and other.title:
            heading = 0.6 * 2 * len(self.title & other.title) / (len(self.title) + len(other.title))
        if not self.count or not other.count:
            return heading
        common = sum((self.words & other.words).values())
        return 0.4 * heading + 0.6 * 2 * common / (self.count + other.count)


def outline(heading: str, text: Iterable[str] = ()) -> Outline:
    """The outline of a scene of this heading and text."""
    words = Counter(re.findall(r"\w+", " ".join(text).casefold()))
    plain = " ".join(heading.casefold().split())
    return Outline(plain, take_apart(plain).set, words, words.total(), frozenset(re.findall(r"\w+", plain)))


def pairs(new: Sequence[Outline], old: Sequence[Outline], least: float = LIKE) -> dict[int, int]:
    """For scenes of the new draft, by index, the scene of the old that each is; scenes keep their order.

    Scenes that stand elsewhere now are found when hardly a word of them changed.
    """
    found: dict[int, int] = {}
    keys = [[(one.heading, frozenset(one.words.items())) for one in side] for side in (new, old)]
    same = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks()
    left = right = 0
    for block in same:
        found.update(_in_gap(new, old, range(left, block.a), range(right, block.b), least))
        found.update((block.a + at, block.b + at) for at in range(block.size))
        left, right = block.a + block.size, block.b + block.size
    taken = set(found.values())
    rare = _rare_words([(at, one) for at, one in enumerate(old) if at not in taken])
    for at, one in enumerate(new):
        if at not in found:
            votes = Counter(place for word in one.words for place in rare.get(word, ()) if place not in taken)
            best = max(
                (place for place, _ in votes.most_common(_WEIGHED)), key=lambda b: one.likeness(old[b]), default=-1
            )
            if best >= 0 and one.likeness(old[best]) >= MOVED:
                found[at] = best
                taken.add(best)
    return found


def _rare_words(scenes: Iterable[tuple[int, Outline]]) -> dict[str, list[int]]:
    """Words that few scenes have, with those scenes: what a scene is known by wherever it stands."""
    found: dict[str, list[int]] = {}
    for at, one in scenes:
        for word in one.words:
            found.setdefault(word, []).append(at)
    return {word: places for word, places in found.items() if len(places) <= _WEIGHED}


def _in_gap(new: Sequence[Outline], old: Sequence[Outline], left: range, right: range, least: float) -> dict[int, int]:
    """The pairs between two that are certain: those whose likenesses add up to the most, in order."""
    if not left or not right:
        return {}
    if len(left) * len(right) > _MOST:
        return _by_heading(new, old, left, right)
    alone = len(left) == len(right) == 1 and least <= LIKE
    table = [[new[a].likeness(old[b]) for b in right] for a in left]
    enough = ALONE if alone else least
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in range(len(left) - 1, -1, -1):
        for b in range(len(right) - 1, -1, -1):
            here = table[a][b] + best[a + 1][b + 1] if table[a][b] >= enough else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], here)
    found = {}
    a = b = 0
    while a < len(left) and b < len(right):
        if table[a][b] >= enough and best[a][b] == table[a][b] + best[a + 1][b + 1]:
            found[left[a]] = right[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _by_heading(new: Sequence[Outline], old: Sequence[Outline], left: range, right: range) -> dict[int, int]:
    """Of a gap too wide to weigh every scene against every other: those whose headings follow one another alike."""
    sides = [new[at].heading for at in left], [old[at].heading for at in right]
    blocks = SequenceMatcher(None, *sides, autojunk=False).get_matching_blocks()
    return {left[block.a + at]: right[block.b + at] for block in blocks for at in range(block.size)}

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


@dataclass(frozen=True, slots=True)
class Outline:
    """What a scene is told by: its heading, its set, and its words with how often each is used."""

    heading: str
    set: str
    words: Counter[str]
    count: int

    def likeness(self, other: Outline) -> float:
        """From 0 to 1; without words on either side the headings decide."""
        heading = 1.0 if self.heading == other.heading else 0.7 if self.set and self.set == other.set else 0.0
        if not heading:
            heading = SequenceMatcher(None, self.heading, other.heading, autojunk=False).ratio() * 0.6
        if not self.count or not other.count:
            return heading
        common = sum((self.words & other.words).values())
        return 0.4 * heading + 0.6 * 2 * common / (self.count + other.count)


def outline(heading: str, text: Iterable[str] = ()) -> Outline:
    """The outline of a scene of this heading and text."""
    words = Counter(re.findall(r"\w+", " ".join(text).casefold()))
    plain = " ".join(heading.casefold().split())
    return Outline(plain, take_apart(plain).set, words, words.total())


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
    free = [at for at in range(len(old)) if at not in set(found.values())]
    for at in range(len(new)):
        if at in found or not new[at].count:
            continue
        best = max(free, key=lambda one: new[at].likeness(old[one]), default=None)
        if best is not None and old[best].count and new[at].likeness(old[best]) >= MOVED:
            found[at] = best
            free.remove(best)
    return found


def _in_gap(new: Sequence[Outline], old: Sequence[Outline], left: range, right: range, least: float) -> dict[int, int]:
    """The pairs between two that are certain: those whose likenesses add up to the most, in order."""
    if not left or not right or len(left) * len(right) > _MOST:
        return {}
    alone = len(left) == len(right) == 1
    table = [[new[a].likeness(old[b]) for b in right] for a in left]
    enough = min(least, ALONE) if alone else least
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

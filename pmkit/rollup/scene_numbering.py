"""Numbers for scenes that come without one. Numbers that stand never move.

After 12 come 12A, 12B …; between 12A and 12B comes 12AA; before the first scene, 1, come A1,
B1 …; after the last the next whole number. I and O are left out: they read as figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pmkit.model.scene_number import same, sort_key

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_REGULAR = re.compile(r"([A-Za-z]*)(\d+)([A-Za-z]*)")


def proposed(numbers: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """The numbers of scenes in script order, each empty one filled; `taken` stand elsewhere already."""
    full = list(numbers)
    used = {same(number) for number in (*taken, *numbers) if number}
    if not used:
        return [str(count) for count in range(1, len(full) + 1)]
    last = max((int(found[2]) for one in used if (found := _REGULAR.fullmatch(one))), default=0)
    for at, number in enumerate(full):
        if number:
            continue
        before = full[at - 1] if at else ""
        after = next((one for one in full[at + 1 :] if one), "")
        if before and not after:
            last += 1
            full[at] = str(last)
        else:
            full[at] = next(one for one in _between(before, after) if same(one) not in used)
        used.add(same(full[at]))
    return full


def _between(before: str, after: str) -> Iterator[str]:
    """Numbers that stand between two, the likeliest first; then any that is free."""
    fitting = [one for one in _candidates(before, after) if _fits(before, one, after)]
    yield from fitting
    start = before or after
    yield from (f"{start}{letter}" for letter in _LETTERS)
    yield from (f"{start}{first}{letter}" for first in _LETTERS for letter in _LETTERS)
    count = 1
    while True:
        yield f"{start}Z{count}"
        count += 1


def _candidates(before: str, after: str) -> Iterator[str]:
    found = _REGULAR.fullmatch(before)
    if found and not found[1]:
        stem, suffix = found[2], found[3].upper()
        later = _LETTERS[_LETTERS.find(suffix[-1]) + 1 :] if suffix and suffix[-1] in _LETTERS else ""
        if not suffix:
            yield from (f"{stem}{letter}" for letter in _LETTERS)
        else:
            yield from (f"{stem}{suffix[:-1]}{letter}" for letter in later)
            yield from (f"{stem}{suffix}{letter}" for letter in _LETTERS)
    following = _REGULAR.fullmatch(after)
    if following and not following[1]:
        yield from (f"{letter}{after.upper()}" for letter in _LETTERS)
    if following and following[1]:
        start = _LETTERS.find(following[1].upper()[0])
        yield from (f"{letter}{following[2]}" for letter in _LETTERS[: max(start, 0)])
    if found and found[1]:
        later = _LETTERS[_LETTERS.find(found[1].upper()[-1]) + 1 :]
        yield from (f"{letter}{found[2]}" for letter in later)
        yield from (f"{found[1]}{letter}{found[2]}" for letter in _LETTERS)


def _fits(before: str, number: str, after: str) -> bool:
    low = not _REGULAR.fullmatch(before) or sort_key(before) < sort_key(number)
    high = not _REGULAR.fullmatch(after) or sort_key(number) < sort_key(after)
    return low and high

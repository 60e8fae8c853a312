"""The lines of one account in two budgets, paired: which line of then is which of now.

Lines are the same by `what`, the first with the first of the name; of what is left, by figures that
are all the same (a line that was only renamed); of what is left then, by their position.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence

from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import LineTotal

Pair = tuple[LineTotal | None, LineTotal | None]


def matched(then: Sequence[LineTotal], now: Sequence[LineTotal]) -> list[Pair]:
    """Pairs of lines in the order of now; what is gone comes last."""
    pairs: dict[int, LineTotal] = {}
    left = dict(enumerate(then))
    for alike in (_name, _figures):
        _pair(alike, left, now, pairs)
    for index in range(len(now)):
        if index not in pairs and index in left:
            pairs[index] = left.pop(index)
    return [*((pairs.get(index), line) for index, line in enumerate(now)), *((old, None) for old in left.values())]


def _pair(
    alike: Callable[[LineTotal], Hashable],
    left: dict[int, LineTotal],
    now: Sequence[LineTotal],
    pairs: dict[int, LineTotal],
) -> None:
    """Pairs the lines without a pair that are alike, the first with the first."""
    waiting: dict[Hashable, deque[int]] = {}
    for index, old in left.items():
        waiting.setdefault(alike(old), deque()).append(index)
    for index, line in enumerate(now):
        if index not in pairs and (found := waiting.get(alike(line))):
            pairs[index] = left.pop(found.popleft())


def _name(line: LineTotal) -> Hashable:
    return line.line.what


def _figures(line: LineTotal) -> Hashable:
    typed = line.line
    values = tuple(part.value for part in line.subtotal.of if isinstance(part, Figure))
    return (values, line.times, typed.unit, typed.currency, typed.person)

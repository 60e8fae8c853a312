"""Names of sets: as typed in headings and in `sets:`, compared whatever stands between their pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

PIECE = re.compile(r"\s+/\s+|\s+[-\N{EN DASH}\N{EM DASH}]+\s+|,\s*")
"""What stands between the pieces of a name: `DINER - BACK BOOTH`, `HOUSE / KITCHEN`, `HOUSE, KITCHEN`."""


@lru_cache(maxsize=4096)
def same(name: str) -> str:
    """The form by which two typings of a set's name are one."""
    return " ".join(PIECE.sub(" ", name).split()).upper()


def wider(name: str) -> Iterator[str]:
    """A name, then the same without its last piece, and so on: BACK BOOTH is in DINER."""
    ends = [gap.start() for gap in PIECE.finditer(name)]
    yield from (name[:end] for end in (len(name), *reversed(ends)))

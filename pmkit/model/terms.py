"""Terms of agreements as far as their dates are known: when they run, and when their rates step up.

SAG-AFTRA TV/Theatrical 2023: mediaservices.com/blog/sagaftra-2023-agreement. What is not listed is
not judged; after the last day no terms are known until a later set is written.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Terms(NamedTuple):
    """An agreement's first and last day, and the days on which its rates went up, with by how much."""

    name: str
    first: dt.date
    last: dt.date
    steps: tuple[tuple[dt.date, str], ...]


TERMS = {
    "sag-aftra-theatrical": Terms(
        "SAG-AFTRA TV/Theatrical",
        dt.date(2023, 11, 9),
        dt.date(2026, 6, 30),
        ((dt.date(2023, 11, 9), "7 %"), (dt.date(2024, 7, 1), "4 %"), (dt.date(2025, 7, 1), "3.5 %")),
    ),
}

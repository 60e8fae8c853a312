"""Terms of agreements as far as their dates are known: when they run, and when their rates step up.

SAG-AFTRA TV/Theatrical 2023: mediaservices.com/blog/sagaftra-2023-agreement. IATSE Low Budget
Theatrical 2023-2025: its years as its title has them, the days inferred, the text itself not read; by
how much its rates step up within them is not listed, so that is not judged. After the last day no terms are
known until a later set is written.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Terms(NamedTuple):
    """An agreement's first and last day, and the days on which its rates went up, with by how much or why."""

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
    "iatse-low-budget": Terms(
        "IATSE Low Budget Theatrical",
        dt.date(2023, 1, 1),
        dt.date(2025, 12, 31),
        ((dt.date(2023, 1, 1), "a new agreement"),),
    ),
}

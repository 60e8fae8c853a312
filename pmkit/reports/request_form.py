"""What stands in the mail that an answer link opens: short for yes, no and maybe; a line a date for the rest."""

from __future__ import annotations

from pmkit.model.dates import MONTHS, WEEKDAYS
from pmkit.reports.request import Letter

MOST = 31
"""Of more dates than this only the stretch is written: a link has no room for them, and no phone for the form."""


def short(letter: Letter, word: str) -> str:
    """The text of a one-word answer, which says what the subject says."""
    if not letter.lines:
        return f"{word}\n"
    return (
        f"{word}, {'both dates' if len(letter.lines) == 2 else 'all dates' if len(letter.lines) > 2 else letter.when}\n"
    )


def form(letter: Letter) -> str:
    """A line a date to fill in, then the rate and a note."""
    lines = [
        f"{WEEKDAYS[line.date.weekday()].capitalize()} {line.date.day} {MONTHS[line.date.month - 1][:3]}: "
        for line in letter.lines[:MOST]
    ]
    return "\n".join(["(yes, no or maybe after each date)", "", *lines, *(["Rate: "] if letter.rate else []), "Note: "])

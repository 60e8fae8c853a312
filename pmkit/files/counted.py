"""Which files of the folder a budget has to be read with, told from its text before anything is read.

Most budgets count shooting days, cast and places; one that counts only days needs no breakdown. A
word that is not known to need less asks for everything, so that a figure never depends on this.
"""

from __future__ import annotations

import re
from pathlib import Path

from pmkit.files import walk
from pmkit.files.gather import PRIVATE

_ALWAYS = ("schedule", "daily", "budget", "periods", "balance", "petty", "po", "costs")
_COUNTED = ("crew", "cast", "locations", "breakdown", "calendar", "deals", "closed")
# What a formula may ask without a scene, a person or a place being known.
_CALLS = re.compile(rb"([A-Za-z_]\w*)[ \t]*\(")
_OF_THE_BOARD = frozenset({b"days", b"min", b"max", b"round"})
_PEOPLE = re.compile(rb"person|payroll_accruals|credits|incentive|residen|series|episode")


def parts(root: Path) -> tuple[str, ...]:
    """The sections that the money of a production is worked out from."""
    names = [entry.name for where in ("", f"{PRIVATE}/") for entry in walk.listing(root, f"{where}budget")]
    texts = [
        walk.load(root, f"{where}budget.yaml")
        for where in ("", f"{PRIVATE}/")
        if (root / where / "budget.yaml").exists()
    ]
    for text in texts:
        if not isinstance(text, bytes) or _PEOPLE.search(text) or set(_CALLS.findall(text)) - _OF_THE_BOARD:
            names.append("budget.yaml")
    return (*_COUNTED, *_ALWAYS) if names else _ALWAYS

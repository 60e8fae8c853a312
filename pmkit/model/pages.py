"""Script pages as integer eighths.

Read `1 3/8`, `11/8`, `3/8`, `2`, `1.375`, `1-3/8`, `1⅜`; print `1 3/8`, never reduced.
"""

from __future__ import annotations

import re
import unicodedata

from pmkit.problems import Fault

_MIXED = re.compile(r"(?:(\d{1,4})[\s-]+)?(\d{1,4})/8", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,4})(?:\.(\d{1,3}))?", re.ASCII)
_QUARTERS = re.compile(r"(?:(\d{1,4})\s+)?(\d)/([24])", re.ASCII)
_VULGAR = {"⅛": 1, "¼": 2, "⅜": 3, "½": 4, "⅝": 5, "¾": 6, "⅞": 7}


class Eighths(int):
    """A count of eighths of a script page."""

    def __repr__(self) -> str:
        return f"Eighths({int(self)})"

    def __str__(self) -> str:
        whole, part = divmod(int(self), 8)
        if not part:
            return str(whole)
        return f"{whole} {part}/8" if whole else f"{part}/8"


def parse(text: str) -> Eighths | Fault:
    """Pages as people type them, into whole eighths."""
    typed = text.strip()
    vulgar = _VULGAR.get(typed[-1:])
    if vulgar is not None:
        whole = typed[:-1].strip()
        if not whole or (whole.isascii() and whole.isdigit() and len(whole) < 5):
            return Eighths(int(whole or 0) * 8 + vulgar)
    elif found := _MIXED.fullmatch(typed):
        return Eighths(int(found[1] or 0) * 8 + int(found[2]))
    elif found := _DECIMAL.fullmatch(typed):
        thousandths = int((found[2] or "").ljust(3, "0"))
        if thousandths % 125 == 0:
            return Eighths(int(found[1]) * 8 + thousandths // 125)
    hint = "write pages in eighths: 1 3/8, 3/8, 2"
    if (found := _QUARTERS.fullmatch(typed)) and int(found[2]) < int(found[3]):
        eighths = int(found[2]) * 8 // int(found[3])
        hint = f"write {Eighths(int(found[1] or 0) * 8 + eighths)}: pages are counted in eighths"
    shown = unicodedata.normalize("NFC", typed)[:40]
    return Fault(
        f"{shown!r} is not a number of pages in eighths" if not shown else f"{shown} is not a number of pages",
        hint,
        "bad-pages",
    )

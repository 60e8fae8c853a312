"""Pictures of reports as SVG: one file, all text escaped, no script, nothing fetched.

SVG breaks no lines of its own, so text is broken here by a guess at its width: that of a face a
little wider than the shipped one, for whoever has not got it. No font, clock or zone is asked:
the same report gives the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path

from wcwidth import wcwidth

from pmkit.render import filters, html
from pmkit.render.filters import Formats

_NOT_XML = re.compile("[\ufffe\uffff]")
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -")
# widths in parts of the type's size, of capitals, narrow letters and the others, after Arial
_CAPITAL, _SLIM, _OTHER = 0.70, 0.34, 0.56
_BOLDER = 1.07


def page(
    template: str, report: object, formats: Formats, own: Path | None = None, issued: str = "", **extra: object
) -> str:
    """A report through an SVG template (`stripboard.svg.j2`), which may use `lines(text, wide, size, bold)`."""
    return _NOT_XML.sub("", html.page(template, report, formats, own, issued, lines=lines, **extra))


def width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is, in the units of its size; never much too little."""
    parts = 0.0
    for letter in text:
        if wcwidth(letter) == 2:
            parts += 1
        elif letter in _NARROW:
            parts += _SLIM
        elif letter.isupper() or letter in "mwMW@%&":
            parts += _CAPITAL
        elif wcwidth(letter) > 0:
            parts += _OTHER
    return parts * size * (_BOLDER if bold else 1)


def lines(text: str, wide: float, size: float, bold: bool = False) -> list[str]:
    """A text in lines of a width, broken at spaces; a word too long for one is broken anywhere."""
    found: list[str] = []
    used = 0.0
    gap = width(" ", size, bold)
    for word in filters.line(text).split():
        for piece in _pieces(word, wide, size, bold):
            room = width(piece, size, bold)
            if found and used + gap + room <= wide:
                found[-1] += f" {piece}"
                used += gap + room
            else:
                found.append(piece)
                used = room
    return found


def _pieces(word: str, wide: float, size: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= wide:
        return [word]
    found, used = [""], 0.0
    for letter in word:
        room = width(letter, size, bold)
        if found[-1] and used + room > wide:
            found.append("")
            used = 0.0
        found[-1] += letter
        used += room
    return found

"""Which column of a table of scenes is which field, and what stands in one cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pmkit.exchange import uss
from pmkit.exchange.headings import LEAVE, Headings, folded, there
from pmkit.exchange.sheet import Row
from pmkit.model.cast import cast_number
from pmkit.model.production import Production
from pmkit.problems import Fault

FIELDS: Final = {
    "scene": "scene|scenes|scene no|scene number|sc|sc no|scene nos|scene s|sheet scene|scene numbers",
    "heading": "heading|scene heading|slugline|slug|slug line|header",
    "side": "int ext|i e|ie|int or ext|intext|i e d n",
    "set": "set|set name|setting|sets",
    "time": "day night|d n|dn|time of day|day or night|daynight|time day",
    "pages": "pages|pgs|page count|length|eighths|pp|page s|page length|total pages",
    "synopsis": "synopsis|description|scene description|summary|action|scene synopsis|brief",
    "page": "script page|script pages|page|pg|start page|script page no|page no",
    "script_day": "script day|story day|sd|story|day in script",
    "location": "location|locations|shooting location|loc|filming location",
    "unit": "unit|units",
    "cast": "cast|cast members|cast ids|cast id|characters|actors|cast no|cast nos|cast numbers|principals|talent",
    "background": "background|extras|bg|background actors|atmosphere|sa|supporting artists",
    "estimate": "estimated time|est time|estimate|shoot time|shooting time|est|duration|time est|est shoot time",
    "day": "shooting day|shoot day|day|shoot date|shooting date|date|day no|shootday|schedule day|filming day|sd date",
    "notes": "notes|comments|note|comment|remarks",
    "episode": "episode|ep|episode no|eps",
}
_NEEDED: Final = 2
_DEEPEST: Final = 60
_CAST = re.compile(r"\(?#?([A-Za-z]?\d{1,4}[A-Za-z]?)\)?\s*[.:\-]?\s+(\S.*)")
_CAST_AFTER = re.compile(r"(.*\S)\s*\(#?([A-Za-z]?\d{1,4}[A-Za-z]?)\)")


def find(
    rows: Sequence[Row], production: Production, saved: Mapping[str, str], told: Mapping[str, str]
) -> Headings | None:
    """The row with the most known headings, of which one is the scene's."""
    settled = {folded(word): meant for word, meant in {**saved, **told}.items()}
    best, most = None, _NEEDED - 1
    for at, row in enumerate(rows[:_DEEPEST]):
        fields = _guessed(row.cells, production, settled)
        score = sum(1 for one in fields if one and one != LEAVE)
        if score > most and "scene" in fields:
            best, most = Headings(at, tuple(" ".join(cell.split()) for cell in row.cells), fields), score
    if best is not None:
        there(told, best.words)
    return best


def _guessed(cells: Sequence[str], production: Production, settled: Mapping[str, str]) -> tuple[str, ...]:
    """The field of each column, each of the scene's own fields once."""
    words = [folded(cell) for cell in cells]
    found = [settled.get(word, "") if word else "" for word in words]
    own = production.settings.category_names()
    for column, word in enumerate(words):
        if found[column] or not word or len(word) > 40:
            continue
        meant = next((one for one, known in FIELDS.items() if word in known.split("|")), "")
        if not meant:
            category = uss.category(word, None, False, own)
            meant = category if isinstance(category, str) else ""
        if meant and (meant not in found or meant in own):
            found[column] = meant
    return tuple(found)


def who(typed: str) -> tuple[str, str]:
    """The number and the name of a cast member as a cell says them: `1`, `1. LENA`, `LENA (1)`, `LENA`."""
    if not isinstance(cast_number.parse(typed), Fault):
        return typed.strip(), ""
    if found := _CAST.fullmatch(typed):
        return found[1], found[2]
    if found := _CAST_AFTER.fullmatch(typed):
        return found[2], found[1]
    return "", typed


def apart(cell: str, numbers: bool = False, sentence: bool = False) -> list[str]:
    """The names of a cell: by line and semicolon; by comma too, unless one of the others stands there.

    With `numbers` a run of figures with spaces between is a list too; a `sentence` keeps its commas.
    """
    signs = r"[\n;]" if re.search(r"[\n;]", cell) or sentence else r"[,]"
    pieces = [uss.clean(piece).strip(" ,") for piece in re.split(signs, cell)]
    if numbers and re.fullmatch(r"\s*[A-Za-z]?\d+[A-Za-z]?(?:\s+[A-Za-z]?\d+[A-Za-z]?)+\s*", cell):
        pieces = cell.split()
    return list(dict.fromkeys(piece for piece in pieces if piece))

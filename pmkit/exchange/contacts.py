"""Names, numbers, addresses and dates as offices type them, made into what the folder holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final, Literal

from pmkit.model import kinds
from pmkit.model.record import LEFT_OUT, Reader
from pmkit.model.tree import Scalar

Order = Literal["mdy", "dmy"]
_SUFFIX: Final = re.compile(
    r"(?:jr|sr|i{2,3}|iv|esq|m\.?d|ph\.?d|(?:[a-z]\.){2,4}[a-z]?|asc|bsc|acs|bscine|csc)\.?", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"^\s*(?:cell|mobile|mob|m|c|h|o|w|tel|t|ph|phone|home|office|work)\s*[.:]*\s+(?=[+(\d])|"
    r"^\s*(?:[mchowt]|cell|mob|tel|ph|phone|home|office|work)\s*[.:]\s*(?=[+(\d])|"
    r"\s*[-,]?\s*\(?\b(?:cell|mobile|mob|m|c|h|o|w|home|office|work|whatsapp)\b\.?\)?\s*$",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(r"\s*(?:[;\n|]|\s/\s|,|\bor\b|\band\b|(?<=\d)\s*/\s*(?=\+|\d{3}))\s*")
_MAIL: Final = re.compile(r"[^\s<>;,()\[\]\"']+@[^\s<>;,()\[\]\"']+")
_DASHES: Final = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_NOBODY: Final = {"tbd", "tbc", "tba", "vacant", "n/a", "na", "none", "?", "-", "--", "open", "unknown", "to be confirmed",
                  "to be determined", "to be announced", "tbh", "xxx"}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def name(text: str) -> str:
    """A name in the order it is spoken: `Ruiz, Ana` is `Ana Ruiz`; `Sam Hill, Jr.` stays so."""
    words = " ".join(text.split())
    last, comma, first = words.partition(",")
    first, second, more = first.partition(",")
    if second and _SUFFIX.fullmatch(more.strip()):
        return f"{first.strip()} {last.strip()}, {more.strip()}"
    if not comma or second or not first.strip() or _SUFFIX.fullmatch(first.strip()):
        return words
    return f"{first.strip()} {last.strip()}"


def nobody(text: str) -> bool:
    """Whether a name only says that the place is not filled."""
    return text.strip(" .").casefold() in _NOBODY


def phones(text: str) -> tuple[list[str], str]:
    """The phone numbers of a cell, as typed but for labels, and what could not be read as one."""
    found, left = [], []
    whole = _cleaned(text)
    for part in [whole] if reads(kinds.phone, whole) else _PARTED.split(text):
        number = _cleaned(part)
        if number and reads(kinds.phone, number):
            found.append(number)
        elif number and not nobody(number):
            left.append(part.strip())
    return found, ", ".join(left)


def _cleaned(text: str) -> str:
    plain = " ".join(text.translate(_DASHES).split()).strip("'’` ")
    return _LABEL.sub("", plain).strip(" .,:-")


def emails(text: str) -> tuple[list[str], str]:
    """The mail addresses of a cell, and the cell itself when none could be read."""
    found = [part.removeprefix("mailto:").strip(".") for part in _MAIL.findall(text)]
    good = [part for part in found if reads(kinds.email, part)]
    return list(dict.fromkeys(good)), "" if good or nobody(text) or not text.strip() else text.strip()


def order_of(cells: Iterable[str], otherwise: Order) -> Order:
    """Whether `10/3/2025` is October or March: as the column's own dates decide, else as said."""
    for cell in cells:
        found = re.match(r"(\d{1,2})[/.](\d{1,2})(?:[/.]|$)", cell.strip())
        if found and "." in found[0]:
            return "dmy"
        if found and int(found[1]) > 12:
            return "dmy"
        if found and int(found[2]) > 12:
            return "mdy"
    return otherwise


def date(text: str, order: Order, year: int) -> str | None:
    """A date as the folder writes it, from `10/13/25`, `13.10.2025`, `Mon 13 Oct`; None when it is none.

    `year` is meant where none is typed.
    """
    typed = re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", "", text.strip(), flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?", typed):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2})?)?", typed):
        american = order == "mdy" and "." not in typed
        month, day = (found[1], found[2]) if american else (found[2], found[1])
        return _date(_year(found[3], year), int(month), int(day))
    day_first = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ \-.]+([A-Za-z]{3,9})\.?,?[ \-]*(\d{4}|\d{2})?", typed)
    if day_first:
        return _date(_year(day_first[3], year), _month(day_first[2]), int(day_first[1]))
    month_first = re.fullmatch(r"([A-Za-z]{3,9})\.?[ \-]+(\d{1,2})(?:st|nd|rd|th)?,?[ \-]*(\d{4}|\d{2})?", typed)
    if month_first:
        return _date(_year(month_first[3], year), _month(month_first[1]), int(month_first[2]))
    return None


def _year(typed: str | None, year: int) -> int:
    return year if not typed else int(typed) + (2000 if len(typed) == 2 else 0)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else 0


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def reads(kind: kinds.Value, text: str) -> bool:
    """Whether a text is what a field of the folder takes."""
    node = Scalar("", 1, 1, len(text), 0, len(text), text)
    return kind.read(node, Reader()) is not LEFT_OUT

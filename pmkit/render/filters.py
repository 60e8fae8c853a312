"""How values read on paper and screen: the only formatting there is.

Nothing here asks the machine for its language, its zone or the time: the same value always
reads the same. Templates use these as filters (`{{ row.call | clock }}`); typst, spreadsheets
and the terminal get their text from the same functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pmkit.model.clock import DAY, Clock, Length, Offset
from pmkit.model.dates import DAYS, MONTHS
from pmkit.model.money import half_up
from pmkit.model.pages import Eighths
from pmkit.model.patterns import pattern

NOTHING = "\N{EN DASH}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_SAFE_URL = pattern(r"(?:https?://|mailto:|tel:|geo:)[^\s\x00-\x20\x7f<>\"'`\\]+", re.IGNORECASE)
_NUMBER = pattern(r"\+?[0-9 ().\u00a0/-]+")
_ADDRESS = pattern(r"[^\s\x00-\x20\x7f<>\"'`\\?&#,;:@%]+@[^\s\x00-\x20\x7f<>\"'`\\?&#,;:@%]+")
# C0 but for newline and tab, DEL, C1 but for NEL, the embeddings, overrides and isolates, what marks the order of
# bytes and no text (PDF/UA has none of it), lone surrogates
_CONTROL = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]"
)
_OBEYED = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udfff]")
_BREAK = pattern("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LINE = pattern(r"\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*|\t")


@dataclass(frozen=True, slots=True)
class Formats:
    """How a production writes: its clock, its currency, whether money is shown in whole units, its paper."""

    clock: Literal["24h", "12h"] = "24h"
    currency: str = "USD"
    whole: bool = False
    paper: Literal["letter", "legal", "a4", "tabloid"] = "letter"


def clock(value: Clock | Offset | str | None, formats: Formats) -> str:
    """A call or time: `07:12`, `7:12 AM`, `12:30 AM +1` after midnight. Words (`O/C`, `self`) stay."""
    if value is None:
        return ""
    if not isinstance(value, Clock):
        if isinstance(value, (str, Offset)):
            return str(value)
        raise TypeError(f"{value!r} is not a time")
    days, minutes = divmod(int(value), DAY)
    hours, minutes = divmod(minutes, 60)
    later = f" {days:+d}" if days else ""
    if formats.clock == "24h":
        return f"{hours:02d}:{minutes:02d}{later}"
    return f"{(hours - 1) % 12 + 1}:{minutes:02d} {'AM' if hours < 12 else 'PM'}{later}"


def length(value: int | None) -> str:
    """A length of time in hours and minutes, `1:30`."""
    return "" if value is None else str(Length(value))


def pages(value: int | None) -> str:
    """Script pages in eighths, `1 3/8`, never reduced."""
    return "" if value is None else str(Eighths(value))


def money(value: Decimal | None, formats: Formats) -> str:
    """An amount: `1,234.50`, or `1,235` in whole units; `–` for nothing; `(14,200)` below zero.

    What is not nothing but rounds to it in whole units reads `0`.
    """
    if value is None:
        return ""
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is not an amount of money")
    if not value:
        return NOTHING
    rounded = half_up(value, 0 if formats.whole else 2)
    if not rounded:
        return f"{abs(rounded):f}"
    return f"({-rounded:,f})" if rounded < 0 else f"{rounded:,f}"


def thousands(value: str) -> str:
    """A figure written plainly with its thousands apart: `12500.5` is `12,500.5`."""
    return f"{Decimal(value):,f}".replace("-", "\N{MINUS SIGN}") if value else ""


def day(value: date | None) -> str:
    """A date in full, `Tuesday 17 March 2026`."""
    return "" if value is None else f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """A date in short, `Tue 17 Mar 2026`."""
    if value is None:
        return ""
    return f"{DAYS[value.weekday()][:3]} {value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def month_day(value: date) -> str:
    """A date without its year, where that is known: `17 Mar`."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def phone(value: str | None) -> str:
    """A telephone number that stays on one line: its spaces do not break."""
    return "" if value is None else _NO_BREAK.join(value.split())


def safe_url(value: str | None) -> str:
    """An address that may stand in a link: http, https, mailto, tel or geo; else nothing."""
    found = value.strip() if value else ""
    return found if _SAFE_URL.fullmatch(found) else ""


def tel(value: str | None) -> str:
    """The link that calls a number as typed; nothing when there is no number to call."""
    found = _NUMBER.match(value.strip()) if value else None
    digits = "".join(c for c in found[0] if c in "+0123456789") if found else ""
    return f"tel:{digits}" if len(digits) > 2 else ""


def mailto(value: str | None) -> str:
    """The link that writes to an address and to no other; nothing when it is not one."""
    found = value.strip() if value else ""
    return f"mailto:{found}" if _ADDRESS.fullmatch(found) else ""


def plain(value: str) -> str:
    """Text safe to print anywhere: without control and direction characters; line ends are newlines."""
    if value.isascii() and value.isprintable():
        return value
    return _CONTROL.sub("", _BREAK.sub("\n", value))


def line(value: str) -> str:
    """Text on one line: newlines and tabs become a space."""
    if value.isascii() and value.isprintable():
        return value
    return plain(_LINE.sub(" ", value))


def escaped(value: str) -> str:
    """JSON text in which what a terminal obeys, or no file can hold, is written as an escape."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", value)


def isolate(value: str) -> str:
    """Text that may run right to left, closed off so that it moves nothing beside it.

    Text without a right-to-left letter comes back as it is. For running text; alone in a
    table cell it is not needed, and terminals do not honour it.
    """
    safe = plain(value)
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in safe):
        return f"\N{FIRST STRONG ISOLATE}{safe}\N{POP DIRECTIONAL ISOLATE}"
    return safe


def named(formats: Formats) -> dict[str, Callable[..., str]]:
    """The filters by the name templates use, bound to how the production writes."""
    return {
        "clock": lambda value: clock(value, formats),
        "money": lambda value: money(value, formats),
        "thousands": thousands,
        "length": length,
        "pages": pages,
        "day": day,
        "short_day": short_day,
        "month_day": month_day,
        "phone": phone,
        "safe_url": safe_url,
        "tel": tel,
        "mailto": mailto,
        "line": line,
        "isolate": isolate,
    }

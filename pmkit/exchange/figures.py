"""Amounts and dates as other people's programs type them, read by what the whole column shows.

One cell seldom says whether `1.234` is a thousand, or `10/11/2025` October: the column does. What
it leaves open is refused, with the cell that leaves it open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from pmkit.exchange import contacts
from pmkit.problems import Fault

Decimals = Literal["point", "comma"]
Order = Literal["mdy", "dmy"]

_DASHES: Final = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019", "------'")
_SIGNS: Final = {"£": "GBP", "€": "EUR", "¥": "JPY"}
_BARE: Final = re.compile(r"\d[\d.,' ]*|[.,]\d+", re.ASCII)
_WRAPPED: Final = re.compile(
    r"^(?P<sign>-)?\s*(?P<open>\()?\s*(?P<body>.*?)\s*(?P<close>\))?\s*(?P<after>-|CR|DR)?$", re.I
)
_MONEY: Final = re.compile(r"[$£€¥]|\b(?:US|CA|CDN|AU|NZ)?\$|\b[A-Z]{3}\b")
_LONGEST: Final = 40
_DIGITS: Final = 15
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T]\d.*)?", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T]\d.*)?", re.ASCII)
_PLAIN: Final = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}").fullmatch
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_CENT: Final = Decimal("0.01")
_SIXTH: Final = Decimal("0.000001")


class Amount(NamedTuple):
    """An amount, and the currency its own cell names; empty when it names none."""

    value: Decimal
    currency: str = ""


def empty(text: str) -> bool:
    """Whether a cell of figures only says that there is nothing."""
    return text.strip(" -\u2013\u2014$£€") == ""


def decimals(cells: Iterable[str]) -> Decimals | Fault:
    """Which sign parts the cents in a column: every cell that leaves no doubt has a say.

    A fault where two cells say it differently, or where `1.234` is all that there is to go by.
    """
    point = comma = doubtful = ""
    for cell in cells:
        body = _body(cell)
        dots, commas = body.count("."), body.count(",")
        if dots and commas:
            says = "point" if body.rfind(".") > body.rfind(",") else "comma"
        elif dots == 1 and not commas:
            tail, head = body.partition(".")[2], body.partition(".")[0]
            says = "point" if len(tail) != 3 or len(head) > 3 or head in ("", "0") else ""
            doubtful = doubtful or ("" if says else cell)
        elif commas == 1:
            tail, head = body.partition(",")[2], body.partition(",")[0]
            says = "comma" if len(tail) != 3 or len(head) > 3 or head in ("", "0") else ""
        elif dots > 1:
            says = "comma"
        else:
            says = "point" if commas > 1 else ""
        if says == "point":
            point = point or cell
        elif says == "comma":
            comma = comma or cell
    if point and comma:
        message = f"{_shown(point)} parts its cents by a point, {_shown(comma)} by a comma"
        return Fault(message, "one of the two is mistyped; or say which holds: --decimals point", "bad-amount")
    if doubtful and not point and not comma:
        message = f"{_shown(doubtful)} may be thousands or have three decimals, and no other amount tells"
        return Fault(message, "say which: --decimals point or --decimals comma", "bad-amount")
    return "comma" if comma else "point"


def amount(text: str, mark: Decimals) -> Amount | Fault:
    """One amount: `(1,234.50)`, `1.234,50-`, `$ 75`, `CAD 12`, `100.00 CR`."""
    if mark == "point" and _PLAIN(text):
        return Amount(Decimal(text))
    hint = "write figures: 1234.50"
    typed = " ".join(text.translate(_DASHES).replace("\xa0", " ").split())
    found = _WRAPPED.match(typed)
    if found is None or len(typed) > _LONGEST or bool(found["open"]) != bool(found["close"]):
        return Fault(f"{_shown(text)} is not an amount", hint, "bad-amount")
    body, currency = found["body"], ""
    for sign in _MONEY.findall(body):
        currency = _SIGNS.get(sign, sign if len(sign) == 3 and sign.isalpha() else currency)
    body = _MONEY.sub("", body).strip()
    minus = found["sign"] is not None
    if body.startswith("-") and not minus:
        minus, body = True, body[1:].strip()
    if not _BARE.fullmatch(body):
        return Fault(f"{_shown(text)} is not an amount", hint, "bad-amount")
    thousands, point = (".", ",") if mark == "comma" else (",", ".")
    whole, _, cents = body.replace("'", "").replace(" ", "").partition(point)
    groups = whole.split(thousands)
    if thousands in cents or point in cents or (len(groups) > 1 and any(len(one) != 3 for one in groups[1:])):
        return Fault(f"{_shown(text)} is not an amount with a decimal {mark}", hint, "bad-amount")
    if len("".join(groups)) > _DIGITS:
        return Fault(f"{_shown(text)} is more than any amount", "is it a number of something else?", "bad-amount")
    value = _whole_cents(Decimal(f"{''.join(groups) or '0'}.{cents or '0'}"))
    signs = (found["open"] is not None) + minus + ((found["after"] or "").upper() in ("-", "CR"))
    if signs > 1:  # a minus in parentheses: nobody can say whether it is meant once or twice
        return Fault(f"{_shown(text)} has more than one sign", "write one of them: -1234.50", "bad-amount")
    return Amount(-value if signs else value, currency)


def typed(value: Decimal) -> str:
    """An amount as the ledger has it: with cents, and with more places only where it has them."""
    return f"{value:.2f}" if value == value.quantize(_CENT) else f"{value.normalize():f}"


def _whole_cents(value: Decimal) -> Decimal:
    """A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: cents are meant where it is that near."""
    cents = value.quantize(_CENT)
    return cents if abs(value - cents) < Decimal("0.0000001") else value.quantize(_SIXTH).normalize()


def date_order(
    cells: Sequence[str], otherwise: Order | None, inside: tuple[dt.date, dt.date] | None = None
) -> Order | Fault | None:
    """Whether `10/3/2025` is October or March, as the whole column shows; None when no cell leaves a doubt.

    `inside` are the first and last day that a date can have: an order that puts every date
    between them, where the other does not, is meant. `otherwise` is what the person said.
    """
    days_first = months_first = doubtful = ""
    numeric: list[tuple[int, int, int]] = []
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip())
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        numeric.append((first, second, _year(found[3])))
        if first > 12 or "." in cell:
            days_first = days_first or cell
        elif second > 12:
            months_first = months_first or cell
        elif first != second:
            doubtful = doubtful or cell
    if otherwise is not None or not numeric:
        return otherwise
    if days_first and months_first:
        message = f"{_shown(days_first)} puts the day first, {_shown(months_first)} the month"
        return Fault(message, "one of them is mistyped: put it right in the file", "bad-date")
    if days_first or months_first:
        return "dmy" if days_first else "mdy"
    if not doubtful:
        return "dmy"
    fits = [order for order in ("mdy", "dmy") if inside is not None and _inside(numeric, order, inside)]
    if len(fits) == 1:
        return "mdy" if fits[0] == "mdy" else "dmy"
    message = f"{_shown(doubtful)} may be two days, and no other date of the column tells which"
    return Fault(message, "say how its dates are meant: --dates mdy or --dates dmy", "bad-date")


def date(text: str, order: Order | None) -> dt.date | Fault:
    """One date: `2025-10-13`, `20251013`, `10/13/25`, `13-Oct-2025`, or a spreadsheet's number of days."""
    typed = text.strip()
    try:
        if found := _YEAR_FIRST.fullmatch(typed):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.fullmatch(typed):
            day, month = (found[1], found[2]) if order == "dmy" or "." in typed else (found[2], found[1])
            return dt.date(_year(found[3]), int(month), int(day))
        if (found := _SERIAL.fullmatch(typed)) and 20000 <= int(found[1]) <= 80000:
            return _FIRST_DAY + dt.timedelta(days=int(found[1]))
    except ValueError:
        return Fault(f"{_shown(text)} is not in the calendar", "that month has no such day", "bad-date")
    read = contacts.date(typed, order or "mdy", 1)
    if read is None or read.startswith("0001"):
        return Fault(f"{_shown(text)} is not a date", "write year-month-day: 2025-10-16", "bad-date")
    return dt.date.fromisoformat(read)


def _inside(numeric: Iterable[tuple[int, int, int]], order: str, inside: tuple[dt.date, dt.date]) -> bool:
    try:
        days = [dt.date(y, a, b) if order == "mdy" else dt.date(y, b, a) for a, b, y in numeric]
    except ValueError:
        return False
    return all(inside[0] <= day <= inside[1] for day in days)


def _year(typed: str) -> int:
    return int(typed) + (2000 if len(typed) == 2 else 0)


def _body(cell: str) -> str:
    found = re.search(r"\d[\d.,]*|[.,]\d+", cell.translate(_DASHES).replace("\xa0", "").replace("'", ""))
    return found[0] if found else ""


def _shown(cell: str) -> str:
    return " ".join(cell.split())[:40] or "nothing"

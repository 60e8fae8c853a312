"""The tables of a budget that Movie Magic Budgeting exported, told by the words above their columns.

There is no public description of the tab and Excel exports. The words are those of the program's own
screens (its manual's columns: Account, Description, Amt, Unit, X, 4x, Curr, Rate, Subtotal, Agg, Frin,
Grp, Loc, Set, Total), of its PROD and DETL records, and of what other programs call them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from pmkit.exchange.headings import folded

Kind = Literal["totals", "lines", "globals", "fringes", "currencies", "groups", ""]
LINES: Final[Mapping[str, str]] = {
    "account": "acct|acct no|account|account no|account number|acct number|code|account code|acct code|no|number",
    "category": "prod|category|category no|cat|category number|cat no|production",
    "detail": "detl|detail|det|sub account|subaccount",
    "what": "description|desc|detail description|line description|item|details|line item|category description|"
    "account description|title|category title|account title|name|account name|category name",
    "amount": "amt|amount|qty|quantity|no of units|of units|days",
    "unit": "unit|units|unit type|per|unit description",
    "x": "x|mult|multiplier|times|x1|2x|multi",
    "x4": "4x|x4|x2|4th|multiplier 2",
    "currency": "curr|currency|cur|ccy|currency code",
    "rate": "rate|price|unit cost|cost|rate per unit",
    "subtotal": "subtotal|sub total|sub t|sub tot|subtotals|line total|extension",
    "agg": "agg|agg no|aggregate|agg percent|fringe percent|agg fringe",
    "fringes": "frin|fringe|fringes|fringe codes|fringe names|frg",
    "fringe_amount": "fringe amount|fringe total|total fringe|total fringes|fringe cost|fringe amt",
    "groups": "grp|group|groups|grps",
    "location": "loc|location|locations",
    "set": "set|sets",
    "total": "total|totals|current total|budget|estimate|current|grand total|total cost|budgeted",
    "original": "original|orig|variance|var|page|pg|page no|line no|line number|line",
}
_LISTS: Final[Mapping[str, Mapping[str, str]]] = {
    "globals": {
        "id": "name|global|global name|id|code|abbreviation|abbrev",
        "name": "description|desc|title",
        "value": "value|calculation|calc|amount|formula|amt|equation|expression|current value",
        "unit": "unit|units|precision|decimals",
    },
    "fringes": {
        "id": "id|code|abbreviation|abbrev|abbr|fringe|fringe id|fringe code|name|fringe name|short name",
        "name": "description|desc|title|long name|fringe description",
        "rate": "rate|percent|percentage|amount|value|pct|rate percent|fringe rate",
        "unit": "unit|units|type|basis|fringe type|calculation type|per|rate type",
        "ceiling": "cutoff|ceiling|cut off|max|limit|cap|cutoff amount|max wages|maximum|wage cutoff",
        "currency": "currency|curr",
    },
    "currencies": {
        "id": "code|currency|curr|id|symbol code|currency code|abbreviation",
        "name": "description|name|currency name",
        "rate": "rate|exchange rate|value|exch rate|budget rate|base rate",
    },
    "groups": {
        "id": "name|code|group|id|group name|abbreviation",
        "name": "description|desc|title",
        "included": "included|status|state|active|suppressed|in total",
    },
}
TITLES: Final[Mapping[str, Kind]] = {
    "global": "globals", "fringe": "fringes", "currenc": "currencies", "group": "groups",
    "topsheet": "totals", "top sheet": "totals", "account level": "totals", "accounts": "totals",
    "detail": "lines", "budget": "lines",
}  # fmt: skip


def titled(words: str) -> Kind:
    """What a sheet's name, or a title alone in its row, says that follows."""
    plain = folded(words)
    if len(plain) > 40:
        return ""
    return next((kind for word, kind in TITLES.items() if word in plain), "")


def headings(cells: Sequence[str], title: Kind) -> tuple[Kind, tuple[str, ...]] | None:
    """The kind of table whose headings these cells are, and the field of each column; None where they are none.

    `title` is what the sheet's name or the row above says.
    """
    words = [folded(cell) if len(cell) < 40 else "" for cell in cells]
    if title in _LISTS:
        fields = _fields(words, _LISTS[title])
        if len(set(fields) - {""}) >= 2 and "id" in fields:
            return title, fields
    fields = _fields(words, LINES)
    found = set(fields) - {""}
    coded = bool(found & {"account", "category", "detail"})
    if "what" in found and found & {"rate", "subtotal"} and len(found) >= 4:
        return "lines", fields
    if coded and "what" in found and "total" in found:
        return "totals", fields
    if coded and "what" in found and "amount" in found:
        return "lines", tuple("total" if field == "amount" else field for field in fields)
    if "ceiling" in _fields(words, _LISTS["fringes"]):
        fields = _fields(words, _LISTS["fringes"])
        return ("fringes", fields) if "id" in fields and "rate" in fields else None
    return None


def _fields(words: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    claims = []
    for column, word in enumerate(words):
        for place, (field, likely) in enumerate(known.items()):
            choices = likely.split("|")
            if word and word in choices:
                claims.append((choices.index(word), place, column, field))
    found = [""] * len(words)
    for _, _, column, field in sorted(claims):
        if not found[column] and (field not in found or field == "original"):
            found[column] = field
    # Fringe beside Frin, or among the totals, is money and no list of names.
    return tuple(found)

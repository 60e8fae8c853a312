"""A budget's formula in a spreadsheet's words: globals are named cells, counts of the schedule cells with their value.

The budget's language is a part of the spreadsheet's, but for `round(x)`, which there wants its
decimals, and for names and counts, which become cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from pmkit.model import money

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*/(),]))"
)
COUNT = re.compile(r"([A-Za-z_]+)[ \t]*\(([^()]*)\)(?:[ \t]*\.[ \t]*([A-Za-z_]+))?")
FUNCTIONS = ("min", "max", "round")
PREFIX = "global_"
_MOST = 255  # what a spreadsheet's function takes


def plain_number(text: str) -> Decimal | None:
    """The number that was typed as one, with or without thousands apart; None for a formula."""
    found = money.parse_amount(text)
    return found if isinstance(found, Decimal) else None


def translated(text: str, cell_of: Callable[[str, str, str], str | None]) -> str | None:
    """A formula without its sign of equality, or None for one that has no form in a spreadsheet.

    `cell_of` gives the cell of a count by function, argument and attribute.
    """
    if (number := plain_number(text)) is not None:
        return f"{number:f}"  # 12,000 is a number here, and two of them there
    if text.count(",") >= _MOST:
        return None
    out: list[str] = []
    open_rounds: list[bool | None] = []  # for every open parenthesis: of a round without decimals yet, or another's
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        if name := found["name"]:
            counted = COUNT.match(text, found.start("name"))
            if counted is not None and name not in FUNCTIONS:
                cell = cell_of(name, counted[2].strip(), counted[3] or "")
                if cell is None:
                    return None
                out.append(cell)
                at = counted.end()
                continue
            out.append(name.upper() if name in FUNCTIONS else PREFIX + name)
        elif sign := found["sign"]:
            if sign == "(":
                open_rounds.append(True if out and out[-1] == "ROUND" else None)
            elif sign == "," and open_rounds and open_rounds[-1]:
                open_rounds[-1] = False
            elif sign == ")" and open_rounds and open_rounds.pop():
                out.append(",0")
            out.append(sign)
        else:
            out.append(found["number"])
        at = found.end()
    return "".join(out) or None

"""Money exact: decimals with a currency, and rates as people type them.

`850/day`, `2400/week`, `45/hour`, `30000/episode`, `12000 flat`, `850 CAD/day`. Never a float.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, NamedTuple

from pmkit.problems import Fault

Basis = Literal["hour", "day", "week", "month", "episode", "flat"]
BASES: tuple[Basis, ...] = ("hour", "day", "week", "month", "episode", "flat")

_SURE = Context(prec=28, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
_AMOUNT = re.compile(r"[-\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?", re.ASCII)
_RATE = re.compile(r"([-\d,.]+)\s*([A-Z]{3})?\s*(?:/\s*([a-z]+)|\s+(flat))?", re.ASCII)
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15}),\d{1,2}", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_SAID = re.compile(r"([$£€]?)\s*([-\d,.]+)\s*(?:/|per|an?|each)?\s*(hour|day|week|month|episode|flat)", re.ASCII)
_PERCENT = re.compile(r"(-?\d{1,4}(?:\.\d{1,6})?)\s*%", re.ASCII)


class Rate(NamedTuple):
    """So much money for so much time; `currency` is empty for the production's own."""

    amount: Decimal
    basis: Basis
    currency: str = ""

    def __str__(self) -> str:
        money = f"{self.amount:f}{' ' + self.currency if self.currency else ''}"
        return f"{money} flat" if self.basis == "flat" else f"{money}/{self.basis}"


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """A figure rounded half up (away from zero), to the cent.

    What a division leaves in the last of 34 figures decides nothing: 3 × (0.045 / 3) is 0.05 as 0.045 is.
    """
    return _SURE.plus(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def minor_units(value: Decimal) -> int:
    """An amount in whole minor units, rounded half up."""
    return int(half_up(value).scaleb(2, _WIDE))


def amount_of(minor: int) -> Decimal:
    """An amount of so many minor units: 1234 is 12.34."""
    return Decimal(minor).scaleb(-2, _WIDE)


def written(minor: int) -> str:
    """Minor units as an amount reads in a sentence: `-1,234.50`."""
    return f"{amount_of(minor):,f}"


def parse_amount(text: str) -> Decimal | Fault:
    """An amount of money or a plain number, exact: `1234.50`, `12,400`, `-75`."""
    typed = text.strip()
    if not _AMOUNT.fullmatch(typed):
        return Fault(f"{typed[:40] or 'nothing'} is not an amount", _meant(typed), "bad-amount")
    return Decimal(typed.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def _meant(typed: str) -> str:
    bare = typed.strip("$£€ ")
    if bare != typed and _AMOUNT.fullmatch(bare):
        return f"write {bare}: the currency is said elsewhere"
    if _COMMA.fullmatch(bare):
        return f"write figures with a decimal point: {_pointed(bare)}"
    return "write figures with a decimal point: 1234.50"


def _pointed(figure: str) -> str:
    """`1.234,50` as `1234.50`."""
    return figure.replace(".", "").replace(",", ".")


def _rate_meant(typed: str) -> str:
    """What to write instead of a rate as it is said: `$4,500 per week` is `4500/week`."""
    said = _SAID.fullmatch(typed.strip().casefold())
    if said is not None and (_COMMA.fullmatch(said[2]) or _AMOUNT.fullmatch(said[2])):
        figure = _pointed(said[2]) if _COMMA.fullmatch(said[2]) else said[2].replace(",", "")
        elsewhere = ": the currency is said elsewhere" if said[1] else ""
        return f"write {figure}{' ' if said[3] == 'flat' else '/'}{said[3]}{elsewhere}"
    return "write 850/day, 2400/week, 45/hour, 30000/episode or 12000 flat"


def parse_rate(text: str) -> Rate | Fault:
    """A rate of pay or hire; a bare amount is refused, for nobody knows what it is for."""
    hint = _rate_meant(text)
    found = _RATE.fullmatch(text.strip())
    if found is None:
        return Fault(f"{text.strip()[:40] or 'nothing'} is not a rate", hint, "bad-rate")
    amount = parse_amount(found[1])
    if isinstance(amount, Fault):
        return Fault(f"{text.strip()[:40]} is not a rate", hint, "bad-rate")
    basis = found[4] or found[3]
    for known in BASES:
        if basis == known:
            if doubt := _in_doubt(found[1], known):
                return doubt
            return Rate(amount, known, found[2] or "")
    said = f"is for a {basis}, which is no length of time" if basis else "does not say for how long"
    if not basis:
        hint = f"write {text.strip()}/day, /week, /hour or /episode, or {text.strip()} flat"
    return Fault(f"the rate {text.strip()[:40]} {said}", hint, "bad-rate")


def _in_doubt(figure: str, basis: Basis) -> Fault | None:
    """Why `1.200/day` is refused: it may be twelve hundred, as much of the world writes it. By the hour it is taken."""
    if basis == "hour" or not _THOUSANDS.fullmatch(figure):
        return None
    whole, unit = figure.replace(".", ""), " flat" if basis == "flat" else f"/{basis}"
    message = f"{figure}{unit} may be {int(whole):,} or {half_up(Decimal(figure))}"
    return Fault(message, f"write {whole}{unit}; or {figure}0{unit}, if it is so little", "bad-rate")


def parse_percent(text: str) -> Decimal | Fault:
    """A percentage as the fraction it is: `6.2%` is 0.062."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        bare = _AMOUNT.fullmatch(text.strip())
        hint = f"write it with its sign: {text.strip() if bare else '6.2'}%"
        return Fault(f"{text.strip()[:40] or 'nothing'} is not a percentage", hint, "bad-amount")
    return Decimal(found[1]) / 100

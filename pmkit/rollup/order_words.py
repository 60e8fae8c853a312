"""What somebody types at the order desk, understood: a line in one breath, a vendor or an account by name.

`Site fee, 3607, 2 week, 900` is what, account, amount with its unit, rate. Commas inside what is
ordered are kept, as are those of thousands: `Fence, painted, 3607, 1,200`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pmkit.model.office import Vendor
from pmkit.model.order import number_order, number_parts
from pmkit.model.record import did_you_mean, meant
from pmkit.problems import Fault
from pmkit.rollup.coding import Codes, nearest

_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
_COMMA_CENTS = re.compile(r",\s.*?(\d[\d.]*),(\d{1,2})\s*(?:[A-Z]{3})?\s*(?:/\s*[a-z]+)?", re.ASCII | re.DOTALL)
_RATE = re.compile(r"[$£€]?\s*([-\N{MINUS SIGN}]?[\d.]+)\s*([A-Z]{3})?(?:\s*/\s*([a-z]+))?", re.ASCII)
_COUNTED = re.compile(r"(\d[\d.]*)\s*(?:[x×]\s*)?([A-Za-z][A-Za-z-]*)", re.ASCII)
_FORMULA = re.compile(r"(.*[\w)])\s+([A-Za-z][A-Za-z-]*)", re.ASCII)
_PLURALS = ("hours", "days", "nights", "weeks", "months")
_EXAMPLE = "write what, account, amount with its unit, rate: 'Site fee, 3607, 2 week, 900'"


class LineWords(NamedTuple):
    """A line as typed: its fields as text, empty where it does not say."""

    what: str
    account: str
    amount: str
    unit: str
    rate: str
    currency: str


def line(text: str, codes: Codes, account: str = "") -> LineWords | Fault:
    """A line in one breath. `account` is the one for lines that name none."""
    parts = [part.strip() for part in _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text).split(",")]
    rate = _RATE.fullmatch(parts[-1])
    if rate is None or len(parts) < 2:
        return Fault(f"{text[:60]!r} does not end in a rate", _EXAMPLE, "bad-line")
    if (cents := _COMMA_CENTS.search(text)) is not None and cents.end() == len(text.rstrip()):
        message = f"{cents[1]},{cents[2]} may be {cents[1]}.{cents[2]}, or {cents[1]} of something at {cents[2]}"
        hint = f"write cents with a point: {cents[1]}.{cents[2]}; an amount and its rate with a blank after the comma"
        return Fault(message, hint, "bad-line")
    *before, last = parts[:-1]
    counted = ""
    if len(before) > 1 and _is_account(before[-1], codes):
        *before, named, counted = *before, last
    elif before and _is_account(last, codes):
        named = last
    elif account and before:
        named, counted = account, last
    elif account:
        before, named = [last], account
    else:
        named = before[-1] if len(before) > 1 else last
        found = find_account(named, codes)
        return found if isinstance(found, Fault) else Fault(f"{text[:60]!r} has nothing to order", _EXAMPLE, "bad-line")
    what = ", ".join(part for part in before if part)
    known = find_account(named, codes)
    if isinstance(known, Fault):
        return known
    if not what:
        return Fault(f"{text[:60]!r} does not say what is ordered", _EXAMPLE, "bad-line")
    amount, unit = quantity(counted)
    figure = rate[1].replace("\N{MINUS SIGN}", "-")
    return LineWords(what, known, amount, unit or rate[3] or "", figure, rate[2] or "")


def quantity(text: str) -> tuple[str, str]:
    """An amount and its unit: `2 week`, `2weeks`, `days(main) day`, `3`; empty where it does not say."""
    typed = text.strip()
    found = _COUNTED.fullmatch(typed) or _FORMULA.fullmatch(typed)
    if found is None:
        return typed, ""
    return found[1].strip(), _singular(found[2])


def _singular(unit: str) -> str:
    return unit[:-1].lower() if unit.lower() in _PLURALS else unit


def _is_account(text: str, codes: Codes) -> bool:
    if not codes.known():
        return bool(re.fullmatch(r"[0-9]{3,6}(?:[-.][0-9]+)*", text))
    return not isinstance(find_account(text, codes), Fault)


def find_account(typed: str, codes: Codes) -> str | Fault:
    """An account by its number or its name, or the beginning of one name; any number where there is no budget."""
    known = codes.known()
    typed = typed.strip()
    if typed in known or (not known and typed):
        return typed
    names = {number: codes.of(number).name for number in known}
    for matches in (str.__eq__, str.startswith):
        found = [number for number, name in names.items() if name and matches(name.casefold(), typed.casefold())]
        if len(found) == 1 and len(typed) > 2:
            return found[0]
        if len(found) > 1 and len(typed) > 2:
            said = ", ".join(f"{number} {names[number]}" for number in found[:4])
            return Fault(f"{typed[:40]} may be {said}", "type the number", "unknown-account")
    if codes.has_category(typed):
        return codes.category_fault(typed)
    close = nearest(typed, known)
    if not close:
        called = did_you_mean(typed.casefold(), [name.casefold() for name in names.values() if name])
        close = next((number for number, name in names.items() if name.casefold() == called), "") if called else ""
    hint = f"did you mean {close} {names.get(close, '')}?".replace(" ?", "?") if close else "pmkit costs lists them"
    return Fault(f"the budget has no account {typed[:40] or '(none typed)'}", hint, "unknown-account")


def find_vendor(typed: str, vendors: Mapping[str, Vendor]) -> str | Fault:
    """A vendor by id or name, or by a part that only one of them has."""
    wanted = typed.strip().casefold()
    for key, vendor in vendors.items():
        if wanted in (key.casefold(), vendor.name.casefold()):
            return key
    found = [key for key, vendor in vendors.items() if wanted and (wanted in key or wanted in vendor.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        return Fault(f"{typed[:40]} may be {', '.join(found[:6])}", "type one of these", "unknown-vendor")
    called = {vendor.name.casefold(): key for key, vendor in vendors.items()}
    close = did_you_mean(wanted, [*vendors, *called])
    key = re.sub(r"[^a-z0-9]+", "-", wanted).strip("-") or "their-id"
    add = f"add them to vendors.yaml: {key}: {{name: {typed.strip()[:40] or '…'}, terms: 30 days, tax_form: W-9}}"
    hint = f"did you mean {called.get(close, close)}?" if close else add
    return Fault(f"there is no vendor {typed.strip()[:40]}", hint, "unknown-vendor")


def find_order(typed: str, numbers: Iterable[str], desk: str = "") -> str | Fault:
    """An order by its number, as people say it: `LOC-014`, `loc14`, and for its own desk `14`."""
    known = sorted(numbers, key=number_order)
    if typed in known:
        return typed
    parts = number_parts(typed)
    if parts is not None:
        wanted = parts if parts.desk or not desk else parts._replace(desk=desk.upper())
        found = [number for number in known if number_parts(number) == wanted]
        if not found and not parts.desk:
            found = [number for number in known if (own := number_parts(number)) and own.serial == parts.serial]
        if len(found) == 1:
            return found[0]
        if found:
            return Fault(f"{typed[:40]} may be {', '.join(found[:6])}", "type the desk too", "unknown-order")
        own_desk = [number for number in known if (own := number_parts(number)) and own.desk == wanted.desk]
        if own_desk:
            return Fault(f"there is no order {typed[:40]}", f"{wanted.desk} has {_stretch(own_desk)}", "unknown-order")
    has = f"there are {', '.join(known[-6:])}" if known else "there are none yet: pmkit po new VENDOR …"
    return Fault(f"there is no order {typed[:40]}", meant(typed.upper(), known, has), "unknown-order")


def _stretch(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def next_number(numbers: Iterable[str], desk: str) -> str:
    """A desk's next number: one more than its highest, written as wide as its others."""
    own = [(parts.serial, number) for number in numbers if (parts := number_parts(number)) and parts.desk == desk]
    if not own:
        return f"{desk}-001"
    highest, number = max(own)
    width = len(number) - len(number.rstrip("0123456789"))
    return f"{number[: len(number) - width]}{highest + 1:0{width}d}"

"""The setup lists of an exported budget: globals, fringes, currencies and groups, by ids of the folder's making."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from pmkit.exchange import mmb_rows
from pmkit.exchange.mmb_rows import Read
from pmkit.model import letters
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.rollup.formula import FUNCTIONS

_WORD: Final = re.compile(r"[A-Za-z_#%][A-Za-z0-9_#%]*")
_BASES: Final = ("hour", "day", "week", "month", "episode", "flat")


class Lists:
    """What lines refer to, by the names that the export has for it."""

    def __init__(self, rows: Iterable[Read], wrong: Callable[..., None]) -> None:
        self._wrong = wrong
        self.notes: list[str] = []
        self.globals: dict[str, str] = {}
        self.fringes: dict[str, dict[str, Any]] = {}
        self.currencies: dict[str, str] = {}
        self._globals: dict[str, str] = {}
        self._fringes: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self._groups: dict[str, dict[str, str]] = {}
        listed = {kind: [row for row in rows_ if row.what == kind] for rows_ in (list(rows),) for kind in _KINDS}
        for row in listed["globals"]:
            self._named(row.cell("id"))
        for row in listed["globals"]:
            self._global(row)
        shares = [value for row in listed["fringes"] if isinstance(value := mmb_rows.amount(row.cell("rate")), Decimal)]
        signs = any("%" in row.cell("rate") for row in listed["fringes"])
        # A spreadsheet keeps 6.2 % as 0.062: where no rate of the list reaches 1, all are fractions.
        fractions = not signs and bool(shares) and all(abs(value) < 1 for value in shares)
        for row in listed["fringes"]:
            self._fringe(row, fractions)
        for row in listed["currencies"]:
            self._currency(row)
        for row in listed["groups"]:
            if row.cell("id"):
                key = self.group(row.cell("id"))
                self._groups[key] = {"name": row.cell("name") or row.cell("id")}
                if re.search(r"^(?:no|off|false|0|excluded?|suppressed)$", row.cell("included"), re.I):
                    self._groups[key]["off"] = "true"
                    self.notes.append(f"group {row.cell('id')} is switched off: its lines are out of every total")

    def formula(self, typed: str, row: Read, column: str) -> str:
        """A figure or a formula of globals as the folder writes it; empty after saying what is wrong with it."""
        text = " ".join(typed.replace("$", "").split())
        value = mmb_rows.amount(text) if re.search(r"\d", text) else None
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text).lstrip("=")
        unknown: list[str] = []

        def name(found: re.Match[str]) -> str:
            known = self._globals.get(found[0].casefold())
            if known is None and found[0].lower() in FUNCTIONS:
                return found[0].lower()
            if known is None:
                unknown.append(found[0])
            return known or found[0]

        made = _WORD.sub(name, text)
        if unknown:
            hint = meant(unknown[0], list(self._globals), "export the budget with its globals, or as values")
            self._wrong(row, column, f"there is no global {unknown[0][:40]} in the export", hint)
            return ""
        if not re.fullmatch(r"[\w\s.+\-*/(),]+", made, re.ASCII):
            self._wrong(row, column, f"{typed[:40]} is neither a figure nor a formula", "write figures: 1234.50")
            return ""
        return made

    def fringe_ids(self, typed: str, row: Read) -> list[str]:
        """The fringes of a line by the folder's ids."""
        whole = self._fringes.get(typed.casefold())
        if whole is not None:
            return [whole]
        found = []
        for word in re.split(r"\s*[,;|\n]\s*|\s+", typed.strip()):
            known = self._fringes.get(word.casefold())
            if known is None and word:
                hint = meant(word, list(self._fringes), "the export's list of fringes has " + ", ".join(self._fringes))
                self._wrong(row, "fringes", f"there is no fringe {word[:40]} in the export", hint)
            elif known is not None:
                found.append(known)
        return list(dict.fromkeys(found))

    def group(self, typed: str) -> str:
        """A group's id."""
        key = typed.casefold()
        if key not in self.groups:
            self.groups[key] = ident(typed, self.groups.values(), "group")
        return self.groups[key]

    def listed_groups(self) -> dict[str, Any]:
        """The groups of the list and of the lines, each with its name."""
        named = {key: {"name": typed} for typed, key in self.groups.items()}
        return {key: one if "off" in one else one["name"] for key, one in {**named, **self._groups}.items()}

    def _named(self, typed: str) -> None:
        if typed:
            name = re.sub(
                r"[^a-z0-9]+", "_", letters.plain(typed.replace("#", " no ").replace("%", " percent "))
            ).strip("_")
            name = name if name[:1].isalpha() else f"g_{name}".rstrip("_")
            while name in self._globals.values() or name in FUNCTIONS:
                name += "_"
            self._globals.setdefault(typed.casefold(), name)

    def _global(self, row: Read) -> None:
        typed = row.cell("id")
        if not typed:
            return
        value = row.cell("value")
        made = self.formula(value, row, "value") if value else "0"
        if made:
            self.globals[self._globals[typed.casefold()]] = made

    def _fringe(self, row: Read, fractions: bool) -> None:
        typed, text, unit = row.cell("id"), row.cell("rate"), row.cell("unit").casefold()
        if not typed or not text:
            return
        value, ceiling = mmb_rows.amount(text), mmb_rows.amount(row.cell("ceiling"))
        for one, column in ((value, "rate"), (ceiling, "ceiling")):
            if isinstance(one, Fault):
                self._wrong(row, column, one.message, one.hint)
                return
        if not isinstance(value, Decimal):
            return
        name = row.cell("name") or typed
        fringe: dict[str, Any] = {"name": name}
        basis = next((one for one in _BASES if unit.startswith(one) or unit.rstrip("s").endswith(one)), "")
        if "%" in text or not basis or (basis == "flat" and "percent" in unit):
            share = value * 100 if fractions and "%" not in text else value
            if share > 40:
                self.notes.append(f"fringe {typed} is read as {share.normalize():f} % of wages: is that meant?")
            fringe["rate"] = f"{share.normalize():f}%"
        else:
            fringe["flat"] = f"{value:f}{' flat' if basis == 'flat' else '/' + basis}"
        if isinstance(ceiling, Decimal) and ceiling:
            fringe["ceiling"] = f"{ceiling.normalize():f}"
        key = ident(typed, self.fringes, "fringe")
        self.fringes[key] = {**fringe, "on": "labour"}
        self._fringes[typed.casefold()] = key
        self._fringes.setdefault(name.casefold(), key)

    def _currency(self, row: Read) -> None:
        code, value = row.cell("id").strip().upper(), mmb_rows.amount(row.cell("rate"))
        if isinstance(value, Fault):
            self._wrong(row, "rate", value.message, value.hint)
        elif value is not None and re.fullmatch("[A-Z]{3}", code):
            self.currencies[code] = f"{value.normalize():f}"


_KINDS: Final = ("globals", "fringes", "currencies", "groups")


def ident(typed: str, taken: Iterable[str], otherwise: str) -> str:
    """A name as an id of the folder that no other has: `WGA P&H` is `wga-p-h`."""
    base = re.sub(r"[^a-z0-9]+", "-", letters.plain(typed)).strip("-") or otherwise
    made = base = base if base[0].isalpha() else f"{otherwise}-{base}"
    count, there = 1, set(taken)
    while made in there:
        count += 1
        made = f"{base}-{count}"
    return made

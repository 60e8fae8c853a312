"""A short calculator of a budget from its plain YAML: accounts, charges, credits, net. It shares no code with pmkit."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from typing import Any

HOURS = {"hour": 1, "day": 12, "week": 60, "month": 240}
LEVELS = {"production", "post", "other"}
COUNT = re.compile(r"(?<![A-Za-z_])(?!(?:min|max|round)\s*\()([A-Za-z_]+)\s*\(([^)]*)\)(?:\s*\.\s*([a-z]+))?")
Counts = Callable[[str, str, str], Decimal]


def number(text: str) -> Decimal:
    text = text.strip().replace(",", "")
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def formula(text: str, names: dict[str, str], counts: Counts) -> Decimal:
    text = COUNT.sub(lambda m: f"({counts(m[1], m[2].strip(), m[3] or '')})", re.sub(r"(?<=\d),(?=\d{3})", "", text))
    for name in sorted(set(re.findall(r"[a-z_][a-z0-9_]*", text)) - {"min", "max", "round"}, key=len, reverse=True):
        text = re.sub(rf"(?<![a-z0-9_]){name}(?![a-z0-9_])", f"({formula(names[name], names, counts)})", text)
    text = re.sub(r"(?<![\w.])(\d*\.?\d+)", r"D('\1')", text)
    half_up = lambda v, n=Decimal(0): v.quantize(Decimal(1).scaleb(-int(n)), ROUND_HALF_UP)  # noqa: E731
    return Decimal(eval(text, {"D": Decimal, "min": min, "max": max, "round": half_up}))


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


class Book:
    """A budget worked out: `accounts`, `charges`, `total`, `credits` (before and after discount), `net`, in Decimal."""

    def __init__(
        self,
        book: dict[str, Any],
        counts: Counts = lambda *_: Decimal(0),
        same: dict[str, str] | None = None,
        chart: list[dict[str, str]] | None = None,
        pattern: int = 1,
    ) -> None:
        with localcontext() as context:
            context.prec = 50
            self.book, self.counts, self.same, self.chart = book, counts, same or {}, chart or []
            self.pattern = len(book.get("series", {}).get("pattern", [])) or pattern
            self.off = {k for k, g in book.get("groups", {}).items() if isinstance(g, dict) and g.get("off") == "true"}
            self.reached: dict[tuple[str, ...], Decimal] = {}
            self.pieces: list[dict[str, Any]] = []
            for key, account in book["accounts"].items():
                for line in account.get("lines", []):
                    if "subtotal" not in line:
                        self._line(key, account, line)
            self.charges: dict[str, Decimal] = {}
            self.done: dict[str, Decimal] = {}
            wanted = book.get("charges", [])
            for c in (inner := [c for c in wanted if "inside" in c]):
                self.done[c["name"]] = self._charge(c)
            for c in inner:
                self._add(c["inside"], self.done[c["name"]], charge=c["name"])
            for c in wanted:
                if "inside" not in c:
                    self.done[c["name"]] = self.charges[c["name"]] = self._charge(c)
            self.accounts: dict[str, Decimal] = dict.fromkeys(book["accounts"], Decimal(0))
            for piece in self.pieces:
                self.accounts[piece["account"]] = self.accounts.get(piece["account"], Decimal(0)) + piece["sum"]
            self.total = sum(self.accounts.values(), Decimal(0)) + sum(self.charges.values(), Decimal(0))
            self.credits: dict[str, tuple[Decimal, Decimal]] = {}
            waiting = {c["name"]: c for c in book.get("credits", [])}
            while waiting:
                for name, c in list(waiting.items()):
                    rows = c.get("rows") or [c]
                    less = [w for r in rows for w in listed(r.get("less")) + listed(r.get("at_most", {}).get("less"))]
                    if not set(less) & set(waiting):
                        self.credits[name] = self._credit(c, rows)
                        del waiting[name]
            applied = [c["name"] for c in book.get("credits", []) if c.get("applied") == "true"]
            self.net = self.total - sum((self.credits[name][1] for name in applied), Decimal(0))

    def value(self, text: str) -> Decimal:
        return formula(text, self.book.get("globals", {}), self.counts)

    def cents(self, value: Decimal) -> Decimal:
        return value.quantize(Decimal("0.01"), ROUND_HALF_UP) if self.book.get("rounding") == "line" else value

    def rate(self, currency: str) -> Decimal:
        return Decimal(self.book.get("currencies", {}).get(currency, "1"))

    def _add(self, account: str, amount: Decimal, *words: str, **more: Any) -> None:
        there, (category, level) = self.book["accounts"].get(account, {}), self._charted(account)
        category = there.get("category", category)
        level = there.get("level") or self.book.get("categories", {}).get(category, {}).get("level", level)
        put = {"all", account, level, category, *words, "btl" if level in LEVELS else ""}
        piece = {"account": account, "sum": amount, "words": put - {""}, "line": {}, "kind": "", **more}
        self.pieces.append(piece)

    def _charted(self, account: str) -> tuple[str, str]:
        own = [{"number": k, "row": "category", **c} for k, c in self.book.get("categories", {}).items()]
        for row in [*own, *self.chart]:
            ends = (row["number"], account, row.get("last") or row["number"])
            if (
                row["row"] == "category"
                and all(e.isdigit() for e in ends)
                and int(ends[0]) <= int(ends[1]) <= int(ends[2])
            ):
                return row["number"], row.get("level", "other")
        return "", "other"

    def _line(self, key: str, account: dict[str, Any], line: dict[str, Any]) -> None:
        groups = listed(line.get("groups") or account.get("groups"))
        if self.off & set(groups):
            return
        quantity = self.value(line.get("amount", "1")) * self.value(line.get("x", "1"))
        quantity /= 100 if line.get("unit") == "%" else 1
        quantity *= self.pattern if (line.get("episode") or account.get("episode")) == "pattern" else 1
        wages = self.cents(quantity * self.value(line["rate"]) * self.rate(line.get("currency", "")))
        named = listed(line["fringes"] if "fringes" in line else account.get("fringes"))
        named = [] if "fringes" not in line and line.get("kind") == "materials" else named
        line = {
            "at": key,
            "episode": account.get("episode", ""),
            **({"resident": account["resident"]} if "resident" in account else {}),
            **line,
        }
        people = {self.same.get(who, who) for who in listed(self.book.get("residents"))}
        if "resident" not in line and "person" in line and people:
            line["resident"] = "true" if self.same.get(line["person"], line["person"]) in people else "false"
        kind = line.get("kind") or account.get("kind") or ("labour" if named else "materials")
        self._add(key, wages, *groups, {"allowance": "allowances"}.get(kind, kind), line=line, kind=kind)
        paid: dict[str, Decimal] = {}
        while left := [f for f in named if f not in paid]:
            for name in left:
                fringe = self.book["fringes"][name]
                on = listed(fringe.get("on", "labour"))
                if set(on) & set(left):
                    continue
                base = wages if ("allowances" if kind == "allowance" else "labour") in on else Decimal(0)
                base += sum((paid[o] for o in on if o in paid), Decimal(0))
                there = any(o in paid for o in on) or ("allowances" if kind == "allowance" else "labour") in on
                paid[name] = self.cents(self._due(name, fringe, key, line, quantity, base)) if there else Decimal(0)
                self._add(fringe.get("account", key), paid[name], *groups, "fringes", line=line, kind=kind)

    def _times(self, unit: str, basis: str, quantity: Decimal) -> Decimal:
        own = {k: Decimal(v) for k, v in self.book.get("units", {}).items()}
        hours = {**{k: Decimal(v) for k, v in HOURS.items()}, **own}
        if basis == "flat":
            return Decimal(1 if quantity else 0)
        if unit == basis:
            return quantity
        if basis == "cheque":
            weeks = quantity * hours.get(unit, Decimal(0)) / 60
            return weeks.to_integral_value(ROUND_UP) if weeks else Decimal(1 if quantity else 0)
        return quantity * hours.get(unit, Decimal(0)) / hours[basis] if hours.get(basis) else Decimal(0)

    def _due(
        self, name: str, f: dict[str, Any], key: str, line: dict[str, Any], qty: Decimal, base: Decimal
    ) -> Decimal:
        low, high, before = f.get("floor"), f.get("ceiling"), Decimal(0)
        times = self._times(line.get("unit", ""), f["per"], qty) if "per" in f else Decimal(1)
        times = times or Decimal(self.pattern if f.get("per") == "episode" and line["episode"] == "pattern" else 1)
        person = line.get("person", "")
        who = (self.same.get(person, person),) if person else (key, line["range"]) if "range" in line else None
        if who and "per" not in f:
            before = self.reached.get((name, *who), Decimal(0))
            self.reached[name, *who] = before + base

        def bears(sum_: Decimal) -> Decimal:
            under = number(low) * times if low else None
            over = number(high) * times if high else None
            upper = sum_ if over is None else min(sum_, over)
            return upper if under is None else max(upper, under) - under

        counted = bears(before + base) - bears(before)
        due = counted * number(f["rate"]) if "rate" in f else Decimal(0)
        if "flat" in f:
            money, basis = f["flat"].split("/") if "/" in f["flat"] else (f["flat"].removesuffix("flat"), "flat")
            flat = self._times(line.get("unit", ""), basis, qty) * number(money)
            due += flat * counted / base if counted != base else flat
        return due

    def _on(self, on: Any, exclude: Any = ()) -> list[dict[str, Any]]:
        wanted, out = set(listed(on)) or {"all"}, set(listed(exclude))
        return [p for p in self.pieces if p["words"] & wanted and not p["words"] & out]

    def _charge(self, c: dict[str, Any]) -> Decimal:
        chosen = self._on(c.get("on"), c.get("exclude"))
        base = sum((p["sum"] for p in chosen), Decimal(0))
        done = self.done
        inside = {p.get("charge") for p in chosen}
        base += sum((done[w] for w in listed(c.get("on")) if w in done and w not in inside), Decimal(0))
        base -= self.value(c["exclude_amount"]) if "exclude_amount" in c else 0
        return self._part(c, base)

    def _part(self, c: dict[str, Any], base: Decimal) -> Decimal:
        """A percentage of a base and a flat sum, as charges and credits have them."""
        flat = self.value(c["flat"]) if "flat" in c else Decimal(0)
        return self.cents((number(c["rate"]) * base if "rate" in c else Decimal(0)) + flat)

    def _credit(self, c: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Decimal, Decimal]:
        def less(names: Any, whole: Decimal) -> Decimal:
            for name in listed(names):
                other = next(o for o in self.book["credits"] if o["name"] == name)
                if other.get("applied") == "true" or c.get("applied") != "true":
                    whole = max(whole - self.credits[name][0], Decimal(0))
            return whole

        gross, spent = Decimal(0), dict[int, Decimal]()
        for row in rows:
            want = {"resident": "true", "non-resident": "false"}.get(row.get("residency", ""))
            found = [
                p for p in self._on(row.get("on"), row.get("exclude")) if want in (None, p["line"].get("resident"))
            ]
            found = [p for p in found if "kind" not in row or p.get("kind") == row["kind"]]
            spent |= {id(p): p["sum"] for p in found}
            cap, people = row.get("person_cap"), {}
            for p in found:
                person = p["line"].get("person")
                who = (
                    self.same.get(person, person)
                    if person
                    else (p["line"].get("at"), p["line"].get("range", id(p["line"])))
                )
                people.setdefault(who if person or p["line"] else None, []).append(p["sum"])
            sums = {who: sum(each, Decimal(0)) for who, each in people.items()}
            q = sum((min(s, number(cap)) if cap and who is not None else s for who, s in sums.items()), Decimal(0))
            q = min(q, number(row["spend_cap"])) if "spend_cap" in row else q
            if most := row.get("at_most"):
                whole = sum((p["sum"] for p in self._on(most.get("on"), most.get("exclude"))), Decimal(0))
                q = min(q, max(number(most["rate"]) * less(most.get("less"), whole), Decimal(0)))
            q = less(row.get("less"), q)
            gross += self._part(row, q)
        if "minimum" in c and sum(spent.values(), Decimal(0)) < number(c["minimum"]):
            gross = Decimal(0)
        gross = min(gross, number(c["cap"])) if "cap" in c else gross
        return gross, self.cents(gross * (1 - number(c["discount"]))) if "discount" in c else gross

"""What changed between two budgets, in words: a line's figures, a currency's rate, a fringe's percentage or ceiling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from pmkit.model.budget import Budget, Fringe
from pmkit.reports.budget import plain
from pmkit.reports.fringes import limits_of, rate_of
from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import BudgetTotals, LineTotal


class ChangedWords:
    """What changed beneath a figure, in words, between two budgets."""

    def __init__(self, then: Budget, old: BudgetTotals, now: Budget, new: BudgetTotals) -> None:
        self._then, self._now = then, now
        self._off = [{group.key for group in totals.off} for totals in (old, new)]

    def of_line(self, then: LineTotal | None, now: LineTotal | None) -> Iterator[str]:
        """What differs between two lines: `rate 900 → 950`, `CAD at 0.73 → 0.75`; why one is not there, if a group is off."""
        if then is None or now is None:
            found, off = (then, self._off[1]) if then is not None else (now, self._off[0])
            yield from (f"group {group} is off" for group in (found.groups if found else ()) if group in off)
            return
        old, new = _figures(then), _figures(now)
        for key in ("what", "amount", "unit", "x", "rate", "currency"):
            if old[key] != new[key]:
                yield f"{key} {_told(old[key])} → {_told(new[key])}"
        if then.times != now.times:
            yield f"episodes {then.times} → {now.times}"
        currency = now.line.currency
        at = [budget.currencies.get(currency) for budget in (self._then, self._now)]
        if currency == then.line.currency and at[0] is not None and at[1] is not None and at[0] != at[1]:
            yield f"{currency} at {plain(at[0])} → {plain(at[1])}"
        for key, of in _SETS.items():
            before, after = of(then), of(now)
            gone, come = [word for word in before if word not in after], [word for word in after if word not in before]
            if gone or come:
                yield " ".join([key, *(f"−{word}" for word in gone), *(f"+{word}" for word in come)])

    def of_fringes(self, keys: Iterable[str]) -> Iterator[str]:
        """What differs in the fringes of an account: `fica 6.2% → 7%`, `fica to 176,100 a person → no limits`."""
        shown: tuple[Callable[[Fringe], str], ...] = (rate_of, limits_of)
        for key in keys:
            old, new = self._then.fringes.get(key), self._now.fringes.get(key)
            if old is None or new is None:
                continue
            for told in shown:
                if told(old) != told(new):
                    yield f"{key} {told(old) or 'no limits'} → {told(new) or 'no limits'}"
            if old.on != new.on:
                yield f"{key} on {', '.join(old.on)} → {', '.join(new.on)}"


def _figures(line: LineTotal) -> dict[str, str]:
    parts = [part for part in line.subtotal.of if isinstance(part, Figure)]
    return {
        "what": line.line.what,
        "amount": plain(parts[0].value) if parts else line.line.amount,
        "unit": line.line.unit,
        "x": plain(parts[2].value) if len(parts) > 2 else "",
        "rate": plain(line.rate),
        "currency": line.line.currency,
    }


def _told(said: str) -> str:
    return f"{Decimal(said):,f}" if said.replace(".", "", 1).isdecimal() else said or "none"


_SETS: dict[str, Callable[[LineTotal], tuple[str, ...]]] = {
    "fringes": lambda line: tuple(due.fringe.key for due in line.fringes),
    "groups": lambda line: line.groups,
    "person": lambda line: (line.line.person,) if line.line.person else (),
}

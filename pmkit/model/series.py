"""How the budget of a series is told by episode."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k, money
from pmkit.model.record import Record, field
from pmkit.problems import Fault

# Words for a line's or cost's episode: once for each episode of the pattern; shared out among all.
PATTERN, AMORT = "pattern", "amort"
HOW = ("equal", "days", "pages", "shares")


def _share(text: str) -> Decimal | Fault:
    return money.parse_percent(text) if text.strip().endswith("%") else money.parse_amount(text)


class Amortise(Record):
    """How amortised lines are shared out: equally, by shooting days, by pages, or by typed shares."""

    how: str = field(k.OneOf(*HOW), "money", default="")
    shares: dict[str, Decimal] = field(
        k.MappingOf(k.text, k.Value(_share, "a share: 30%, or 2")), "money", default={}, note="by episode"
    )

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """One of the words alone."""
        if text in HOW:
            return {"how": text}
        return Fault(f"nothing is shared out {text[:40]}", f"one of {', '.join(HOW)}", "unknown-word")

    @property
    def rule(self) -> str:
        """The word that holds: shares where there are some, else equal."""
        return self.how or ("shares" if self.shares else "equal")


class Series(Record):
    """The budget of a series: which episodes follow the pattern, and how the amortised part is shared out."""

    pattern: tuple[str, ...] = field(k.texts, "money", default=(), note="episodes that follow it; all, when none")
    amortise: Amortise = field(k.Of(Amortise), "money", default=Amortise())

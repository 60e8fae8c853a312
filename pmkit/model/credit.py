"""The credits of a budget: tax incentives, rebates and grants, which count once they are applied.

Fields after the structured fields of Entertainment Partners' incentive guides (labour or
qualified spend, resident and non-resident, minimum spend, caps, uplifts) and the credits of
Movie Magic Budgeting (rows with their gross, cap and percentage; an overall cap; a discount).
"""

from __future__ import annotations

from decimal import Decimal

from pmkit.model import kinds as k
from pmkit.model.record import Record, field


class AtMost(Record):
    """A limit of qualified spend: a percentage of other spend, less other credits.

    The Canadian federal credit: labour counts to 60 % of the cost less assistance.
    """

    rate: Decimal = field(k.percent, "money")
    on: tuple[str, ...] = field(k.texts, "money", default=(), note="levels, categories, accounts, groups; all of it")
    exclude: tuple[str, ...] = field(k.texts, "money", default=())
    less: tuple[str, ...] = field(k.texts, "money", default=(), note="credits that reduce it")


class CreditRow(Record):
    """A row of a credit: a percentage of the spend it is on, or a flat sum; an uplift is a row of its own.

    `flat` is a formula.
    """

    what: str = field(k.text, "money", default="")
    rate: Decimal | None = field(k.percent, "money", default=None)
    flat: str = field(k.text, "money", default="")
    on: tuple[str, ...] = field(k.texts, "money", default=(), note="levels, categories, accounts, groups, labour")
    exclude: tuple[str, ...] = field(k.texts, "money", default=(), note="the same, and fringes")
    kind: str = field(k.OneOf("labour", "allowance", "materials"), "money", default="", note="of all that, only this")
    residency: str = field(k.OneOf("resident", "non-resident"), "money", default="")
    person_cap: Decimal | None = field(k.amount, "money", default=None, note="what counts of one person, at most")
    spend_cap: Decimal | None = field(k.amount, "money", default=None, note="what counts in all, at most")
    at_most: AtMost | None = field(k.Of(AtMost), "money", default=None)
    less: tuple[str, ...] = field(k.texts, "money", default=(), note="credits that reduce what it is on")


class Credit(CreditRow):
    """A credit: it is one row, or has `rows`. It counts once it is `applied`."""

    name: str = field(k.text, "money")
    applied: bool = field(k.flag, "money", default=False)
    rows: tuple[CreditRow, ...] = field(k.ListOf(k.Of(CreditRow)), "money", default=())
    minimum: Decimal | None = field(
        k.amount, "money", default=None, note="the spend below which there is no credit, each part of it once"
    )
    cap: Decimal | None = field(k.amount, "money", default=None, note="what the credit comes to, at most")
    discount: Decimal | None = field(k.percent, "money", default=None, note="what a broker keeps of it")

    def parts(self) -> tuple[CreditRow, ...]:
        """Its rows; itself when it has none."""
        return self.rows or (self,)

"""What an import would do to a closed period, which takes no more rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmkit.model.budget import Period
from pmkit.rollup.ledger_merge import Cells, Kept, Merged
from pmkit.rollup.periods import Periods


def closed_period(periods: Periods, cells: Cells) -> Period | None:
    """The closed period that a row falls into; None where it is open, or there is none."""
    at = periods.index(cells.get("period", ""), dt.date.fromisoformat(cells["posted"]))
    return periods.all[at] if at is not None and periods.all[at].closed is not None else None


def touched(periods: Periods, merged: Merged) -> Iterator[tuple[str, Kept, Period]]:
    """The rows that would be added to, changed in or taken out of a closed period. Words may change there."""
    for what, rows in (("added", merged.added), ("changed", merged.changed), ("gone", merged.gone)):
        for kept in rows:
            if what == "changed" and not kept.changes_worth:
                continue
            period = closed_period(periods, kept.cells)
            if period is None and kept.before is not None:
                period = closed_period(periods, kept.before)
            if period is not None:
                yield what, kept, period


def placed_late(periods: Periods, merged: Merged, number: str) -> Merged:
    """The same with every new row of a closed period in the period `number`, as what comes late is."""
    late = {
        id(one): Kept({**one.cells, "period": number}, one.cost, one.row)
        for one in merged.added
        if closed_period(periods, one.cells) is not None
    }
    return Merged(
        rows=tuple(late.get(id(one), one) for one in merged.rows),
        added=tuple(late.get(id(one), one) for one in merged.added),
        changed=merged.changed,
        gone=merged.gone,
        unchanged=merged.unchanged,
        elsewhere=merged.elsewhere,
        repeated=merged.repeated,
    )

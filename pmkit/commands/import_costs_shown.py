"""What `pmkit import costs` says: how the file was understood, what it changes, what does not agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmkit.commands import options
from pmkit.exchange.headings import LEAVE
from pmkit.model.money import written
from pmkit.render import text

if TYPE_CHECKING:
    from pmkit.exchange.ledger_table import Listing
    from pmkit.exchange.ledger_words import Words
    from pmkit.exchange.trial_balance import TrialBalance
    from pmkit.rollup.ledger_merge import Kept, Merged
    from pmkit.rollup.periods import Periods

_MOST = 20


def reading(name: str, listing: Listing, currency: str) -> None:
    """How the ledger was understood: its columns, its dates and amounts, and what was passed over."""
    where = f", sheet {listing.sheet}" if listing.sheet else ""
    options.say(f"{name}{where}: {len(listing.entries)} rows of cost, headings in row {listing.row}\n")
    rows = [
        (word or "(no heading)", "not read" if field in ("", LEAVE) else field, " ".join(sample.split())[:40])
        for word, field, sample in zip(listing.headings.words, listing.headings.fields, listing.samples, strict=True)
        if word or sample
    ]
    for line in text.table(("column", "field", "first cell"), rows, ("left", "left", "left")):
        options.say(line)
    options.say("")
    if listing.order is not None:
        options.say(f"dates are read as {'month/day' if listing.order == 'mdy' else 'day/month'} (--dates)")
    if listing.decimals == "comma":
        options.say("cents are parted by a comma (--decimals)")
    for code, (count, total) in [*listing.left.items()][:_MOST]:
        options.say(f"account {code}: {count} row{_s(count)}, {written(total)} {currency}, left: no cost")
    for row, words in listing.passed[:_MOST]:
        options.say(f"row {row}: passed over: {' '.join(words.split())[:80]}")
    if len(listing.passed) > _MOST:
        options.say(f"and {len(listing.passed) - _MOST} more rows passed over")


def troubles(name: str, listing: Listing) -> None:
    """Everything that keeps the file from being imported."""
    for one in listing.troubles[: 5 * _MOST]:
        places = [f"sheet {listing.sheet}" if listing.sheet else "", f"row {one.row}" if one.row else ""]
        places.append(f"column {one.column}" if one.column else "")
        place = ", ".join(part for part in (name, *places) if part)
        options.say(f"{place}: {one.message}" + (f"\n  {one.hint}" if one.hint else ""))
    if len(listing.troubles) > 5 * _MOST:
        options.say(f"and {len(listing.troubles) - 5 * _MOST} more")


def plan(merged: Merged, currency: str) -> None:
    """What would be added, changed and missed, a line a row, on stdout."""
    lines = [f"+ {_row(one)}" for one in merged.added[:_MOST]]
    if len(merged.added) > _MOST:
        lines.append(f"  and {len(merged.added) - _MOST} more")
    for one in merged.changed[: 5 * _MOST]:
        told = ", ".join(f"{name} {old or '–'} -> {new or '–'}" for name, old, new in one.changes)
        lines.append(f"~ {one.cells['id'] or 'row ' + str(one.row)}  {told}")
    if len(merged.changed) > 5 * _MOST:
        lines.append(f"  and {len(merged.changed) - 5 * _MOST} more")
    lines += [f"- {_row(one)}" for one in merged.gone[:_MOST]]
    if len(merged.gone) > _MOST:
        lines.append(f"  and {len(merged.gone) - _MOST} more")
    options.show(lines)
    total = sum(one.cost for one in merged.added)
    options.say(
        f"{len(merged.added)} new ({written(total)} {currency}), {len(merged.changed)} changed, "
        f"{merged.unchanged} as before"
        + (f", {len(merged.elsewhere)} in other files of the ledger" if merged.elsewhere else "")
        + (f", {len(merged.gone)} of the last copy not in this file" if merged.gone else "")
    )
    for entry, first in merged.repeated[:_MOST]:
        options.say(f"row {entry.row} repeats row {first.row} and is left out (--keep-repeated)")
    if len(merged.repeated) > _MOST:
        options.say(f"and {len(merged.repeated) - _MOST} more rows that repeat another")
    for entry, there in merged.elsewhere[:3]:
        options.say(f"row {entry.row} is {there.place.row} already and stays there")
    if merged.gone and len(merged.rows) and merged.gone[0] in merged.rows:
        options.say("rows that are not in this file stay; to take them out: --take-out")


def strangers(words: Words) -> None:
    """Vendors and orders that the production does not know: they are taken as typed."""
    for what, found, file in (
        ("vendor", words.strange_vendors, "vendors.yaml"),
        ("order", words.strange_orders, "private/po/"),
    ):
        if found:
            names = ", ".join([*found][:6]) + (f" and {len(found) - 6} more" if len(found) > 6 else "")
            options.say(f"{len(found)} {what}{_s(len(found))} not in {file}, taken as typed: {names}")


def closed(merged: Merged, periods: Periods, allowed: bool, taking_out: bool) -> int:
    """Says what would touch a closed period, unless that is allowed; how many rows would."""
    from pmkit.rollup import ledger_closed

    found = [] if allowed else [*ledger_closed.touched(periods, merged)]
    found = [one for one in found if one[0] != "gone" or taking_out]
    for what, kept, period in found[:_MOST]:
        word = {"added": "falls into", "changed": "changes", "gone": "is taken out of"}[what]
        row = f"row {kept.row}" if kept.row else kept.cells["id"]
        options.say(f"{row} ({_row(kept)}) {word} period {period.number}, closed {period.closed}")
    if len(found) > _MOST:
        options.say(f"and {len(found) - _MOST} more")
    if found:
        options.say(
            "  a closed period takes no more rows: --late PERIOD puts new ones into an open one;\n"
            "  --into-closed takes all as they are, when the ledger is imported for the first time"
        )
    return len(found)


def apart(listing: Listing, tolerance: int, repeated: bool) -> int:
    """Says which totals of the file its own rows do not come to; how many."""
    wrong = [one for one in listing.printed if abs(one.says - one.rows) > tolerance]
    for one in wrong[: 5 * _MOST]:
        of = f"account {one.account}" if one.account else "the total"
        options.say(
            f"row {one.row}: {of} says {written(one.says)}, its rows come to {written(one.rows)}: "
            f"{written(abs(one.says - one.rows))} apart (--tolerance)"
        )
    if wrong and repeated:
        options.say("  rows that repeat another are in these sums")
    elif listing.printed and not wrong:
        count = len(listing.printed)
        options.say(
            f"{count} total{_s(count)} of the file agree{'s' if count == 1 else ''} with {'its' if count == 1 else 'their'} rows"
        )
    return len(wrong)


def balances(name: str, balance: TrialBalance, to_date: Mapping[str, int], tolerance: int) -> int:
    """Says which accounts the trial balance has otherwise than the ledger would after the import; how many."""
    wrong = off = 0
    for account in sorted({*balance.balances, *(one for one, cost in to_date.items() if cost)}):
        says, have = balance.balances.get(account, 0), to_date.get(account, 0)
        if abs(says - have) > tolerance:
            wrong += 1
            off += abs(says - have)
            if wrong > _MOST:
                continue
            there = written(says) if account in balance.balances else "nothing"
            options.say(
                f"trial balance, account {account}: it says {there}, the ledger would come to {written(have)}: "
                f"{written(abs(says - have))} apart"
            )
    if wrong > _MOST:
        options.say(f"and {wrong - _MOST} more accounts; all together are {written(off)} apart")
    if balance.apart is not None and abs(balance.apart) > tolerance:
        wrong += 1
        options.say(f"trial balance: debits and credits are {written(abs(balance.apart))} apart")
    if balance.others:
        options.say(f"{len(balance.others)} accounts of {name} are no costs of the budget and are passed over")
    if not wrong:
        options.say(f"{len(balance.balances)} accounts agree with the trial balance {name}")
    return wrong


def _row(one: Kept) -> str:
    cells = one.cells
    words = [cells["posted"], cells["account"], written(one.cost), cells.get("vendor", ""), cells.get("document", "")]
    return "  ".join(" ".join(word.split())[:40] for word in (*words, cells.get("memo", "")) if word)


def _s(count: int) -> str:
    return "" if count == 1 else "s"

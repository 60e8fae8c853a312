"""An accountant's ledger against the ledger that is there: what is new, the same, changed, gone or refused.

Rows are known again by their transaction number; where a file has none, or the folder's row came
from elsewhere, by document, account, amount and day, and the vendor where both name one. A
transaction of several rows shares its number; its rows are then told apart by what they hold.

Only rows of the same accountant's earlier copy are changed or missed. A row that somebody else
wrote is recognised, so that no cost is counted twice, and stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from pmkit.model.frozen import frozen
from pmkit.model.ledger import COLUMNS, LedgerRow

Cells = Mapping[str, str]
_BY_HAND = ("period", "po", "episode", "set", "location", "unit", "tax", "tags")
_WORTH = ("account", "posted", "amount", "currency", "rate", "kind", "period")


class Entry(NamedTuple):
    """One row of the accountant's file: its number there, its cells in our columns, its cost in minor units.

    `cells` hold only the columns that the file has; the id is the transaction number, or empty.
    """

    row: int
    cells: Cells
    cost: int

    @property
    def id(self) -> str:
        """The transaction's number."""
        return self.cells.get("id", "")


@frozen
class Kept:
    """A row of the merged copy: its cells in our columns, and the row of the file it came from, if any.

    `before` holds what stood there, for a row that changes.
    """

    cells: Cells
    cost: int
    row: int = 0
    before: Cells | None = None

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Column, old and new of what changes."""
        old = self.before
        if old is None:
            return ()
        return tuple((name, old.get(name, ""), self.cells.get(name, "")) for name in COLUMNS if self._differs(name))

    @property
    def changes_worth(self) -> bool:
        """Whether more than words change: an account, a day, an amount, a kind or a period."""
        return any(name in _WORTH for name, _, _ in self.changes)

    def _differs(self, name: str) -> bool:
        return self.before is not None and self.cells.get(name, "") != self.before.get(name, "")


@frozen
class Merged:
    """What an import comes to.

    `rows` is the whole copy as it would be; `added` and `changed` are among them, `gone` are not
    in the file any more; `elsewhere` pairs a row of the file with the folder's row that is the
    same cost, `repeated` a row with the one it repeats.
    """

    rows: tuple[Kept, ...]
    added: tuple[Kept, ...]
    changed: tuple[Kept, ...]
    gone: tuple[Kept, ...]
    unchanged: int
    elsewhere: tuple[tuple[Entry, LedgerRow], ...]
    repeated: tuple[tuple[Entry, Entry], ...]


def merge(
    entries: Sequence[Entry],
    ledger: Iterable[LedgerRow],
    file: str,
    *,
    keep_repeated: bool = False,
    take_out: bool = False,
    closed: Callable[[Cells], bool] = lambda _: False,
) -> Merged:
    """Compares an accountant's rows with the ledger; `file` is the earlier copy, which alone is changed.

    `keep_repeated` takes rows that repeat another of the file; `take_out` leaves out of the copy
    what the file does not have any more. `closed` says of cells whether their period is closed:
    a row that was placed in a later one stays there.
    """
    copy: list[LedgerRow] = []
    others: list[LedgerRow] = []
    for row in ledger:
        (copy if row.file == file else others).append(row)
    taken, repeated = _once(entries, keep_repeated)
    mine = _Pairs(copy)
    pairs: dict[int, LedgerRow] = {}
    for finder in (mine.by_id, mine.by_paper):
        for at, entry in enumerate(taken):
            if at not in pairs and (found := finder(entry)) is not None:
                pairs[at] = found
    theirs = _Pairs(others)
    elsewhere: dict[int, LedgerRow] = {}
    for at, entry in enumerate(taken):
        if at not in pairs and (found := theirs.by_id(entry, exact=True) or theirs.by_paper(entry)) is not None:
            elsewhere[at] = found
    ids = _Ids(row.id for row in (*copy, *others))
    kept: dict[int, Kept] = {}
    added = []
    for at, entry in enumerate(taken):
        if at in pairs:
            kept[id(pairs[at])] = _updated(pairs[at], entry, closed)
        elif at not in elsewhere:
            cells = {**dict.fromkeys(COLUMNS, ""), **entry.cells, "id": ids.new(entry)}
            added.append(Kept(cells, entry.cost, entry.row))
    first = min((entry.cells["posted"] for entry in taken), default="")
    last = max((entry.cells["posted"] for entry in taken), default="")
    rows, gone = [], []
    for row in copy:
        there = kept.get(id(row))
        if there is None:
            there = Kept(_cells(row), row.cost)
            if first <= there.cells["posted"] <= last:
                gone.append(there)
                if take_out:
                    continue
        rows.append(there)
    changed = tuple(one for one in rows if one.changes)
    return Merged(
        rows=(*rows, *added),
        added=tuple(added),
        changed=changed,
        gone=tuple(gone),
        unchanged=len(pairs) - len(changed),
        elsewhere=tuple((taken[at], row) for at, row in elsewhere.items()),
        repeated=tuple(repeated),
    )


def _once(entries: Sequence[Entry], keep: bool) -> tuple[list[Entry], list[tuple[Entry, Entry]]]:
    """The rows without those that repeat another: all columns the same and a number or a document on them."""
    seen: dict[tuple[str, ...], Entry] = {}
    taken, repeated = [], []
    for entry in entries:
        first = seen.setdefault(tuple(entry.cells.values()), entry)
        named = entry.id or entry.cells.get("document")
        if first is entry or keep or not named:
            taken.append(entry)
        else:
            repeated.append((entry, first))
    return taken, repeated


class _Pairs:
    """Rows of the ledger waiting for the rows of the file that are the same; each is found once."""

    def __init__(self, rows: Sequence[LedgerRow]) -> None:
        self._ids: dict[str, list[LedgerRow]] = defaultdict(list)
        self._papers: dict[tuple[str, ...], list[LedgerRow]] = defaultdict(list)
        self._found: set[int] = set()
        for row in rows:
            if row.id:
                self._ids[_number(row.id)].append(row)
                if _number(row.id) != row.id:
                    self._ids[row.id].append(row)
            self._papers[_paper(row.document, row.account, row.cost, row.posted.isoformat())].append(row)

    def by_id(self, entry: Entry, exact: bool = False) -> LedgerRow | None:
        """The row of the same transaction: the same in worth before the same in account before any other.

        `exact` only takes one of the same worth and account.
        """
        if not entry.id:
            return None
        waiting = [row for row in self._ids.get(entry.id, ()) if id(row) not in self._found]
        for alike in (_same_worth, _same_account, _any)[: 1 if exact else 3]:
            for row in waiting:
                if alike(row, entry):
                    return self._take(row)
        return None

    def by_paper(self, entry: Entry) -> LedgerRow | None:
        """The row of the same document, account, amount and day, and vendor where both name one."""
        cells = entry.cells
        key = _paper(cells.get("document", ""), cells["account"], entry.cost, cells["posted"])
        for row in self._papers.get(key, ()):
            if id(row) in self._found or (entry.id and row.id and _number(row.id) == entry.id):
                continue
            vendor = cells.get("vendor", "")
            strangers = bool(vendor and row.vendor and vendor.casefold() != row.vendor.casefold())
            nameless = not key[0] and (not vendor or cells.get("memo", "") != row.memo.strip())
            if not strangers and (not nameless or (not entry.id and _made(row.id))):
                return self._take(row)
        return None

    def _take(self, row: LedgerRow) -> LedgerRow:
        self._found.add(id(row))
        return row


class _Ids:
    """Ids for new rows: the transaction's number, `.2` and so on for its further rows, or one made of the row."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {one for one in taken if one}

    def new(self, entry: Entry) -> str:
        """An id that no other row has."""
        base = entry.id or "X" + sha256("\0".join(entry.cells.values()).encode()).hexdigest()[:10]
        made, count = base, 1
        while made in self._taken:
            count += 1
            made = f"{base}.{count}"
        self._taken.add(made)
        return made


def _number(id_: str) -> str:
    """The transaction's number of a row's id: `T118.2` is of T118."""
    head, dot, tail = id_.rpartition(".")
    return head if dot and tail.isascii() and tail.isdigit() and not head.isdigit() else id_


def _made(id_: str) -> bool:
    return id_.startswith("X") or not id_


def _paper(document: str, account: str, cost: int, posted: str) -> tuple[str, ...]:
    return "".join(document.casefold().split()), account, str(cost), posted


def _same_worth(row: LedgerRow, entry: Entry) -> bool:
    same_day = row.posted.isoformat() == entry.cells["posted"]
    same_words = row.memo.strip() == entry.cells.get("memo", row.memo.strip())
    return _same_account(row, entry) and row.cost == entry.cost and same_day and same_words


def _same_account(row: LedgerRow, entry: Entry) -> bool:
    return row.account == entry.cells["account"]


def _any(row: LedgerRow, entry: Entry) -> bool:
    return True


def _cells(row: LedgerRow) -> dict[str, str]:
    return {name: row.cell(name).strip() for name in COLUMNS}


def _updated(row: LedgerRow, entry: Entry, closed: Callable[[Cells], bool]) -> Kept:
    """The folder's row with what the file says. What the file leaves empty stays, filled in by hand or not."""
    before = _cells(row)
    said = {name: text for name, text in entry.cells.items() if name != "id"}
    cells = {**before, **{name: text for name, text in said.items() if text or name not in _BY_HAND}}
    if row.cost == entry.cost and not said.get("currency") and not before["currency"]:
        cells["amount"] = before["amount"]
    if cells["period"] != before["period"] and closed(cells):
        cells["period"] = before["period"]
    return Kept(cells, entry.cost, entry.row, None if cells == before else before)

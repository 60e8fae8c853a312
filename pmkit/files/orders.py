"""Orders as they are written: a file each in private/po, raised and changed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from pmkit.files import edit, walk
from pmkit.files.edit import Draft, Step
from pmkit.files.notation import Value
from pmkit.model.order import Order, number_order, number_parts
from pmkit.problems import Stop

FOLDER = "private/po"


def numbers(root: Path, orders: Iterable[str]) -> set[str]:
    """Every number that is taken: of the orders that were read, and of files that could not be."""
    files = [entry.name for folder in (FOLDER, "po") for entry in walk.listing(root, folder)]
    return {*orders, *(name.removesuffix(".yaml") for name in files if name.endswith(".yaml"))}


def file_of(number: str) -> str:
    """The file in which a new order is written."""
    return f"{FOLDER}/{number}.yaml"


def raised(root: Path, number: str, fields: Mapping[str, Value], others: Mapping[str, Order]) -> Draft:
    """A new order's file, begun with the owner line of the desk's other orders."""
    file = file_of(number)
    if (root / file).exists():
        raise Stop(f"{file} is already there; nothing was written", "run the command again: it takes the next number")
    draft = Draft(file, None, _heading(root, number, others))
    for key, value in fields.items():
        draft.set((key,), value)
    return draft


class OpenOrder:
    """One order's file, open for changes; `draft` is to be written with `edit.write`."""

    def __init__(self, root: Path, order: Order) -> None:
        assert order.node is not None
        self.order = order
        self.draft = edit.open_file(root, order.node.file)
        self._path: list[Step] = [order.number] if self.draft.has(order.number) else []

    def approve(self, by: str, day: dt.date, sum_: Decimal | None) -> None:
        """Approved by somebody on a day, at a sum where it has one that stands."""
        self._set("state", "approved", "date")
        self._set("approved_by", by, "state")
        self._set("approved", str(day), "approved_by")
        if sum_ is not None:
            self._set("approved_sum", figure(sum_), "approved")

    def invoice(self, fields: Mapping[str, Value]) -> None:
        """One more invoice."""
        path = [*self._path, "invoices"]
        if self.draft.has(*path):
            self.draft.append(path, fields)
        else:
            self.draft.set(path, [fields])

    def close(self, day: dt.date) -> None:
        """Closed on a day."""
        self._set("state", "closed", "date")
        self._set("closed", str(day), "state")

    def void(self, day: dt.date, because: str) -> None:
        """Void from a day on, and why."""
        self._set("state", "void", "date")
        self._set("voided", str(day), "state")
        self._set("because", because, "voided")

    def _set(self, key: str, value: str, after: str) -> None:
        self.draft.set_after([*self._path, key], after, value)


def figure(amount: Decimal) -> str:
    """An amount as it is written in a file: plain figures."""
    return f"{amount:f}"


def _heading(root: Path, number: str, others: Mapping[str, Order]) -> str:
    own = number_parts(number)
    desk = own.desk if own is not None else number
    for other in sorted(others, key=number_order, reverse=True):
        parts, node = number_parts(other), others[other].node
        if parts is not None and parts.desk == desk and node is not None:
            data = walk.load(root, node.file)
            first = data.partition(b"\n")[0].strip() if isinstance(data, bytes) else b""
            if first.startswith(b"#:"):
                return first.decode("utf-8", "replace") + "\n"
    return f"#: the {desk} desk\n"

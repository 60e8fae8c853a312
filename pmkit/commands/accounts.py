"""An account that a person types, by its number or its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.rollup.coding import Coding


class Coded(Protocol):
    """What is shown of an account: its total of the budget, or its costs."""

    @property
    def coding(self) -> Coding:
        """Its number and name."""


Row = TypeVar("Row", bound=Coded)


def one_of(rows: Sequence[Row], levels: Sequence[Any], typed: str, *, absent: str, lists: str) -> Row:
    """The row of the account typed. Raises `Stop` saying what it could mean: a category's accounts, or the nearest.

    `absent` says that nothing is there, and `lists` names the command that shows which there are.
    """
    from pmkit.rollup.coding import nearest

    for row in rows:
        if typed and typed.lower() in (row.coding.number.lower(), row.coding.name.lower()):
            return row
    for level in levels:
        for category in level.categories:
            if category.number == typed:
                held = ", ".join(row.coding.number for row in category.accounts)
                raise Stop(f"{typed} {category.name} is a category", f"its accounts are {held}", exit_code=2)
    close = nearest(typed, [word for row in rows for word in (row.coding.number, row.coding.name) if word])
    hint = f"did you mean {close}?" if close else f"{lists} lists the accounts"
    raise Stop(f"{absent} on an account {typed}", hint, exit_code=2)

"""Naming a piece of a file: the steps from its top, through keys and places in lists.

A step is a key, the place of an item in a list counted from zero, or, in a list of records, an
item's `id`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pmkit.files.notation import Value
from pmkit.model.tree import Mapping, Node, Scalar, Sequence

Step = str | int


class Missing:
    """Stands where a path leads nowhere."""

    __slots__ = ()


MISSING: Final = Missing()


def at(items: list[Any], step: Step) -> int:
    """The index of an item of a list, by number or by its `id`; -1 when there is none."""
    if isinstance(step, int):
        return step if 0 <= step < len(items) else -1
    return next((n for n, one in enumerate(items) if isinstance(one, dict) and one.get("id") == step), -1)


def below(value: Any, path: Iterable[Step]) -> Any:
    """What stands at a path of plain dicts and lists; `MISSING` when nothing does."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step, MISSING)
        elif isinstance(value, list) and (index := at(value, step)) >= 0:
            value = value[index]
        else:
            return MISSING
    return value


def node(root: Node, path: Iterable[Step]) -> Node | None:
    """The piece of a tree at a path."""
    found: Node | None = root
    for step in path:
        if isinstance(found, Mapping):
            found = found.values.get(str(step))
        elif isinstance(found, Sequence):
            found = next((one for n, one in enumerate(found.items) if step in (n, _id(one))), None)
        else:
            return None
    return found


def _id(found: Node) -> str | None:
    name = found.values.get("id") if isinstance(found, Mapping) else None
    return name.text if isinstance(name, Scalar) else None


def meant(value: Value) -> Any:
    """A value as the reader gives it back: dicts, lists, text and None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: meant(one) for key, one in value.items()}
    return [meant(one) for one in value]


def said(path: Iterable[Step]) -> str:
    """A path in words."""
    return " ".join(str(step) for step in path) or "the file itself"

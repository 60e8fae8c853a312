"""Putting trees together: a file split by key, and what `private/` adds to the outer files."""

from __future__ import annotations

from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Place, Problem


def gathered(whole: Mapping | None, parts: dict[str, Mapping], problems: list[Problem]) -> Mapping | None:
    """`NAME.yaml` together with each `NAME/KEY.yaml`, which holds what would stand under `KEY:`."""
    if not parts:
        return whole
    first = next(iter(parts.values()))
    keys = dict(whole.keys) if whole else {}
    values = dict(whole.values) if whole else {}
    for key, tree in parts.items():
        if key in values:
            message = f"{key} stands in {values[key].file} already"
            hint = "keep one of the two: a key is either in the file or a file of its own"
            problems.append(Problem("duplicate-key", Place(tree.file, 1, 1), message, hint))
            continue
        keys[key] = Scalar(tree.file, 1, 1, 0, 0, 0, key)
        values[key] = tree
    start = whole or first
    return Mapping(start.file, start.line, start.column, start.length, start.start, start.end, keys, values)


def added(outer: Node, inner: Node) -> Node:
    """The outer tree with what the inner one adds or overrides, by key and, in lists, by `id`."""
    if isinstance(outer, Mapping) and isinstance(inner, Mapping):
        keys = {**outer.keys, **{key: node for key, node in inner.keys.items() if key not in outer.keys}}
        values = dict(outer.values)
        for key, node in inner.values.items():
            values[key] = added(values[key], node) if key in values else node
            if values[key] is node:
                keys[key] = inner.keys[key]
        return Mapping(
            outer.file, outer.line, outer.column, outer.length, outer.start, outer.end, keys, values, outer.flow
        )
    if isinstance(outer, Sequence) and isinstance(inner, Sequence):
        return _lists(outer, inner)
    return inner


def _lists(outer: Sequence, inner: Sequence) -> Sequence:
    by_id = {name: node for node in inner.items if (name := _id(node))}
    if len(by_id) != len(inner.items):
        return inner
    items: list[Node] = []
    for node in outer.items:
        more = by_id.pop(_id(node), None)
        items.append(added(node, more) if more is not None else node)
    items.extend(by_id.values())
    return Sequence(outer.file, outer.line, outer.column, outer.length, outer.start, outer.end, items, outer.flow)


def _id(node: Node) -> str:
    if isinstance(node, Mapping):
        name = node.values.get("id")
        if isinstance(name, Scalar) and name.text:
            return name.text
    return ""

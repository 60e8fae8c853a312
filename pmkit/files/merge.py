"""Putting trees together: a file split by key, and what `private/` adds to the outer files."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.slips import meant
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
            problems.append(Problem("duplicate-key", Place(tree.file), message, hint))
            continue
        keys[key] = Scalar(tree.file, 0, 0, 0, 0, 0, key)  # a file's name stands on no line
        values[key] = tree
    start = whole or first
    return Mapping(start.file, start.line, start.column, start.length, start.start, start.end, keys, values)


def unwrapped(key: str, tree: Mapping, problems: list[Problem]) -> Mapping:
    """What a file named after a key holds, where it says that key itself once more."""
    inner = tree.values.get(key)
    if len(tree.values) != 1 or not isinstance(inner, Mapping):
        return tree
    message = f"{key} is said twice: the file's name says it already"
    hint = f"take the line {key}: out, and move what is under it to the left"
    problems.append(Problem("duplicate-key", tree.key_place(key), message, hint))
    return inner


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
    if isinstance(outer, Scalar) and isinstance(inner, Scalar) and outer.text == inner.text:
        return outer
    return inner


def hides(outer: Node, inner: Node) -> bool:
    """Whether something of the outer tree is nowhere in what `added` makes of the two."""
    if isinstance(outer, Mapping) and isinstance(inner, Mapping):
        return any(hides(outer.values[key], node) for key, node in inner.values.items() if key in outer.values)
    if isinstance(outer, Sequence) and isinstance(inner, Sequence):
        by_id = {name: node for node in inner.items if (name := _id(node))}
        pairs = ((node, by_id[_id(node)]) for node in outer.items if _id(node) in by_id)
        return len(by_id) != len(inner.items) or any(hides(node, more) for node, more in pairs)
    return not (isinstance(outer, Scalar) and isinstance(inner, Scalar) and outer.text == inner.text)


# What a record of one's own says in any case; without it, an entry in private/ only adds to one outside.
OWN = {
    "crew": ("name", "position", "person"),
    "cast": ("character",),
    "locations": ("name",),
    "vendors": ("name",),
    "requests": ("kind",),
}
WHAT = {"crew": "hire", "cast": "cast number", "locations": "location", "vendors": "vendor", "requests": "request"}


def known_only(name: str, outer: Mapping, inner: Mapping, problems: list[Problem]) -> Mapping:
    """What private/ adds, without entries that add to nothing: their ids are mistyped."""
    if name not in OWN:
        return inner
    strange: list[Node] = []
    if name == "crew":
        ids = {_id(item) for item in _people(outer)}
        for item in _people(inner):
            if _id(item) and _id(item) not in ids and not _own(name, item):
                strange.append(item)
                _adds_to_nothing(name, _id(item), item, sorted(ids), problems)
        return _without(inner, strange) if strange else inner
    for key, node in inner.values.items():
        if key not in outer.values and key != "sets" and not _own(name, node):
            strange.append(node)
            _adds_to_nothing(name, key, inner.keys[key], list(outer.values), problems)
    return _without(inner, strange) if strange else inner


def _people(tree: Mapping) -> Iterator[Node]:
    for department in tree.values.values():
        people = department.values.get("people") if isinstance(department, Mapping) else None
        if isinstance(people, Sequence):
            yield from people.items


def _own(name: str, node: Node) -> bool:
    return not isinstance(node, Mapping) or any(key in node.values for key in OWN[name])


def _adds_to_nothing(name: str, key: str, node: Node, known: list[str], problems: list[Problem]) -> None:
    there = f"it adds to requests/{key}.yaml: write that, or rename this file"  # a request is a file of its own
    if name != "requests":
        there = f"what it adds to stands in {name}.yaml; mend the id"
    hint = meant(key, known, there)
    place = node.values["id"].place if isinstance(node, Mapping) else node.place
    problems.append(Problem("adds-to-nothing", place, f"there is no {WHAT[name]} {key} to add this to", hint))


def _without(tree: Mapping, strange: list[Node]) -> Mapping:
    """The tree without the nodes named, wherever they stand in it."""
    gone = {id(node) for node in strange}

    def kept(node: Node) -> Node:
        if isinstance(node, Mapping):
            values = {key: kept(child) for key, child in node.values.items() if id(child) not in gone}
            keys = {key: node.keys[key] for key in values}
            return Mapping(
                node.file, node.line, node.column, node.length, node.start, node.end, keys, values, node.flow
            )
        if isinstance(node, Sequence):
            items = [kept(item) for item in node.items if id(item) not in gone]
            return Sequence(node.file, node.line, node.column, node.length, node.start, node.end, items, node.flow)
        return node

    left = kept(tree)
    assert isinstance(left, Mapping)
    return left


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

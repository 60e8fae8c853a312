"""Copies of the sample in which every field of a kind holds something else: hostile text, or tokens to look for."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pmkit.files import folder as folders
from pmkit.model import kinds as k
from pmkit.model.production import Production
from pmkit.model.record import Field, Kind, Record, Sees
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from tests.conftest import SAMPLE

# What to write instead of a value, as YAML; None leaves it.
Make = Callable[[type[Record], Field, Scalar], str | None]


def fill(destination: Path, make: Make) -> Path:
    """The sample in a new folder, each typed value replaced by what `make` says, everything else as it is."""
    shutil.copytree(SAMPLE, destination, ignore=shutil.ignore_patterns("build", ".pmkit", "mail"))
    read = folders.read(destination)
    assert not read.errors
    changes: dict[str, dict[tuple[int, int], str]] = {}
    for record, inherited in _records(read.production):
        for declared, node in _typed(record):
            new = make(type(record), _within(declared, inherited), node)
            if new is not None:
                changes.setdefault(node.file, {})[(node.start, node.end)] = new
    for file, spans in changes.items():
        text = (destination / file).read_text(encoding="utf-8")
        for (start, end), new in sorted(spans.items(), reverse=True):
            text = text[:start] + new + text[end:]
        (destination / file).write_text(text, encoding="utf-8")
    return destination


def quoted(text: str) -> str:
    """Text as a YAML scalar that reads back as it is, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def holds_text(declared: Field) -> bool:
    """Whether a field is free text, alone, in a list or by key."""
    return isinstance(_innermost(declared.kind), k.Text)


def _innermost(kind: Kind) -> Kind:
    while isinstance(kind, (k.ListOf, k.MappingOf)):
        kind = kind.item if isinstance(kind, k.ListOf) else kind.value
    return kind


def _within(declared: Field, inherited: Sees) -> Field:
    """The field with the class of what it lies in, where that is the narrower: a guardian's name is the minor's."""
    if inherited == "public" or declared.sees == inherited:
        return declared
    within = copy.copy(declared)
    within.sees = inherited
    return within


def _records(value: object, inherited: Sees = "public") -> Iterator[tuple[Record, Sees]]:
    if isinstance(value, Record):
        yield value, inherited
        for declared in value.fields.values():
            narrow = inherited if declared.sees in ("public", "set") else declared.sees
            yield from _records(getattr(value, declared.name), narrow)
    elif isinstance(value, Production):
        for part in vars(value).values():
            yield from _records(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _records(part, inherited)
    elif isinstance(value, tuple):
        for part in value:
            yield from _records(part, inherited)


def _typed(record: Record) -> Iterator[tuple[Field, Scalar]]:
    if not isinstance(record.node, Mapping):
        return
    for key, child in record.node.values.items():
        declared = record.fields.get(key) or record.fields.get(record.rest)
        if declared is not None and not isinstance(_innermost(declared.kind), (k.Of, k.Either)):
            yield from ((declared, node) for node in _scalars(child))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if node.text is not None:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for value in node.values.values():
            yield from _scalars(value)

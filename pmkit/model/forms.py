"""The forms a value can have in a file: one text, one of a few words, a list, keys and values, a record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pmkit.model.record import LEFT_OUT, Kind, LeftOut, Reader, Record, did_you_mean, said
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Fault


class Value(Kind):
    """One scalar, read by a parser of text that returns the value or a `Fault`."""

    __slots__ = ("note", "parse", "pattern")

    def __init__(self, parse: Callable[[str], Any], note: str = "", pattern: str = "") -> None:
        self.parse = parse
        self.note = note
        self.pattern = pattern

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Scalar or node.text is None:
            return reader.add(_one_value(node, self.note), node)
        value = self.parse(node.text)
        return reader.add(value, node) if type(value) is Fault else value

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {"type": ["string", "number", "integer", "boolean"]}
        if self.note:
            told["description"] = self.note
        if self.pattern:
            told["pattern"] = self.pattern
        return told


def _one_value(node: Node, note: str) -> Fault:
    wanted = note or "one value"
    if isinstance(node, Sequence) and node.flow and all(isinstance(i, Scalar) for i in node.items):
        text = ", ".join(i.text or "" for i in node.items if isinstance(i, Scalar))
        return Fault(f"{wanted} is wanted here, not a list", f'if the brackets or commas are text, quote it: "{text}"')
    if isinstance(node, Mapping) and len(node.values) == 1:
        key, inner = next(iter(node.values.items()))
        if isinstance(inner, Scalar) and inner.text:
            quoted = f'"{key}: {inner.text}"'
            return Fault(f"{wanted} is wanted here, not a field", f"if the colon is text, quote it: {quoted}")
    return Fault(f"{wanted} is wanted here, not {said(node)}")


class Text(Value):
    """Text as typed; the commonest kind, so read without a detour."""

    __slots__ = ()

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Scalar and node.text is not None:
            return node.text
        return super().read(node, reader)


class OneOf(Kind):
    """One of a few words."""

    __slots__ = ("words",)

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, node: Node, reader: Reader) -> str | LeftOut:
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text or ""
        typed = node.text if isinstance(node, Scalar) and node.text else ""
        close = did_you_mean(typed, list(self.words)) if typed else ""
        hint = f"did you mean {close}?" if close else ""
        shown = typed[:40] or said(node)
        return reader.add(Fault(f"{shown} is not one of {', '.join(self.words)}", hint, "unknown-word"), node)

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        return {"enum": list(self.words)}


class ListOf(Kind):
    """A list; where `single` is true one value alone will do. Broken items are left out."""

    __slots__ = ("item", "single")

    def __init__(self, item: Kind, single: bool = False) -> None:
        self.item = item
        self.single = single

    def read(self, node: Node, reader: Reader) -> tuple[Any, ...] | LeftOut:
        if not isinstance(node, Sequence):
            if isinstance(node, Mapping) and node.flow and node.values and not any(map(_given, node.values.values())):
                lost(self.item, reader)
                hint = f"put it in square brackets: [{', '.join(node.values)}]"
                return reader.add(Fault("a list is wanted here, and braces { } hold fields", hint), node)
            if self.single:
                value = self.item.read(node, reader)
                return LEFT_OUT if value is LEFT_OUT else (value,)
            lost(self.item, reader)
            return reader.add(Fault(f"a list is wanted here, not {said(node)}", _list_hint(node)), node)
        read = self.item.read
        values = [read(item, reader) for item in node.items]
        return tuple(value for value in values if value is not LEFT_OUT)

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        item = self.item.schema(defs)
        told: dict[str, Any] = {"type": "array", "items": item}
        return {"anyOf": [item, told]} if self.single else told


class MappingOf(Kind):
    """Values by key, in the order typed. A broken value leaves its key out; keys are read too."""

    __slots__ = ("key", "value")

    def __init__(self, key: Kind, value: Kind) -> None:
        self.key = key
        self.value = value

    def read(self, node: Node, reader: Reader) -> dict[Any, Any] | LeftOut:
        if not isinstance(node, Mapping):
            if isinstance(node, Scalar) and node.text is None:
                return {}
            lost(self.value, reader)
            fault = Fault(f"names with a colon and a value are wanted here, not {said(node)}", _named_hint(node))
            return reader.add(fault, node)
        values: dict[Any, Any] = {}
        record = self.value.record if isinstance(self.value, Of) else None
        for text, child in node.values.items():
            key = self.key.read(node.keys[text], reader)
            if key is LEFT_OUT:
                lost(self.value, reader)
                continue
            if key in values:
                first = next(k for k in node.keys if self.key.read(node.keys[k], Reader()) == key)
                message = f"{text} is {first} again, which stands in line {node.keys[first].line}"
                reader.add(Fault(message, "keep one of the two", "duplicate-id"), node.keys[text])
                continue
            value = record.read(child, reader, key) if record is not None else self.value.read(child, reader)
            if value is not LEFT_OUT:
                values[key] = value
                if record is not None:
                    value.__dict__["key_node"] = node.keys[text]
        return values

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.value.schema(defs)}


def lost(kind: Kind, reader: Reader) -> None:
    """Remembers that records of this kind are missing, so that nobody draws conclusions from the gap."""
    while isinstance(kind, MappingOf | ListOf):
        kind = kind.value if isinstance(kind, MappingOf) else kind.item
    if isinstance(kind, Of):
        reader.left_out.add(kind.record.__name__.lower())
        for field in kind.record.fields.values():
            if isinstance(field.kind, MappingOf | ListOf):
                lost(field.kind, reader)


def _given(node: Node) -> bool:
    return not isinstance(node, Scalar) or node.text is not None


def _list_hint(node: Node) -> str:
    if isinstance(node, Mapping) and not node.flow and node.keys:
        key, child = next(iter(node.values.items()))
        value = f" {child.text}" if isinstance(child, Scalar) and child.text else " …"
        return f"each of its items begins with a dash: - {key}:{value}"
    if isinstance(node, Mapping):
        return "put brackets around it: [{…}, {…}]"
    text = node.text if isinstance(node, Scalar) and node.text else "…"
    if re.match(r"-[^\s-]", text):
        return f"put a space after each dash: - {text[1:].split(' -')[0][:60]}"
    return f"put brackets around it: [{text[:60]}]"


def _named_hint(node: Node) -> str:
    if isinstance(node, Sequence) and node.flow and node.items and isinstance(node.items[0], Scalar):
        pairs = [(i.text or "").partition(" ") for i in node.items[:3] if isinstance(i, Scalar)]
        return f"write {{{', '.join(f'{name}: {value or chr(8230)}' for name, _, value in pairs)}}}"
    return "take the dashes away, and put a name and a colon before each" if isinstance(node, Sequence) else ""


class Of(Kind):
    """A record of a class."""

    __slots__ = ("record",)

    def __init__(self, record: type[Record]) -> None:
        self.record = record

    def read(self, node: Node, reader: Reader) -> Any:
        return self.record.read(node, reader)

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        return record_schema(self.record, defs)


class Either(Kind):
    """One form when it is a single value, another when it is a list or has fields."""

    __slots__ = ("fields", "items", "value")

    def __init__(self, value: Kind | None = None, items: Kind | None = None, fields: Kind | None = None) -> None:
        self.value = value
        self.items = items
        self.fields = fields

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node, Mapping):
            form = self.fields
        elif isinstance(node, Sequence):
            form = self.items
        else:
            form = self.value
        form = form or self.value or self.items or self.fields
        return form.read(node, reader) if form else LEFT_OUT

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [form.schema(defs) for form in (self.value, self.items, self.fields) if form]}


def record_schema(record: type[Record], defs: dict[str, Any]) -> dict[str, Any]:
    """A reference to a record's schema, written into `defs` once."""
    name = record.__name__
    if name not in defs:
        told: dict[str, Any] = {"type": "object", "description": (record.__doc__ or "").partition("\n")[0]}
        defs[name] = told
        own = [f for f in record.fields.values() if not f.from_key and f.key != record.rest]
        told["properties"] = {f.key: _noted(f.kind.schema(defs), f.note) for f in own}
        told["additionalProperties"] = record.fields[record.rest].kind.schema(defs) if record.rest else False
        required = [f.key for f in own if f.required]
        if required:
            told["required"] = required
        if record.from_text.__func__ is not Record.from_text.__func__:  # type: ignore[attr-defined]
            defs[name] = {"anyOf": [told, {"type": ["string", "number", "integer", "boolean"]}]}
    return {"$ref": f"#/$defs/{name}"}


def _noted(schema: dict[str, Any], note: str) -> dict[str, Any]:
    return {**schema, "description": note} if note and "$ref" not in schema else schema

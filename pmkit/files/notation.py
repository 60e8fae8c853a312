"""How a value is written in a file of the folder: plain where that reads back the same, quoted where not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

WIDEST: Final = 140
"""A record longer than this, written on one line, is written a field a line."""

Value = str | None | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: text, nothing (`~`), lists and fields."""

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`="
_NOT_PLAIN = re.compile(r": |\s#|:$|^\s|\s$|[^\S ]|^(?:---|\.\.\.)|^(?:~|<<)$")
_NOT_FLOW = re.compile(r"[,\[\]{}?]|:(?:$|[,\[\]{}\s])")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(text: str, flow: bool = False, quoted: bool = False) -> str:
    """Text as one value on one line; `flow` inside brackets, `quoted` where quotes stood before."""
    if not quoted and _is_plain(text, flow):
        return text
    if re.search(r"[\n\r\t]", text) or ("\\" not in text and '"' not in text):
        return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
    return "'" + text.replace("'", "''") + "'"


def flow(value: Value) -> str:
    """Any value on one line: `{a: b}`, `[a, b]`, or text that can stand between brackets."""
    if value is None:
        return "~"
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def one_line(value: Value) -> str:
    """A value on one line where a line is its own: after `key: ` or a dash."""
    return scalar(value) if isinstance(value, str) else flow(value)


def block(value: Value, indent: int, end: str = "\n") -> str:
    """A value after a key's colon, with the space before it: on the line, or a field a line below.

    Records and lists of records go below; what has only text in it stays on the line while it fits.
    """
    if isinstance(value, str) and "\n" in value and (lines := _literal(value)):
        mark, body = lines
        return f" {mark}" + "".join(end + (" " * indent + line if line else "") for line in body)
    if isinstance(value, str) or not value or _fits(value, indent):
        return f" {one_line(value)}"
    pad = end + " " * indent
    if isinstance(value, Mapping):
        return "".join(f"{pad}{scalar(key)}:{block(item, indent + 2, end)}" for key, item in value.items())
    return "".join(f"{pad}- {item(one, indent + 2, end)}" for one in value)


def item(value: Value, indent: int, end: str = "\n", wide: bool = False) -> str:
    """A value after a dash: on the line if it fits and `wide` is not asked for, else a field a line."""
    if isinstance(value, Mapping) and value and (wide or indent + len(flow(value)) > WIDEST):
        return block_fields(value, indent, end)
    return one_line(value)


def block_fields(value: Mapping[str, Value], indent: int, end: str = "\n") -> str:
    """Fields a line, the first where the writer stands, the others below it at `indent`."""
    pad = end + " " * indent
    return pad.join(f"{scalar(key)}:{block(one, indent + 2, end)}" for key, one in value.items())


def _fits(value: Sequence[Value] | Mapping[str, Value], indent: int) -> bool:
    """Whether lists and fields stay on one line: short, and no list of records in them."""
    return _flat(value, 2 if isinstance(value, Mapping) else 1) and indent + len(flow(value)) <= WIDEST


def _flat(value: Value, levels: int) -> bool:
    if value is None or isinstance(value, str):
        return True
    inner = value.values() if isinstance(value, Mapping) else value
    return levels > 0 and all(_flat(one, levels - 1) for one in inner)


def _is_plain(text: str, flow: bool) -> bool:
    if not text or _NOT_PLAIN.search(text) or not text.isprintable():
        return False
    if text[0] in _INDICATORS and not (text[0] == "-" and text[1:2].isalnum()) and text[0] != "=":
        return False
    return not (flow and _NOT_FLOW.search(text))


def _literal(text: str) -> tuple[str, list[str]] | None:
    """The mark and lines of text over several lines, where it can be written as it reads."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not lines[0] or not lines[-1] or any(line.startswith((" ", "\t")) or line != line.rstrip() for line in lines):
        return None
    if any(not line.isprintable() for line in lines):
        return None
    return ("|" if text.endswith("\n") else "|-"), lines

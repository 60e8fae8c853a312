"""JSON from strangers, read into values that know their line: nothing in it can make this raise.

Numbers stay decimal text until somebody asks for them, so 0.125 is an eighth and no float.
Limits on size, depth and the length of a number hold while reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pmkit.problems import Place, Problem

LARGEST: Final = 20 * 1024 * 1024
DEEPEST: Final = 40
_LONGEST: Final = 40
_TOKEN = re.compile(
    r"[ \t\r\n]*(?:([\[\]{},:])|(\"(?:[^\"\\\x00-\x08\x0a-\x1f]|\\.)*\")"
    r"|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![0-9A-Za-z.])"
    r"|(true|false|null)(?![0-9A-Za-z]))",
)
_WORDS = {"true": True, "false": False, "null": None}


class Value(NamedTuple):
    """A JSON value with the offset at which it begins: text, Decimal, bool, None, list or fields."""

    it: Any
    at: int

    def get(self, key: str) -> Value:
        """A field; one that is not there is null and stands where the fields do."""
        found = self.it.get(key) if isinstance(self.it, dict) else None
        return found if found is not None else Value(None, self.at)

    def items(self) -> Iterator[Value]:
        """The items of a list; none when it is no list."""
        return iter(self.it if isinstance(self.it, list) else ())


class Broken(NamedTuple):
    """Why a text is no JSON, and where."""

    message: str
    hint: str
    at: int


def decode(data: bytes) -> str | Broken:
    """The bytes as text: UTF-8, or what its byte-order mark says."""
    if len(data) > LARGEST:
        return Broken(f"this file has {len(data) // 2**20} MiB; the limit is {LARGEST // 2**20} MiB", "", 0)
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(coding, "replace")
        return Broken("this file is not UTF-8 text here", "save it again as UTF-8", len(before))


def parse(text: str) -> Value | Broken:
    """The value a JSON text holds, or why it holds none."""
    stack: list[tuple[Value, Value | None]] = []  # each open list or record, and the key that waits for its value
    at, end = 0, len(text)
    wanted = "value"
    root: Value | None = None
    while True:
        found = _TOKEN.match(text, at)
        if found is None:
            return _stumble(text, at, end, bool(stack) or root is None) if text[at:].strip() or root is None else root
        start, at = found.start(found.lastindex or 0), found.end()
        sign, quoted = found[1], found[2]
        if root is not None:
            return Broken("something follows where the file should end", "", start)
        if wanted in ("value", "item"):
            if sign in ("[", "{"):
                if len(stack) >= DEEPEST:
                    return Broken(f"nested more than {DEEPEST} levels deep", "", start)
                stack.append((Value([] if sign == "[" else {}, start), None))
                wanted = "item" if sign == "[" else "first-key"
                continue
            if sign == "]" and wanted == "item":
                made = stack.pop()[0]
            elif sign:
                return Broken(f"a value is wanted here, not {sign}", _comma(sign), start)
            else:
                single = _single(found, start)
                if isinstance(single, Broken):
                    return single
                made = single
        elif wanted in ("key", "first-key"):
            if sign == "}" and wanted == "first-key":
                made = stack.pop()[0]
            else:
                if quoted is None:
                    return Broken("a key in quotes is wanted here", _comma(sign or ""), start)
                key = _single(found, start)
                if isinstance(key, Broken):
                    return key
                stack[-1] = (stack[-1][0], key)
                wanted = "colon"
                continue
        elif wanted == "colon":
            if sign != ":":
                return Broken("a colon is wanted here", "", start)
            wanted = "value"
            continue
        else:
            holder = stack[-1][0]
            if sign == ",":
                wanted = "value" if isinstance(holder.it, list) else "key"
                continue
            if sign != ("]" if isinstance(holder.it, list) else "}"):
                return Broken("a comma is missing here", "", start)
            made = stack.pop()[0]
        if not stack:
            root = made
            continue
        holder, waiting = stack[-1]
        if waiting is None:
            holder.it.append(made)
        else:
            holder.it[waiting.it] = made
            stack[-1] = (holder, None)
        wanted = "more"


def place(text: str, at: int, file: str) -> Place:
    """The line and column of an offset."""
    line = text.count("\n", 0, at) + 1
    return Place(file, line, at - (text.rfind("\n", 0, at) + 1) + 1, 1)


def problem(broken: Broken, text: str, file: str) -> Problem:
    """Why a file is no JSON, as a problem at its line."""
    return Problem("broken-json", place(text, broken.at, file), broken.message, broken.hint)


def _comma(sign: str) -> str:
    return "take away the comma before it" if sign and sign in "]}" else ""


def _single(found: re.Match[str], start: int) -> Value | Broken:
    quoted, number = found[2], found[3]
    if quoted is not None:
        if "\\" not in quoted:
            return Value(quoted[1:-1], start)
        try:
            said = json.loads(quoted, strict=False)
        except ValueError:
            return Broken("this text holds a backslash that means nothing", "", start)
        return Value(said.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), start)
    if number is not None:
        if len(number) > _LONGEST:
            return Broken(f"this number has {len(number)} signs", "", start)
        return Value(Decimal(number), start)
    return Value(_WORDS[found[4]], start)


def _stumble(text: str, at: int, end: int, open_: bool) -> Broken:
    while at < end and text[at] in " \t\r\n":
        at += 1
    if at >= end:
        return Broken(
            "the file ends in the middle" if text.strip() else "this file is empty", "get the whole file again", end
        )
    if text[at] == '"':
        return Broken("this text has no closing quote on its line, or holds a control character", "", at)
    said = text[at : at + 12].split()[0]
    return Broken(f"{said!r} means nothing here" if open_ else "something follows where the file should end", "", at)

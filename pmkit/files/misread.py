"""The line as it was probably meant: what YAML misreads, quoted or spaced rightly.

Everything here guesses from one line of text for the sake of a hint; nothing is read by it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

KEY = re.compile(
    r"""(?P<lead>\s*(?:-[ ]+)*)
        (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'\[\]{}\#&*!|>%@`,-][^:\#]*?|-[^\s:\#][^:\#]*?)(?P<colon>[ ]*:(?:[ \t]+|$)))?
        (?P<value>.*)$""",
    re.VERBOSE,
)
UNSPACED = re.compile(r"^(\s*(?:- +)*)([A-Za-z_][\w.-]*):(?=[^\s:/\\])(.*)$")
COMMENT = re.compile(r"(?:^|\s)#.*$")
NO_COMMA = re.compile(r"[{,]\s*([A-Za-z_]\w*: [-$£€]?\d[^\s,{}\[\]]*) +([a-z_]+)$")  # a figure, and the next key
LONG = 400  # a line longer than this is not guessed about
CLOSING = {"[": "]", "{": "}"}
REACH = 200  # how many lines above an open quote is looked for
ODD_SPACE = re.compile(r"(?<=\S):[\u00a0\u2000-\u200a\u202f\u3000]")


class Slip(NamedTuple):
    """A slip on a line: its row and offset, counted from zero, what it is, and how the line was meant."""

    row: int
    at: int
    message: str
    hint: str


class Line(NamedTuple):
    """A line cut into indentation and dashes, key, and value; `at` is the value's offset in it."""

    lead: str
    key: str
    value: str
    at: int

    def with_value(self, value: str) -> str:
        """The line, its indentation left off, with another value."""
        return f"{self.lead.lstrip()}{self.key}: {value}" if self.key else f"{self.lead.lstrip()}{value}"


def cut(line: str) -> Line:
    """A line's indentation and dashes, its key without the colon ("" when none), and its value."""
    found = KEY.match(line) if len(line) <= LONG else None
    if found is None:
        return Line("", "", line.strip(), len(line) - len(line.lstrip()))
    value = found["value"].rstrip()
    if value[:1] not in ("'", '"'):
        value = COMMENT.sub("", value).rstrip()
    return Line(found["lead"], found["key"] or "", value, found.start("value"))


def quoted(value: str) -> str:
    """A text in the quotes that need least change."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def advice(line: str) -> str:
    """The hint that shows the line with its whole value quoted: `heading: "INT. BAR: NIGHT"`."""
    if len(line) > LONG:
        return "quote the text"
    parts = cut(line)
    return f"quote the text: {parts.with_value(quoted(parts.value))}"


def spaced(line: str) -> str:
    """`call:7:30` as `call: 7:30`; "" when the line is not of that kind."""
    found = UNSPACED.match(line)
    if len(line) > LONG or not found or not found[3] or re.search(r":(\s|$)", found[3]):
        return ""
    return f"{found[1].lstrip()}{found[2]}: {found[3].rstrip()}"


def closing(value: str) -> int:
    """The offset after the quote or bracket that ends what the value begins with; -1 when none does."""
    if value[:1] in ("'", '"'):
        pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
        found = re.match(pattern, value)
        return found.end() if found else -1
    depth = 0
    for index, character in enumerate(value):
        depth += (character in "[{") - (character in "]}")
        if not depth:
            return index + 1
    return -1


def quoted_item(line: str, index: int) -> str:
    """The line with the item of a list or mapping in brackets that holds this offset quoted.

    `{move: to the gas station: now}` becomes `{move: "to the gas station: now"}`. "" when there
    is no such item on the line.
    """
    begin = max(line.rfind(sign, 0, index) for sign in ",[{") + 1
    end = min((at for sign in ",]}" if (at := line.find(sign, index)) >= 0), default=-1)
    if not begin or end < begin or len(line) > LONG:
        return ""
    item = line[begin:end]
    body = item.strip()
    key, colon, rest = body.partition(": ")
    if line[begin - 1] == "{" and colon and ": " in rest:
        fixed = f"{key}: {quoted(rest)}"
    elif ": " in body:
        fixed = quoted(body)
    else:
        return ""
    space = item[: len(item) - len(item.lstrip())]
    return (line[:begin] + space + fixed + line[end:]).strip()


def opened_above(lines: list[str], row: int, column: int) -> Slip | None:
    """A quote left open on a line above, which ran on to the next quote, right before this place."""
    for above in range(row - 1, max(row - REACH, 0) - 1, -1):
        parts = cut(lines[above])
        if parts.value[:1] in ("'", '"') and parts.value and closing(parts.value) < 0:
            text = "\n".join([lines[above][parts.at :], *lines[above + 1 : row], lines[row][:column]])
            end = closing(text)
            if end < 0 or text[end:].strip():
                return None
            hint = f"close it on its line: {parts.with_value(parts.value + parts.value[0])}"
            return Slip(above, parts.at, f"this quote is never closed; it runs on to line {row + 1}", hint)
    return None


def odd_space(lines: list[str], *rows: int) -> Slip | None:
    """A colon with a space after it that only looks like one, as word processors and web pages have it."""
    for row in rows:
        found = ODD_SPACE.search(lines[row]) if row < len(lines) else None
        if found:
            message = "after this colon stands a no-break space, not a plain one"
            hint = f"type a plain space there: {ODD_SPACE.sub(': ', lines[row]).strip()}"
            return Slip(row, found.end() - 1, message, hint)
    return None

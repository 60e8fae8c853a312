"""A file's bytes as text, and what is wrong with its characters before any syntax is looked at.

Offsets count characters of the decoded text, without a leading byte-order mark. Lines end
with LF, CRLF or CR, as in YAML.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from pmkit.problems import Place, Problem

BYTE_LIMIT = 10 * 1024 * 1024
ONCE_A_FILE = frozenset({"bad-character", "conflict-marker", "invisible-character", "tab-indent"})

# Patterns that almost no file needs are text: `re` compiles them when first asked, and keeps them.
BAD = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
INVISIBLE = "[\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
# What nearly every file is made of: nothing to look for in it.
PLAIN = b"\t\n\r" + bytes(range(0x20, 0x7F))
CONFLICT_SIGNS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
CONFLICT = r"(?m)(?:^|(?<=\r))[ \t]*(<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)"
TAB_INDENT = r"(?m)(?:^|(?<=\r)) *(\t)[ \t]*(?=[^ \t\r\n#])"
LINE_END = re.compile(r"\r\n|\r|\n")
ESCAPE = r"(?s)\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
SURROGATE_ESCAPE = (
    r"(?<=\\)(?:u[dD][89a-fA-F][0-9A-Fa-f]{2}|U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}|U0000[dD][89a-fA-F][0-9A-Fa-f]{2})"
)
BAD_ESCAPE_LETTERS = {
    "0": "NUL",
    "a": "a bell",
    "b": "a backspace",
    "e": "an escape",
    "f": "a form feed",
    "v": "a vertical tab",
    "N": "U+0085 (next line)",
    "L": "U+2028 (line separator)",
    "P": "U+2029 (paragraph separator)",
}
NAMES = {
    0: "NUL",
    0x85: "U+0085 (next line)",
    0x2028: "U+2028 (line separator)",
    0x2029: "U+2029 (paragraph separator)",
    0x200B: "U+200B (zero-width space)",
    0xFEFF: "U+FEFF (byte-order mark)",
}


def place_at(text: str, file: str, index: int, length: int = 1) -> Place:
    """Where the character at an offset stands."""
    line = text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
    begin = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    return Place(file, line + 1, index - begin + 1, length)


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The bytes as text, which is UTF-8 with or without a byte-order mark.

    A problem when they cannot be: not UTF-8, more than 10 MiB, nothing but zero bytes.
    """
    if len(data) > BYTE_LIMIT:
        message = f"this file is {len(data) / 2**20:.1f} MiB; the limit is 10 MiB"
        return "", [
            Problem("too-large", Place(file, 1), message, "split it: NAME/KEY.yaml holds what stands under KEY:")
        ]
    if data and not data.strip(b"\0"):
        hint = "a power cut leaves files like this: take it back from git or from a backup"
        return "", [Problem("bad-character", Place(file, 1, 1), "this file holds nothing but zero bytes", hint)]
    if _sixteen_bits(data):
        hint = "it looks like UTF-16: save it again as UTF-8"
        return "", [Problem("not-utf8", Place(file, 1, 1), "this file is not UTF-8 text", hint)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _undecodable(data, file, error.start)


def _sixteen_bits(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    head = data[:256]
    first, second = head[::2], head[1::2]
    return len(head) >= 4 and any(
        a.count(0) * 2 > len(a) and not b.count(0) for a, b in ((first, second), (second, first))
    )


def _undecodable(data: bytes, file: str, at: int) -> tuple[str, list[Problem]]:
    try:  # surrogates written as UTF-8: named as characters, not as an encoding
        return data.decode("utf-8", "surrogatepass").removeprefix("\ufeff"), []
    except UnicodeDecodeError as error:
        at = error.start if data[at : at + 1] == b"\xed" else at
    before = data[:at].decode("utf-8", "surrogatepass").removeprefix("\ufeff")
    message = f"this file is not UTF-8 text: byte 0x{data[at]:02X} at this place"
    hint = "it looks like Latin-1 or Windows-1252: save it again as UTF-8"
    return "", [Problem("not-utf8", place_at(before, file, len(before)), message, hint)]


def characters(text: str, file: str) -> list[Problem]:
    """What is wrong with the characters as typed: control and invisible ones, conflict markers."""
    problems = []
    if text.isascii() and not text.encode("ascii").translate(None, PLAIN):
        bad = invisible = None
    else:
        bad, invisible = re.search(BAD, text), re.search(INVISIBLE, text)
    if bad:
        problems.append(_bad(place_at(text, file, bad.start()), _name(ord(bad[0])), text.endswith("\0" * 8)))
    if invisible:
        problems.append(_invisible(place_at(text, file, invisible.start()), ord(invisible[0])))
    if any(sign in text for sign in CONFLICT_SIGNS) and (marker := re.search(CONFLICT, text)):
        problems.append(
            Problem(
                "conflict-marker",
                place_at(text, file, marker.start(1), 7),
                "git left a merge conflict in this file",
                "keep one side, delete the lines beginning <<<<<<<, ======= and >>>>>>>; quote the text if it is meant",
            )
        )
    return problems


def escapes(text: str, file: str, quoted: Iterable[tuple[int, int]]) -> list[Problem]:
    """Characters smuggled into double-quoted text (between the offsets given) as escapes.

    The first that does not belong in text and the first that is invisible.
    """
    found: dict[str, Problem] = {}
    for start, end in quoted:
        for escape in re.compile(ESCAPE).finditer(text, start, end):
            problem = _escaped(escape, text, file, found)
            if problem is not None:
                found[problem.code] = problem
            if len(found) == 2:
                return list(found.values())
    return list(found.values())


def _escaped(escape: re.Match[str], text: str, file: str, found: dict[str, Problem]) -> Problem | None:
    digits = escape[1] or escape[2] or escape[3]
    code = int(digits, 16) if digits else -1
    bad = escape[4] in BAD_ESCAPE_LETTERS or code > 0x10FFFF or (code >= 0 and re.match(BAD, chr(code)))
    if bad and "bad-character" not in found:
        name = BAD_ESCAPE_LETTERS.get(escape[4] or "") or _name(code)
        return _bad(place_at(text, file, escape.start(), len(escape[0])), name)
    if not bad and code >= 0 and re.match(INVISIBLE, chr(code)) and "invisible-character" not in found:
        return _invisible(place_at(text, file, escape.start(), len(escape[0])), code)
    return None


def tab_indents(text: str, file: str, spans: Iterable[tuple[int, int]]) -> list[Problem]:
    """The first line indented with a tab; inside text of several lines (`spans`) a tab is kept."""
    inside = sorted(spans)
    for tab in re.finditer(TAB_INDENT, text):
        before = bisect_left(inside, (tab.start(1),)) - 1
        if before < 0 or inside[before][1] <= tab.start(1):
            return [tab_problem(place_at(text, file, tab.start(1)))]
    return []


def tab_problem(place: Place) -> Problem:
    """A line is indented with a tab."""
    return Problem("tab-indent", place, "this line is indented with a tab", "use two spaces for each level")


def without_bad(text: str) -> str:
    """The same text with U+FFFD for what the parser would choke on, so that reading goes on."""
    return re.sub(BAD, "\ufffd", text)


def without_surrogate_escapes(text: str) -> str:
    """The same text, lengths kept, with the escape of U+FFFD where one stands for no character."""
    return re.sub(SURROGATE_ESCAPE, lambda found: "uFFFD" if found[0][0] == "u" else "U0000FFFD", text)


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of characters said once a file, at their first place; all others kept."""
    kept: list[Problem] = []
    seen: set[str] = set()
    for problem in sorted(problems, key=lambda p: (p.place.line, p.place.column)):
        if problem.code not in seen:
            kept.append(problem)
        if problem.code in ONCE_A_FILE:
            seen.add(problem.code)
    return kept


def _name(code: int) -> str:
    return NAMES.get(code) or ("a lone surrogate " if 0xD800 <= code <= 0xDFFF else "") + f"U+{code:04X}"


def _bad(place: Place, name: str, zeros: bool = False) -> Problem:
    hint = "delete it or type it again"
    if zeros:
        hint = "the file ends in zero bytes, as a power cut leaves it: compare it with git or a backup"
    return Problem("bad-character", place, f"{name} does not belong in text", hint)


def _invisible(place: Place, code: int) -> Problem:
    name = NAMES.get(code, f"U+{code:04X} (a control for right-to-left text)")
    message = f"{name} is invisible and can make text read as something else"
    return Problem("invisible-character", place, message, "delete it unless it is meant", "warning")

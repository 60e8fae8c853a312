"""What the parser stumbled over, in plain words, at the line that caused it.

libyaml names its own state ("did not find expected key") and often the line after the
mistake. Each of its errors is looked up here by its words and explained by the line itself.
"""

from __future__ import annotations

import re

from yaml import YAMLError
from yaml.reader import ReaderError

from pmkit.files import events, misread, stumble, syntax_values as values
from pmkit.files.lexical import tab_problem
from pmkit.files.stumble import Stumble
from pmkit.problems import Place, Problem

KEY_VALUE = "write `key: value`, or indent text that goes on under its key"


def explain(error: YAMLError, text: str, file: str) -> Problem:
    """The parser's error as a problem at the place that caused it."""
    if isinstance(error, ReaderError):  # not to be met: characters are looked at before
        return Problem("bad-character", Place(file, 1), "a character in this file does not belong in text")
    met = stumble.of(error, text, file)
    if (refused := _refused(met)) is not None:
        return refused
    if odd := misread.odd_space(met.lines, met.from_row, max(met.row - 1, 0), met.row):
        return met.at(*odd)
    for words, explanation in EXPLANATIONS.items():
        if words in met.problem:
            return explanation(met)
    return met.here("this line cannot be read", "quote the text, or compare it with the lines above")


def _refused(s: Stumble) -> Problem | None:
    """What the dialect refuses anyway, met as a syntax error: the same code as elsewhere."""
    words, rest = f"{s.context} {s.problem}", s.from_line[s.from_column :].split(None, 1)
    place = Place(s.file, s.from_row + 1, s.from_column + 1, len(rest[0]) if rest else 1)
    here = Place(s.file, s.row + 1, s.column + 1, 1)
    if s.line[s.column : s.column + 1] == "\t":
        return tab_problem(here)
    if "nesting depth" in words:  # libyaml's own limit, met before the first event
        return events.too_deep(here)
    if "alias" in words or "anchor" in words:
        refusal = events.alias_refused(place, rest[0] if rest else "*")
    elif "tag" in words and "directive" not in words:
        refusal = events.tag_refused(place)
    elif "directive" in words or "incompatible YAML" in words:
        return events.directive_refused(place)
    elif "Unicode character escape" in words:
        return Problem("bad-character", here, "this escape stands for no character", "type the character itself")
    elif (
        "document start" in words
        and (directive := next((n for n, line in enumerate(s.lines) if line[:1] == "%"), -1)) >= 0
    ):
        return events.directive_refused(Place(s.file, directive + 1, 1, len(s.lines[directive])))
    elif "document start" in words and any(line.startswith("...") for line in s.lines[: s.row]):
        return events.several_documents(Place(s.file, s.row + 1, 1, 3))
    else:
        return None
    return refusal._replace(hint=misread.advice(s.from_line))


def _colon(s: Stumble) -> Problem:
    """`: ` where no mapping can begin: in text, or after a line that is not what it seems."""
    parts = misread.cut(s.line)
    if UNSPACED_DASH.match(s.line):
        at = s.line.index("-")
        hint = f"put one in: - {s.line[at + 1 :].strip()[:60]}"
        return s.at(s.row, at, "there is no space after this dash", hint)
    if len(s.line) > misread.LONG and ": " in s.line[: s.column]:
        return s.here("a colon and a space inside text", misread.advice(s.line))
    if parts.key and s.column >= parts.at:
        return values.value(s, s.row) or s.here("a colon and a space inside text", misread.advice(s.line), 1)
    if s.line.startswith("--- "):
        return s.at(s.row, 4, "keys begin on the line after ---", "move this to the next line", len(s.line) - 4)
    above = max(s.row - 1, 0)
    while above > 0 and not s.lines[above].strip():
        above -= 1
    line = s.lines[above]
    if s.column > 1024:
        return s.here("this key is too long: the limit is 1024 characters")
    return _unspaced(s, above) or _not_lined_up(s, line, above)


def _unspaced(s: Stumble, row: int) -> Problem | None:
    line = s.lines[row]
    meant = misread.spaced(line)
    if not meant:
        return None
    return s.at(row, line.index(":"), "there is no space after this colon", f"put one in: {meant}")


def _not_lined_up(s: Stumble, above: str, row: int) -> Problem:
    indent = len(s.line) - len(s.line.lstrip())
    if misread.cut(above).key or above.lstrip().startswith("- "):
        hint = "begin it under the first letter of the key it belongs with"
        return s.at(s.row, indent, "this line is indented further than the line above allows", hint)
    begin = len(above) - len(above.lstrip())
    hint = f"put a colon at its end: {above.strip()[:60]}:" if indent > begin else KEY_VALUE
    return s.at(row, begin, "this line is neither `key: value` nor `- item`", hint, len(above.strip()))


def _key(s: Stumble) -> Problem:
    """Where a key was expected: text after a value's end, or a line that does not line up."""
    parts = misread.cut(s.line)
    body = s.line.lstrip()
    if s.column > len(s.line) - len(body):
        found = values.value(s, s.row)
        if found is not None:
            return found
        if slip := misread.opened_above(s.lines, s.row, s.column):
            return s.at(*slip)
        return s.here("text goes on where the value has ended", misread.advice(s.line))
    if body.startswith(":"):
        return s.here("a key is missing before this colon", "write the key before the colon")
    if body.startswith("-"):
        above = s.lines[s.row - 1] if s.row else ""
        if above[: len(s.line) - len(body)].isspace() and above.strip()[:1] == "{":
            hint = f"begin it with a dash, as the next: - {above.strip()[:40]}"
            return s.at(s.row - 1, len(s.line) - len(body), "this item of a list has no dash", hint)
        hint = "indent the list under its key, or take the dash away"
        return s.here("a list item stands where a key is expected", hint)
    if parts.key or not s.row:
        return s.here("this line does not line up with the lines above", "begin it under the key it belongs with")
    return s.here("this line is neither `key: value` nor `- item`", KEY_VALUE, len(body))


def _no_colon(s: Stumble) -> Problem:
    line = s.from_line
    meant = misread.spaced(line)
    if meant:
        return s.at(s.from_row, line.index(":"), "there is no space after this colon", f"put one in: {meant}")
    above = s.lines[s.from_row - 1].rstrip() if s.from_row else ""
    hint = "text that goes over several lines is indented under its key"
    if above.endswith(("|", ">", "|-", ">-", "|+", ">+")):
        return s.there("this text is not indented under its key", hint, len(line.strip()))
    below = s.lines[s.from_row + 1] if s.from_row + 1 < len(s.lines) else ""
    if len(below) - len(below.lstrip()) > s.from_column and (misread.cut(below).key or below.lstrip()[:2] == "- "):
        hint = f"put a colon at its end: {line.strip()[:60]}:"
    elif above.lstrip().startswith("- ") and len(above) - len(above.lstrip()) >= s.from_column:
        hint = f"an item of a list begins with a dash: - {line.strip()[:60]}"
    else:
        hint = hint if misread.cut(above).key else KEY_VALUE
    return s.there("this line is neither `key: value` nor `- item`", hint, len(line.strip()))


def _dash(s: Stumble) -> Problem:
    value = s.line[s.column :]
    hint = f"put it on a line of its own under the key: {value.rstrip()}"
    return s.here("a list begins on the line below its key", hint)


def _item(s: Stumble) -> Problem:
    body = s.line[s.column :]
    if s.line[: s.column].strip():
        return _key(s)
    message = "this line does not line up with the list above"
    hint = (
        "begin it with a dash under the other dashes" if not body.startswith("-") else "put the dash under the others"
    )
    return s.here(message, hint)


def _after(s: Stumble) -> Problem:
    return s.here("text goes on where the file's one value has ended", "a file holds lines like `key: value`")


UNSPACED_DASH = re.compile(r"\s*-[{\[A-Za-z]")
EXPLANATIONS = {
    "mapping values are not allowed": _colon,
    "mapping keys are not allowed": values.beginning,
    "block sequence entries are not allowed": _dash,
    "did not find expected key": _key,
    "could not find expected ':'": _no_colon,
    "did not find expected ','": values.flow,
    "found unexpected ':'": values.flow_colon,
    "did not find expected '-'": _item,
    "cannot start any token": values.beginning,
    "did not find expected node content": values.beginning,
    "unexpected end of stream": values.open_quote,
    "unexpected document indicator": values.marker,
    "unknown escape character": values.escape,
    "hexdecimal": values.escape,
    "expected comment or line break": values.block,
    "indentation indicator": values.block,
    "document start": _after,
}

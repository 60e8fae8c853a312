"""Scripts in Fountain, the plain-text screenplay format (fountain.io/syntax).

Read after the syntax as published: boneyard and notes go first, then every line is what its
form and the blank lines round it make it. Beyond the letter: `I./E.` is a heading, and so is a
heading in capitals whose text follows without a blank line, which is then said.
"""

from __future__ import annotations

import re
from typing import Final

from pmkit.model.screenplay import Kind, Paragraph, Screenplay, ScriptScene, says_omitted
from pmkit.problems import Place, Problem

_LINE_END = re.compile(r"\r\n|\r|\n")
_BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"\[\[(?:(?!\]\])(?!\n\n).)*\]\]", re.DOTALL)
_HEADING = re.compile(r"(?:INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)[. ].*\S", re.IGNORECASE)
_NUMBER = re.compile(r"\s*#([^#]*)#\s*$")
_TITLE = re.compile(r"([^\s:][^:\n]{0,60}):(.*)")
_EMPHASIS = re.compile(r"(\*{1,3}|_)(?=\S)(.*\S)\1")
_KEYS: Final = frozenset(
    [
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "notes",
        "contact",
        "copyright",
        "date",
        "draft",
        "revision",
        "version",
        "format",
    ]
) | {"draft date", "written by", "based on", "draft name", "episode", "contact info"}
_DRAFT: Final = ("revision", "draft", "draft name", "version")
_SPOKEN: Final = ("character", "parenthetical", "dialogue", "lyrics")


def read(data: bytes, file: str) -> tuple[Screenplay | None, list[Problem]]:
    """The draft a Fountain file holds, and what is wrong with the file; None when it is no text."""
    text, problem = _decoded(data, file)
    if problem is not None:
        return None, [problem]
    return _Draft(file).read(text)


def _decoded(data: bytes, file: str) -> tuple[str, Problem | None]:
    hint = "save the script as UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), None
        except UnicodeDecodeError:
            return "", Problem("not-utf8", Place(file, 1), "this file is neither UTF-8 nor UTF-16", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file, data.count(b"\n", 0, error.start) + 1)
        return "", Problem("not-utf8", place, "this is not UTF-8 text from this line on", hint)
    if "\0" in text:
        place = Place(file, text.count("\n", 0, text.index("\0")) + 1)
        return "", Problem("not-text", place, "this file is not text: it has zero bytes", "is it the script?")
    return text, None


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what a pattern finds, each line where it was."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


class _Draft:
    """One Fountain file on its way to a draft."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.scenes: list[ScriptScene] = []
        self.paragraphs: list[Paragraph] = []
        self.synopsis: list[str] = []
        self.open: tuple[str, str, int] | None = None
        self.in_section = False
        self.two = 0

    def read(self, text: str) -> tuple[Screenplay, list[Problem]]:
        text = _LINE_END.sub("\n", text)
        bare = _without(_BONEYARD, text)
        if "/*" in bare:
            line = bare.count("\n", 0, bare.index("/*")) + 1
            hint = "close it with */, or what was meant to be cut is read as script"
            self._warn("open-boneyard", line, "a boneyard is opened here and never closed", hint)
        noted = bare.split("\n")
        self.lines = [line.rstrip() for line in _without(_NOTE, bare).split("\n")]
        # A line that was only a note or cut is none at all; a line of two spaces keeps a speech together.
        self.gone = [not now and bool(then.strip()) for now, then in zip(self.lines, text.split("\n"), strict=True)]
        self.kept = ["[[" not in line and bool(line) and not line.strip() for line in noted]
        titles, at = self._title_page()
        while at < len(self.lines):
            at = self._element(at)
        self._close()
        dated = titles.get("draft date", "")
        draft = next((titles[key] for key in _DRAFT if titles.get(key)), dated if "draft" in dated.lower() else "")
        return Screenplay(tuple(self.scenes), titles.get("title", ""), draft), self.problems

    def _warn(self, code: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, Place(self.file, line), message, hint, "warning"))

    def _title_page(self) -> tuple[dict[str, str], int]:
        titles: dict[str, str] = {}
        key, at = "", 0
        while at < len(self.lines) and not self.lines[at]:
            at += 1
        start = at
        for at in range(start, len(self.lines)):
            line = self.lines[at]
            found = _TITLE.fullmatch(line)
            if not line:
                break
            if not titles and not (found and self._begins_titles(found, at)):
                return {}, start
            if found and not line[0].isspace():
                key = found[1].strip().lower()
                titles[key] = found[2].strip()
            else:
                titles[key] = f"{titles[key]} {line.strip()}".strip()
        return titles, at if titles else start

    def _begins_titles(self, found: re.Match[str], at: int) -> bool:
        if found[1].strip().lower() in _KEYS:
            return True
        if found[1].isupper() or _HEADING.match(found[0]):
            return False
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return bool(found[2].strip()) or below[:1].isspace()

    # ---- line by line

    def _blank(self, at: int) -> bool:
        """Whether nothing that prints stands there: then the line beside it may be a heading or a cue."""
        if not 0 <= at < len(self.lines):
            return True
        line = self.lines[at]
        return not line or line.startswith("#") or line.startswith("=")

    def _element(self, at: int) -> int:
        line = self.lines[at].strip()
        if not line:
            return at + 1
        if re.fullmatch(r"={3,}", line):
            self._add("page-break", "", at)
        elif self.lines[at].startswith("#"):
            self.in_section = True
        elif self.lines[at].startswith("="):
            if not self.in_section and self.open:
                self.synopsis.append(line[1:].strip())
        elif self._is_heading(line, at):
            self._heading(line, at)
        elif self._is_cue(line, at):
            return self._speech(line, at)
        elif line.startswith(">"):
            centred = line.endswith("<")
            self._add("centred" if centred else "transition", line.strip("<> "), at)
        elif line.startswith("~"):
            self._add("lyrics", line[1:].strip(), at)
        elif line.isupper() and line.endswith("TO:") and self._blank(at - 1) and self._blank(at + 1):
            self._add("transition", line, at)
        else:
            return self._action(at)
        return at + 1

    def _is_heading(self, line: str, at: int) -> bool:
        if line.startswith(".") and not line.startswith("..") and line[1:].strip():
            return self._blank(at - 1)
        if not _HEADING.fullmatch(_plain(line)):
            number = _NUMBER.search(line)
            return number is not None and self._blank(at - 1) and says_omitted(line[: number.start()])
        before, after = self._blank(at - 1), self._blank(at + 1)
        if before and after:
            return True
        if not _NUMBER.sub("", line).isupper():
            return False
        following = self.lines[at + 1].strip() if at + 1 < len(self.lines) else ""
        if before and not _HEADING.fullmatch(following):
            hint = "put a blank line below a heading"
            self._warn("close-heading", at + 1, "this heading has no blank line below it; it is read as one", hint)
            return True
        self._missed(at)
        return False

    def _missed(self, at: int) -> None:
        hint = "put a blank line above and below a heading, or a ! before what is none"
        self._warn("close-heading", at + 1, "this looks like a scene heading and is read as action", hint)

    def _heading(self, line: str, at: int) -> None:
        self._close()
        text = line[1:].strip() if line.startswith(".") else line
        found = _NUMBER.search(text)
        heading = _plain(text[: found.start()] if found else text)
        self.open = (" ".join(heading.split()), found[1].strip() if found else "", at + 1)
        self.in_section = False

    def _is_cue(self, line: str, at: int) -> bool:
        spoken = self._follows(at)
        if line.startswith("@"):
            return len(line) > 1 and self._blank(at - 1)
        if not spoken or not self._blank(at - 1) or line.startswith(("!", ">", "~")) or _HEADING.fullmatch(line):
            return False
        name = re.sub(r"\([^()]*\)", "", _plain(line)).rstrip("^ ")
        return name.isupper() and not name.endswith(":")

    def _follows(self, at: int) -> bool:
        while at + 1 < len(self.lines) and self.gone[at + 1]:
            at += 1
        return at + 1 < len(self.lines) and bool(self.lines[at + 1].strip())

    def _speech(self, line: str, at: int) -> int:
        second = line.endswith("^")
        column = 2 if second else 0
        if second:
            self._first_column()
        self._add("character", _plain(line.removeprefix("@").rstrip("^ ")), at, column)
        at += 1
        while at < len(self.lines):
            words = self.lines[at].strip()
            if not words:
                if not (self.kept[at] or self.gone[at]):
                    break
            elif words.startswith("(") and words.endswith(")"):
                self._add("parenthetical", words, at, column)
            else:
                self._add("lyrics" if words.startswith("~") else "dialogue", words.removeprefix("~"), at, column)
            at += 1
        return at

    def _first_column(self) -> None:
        """What was said just before is said beside this."""
        for back in range(len(self.paragraphs) - 1, -1, -1):
            paragraph = self.paragraphs[back]
            if paragraph.kind not in _SPOKEN or paragraph.column:
                return
            self.paragraphs[back] = paragraph._replace(column=1)
            if paragraph.kind == "character":
                return

    def _action(self, at: int) -> int:
        begin, words = at, list[str]()
        while at < len(self.lines) and (self.lines[at] or self.gone[at]):
            line = self.lines[at]
            if at > begin and line.startswith((">", "#", "=")):
                break
            if at > begin and _HEADING.fullmatch(line) and _NUMBER.sub("", line).isupper():
                self._missed(at)
            if line:
                words.append(line.removeprefix("!") if line.startswith("!") else line)
            at += 1
        self._add("action", "\n".join(words), begin)
        return max(at, begin + 1)

    def _add(self, kind: Kind, text: str, at: int, column: int = 0) -> None:
        self.paragraphs.append(Paragraph(kind, text, at + 1, column))

    def _close(self) -> None:
        """Ends the scene that is open."""
        if self.open is not None:
            heading, number, line = self.open
            self.scenes.append(
                ScriptScene(
                    heading,
                    Place(self.file, line, 1, len(self.lines[line - 1])),
                    number,
                    tuple(self.paragraphs),
                    synopsis=" ".join(word for word in self.synopsis if word),
                    omitted=says_omitted(heading),
                )
            )
        self.paragraphs, self.synopsis, self.open = [], [], None


def _plain(text: str) -> str:
    """A line without the stars and underscores that stand round all of it."""
    while found := _EMPHASIS.fullmatch(text):
        text = found[2].strip()
    return text

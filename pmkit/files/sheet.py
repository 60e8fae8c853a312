"""A CSV file of the folder read line by line: known columns in any order, and the place of every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from pmkit.files import lexical
from pmkit.model.record import meant
from pmkit.problems import Place, Problem

# What plain ledgers are made of; anything else is looked at character by character.
_ORDINARY = bytes([9, 10, 13, *range(32, 127)])


class Sheet:
    """One CSV file: its text, its heading, and the problems found so far.

    Lines before the heading that begin with `#` (the owner's line) are passed over.

    `at` is the index of each known column, -1 where the file has none, and `text` from the character
    `begin` on is what follows the heading. A file that cannot be read at all has no rows and says
    why in `problems`.
    """

    def __init__(self, data: bytes, file: str, known: Sequence[str], required: Sequence[str]) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.at: dict[str, int] = dict.fromkeys(known, -1)
        self.width = self.begin = 0
        self.text = self._decoded(data)
        self._lines: list[str] | None = None
        self._start = self._last = 0
        self._records = self._quoted() if '"' in self.text else self._plain()
        self.whole = self._heading(known, required)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The line number and cells of every row, as many as the heading has; blank rows are passed over."""
        if not self.whole:
            return
        width = self.width
        for line, cells in self._records:
            if not cells or (not cells[0] and not any(cells)):
                continue
            if len(cells) != width:
                if any(cells[width:]):
                    hint = 'text with a comma in it is quoted: "nails, screws"'
                    self.wrong("too-many-cells", width, f"the heading has {width} columns, this row has more", hint)
                    continue
                cells = cells[:width] + [""] * (width - len(cells))
            yield line, cells

    @property
    def lines(self) -> list[str] | None:
        """The lines of a file without a quote in it, in which a row's cells are what commas part."""
        if '"' in self.text:
            return None
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def wrong(self, code: str, column: int, message: str, hint: str = "") -> None:
        """Notes what is wrong with a cell of the row just read; a negative column means the whole row."""
        place = self.place(column) if column >= 0 else Place(self.file, self._start)
        self.problems.append(Problem(code, place, message, hint))

    def place(self, column: int) -> Place:
        """Where a cell of the row just read stands: its line, its first character there, its length."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        text = "\n".join(self._lines[self._start - 1 : self._last])
        begin, end = _cell(text, column)
        above = text.count("\n", 0, begin)
        first = text.rfind("\n", 0, begin) + 1
        return Place(self.file, self._start + above, begin - first + 1, len(text[begin:end].partition("\n")[0]))

    def _decoded(self, data: bytes) -> str:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text, problems = lexical.decode(data[: lexical.BYTE_LIMIT], self.file)
            problem = Problem(
                "not-utf8", Place(self.file, 1, 1), "this file is not UTF-8 text", "save it again as UTF-8"
            )
            self.problems += problems or [problem]
            return ""
        if data.translate(None, _ORDINARY) or "<<<<<<<" in text or ">>>>>>>" in text:
            self.problems += lexical.characters(text, self.file)
        if any(problem.code in ("conflict-marker", "bad-character") for problem in self.problems):
            return ""
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _plain(self) -> Iterator[tuple[int, list[str]]]:
        """The records of a file without a quote in it, which need no more than a split.

        The lines after the heading are parted when the first of them is asked for.
        """
        number = 0
        while not self.width and self.begin <= len(self.text):
            begin, number = self.begin, number + 1
            end = self.text.find("\n", begin)
            end = len(self.text) if end < 0 else end
            self.begin = end + 1
            if not self.text.startswith("#", begin):
                self._start = self._last = number
                yield number, self.text[begin:end].split(",")
        for below, text in enumerate((self.lines or [])[number:], number + 1):
            self._start = self._last = below
            yield below, text.split(",")

    def _quoted(self) -> Iterator[tuple[int, list[str]]]:
        stream = io.StringIO(self.text, newline="\n")
        skipped = 0
        while self.text.startswith("#", stream.tell()):
            stream.readline()
            skipped += 1
        reader, last = csv.reader(stream, strict=True), 0
        while True:
            try:
                for cells in reader:
                    self._start = skipped + last + 1
                    last = reader.line_num
                    self._last = skipped + last
                    if not self.width:
                        self.begin = stream.tell()
                    yield self._start, cells
                return
            except csv.Error as error:
                self._start = skipped + last + 1
                last = reader.line_num
                self._last = skipped + last
                self.problems.append(self._misquoted(str(error)))
                if "unexpected end" in str(error):
                    return

    def _misquoted(self, said: str) -> Problem:
        if "field larger" in said:
            return Problem("too-large", Place(self.file, self._start), "a cell of this row is longer than 128 KB")
        if "unexpected end" in said:
            message = "a quote opened in this row is never closed, so all that follows is lost"
        else:
            message = "text goes on after a closing quote"
        return Problem("bad-quote", Place(self.file, self._start), message, 'a quote inside quoted text is doubled: ""')

    def _heading(self, known: Sequence[str], required: Sequence[str]) -> bool:
        if self.problems and not self.text:
            return False
        heading: list[str] = next((cells for _, cells in self._records if any(cells)), [])
        if not heading:
            hint = "its first line names the columns: " + ",".join(required)
            self.problems.append(Problem("missing-column", Place(self.file), "this file has no heading line", hint))
            return False
        self.width = len(heading)
        if not any(typed.strip().lower() in self.at for typed in heading):
            hint = "its first line names the columns: " + ",".join(required)
            if len(heading) == 1 and (";" in heading[0] or "\t" in heading[0]):
                hint = "its cells are parted by semicolons or tabs: save it again with commas"
            self.wrong("missing-column", -1, "the first line of this file names no column that is known", hint)
            return False
        for index, typed in enumerate(heading):
            name = typed.strip().lower()
            if name not in self.at:
                self._unknown(index, typed.strip(), known)
            elif self.at[name] >= 0:
                self.wrong("duplicate-column", index, f"there are two columns {name}", "keep one")
            else:
                self.at[name] = index
        missing = [name for name in required if self.at[name] < 0]
        if missing:
            hint = "columns may come in any order; these are needed: " + ", ".join(required)
            columns = "is no column" if len(missing) == 1 else "are no columns"
            self.wrong("missing-column", -1, f"there {columns} {', '.join(missing)}", hint)
        return not missing

    def _unknown(self, index: int, typed: str, known: Sequence[str]) -> None:
        if not typed:
            self.wrong("unknown-column", index, "this column has no name", "name it or take it out")
            return
        hint = meant(typed, known, "the columns are " + ", ".join(known))
        self.wrong("unknown-column", index, f"there is no column {typed[:40]}", hint)


def _cell(text: str, column: int) -> tuple[int, int]:
    """Where the cell of a record begins and ends, its quotes included."""
    begin = at = 0
    while True:
        if text.startswith('"', at):
            at += 1
            while at < len(text) and (text[at] != '"' or text.startswith('""', at)):
                at += 2 if text[at] == '"' else 1
            at = min(at + 1, len(text))
        end = text.find(",", at)
        end = len(text) if end < 0 else end
        if not column or end == len(text):
            return begin, end
        column -= 1
        begin = at = end + 1

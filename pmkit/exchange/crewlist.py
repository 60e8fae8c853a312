"""An office's crew or cast list, read: who stands on it, in which department, and what could not be read.

Title rows, blank lines, headings printed again and footers are passed over; departments come
from their column, from rows of their own (`CAMERA`), or from the position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pmkit.exchange import contacts, departments, headings
from pmkit.exchange.contacts import Order
from pmkit.exchange.headings import Headings
from pmkit.exchange.person import Person, Trouble
from pmkit.exchange.sheet import Row, Sheet
from pmkit.model.cast import cast_number
from pmkit.model.crew import Department
from pmkit.model.record import meant
from pmkit.problems import Stop
from pmkit.rollup.roster import Entry

_FOOTER: Final = re.compile(
    r"\b(?:updated|revised|revision|page|confidential|as of|printed|version|total|crew list|cast list|contact list|"
    r"unit list|do not|distribut|draft|production office|subject to change|generated|ver\.)\b|©|\d{1,2}/\d{1,2}|https?:|www\.",
    re.IGNORECASE,
)
OTHER: Final = "other"
"""The department of those whose list and position name none."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known before the list is read.

    `columns` and `departments` as an earlier import saved them, `told_columns` and
    `told_departments` as the person says now, `own` the production's departments with their
    names, `order` how `10/3` is meant where the list does not show it, `year` where none is typed.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    told_columns: Mapping[str, str] = field(default_factory=dict)
    told_departments: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Department] = field(default_factory=dict)
    order: Order = "mdy"
    year: int = 2000
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as read.

    `troubles` are rows and cells that were left out though they say something, `passed` rows
    that are nobody, `money` the columns of pay with how many cells they fill, `departments` the
    names used on the list with their ids, `samples` the first cell of each column.
    """

    kind: str
    sheet: str
    row: int
    headings: Headings
    entries: tuple[Entry, ...]
    troubles: tuple[Trouble, ...]
    passed: tuple[Trouble, ...]
    money: Mapping[str, int]
    departments: Mapping[str, str]
    samples: tuple[str, ...]
    order: Order


def read(sheets: Sequence[Sheet], kind: str, settled: Settled) -> Listing:
    """The people of a crew or cast list (`kind`). Raises `Stop` when no sheet looks like one."""
    sheet, found = _chosen(sheets, kind, settled)
    lacking = headings.lacking(found, kind)
    if lacking:
        words = ", ".join(word for word in found.words if word)
        raise Stop(
            f"the list has no {lacking.removeprefix('a ')}; its columns are {words}",
            f"say which it is: --column '{next(word for word in found.words if word)}={headings.LEAVE}' or a field: "
            + ", ".join(headings.FIELDS[kind]),
        )
    return _Reading(sheet, found, kind, settled).listing()


def _chosen(sheets: Sequence[Sheet], kind: str, settled: Settled) -> tuple[Sheet, Headings]:
    if settled.sheet:
        named = [sheet for sheet in sheets if sheet.name.casefold() == settled.sheet.casefold()]
        if not named:
            names = [sheet.name for sheet in sheets]
            hint = meant(settled.sheet, names, f"the sheets are {', '.join(names) or 'without a name'}")
            raise Stop(f"there is no sheet {settled.sheet}", hint)
        sheets = named
    first: tuple[Sheet, Headings] | None = None
    wrong: Stop | None = None
    for sheet in sheets:
        try:
            found = headings.find(sheet.rows, kind, settled.columns, settled.told_columns)
        except Stop as stop:
            wrong = wrong or stop
            continue
        if found is not None and not headings.lacking(found, kind):
            return sheet, found
        if found is not None and first is None:
            first = (sheet, found)
    if first is not None:
        return first
    raise wrong or Stop(
        f"no row of the file looks like the headings of a {kind} list",
        f"it needs a row that names its columns: {', '.join(list(headings.FIELDS[kind])[:6])} …",
    )


class _Reading:
    """One list being read, row by row."""

    def __init__(self, sheet: Sheet, found: Headings, kind: str, settled: Settled) -> None:
        self.sheet, self.headings, self.kind, self.settled = sheet, found, kind, settled
        self.rows = sheet.rows[found.at + 1 :]
        self.person = Person(found, settled.year)
        self.person.troubles += [
            Trouble(
                int(re.sub(r"\D", "", cell)),
                f"cell {cell} holds a formula that was never reckoned",
                "open the file in a spreadsheet, save it, and import it again",
            )
            for cell in sheet.unread
        ]
        self.passed: list[Trouble] = []
        self.departments: dict[str, str] = {}
        self.own = {key: department.title for key, department in settled.own.items()}
        self.numbers: dict[str, int] = {}
        self.person.order = contacts.order_of(
            (cell for row in self.rows for key in ("from", "to", "birth_date") if (cell := self.person.cell(row, key))),
            settled.order,
        )

    def listing(self) -> Listing:
        """All of it."""
        entries = list(self.crew() if self.kind == "crew" else self.cast())
        samples = tuple(
            next((row.cells[column] for row in self.rows if column < len(row.cells) and row.cells[column]), "")
            for column in range(len(self.headings.words))
        )
        return Listing(
            self.kind,
            self.sheet.name,
            self.sheet.rows[self.headings.at].number,
            self.headings,
            tuple(entries),
            tuple(sorted(self.person.troubles)),
            tuple(self.passed),
            self.person.money,
            self.departments,
            samples,
            self.person.order,
        )

    def people(self) -> list[Row]:
        """The rows that are not blank and not the headings again."""
        return [row for row in self.rows if not row.blank and not headings.is_heading(row.cells, self.headings)]

    # ---- the crew

    def crew(self) -> list[Entry]:
        """Every hire of a crew list."""
        rows, entries = self.people(), []
        group, title = self._above()
        for index, row in enumerate(rows):
            words = self._alone(row)
            if words and (found := self._department_row(row, words, rows[index + 1 :])):
                group, title = found
                continue
            vacant = words and words == self.person.cell(row, "position") and not _FOOTER.search(words)
            if words and not vacant and (self._says_nobody(words) or self.person.name(row) != contacts.name(words)):
                self.passed.append(Trouble(row.number, words))
                continue
            if typed := self.person.cell(row, "department"):
                group, title = self._department(typed)
            name, position = self.person.name(row), self.person.cell(row, "position")
            if not name or contacts.nobody(name):
                said = f"{position or 'this row'} has no name" + (f" ({name})" if name else "")
                (self.person.troubles if not name else self.passed).append(Trouble(row.number, said))
                continue
            here = group or departments.of_position(position) or OTHER
            fields = self.person.fields(row, {"position": position})
            entries.append(Entry(row.number, name, here, title, fields, guessed=not group))
        return entries

    def _alone(self, row: Row) -> str:
        """The only text of a row; merged cells that repeat it count once."""
        texts = {" ".join(cell.split()) for cell in row.cells if cell}
        return next(iter(texts)) if len(texts) == 1 else ""

    def _above(self) -> tuple[str, str]:
        """The department whose name stands right above the headings, as on lists in blocks."""
        before = [row for row in self.sheet.rows[: self.headings.at] if not row.blank]
        words = self._alone(before[-1]) if before else ""
        return self._department(words) if words and self._known(words) else ("", "")

    def _department_row(self, row: Row, words: str, after: Sequence[Row]) -> tuple[str, str] | None:
        if self._known(words):
            return self._department(words)
        if contacts.nobody(words) or self._says_nobody(words) or not any(letter.isalpha() for letter in words):
            return None
        suffixed = departments.bare(words) != words
        if words == self.person.cell(row, "position") and not suffixed and not words.isupper():
            own, settled = self.own, {**self.settled.departments, **self.settled.told_departments}
            if departments.vacancy(words, own, settled):
                return None
        followed = bool(after) and bool(self.person.name(after[0])) and not self._alone(after[0])
        elsewhere = self.person.name(row) != contacts.name(words)
        return self._department(words) if followed and (suffixed or words.isupper() or elsewhere) else None

    def _says_nobody(self, words: str) -> bool:
        return bool(_FOOTER.search(words)) or len(words) > 40 or len(words.split()) > 4

    def _known(self, words: str) -> str:
        return departments.known(words, self.own, {**self.settled.departments, **self.settled.told_departments})

    def _department(self, words: str) -> tuple[str, str]:
        """The id and printed name of a department; the name is empty where the id says the same."""
        key = self._known(words) or self._taken(departments.made(words))
        self.departments.setdefault(words, key)
        title = departments.bare(words)
        return key, "" if headings.folded(title) == headings.folded(key) else title

    def _taken(self, key: str) -> str:
        known, made, count = set(self.departments.values()), key, 1
        while made in known and key == "department":
            count += 1
            made = f"{key}-{count}"
        return made

    # ---- the cast

    def cast(self) -> list[Entry]:
        """Every part of a cast list."""
        entries = []
        for row in self.people():
            words = self._alone(row)
            number = re.sub(r"^(?:#|no\.?)\s*|[.)]$|\.0$", "", self.person.cell(row, "number"), flags=re.IGNORECASE)
            character, name = self.person.cell(row, "character"), self.person.name(row)
            if words and words != character:
                self.passed.append(Trouble(row.number, words))
                continue
            if not character and not number and not name:
                self.passed.append(Trouble(row.number, " ".join(cell for cell in row.cells if cell)))
            elif not character:
                self.person.troubles.append(Trouble(row.number, f"{name or number} has no character: left out"))
            elif not number or not contacts.reads(cast_number, number):
                said = f"{number} is no cast number" if number else f"{character} has no cast number"
                self.person.troubles.append(Trouble(row.number, f"{said}: left out", "write a number: 1, 12, 7A"))
            elif number.casefold() in self.numbers:
                first = self.numbers[number.casefold()]
                self.person.troubles.append(
                    Trouble(row.number, f"cast number {number} stands in row {first} already: left out")
                )
            else:
                self.numbers[number.casefold()] = row.number
                name = "" if contacts.nobody(name) else name
                fields = {"character": character, "performer": name}
                entries.append(Entry(row.number, name, number, "", self.person.fields(row, fields)))
        return entries

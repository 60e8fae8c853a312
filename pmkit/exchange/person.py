"""What one row of a list says of a person, each field as the folder would hold it."""

from __future__ import annotations

import re
from typing import NamedTuple

from pmkit.exchange import contacts
from pmkit.exchange.contacts import Order
from pmkit.exchange.headings import MONEY, PRIVATE, Headings
from pmkit.exchange.sheet import Row


class Trouble(NamedTuple):
    """What could not be read, with the row of the sheet it stands in."""

    row: int
    message: str
    hint: str = ""


class Person:
    """Reads people from rows under one heading row.

    `troubles` gathers cells that say something which could not be read, `money` the columns of
    pay with how many cells they fill: those are named and left.
    """

    def __init__(self, headings: Headings, year: int) -> None:
        self.headings = headings
        self.year = year
        self.order: Order = "mdy"
        self.troubles: list[Trouble] = []
        self.money: dict[str, int] = {}

    def cell(self, row: Row, key: str) -> str:
        """The text of a field in a row, on one line."""
        column = self.headings.column(key)
        return " ".join(row.cells[column].split()) if 0 <= column < len(row.cells) else ""

    def name(self, row: Row) -> str:
        """The name of a row, from one cell or two."""
        first, last = self.cell(row, "first"), self.cell(row, "last")
        if first or last:
            return f"{first} {last}".strip()
        return contacts.name(self.cell(row, "name"))

    def fields(self, row: Row, fields: dict[str, str]) -> dict[str, str]:
        """What a row says of a person, each field as the folder would hold it; blanks are left out."""
        also: list[str] = []
        for key, others in (("phone", "phone2"), ("email", "email2")):
            found = self._contacts(row, key) + self._contacts(row, others)
            values = list(dict.fromkeys(value for _, value in found))
            if values:
                fields[key] = values[0]
            words = {value: word for word, value in reversed(found)}
            also += [f"{words[value]} {value}" for value in values[1:]]
        for key in ("from", "to"):
            fields[key] = self._date(row, key)
        for key in ("walkie", "agency", "guardian", *PRIVATE):
            if text := self.cell(row, key):
                fields[key] = self._date(row, key) if key == "birth_date" else text
        for key in ("agent", "guardian"):
            self._inner(row, key, fields)
        for key in MONEY:
            if self.cell(row, key):
                column = self.headings.words[self.headings.column(key)]
                self.money[column] = self.money.get(column, 0) + 1
        fields["note"] = "; ".join([*filter(None, [self.cell(row, "note")]), *also])
        if fields.get("from") and fields.get("to") and fields["to"] < fields["from"]:
            self.troubles.append(
                Trouble(row.number, f"ends {fields['to']} before it starts {fields['from']}: no dates kept")
            )
            fields["from"] = fields["to"] = ""
        return {key: text for key, text in fields.items() if text}

    def _contacts(self, row: Row, key: str) -> list[tuple[str, str]]:
        """The numbers or addresses of a column, each with the column's words in small letters."""
        column = self.headings.column(key)
        if not 0 <= column < len(row.cells) or not row.cells[column]:
            return []
        is_phone = key.startswith("phone")
        good, left = (contacts.phones if is_phone else contacts.emails)(row.cells[column])
        if left:
            what = "phone number" if is_phone else "e-mail address"
            self.troubles.append(Trouble(row.number, f"{left[:60]} is no {what}: left out"))
        word = self.headings.words[column].casefold()
        return [(word, value) for value in good]

    def _date(self, row: Row, key: str) -> str:
        text = self.cell(row, key)
        if not text or contacts.nobody(text):
            return ""
        found = contacts.date(text, self.order, self.year)
        if found is None:
            self.troubles.append(Trouble(row.number, f"{text[:40]} is no date: left out", "write it as 2025-10-16"))
        return found or ""

    def _inner(self, row: Row, key: str, fields: dict[str, str]) -> None:
        """An agent or guardian: a name, and what other columns say of them."""
        fields.pop(key, None)
        whole = self.cell(row, key)
        addresses, _ = contacts.emails(whole)
        name = re.sub(r"\s*[<(,/-]?\s*\S+@\S+\s*[>)]?", "", whole).strip()
        told = {"name": name, "email": next(iter(addresses), ""), "company": self.cell(row, f"{key}_company")}
        for part, column in (("phone", f"{key}_phone"), ("email", f"{key}_email")):
            if found := self._contacts(row, column) if part == "email" else self._phones(row, column):
                told[part] = found[0][1]
        fields.update({f"{key}.{part}": text for part, text in told.items() if text and not contacts.nobody(text)})

    def _phones(self, row: Row, key: str) -> list[tuple[str, str]]:
        good, left = contacts.phones(self.cell(row, key))
        if left:
            self.troubles.append(Trouble(row.number, f"{left[:60]} is no phone number: left out"))
        return [(key, value) for value in good]

"""The crew (crew.yaml): departments and hires. A hire is a position held on certain dates; one
person may hold several.
"""

from __future__ import annotations

from datetime import date

from pmkit.model import dates, kinds as k
from pmkit.model.clock import Call
from pmkit.model.record import Record, field


class Contact(Record):
    """Somebody to turn to: a name, a phone number, an address."""

    name: str = field(k.text, "contact", default="")
    phone: str = field(k.phone, "contact", default="")
    email: str = field(k.email, "contact", default="")
    company: str = field(k.text, "contact", default="")


class Hire(Record):
    """A hire: one position held by one person, from a date, to a date or on certain days.

    Without dates it runs for the whole production. `person` names the first hire of the same
    person. `hired: false` is somebody who can be asked but stands on no sheet and in no count.
    """

    id: str = field(k.ident, "public")
    person: str = field(k.ident, "public", default="")
    name: str = field(k.text, "public", default="")
    position: str = field(k.text, "public", default="")
    email: str = field(k.email, "contact", default="")
    phone: str = field(k.phone, "contact", default="")
    from_: date | None = field(k.day, "set", default=None)
    to: date | None = field(k.day, "set", default=None)
    days: tuple[dates.DateRange, ...] = field(k.day_ranges, "set", default=())
    unit: tuple[str, ...] = field(k.ids, "set", default=(), note="the units this hire works with; all unless given")
    call: Call | None = field(k.call, "set", default=None)
    walkie: str = field(k.text, "set", default="")
    hired: bool = field(k.flag, "public", default=True)
    agent: Contact | None = field(k.Of(Contact), "contact", default=None)
    agency: str = field(k.text, "public", default="")
    off: tuple[dates.DateRange, ...] = field(k.day_ranges, "set", default=())
    note: str = field(k.text, "contact", default="")
    address: str = field(k.text, "identity", default="")
    birth_date: date | None = field(k.day, "identity", default=None)
    tax_id: str = field(k.text, "identity", default="")
    bank: str = field(k.text, "identity", default="")
    diet: str = field(k.text, "health", default="")
    allergies: str = field(k.text, "health", default="")
    emergency: Contact | None = field(k.Of(Contact), "identity", default=None)

    def works_with(self, unit: str) -> bool:
        """Whether the hire belongs to a unit; a hire without units belongs to all."""
        return not self.unit or unit in self.unit

    def on(self, day: date) -> bool:
        """Whether the hire is engaged on a date."""
        if not self.hired:
            return False
        if self.days:
            return any(day in stretch for stretch in self.days)
        return not ((self.from_ and day < self.from_) or (self.to and day > self.to))


class Department(Record):
    """A department: its people in the order they stand on the sheet, their call and channel."""

    key: str = field(k.ident, "public", from_key=True)
    name: str = field(k.text, "public", default="")
    call: Call | None = field(k.call, "set", default=None)
    walkie: str = field(k.text, "set", default="")
    people: tuple[Hire, ...] = field(k.ListOf(k.Of(Hire)), "public", default=())

    @property
    def title(self) -> str:
        """The name as printed: the one given, else the id in words."""
        return self.name or self.key.replace("-", " ").replace("_", " ").capitalize()

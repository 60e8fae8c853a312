"""The people on a list and the folder's own: which hire each row speaks of, found by name and address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pmkit.model.crew import Department, Hire


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on a list: the row, the name, the group they stand under, and their fields as text.

    `group` is a department's id, `title` the department's name as printed; or `group` is the cast
    number. A field of a field has a dot: `agent.email`. `guessed` says that no department stood on
    the list: then nobody in the folder is thought to have moved.
    """

    row: int
    name: str
    group: str
    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    guessed: bool = False


class People:
    """The folder's hires, found by name and address."""

    def __init__(self, departments: Mapping[str, Department], entries: Sequence[Entry]) -> None:
        self.listed = {plain(entry.name) for entry in entries}
        self.hires: dict[str, tuple[str, Hire]] = {
            hire.id: (key, hire) for key, department in departments.items() for hire in department.people
        }
        self.by_name: dict[str, list[str]] = {}
        self.by_email: dict[str, list[str]] = {}
        for hire in self._firsts():
            self.by_name.setdefault(plain(hire.name), []).append(hire.id)
            if hire.email:
                self.by_email.setdefault(hire.email.casefold(), []).append(hire.id)

    def _firsts(self) -> Iterable[Hire]:
        return [hire for _, hire in self.hires.values() if not hire.person or hire.person not in self.hires]

    def name(self, hire: Hire) -> str:
        """A hire's name, of the first hire where this one has none."""
        return hire.name or (self.hires[hire.person][1].name if hire.person in self.hires else "") or hire.id

    def person(self, entry: Entry) -> str:
        """The id of the person's first hire: by address, else by name or id; empty for somebody new."""
        email = entry.fields.get("email", "").casefold()
        name = plain(entry.name)
        by_email = self.by_email.get(email, []) if email else []
        for one in by_email:
            if plain(self.hires[one][1].name) == name:
                return one
        # One address, another name: a name put right, unless the old name stands on the list too.
        if len(by_email) == 1 and name not in self.by_name:
            if plain(self.hires[by_email[0]][1].name) not in self.listed:
                return by_email[0]
            return ""
        return self._named(name, email)

    def _named(self, name: str, email: str) -> str:
        found = self.by_name.get(name, [])
        same = [one for one in found if not email or self.hires[one][1].email.casefold() in ("", email)]
        return (same or found or [""])[0]

    def match(self, entries: Sequence[Entry]) -> dict[int, tuple[str, Hire]]:
        """The hire each entry speaks of, the likeliest pairs first."""
        persons = [self.person(entry) for entry in entries]
        found: dict[int, tuple[str, Hire]] = {}
        claimed: set[str] = set()
        hires: dict[str, list[str]] = {}
        for key, (_, hire) in self.hires.items():
            hires.setdefault(hire.person if hire.person in self.hires else key, []).append(key)
        for closeness in (3, 2, 1, 0):
            for number, entry in enumerate(entries):
                if number in found or not persons[number]:
                    continue
                for key in hires.get(persons[number], []):
                    group, hire = self.hires[key]
                    same = 2 * _alike(hire.position, entry.fields.get("position", "")) + (group == entry.group)
                    if key not in claimed and same >= closeness:
                        found[number] = (group, hire)
                        claimed.add(key)
                        break
        return found


def plain(name: str) -> str:
    """The form by which two typings of a name are one."""
    return " ".join(name.casefold().split())


def _alike(one: str, other: str) -> bool:
    return bool(one) and plain(one) == plain(other)

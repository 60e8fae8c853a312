"""Which column of somebody's list is which field: guessed from the words above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pmkit.exchange.sheet import Row
from pmkit.model import letters
from pmkit.model.record import meant
from pmkit.problems import Stop

LEAVE: Final = "leave"
"""Said of a column that is not read."""

# What belongs to private/ only, and what is money and not a matter of a list of people at all.
PRIVATE: Final = ("address", "birth_date", "tax_id", "bank", "passport", "diet", "allergies")
MONEY: Final = ("rate", "kit", "per_diem")

_PEOPLE: Final = {
    "name": "name|full name|crew name|crew|crew member|person|contact name|names|employee|nom|nombre|jmeno|meno",
    "first": "first|first name|forename|given name|firstname|christian name|fname|prenom",
    "last": "last|last name|surname|family name|lastname|lname|nom de famille|prijmeni",
    "phone": "phone|cell|cell phone|cellphone|mobile|mobile phone|mob|tel|telephone|telephone no|phone number|"
    "contact number|contact no|number phone|cell number|mobile number|tel no|telefon|handy|telephone number|cell no|"
    "phone no|mobile no|mobile tel|phone cell|phone mobile|contact",
    "phone2": "home|home phone|office|office phone|work|work phone|other phone|phone 2|alt phone|alternate phone|"
    "second phone|landline|home tel|office tel|tel 2|pager|phone home|phone office|phone work|other number|home no",
    "email": "email|e mail|mail|email address|e mail address|emails|email id|courriel|e mails",
    "email2": "email 2|other email|second email|alt email|work email|personal email",
    "from": "start|start date|from|on|first day|hire date|date start|start work|begin|start on|starts|dates from",
    "to": "end|end date|to|until|wrap date|last day|off|finish|finish date|date end|ends|wrap|dates to",
    "note": "note|notes|comment|comments|remarks|remark|misc|info",
    "agency": "agency|company|loan out|loanout|loan out company|representation|management",
    "address": "address|home address|street|mailing address|street address|address city|adresse",
    "birth_date": "dob|birth date|date of birth|birthday|birthdate|d o b|born",
    "tax_id": "ssn|social security|tax id|national insurance|ni number|ein|fein|tax number|vat|utr|ni no|"
    "social security number|last 4 ssn|vat number",
    "bank": "bank|iban|account number|bank account|sort code|bank details",
    "diet": "diet|dietary|dietary requirements|dietary needs|food|meal preference",
    "allergies": "allergies|allergy|medical",
    "rate": "rate|salary|fee|day rate|weekly rate|pay|wage|wages|weekly|daily rate|deal|rates|pay rate|gage|hourly",
    "kit": "kit|box|kit rental|box rental|box kit|kit fee|car allowance",
    "per_diem": "per diem|perdiem|allowance",
}
_CREW: Final = {
    "department": "department|dept|departement|abteilung|unit department|group|division|dpt|dep",
    "position": "position|title|role|job|job title|function|crew position|designation|occupation|capacity|grade|pos|"
    "position title|title position|job role|fonction|puesto|cargo|pozice",
    "walkie": "walkie|channel|ch|radio|radio channel|walkie channel",
}
_CAST: Final = {
    "number": "number|no|cast no|cast number|cast|id|cast id|nr|num|char no|character no|board no|cast member no",
    "character": "character|role|part|character name|char|roles|characters|rolle",
    "name": "name|performer|actor|actress|artist|artiste|talent|actor actress|full name|cast member|actor name|"
    "performer name|played by|artist name|player|cast name|talent name",
    "agent": "agent|agent name|rep|representative|manager|agent contact|agent manager|agency contact|agents",
    "agent_company": "agency|agent company|agent agency|representation|talent agency|management|agency name",
    "agent_phone": "agent phone|agent tel|agent number|agency phone|rep phone|agent cell|agents phone|agent telephone",
    "agent_email": "agent email|agent e mail|agency email|rep email|agents email|agents e mail|agent mail",
    "guardian": "guardian|parent|guardian name|parent guardian|chaperone|parent name",
    "guardian_phone": "guardian phone|parent phone|chaperone phone|guardian tel|parent guardian phone",
    "passport": "passport|passport no|passport number",
}

# A cast list's days are not read: the board decides them.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "crew": {**_PEOPLE, **_CREW},
    "cast": {**{key: words for key, words in _PEOPLE.items() if key not in ("agency", "from", "to")}, **_CAST},
}
_NEEDED: Final = {"crew": ("name", "last"), "cast": ("character",)}
_DEEPEST: Final = 60


class Headings(NamedTuple):
    """The heading row of a list: its index among the rows, and for each column its words and its field.

    The field is empty where nobody knows it, `leave` where somebody said so.
    """

    at: int
    words: tuple[str, ...]
    fields: tuple[str, ...]

    def column(self, field: str) -> int:
        """The column of a field, -1 when there is none."""
        return self.fields.index(field) if field in self.fields else -1


@lru_cache(maxsize=4096)  # a column says the same few words over and over
def folded(words: str) -> str:
    """Words in small plain letters with single spaces and no marks: `E-Mail:` is `e mail`."""
    bare = " ".join(re.sub(r"[^a-z0-9#]+", " ", letters.plain(words).replace("'", "")).replace("#", " no ").split())
    return bare or " ".join(words.lower().split())


def find(
    rows: Sequence[Row], kind: str, saved: Mapping[str, str] | None = None, told: Mapping[str, str] | None = None
) -> Headings | None:
    """The heading row of a crew or cast list and the field of each column; None when no row looks like one.

    `saved` is what an earlier import settled, `told` what the person says now, both by the
    heading's words. Raises `Stop` for a field or a column there is not.
    """
    settled = {folded(words): field for words, field in {**(saved or {}), **(told or {})}.items()}
    for field in (told or {}).values():
        _known(field, kind)
    best, most = -1, 1
    for index, row in enumerate(rows[:_DEEPEST]):
        score = len(_guessed(row.cells, kind, settled).keys() - {-1})
        if score > most:
            best, most = index, score
    if best < 0:
        return None
    words = told_apart(rows[best].cells)
    guessed = _guessed(words, kind, settled)
    there(told or {}, words)
    return Headings(best, words, tuple(guessed.get(column, "") for column in range(len(words))))


def lacking(headings: Headings, kind: str) -> str:
    """What a list needs and this one has no column for, in words; empty when it has what it needs."""
    if any(field in headings.fields for field in _NEEDED[kind]):
        return ""
    return "a column for the name" if kind == "crew" else "a column for the character"


def is_heading(cells: Sequence[str], headings: Headings) -> bool:
    """Whether a row is the headings again, as lists print them on each page."""
    same = 0
    for cell, word in zip(cells, headings.words, strict=False):
        if cell:
            if folded(cell) != folded(word):
                return False
            same += 1
    return same > 1


def _known(field: str, kind: str) -> None:
    names = [*FIELDS[kind], LEAVE]
    if field not in names:
        hint = meant(field, names, "the fields are " + ", ".join(names))
        raise Stop(f"a {kind} list has no field {field}", hint, exit_code=2)


def there(asked: Iterable[str], words: Sequence[str]) -> None:
    """Raises `Stop` for a column that was asked for and is not among the headings."""
    known = [word for word in words if word]
    same = {folded(word) for word in known}
    for one in asked:
        if folded(one) not in same:
            raise Stop(f"there is no column {one}", meant(one, known, "the columns are " + ", ".join(known)))


def told_apart(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings, a second one of the same words with its number: `Phone`, `Phone 2`."""
    seen: dict[str, int] = {}
    words = []
    for cell in cells:
        word = " ".join(cell.split())
        seen[folded(word)] = count = seen.get(folded(word), 0) + 1
        words.append(f"{word} {count}" if word and count > 1 else word)
    return tuple(words)


def _guessed(cells: Sequence[str], kind: str, settled: Mapping[str, str]) -> dict[int, str]:
    """The field of each column that has one, each field once; settled columns come first."""
    words = [folded(word) for word in told_apart(cells)]
    found = {column: settled[word] for column, word in enumerate(words) if word and word in settled}
    for exact in (True, False):
        for column, word in enumerate(words):
            if column in found or not word or len(word) > 40:
                continue
            for field, known in FIELDS[kind].items():
                if field not in found.values() and _matches(word, known.split("|"), exact):
                    found[column] = field
                    break
    for column, word in enumerate(words):  # a second phone column is a second phone, whatever it is called
        for first, second in (("phone", "phone2"), ("email", "email2")):
            again = column not in found and _matches(word, FIELDS[kind][first].split("|"), exact=False)
            if again and second not in found.values():
                found[column] = second
    if "first" in found.values() and "name" in found.values() and "last" not in found.values():
        found = {column: "last" if field == "name" else field for column, field in found.items()}
    return found


def _matches(word: str, known: Sequence[str], exact: bool) -> bool:
    if exact:
        return word in known
    bare = re.sub(r" (?:no|number|info|s|\d)$|^(?:the|contact|crew|primary|main) ", "", word)
    return bare in known

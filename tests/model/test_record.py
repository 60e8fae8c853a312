"""Records: read with places, frozen, described to editors; every field has its privacy class."""

import pytest

from pmkit.files import dialect
from pmkit.files.sections import SECTIONS
from pmkit.model import kinds as k, slips
from pmkit.model.production import Settings
from pmkit.model.record import LEFT_OUT, SEES, Reader, Record, field
from pmkit.model.tree import Mapping


class Lamp(Record):
    """A lamp: for the test."""

    key: str = field(k.ident, "public", from_key=True)
    watts: int = field(k.integer, "public")
    note: str = field(k.text, "public", default="")
    owner: str = field(k.text, "identity", default="")


def tree(text: str, file: str = "lamps.yaml") -> Mapping:
    read, problems = dialect.read(text.encode(), file)
    assert read is not None and not problems
    return read


def lamps(text: str, file: str = "lamps.yaml") -> tuple[dict[str, Lamp], list[tuple[str, int, int, str]]]:
    reader = Reader()
    values = k.MappingOf(k.ident, k.Of(Lamp)).read(tree(text, file), reader)
    assert values is not LEFT_OUT
    return values, [(p.code, p.place.line, p.place.column, p.hint) for p in reader.problems]


def test_a_record_knows_its_key_its_values_and_where_they_stand() -> None:
    found, problems = lamps("key-light:\n  watts: 1200\n  note: 1.10\n")
    assert not problems
    lamp = found["key-light"]
    assert (lamp.key, lamp.watts, lamp.note) == ("key-light", 1200, "1.10")
    assert str(lamp.place("watts")) == "lamps.yaml:2:10"
    with pytest.raises(AttributeError):
        lamp.watts = 2  # type: ignore[misc]


def test_all_that_is_wrong_comes_at_once_each_at_its_place() -> None:
    found, problems = lamps("a: {watts: many, colour: red}\nB c: {watts: 1}\nd: {}\ne: {watts: 5, noet: x}\nf: 7\n")
    assert list(found) == ["e"]
    assert problems == [
        ("bad-number", 1, 12, "write figures"),
        ("unknown-field", 1, 18, "it has watts, note, owner"),
        ("bad-id", 2, 1, "write b-c"),
        ("missing-field", 3, 4, "add watts: …"),
        ("unknown-field", 4, 15, "did you mean note?"),
        ("not-fields", 5, 4, "write its fields, as in watts: …; they are watts, note, owner"),
    ]


def test_what_is_private_is_warned_of_outside_private_only() -> None:
    _, outside = lamps("a: {watts: 1, owner: Ana}\n")
    assert [code for code, *_ in outside] == ["private-outside"]
    _, inside = lamps("a: {watts: 1, owner: Ana}\n", "private/lamps.yaml")
    assert not inside


def test_a_comma_that_ended_a_value_is_named() -> None:
    _, problems = lamps("a: {watts: 1, note: by the door, second floor}\n")
    assert problems == [("comma-ends-value", 1, 34, 'quote it: note: "by the door, second floor"')]


def every_record() -> set[type[Record]]:
    found: set[type[Record]] = set()
    waiting: list[object] = [Settings, *(s.kind for s in SECTIONS.values()), *(s.also for s in SECTIONS.values())]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, k.Of):
            waiting.append(thing.record)
        elif isinstance(thing, k.ListOf):
            waiting.append(thing.item)
        elif isinstance(thing, k.MappingOf):
            waiting.append(thing.value)
        elif isinstance(thing, k.Either):
            waiting += [thing.value, thing.items, thing.fields]
        elif isinstance(thing, type) and issubclass(thing, Record) and thing not in found:
            found.add(thing)
            waiting += [f.kind for f in thing.fields.values()]
    return found


def test_every_field_of_every_file_has_a_class_and_every_record_words() -> None:
    records = every_record()
    assert len(records) > 40
    for record in records:
        assert record.__doc__, record
        for declared in record.fields.values():
            assert declared.sees in SEES, (record, declared.key)


def test_a_field_without_a_class_cannot_be_declared() -> None:
    with pytest.raises(TypeError):
        field(k.text, "secretive")  # type: ignore[arg-type]


def test_a_hint_names_the_nearest_word_or_says_what_to_do() -> None:
    assert slips.meant("camra", {"camera": 1, "grip": 2}, "add it") == "did you mean camera?"
    assert slips.meant("xyz", ("camera", "grip"), "add it") == "add it"
    assert slips.meant("xyz", ()) == ""

"""Who speaks in a draft, by whatever typing of the name, and who is new."""

from __future__ import annotations

from pmkit.exchange import screenplay
from pmkit.model.cast import CastMember
from pmkit.model.screenplay import Screenplay
from pmkit.rollup.speaking_cast import cast_of, heard_only, names_in, silent

TEXT = """INT. A - DAY

Walt sleeps on the deck. A dog.

JUNE (CONT'D)
A long speech that takes more than the one line of its column.

MR. ’T HOOFT
So.

THE MECHANIC
No.

JUNE & LENA
Yes!

ALL
Hurrah!

INT. B - DAY

LENA (V.O.)
I was there.

MECHANIC (on phone)
Me too.
"""


def read(text: str) -> Screenplay:
    script = screenplay.read(text.encode(), "x.fountain").script
    assert script is not None
    return script


def member(number: str, name: str) -> CastMember:
    return CastMember(number=number, character=name)


MEMBERS = {
    "1": member("1", "June"),
    "4": member("4", "WALT"),
    "7A": member("7A", "Mechanic"),
    "9": member("9", "Mr 't Hooft"),
}


def test_known_characters_keep_their_numbers_and_new_ones_follow_in_order_of_lines() -> None:
    cast = cast_of(read(TEXT), MEMBERS)
    assert [(one.number, one.name, one.lines, one.scenes) for one in cast.new] == [("10", "LENA", 1, 1)]
    assert cast.of(["JUNE", "Mr. 't Hooft", "THE MECHANIC", "nobody"]) == ("1", "7A", "9")
    assert cast.of(["LENA and JUNE"]) == ("1", "10")
    assert cast.nobody == ("ALL",)


def test_without_a_cast_list_the_most_lines_come_first() -> None:
    cast = cast_of(read(TEXT), {})
    assert [(one.number, one.name) for one in cast.new] == [
        ("1", "JUNE"), ("2", "THE MECHANIC"), ("3", "MR. ’T HOOFT"), ("4", "LENA"),
    ]  # fmt: skip


def test_a_voice_only_is_told_from_somebody_there() -> None:
    first, second = read(TEXT).scenes
    assert (heard_only(first), heard_only(second)) == ((), ("LENA",))
    assert names_in(second) == ("LENA", "MECHANIC")


def test_who_is_named_in_the_action_without_a_line() -> None:
    first = read(TEXT).scenes[0]
    assert silent(first, cast_of(read(TEXT), MEMBERS).numbers) == ("4",)

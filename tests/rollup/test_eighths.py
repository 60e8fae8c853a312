"""A scene's length reckoned from a 55-line page, counted by hand."""

from __future__ import annotations

from hypothesis import given, strategies as st

from pmkit.model.screenplay import Paragraph, ScriptScene
from pmkit.problems import Place
from pmkit.rollup.eighths import BESIDE, WIDTHS, rooms, spoken, wrapped


def scene(*paragraphs: Paragraph) -> ScriptScene:
    return ScriptScene("INT. A - DAY", Place("x", 1), paragraphs=paragraphs)


def lines(count: int) -> Paragraph:
    """Action of so many lines with the free one above it."""
    return Paragraph("action", "\n".join(["x"] * (count - 1)))


def test_words_wrap_as_on_the_page() -> None:
    assert wrapped("", 35) == 1
    assert wrapped("a" * 35, 35) == 1
    assert wrapped("a" * 36, 35) == 2
    assert wrapped(f"{'a' * 20} {'b' * 14} c", 35) == 2
    assert wrapped(f"{'a' * 20} {'b' * 15}", 35) == 2
    assert wrapped("two\nlines", 35) == 2
    assert wrapped("他" * 30, 60) == 1
    assert wrapped("他" * 31, 60) == 2


def test_what_is_begun_counts_as_an_eighth() -> None:
    # The first heading takes one line; an eighth is 6 7/8 lines.
    assert [int(rooms([scene(lines(count))])[0].pages) for count in (2, 5, 6, 12, 13, 54, 55)] == [1, 1, 2, 2, 3, 8, 9]


def test_columns_have_their_widths() -> None:
    words = "x " * 29 + "xx"
    heights = {kind: int(rooms([scene(Paragraph(kind, words * 8))])[0].pages) for kind in ("action", "dialogue")}
    assert (WIDTHS["action"], WIDTHS["dialogue"], WIDTHS["parenthetical"]) == (60, 35, 25)
    assert heights["dialogue"] > heights["action"]


def test_two_people_at_once_take_the_room_of_the_longer() -> None:
    speech = "word " * 60
    sides = [Paragraph("character", "A", 0, 1), Paragraph("dialogue", speech, 0, 1)]
    both = [*sides, Paragraph("character", "B", 0, 2), Paragraph("dialogue", "Yes.", 0, 2)]
    assert rooms([scene(*both)])[0].pages == rooms([scene(*sides)])[0].pages
    assert WIDTHS["dialogue"] > BESIDE


def test_pages_go_on_from_scene_to_scene_and_a_break_turns_the_page() -> None:
    long, turned = scene(lines(50)), scene(lines(4), Paragraph("page-break", ""))
    assert [room.page for room in rooms([long, long, long])] == [1, 1, 2]
    assert [room.page for room in rooms([turned, turned, turned])] == [1, 2, 3]


def test_a_scene_keeps_its_length_wherever_the_page_breaks() -> None:
    found = {rooms([scene(lines(before)), scene(lines(20))])[1].pages for before in range(1, 60)}
    assert len(found) == 1


def test_lines_spoken_are_without_what_stands_in_brackets() -> None:
    speech = [Paragraph("parenthetical", "(low)"), Paragraph("dialogue", "a" * 40), Paragraph("lyrics", "La")]
    assert spoken(speech) == 3


@given(st.text(max_size=300), st.integers(1, 60))
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    letters = sum(not one.isspace() for one in text)
    assert wrapped(text, width) * width >= letters

"""Lines for pictures: none wider than its room, no letter lost."""

from __future__ import annotations

from hypothesis import given, strategies as st

from pmkit.render import filters, svg


@given(st.text(max_size=200), st.integers(20, 400), st.booleans())
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, wide: int, bold: bool) -> None:
    found = svg.lines(text, wide, 14, bold)
    assert "".join("".join(found).split()) == "".join(filters.line(text).split())
    assert all(svg.width(line, 14, bold) <= wide + 0.001 for line in found if len(line) > 1)


def test_words_stay_whole_where_they_fit() -> None:
    assert svg.lines("one two three", svg.width("one two", 14) + 0.1, 14) == ["one two", "three"]
    assert svg.lines("", 100, 14) == []


def test_chinese_counts_as_wide_and_bold_as_wider() -> None:
    assert svg.width("沈", 10) == 10
    assert svg.width("abc", 10, bold=True) > svg.width("abc", 10)

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from pmkit.files import lexical


@given(st.text(alphabet="a\r\né", max_size=40), st.data())
def test_a_place_agrees_with_the_lines_of_the_text(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    place = lexical.place_at(text, "f", index)
    lines = lexical.LINE_END.split(text)
    if text[index - 1 : index + 1] != "\r\n":
        assert (place.line, place.column - 1) == (
            len(lexical.LINE_END.split(text[:index])),
            len(lexical.LINE_END.split(text[:index])[-1]),
        )
    assert place.line <= len(lines)


def test_undecodable_bytes_are_named_with_line_column_and_value() -> None:
    _, problems = lexical.decode("á: 1\né: ".encode() + b"\xff", "f")
    assert str(problems[0].place) == "f:2:4"
    assert "0xFF" in problems[0].message


def test_a_file_cut_inside_a_character_is_not_utf8() -> None:
    _, problems = lexical.decode("a: é".encode()[:-1], "f")
    assert [(p.code, p.place.column) for p in problems] == [("not-utf8", 4)]


def test_a_few_nuls_are_not_taken_for_another_encoding() -> None:
    text, problems = lexical.decode(b"a: \0\0", "f")
    assert (text, problems) == ("a: \0\0", [])


@given(st.text(max_size=60))
def test_without_bad_keeps_every_offset(text: str) -> None:
    clean = lexical.without_bad(text)
    assert len(clean) == len(text)
    assert not re.search(lexical.BAD, clean)


def test_without_surrogate_escapes_keeps_lengths_and_good_escapes() -> None:
    text = r'"\ud800 \u00e9 \U0001F600 \U0000D800 \UFFFFFFFF \U00110000"'
    clean = lexical.without_surrogate_escapes(text)
    assert clean == r'"\uFFFD \u00e9 \U0001F600 \U0000FFFD \U0000FFFD \U0000FFFD"'
    assert len(clean) == len(text)

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.files import misread
from pmkit.files.dialect import read
from pmkit.model.tree import plain


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("call:7:30", "call: 7:30"),
        ("  - name:Ana B", "- name: Ana B"),
        ("call: 7:30", ""),
        ("http://x", ""),
        ("7:30", ""),
        ("a:b: c", ""),
        ("note:", ""),
    ],
)
def test_a_missing_space_is_put_in(line: str, meant: str) -> None:
    assert misread.spaced(line) == meant


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(str.strip))
def test_quoted_text_reads_back(text: str) -> None:
    root, problems = read(f"a: {misread.quoted(text)}\n".encode(), "f")
    assert [p for p in problems if p.severity == "error" and p.code != "bad-character"] == []
    if not problems:
        assert plain(root) == {"a": text}


@given(st.text(max_size=60))
def test_a_line_is_cut_without_losing_its_value(line: str) -> None:
    parts = misread.cut(line.replace("\n", " ").replace("\r", " "))
    assert parts.at >= 0
    assert line.replace("\n", " ").replace("\r", " ")[parts.at :].startswith(parts.value)


def test_the_end_of_a_quote_or_bracket_is_found() -> None:
    assert misread.closing('"a\\"b" c') == 6
    assert misread.closing("'it''s' c") == 7
    assert misread.closing("[a, {b: c}] d") == 11
    assert misread.closing("[a") == misread.closing('"a') == -1

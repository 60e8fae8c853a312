"""Codes of accounts: how they sort, which are two spellings of one, and which lie in a category."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.model.chart import below, code_key, named, within


def test_codes_sort_by_value_and_letters_whatever_their_case() -> None:
    assert sorted(["C.10", "c.4", "0100", "99", "A.1", "Q-W"], key=code_key) == [
        "99",
        "0100",
        "A.1",
        "c.4",
        "C.10",
        "Q-W",
    ]
    assert code_key("0100") == code_key("100")
    assert code_key("A.01") == code_key("a.1")
    assert code_key("A.1") != code_key("A-1")


@pytest.mark.parametrize(
    ("first", "code", "last", "inside"),
    [
        ("1400", "1400", "1499", True),
        ("1400", "1500", "1499", False),
        ("1400", "1499-12", "1499", True),
        ("01.00", "01.50", "01.99", True),
        ("01.00", "02.50", "01.99", False),
        ("E.1", "E.6", "E.6", True),
        ("E.1", "E.7", "E.6", False),
        ("Q", "RX", "W", False),
        ("Q", "T9", "W", True),
        ("", "T9", "", False),
        ("A", "1", "Z", False),
        ("1400", "C.4", "1499", False),
    ],
)
def test_a_range_holds_codes_of_its_own_kind(first: str, code: str, last: str, inside: bool) -> None:
    assert within(first, code, last) is inside


def test_a_part_of_a_code_lies_below_it() -> None:
    assert below("C", "C.4")
    assert below("A", "A12")
    assert below("E(a)", "E(a).1")
    assert not below("C.1", "C.10")
    assert not below("C", "C")
    assert not below("1", "12")


def test_a_chart_is_named_with_or_without_its_version() -> None:
    assert (named("us-studio@1"), named("cavco")) == (("us-studio", "1"), ("cavco", ""))


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_code_makes_it_raise(first: str, code: str, last: str) -> None:
    assert within(first, code, last) in (True, False)
    assert not below(code, code)

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.model.clock import Clock, Offset, OnCall
from pmkit.render import filters
from pmkit.render.filters import Formats

US = Formats(clock="12h")
UK = Formats(clock="24h")
WHOLE = Formats(whole=True)


@pytest.mark.parametrize(
    ("minutes", "us", "uk"),
    [
        (0, "12:00 AM", "00:00"),
        (432, "7:12 AM", "07:12"),
        (720, "12:00 PM", "12:00"),
        (1182, "7:42 PM", "19:42"),
        (1470, "12:30 AM +1", "00:30 +1"),
        (2880, "12:00 AM +2", "00:00 +2"),
    ],
)
def test_a_clock_reads_in_the_productions_way(minutes: int, us: str, uk: str) -> None:
    assert filters.clock(Clock(minutes), US) == us
    assert filters.clock(Clock(minutes), UK) == uk


@pytest.mark.parametrize("words", ["O/C", "N/A", "self"])
def test_words_in_a_time_column_stay_words(words: str) -> None:
    assert filters.clock(OnCall(words), US) == words
    assert filters.clock(None, US) == ""


def test_a_bare_number_is_not_a_time() -> None:
    with pytest.raises(TypeError):
        filters.clock(432, US)  # type: ignore[arg-type]


def test_an_offset_keeps_its_sign() -> None:
    assert filters.clock(Offset(-30), US) == "-0:30"


@pytest.mark.parametrize(("eighths", "read"), [(11, "1 3/8"), (3, "3/8"), (16, "2"), (20, "2 4/8"), (0, "0")])
def test_pages_are_never_reduced(eighths: int, read: str) -> None:
    assert filters.pages(eighths) == read


@pytest.mark.parametrize(
    ("amount", "cents", "whole"),
    [
        ("0", "–", "–"),
        ("0.00", "–", "–"),
        ("1234567.5", "1,234,567.50", "1,234,568"),
        ("-14200", "(14,200.00)", "(14,200)"),
        ("-0.40", "(0.40)", "0"),
        ("0.005", "0.01", "0"),
        ("999.5", "999.50", "1,000"),
        ("1E+3", "1,000.00", "1,000"),
    ],
)
def test_money(amount: str, cents: str, whole: str) -> None:
    assert filters.money(Decimal(amount), US) == cents
    assert filters.money(Decimal(amount), WHOLE) == whole


def test_money_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        filters.money(1.5, US)  # type: ignore[arg-type]


def test_days() -> None:
    assert filters.day(date(2026, 3, 17)) == "Tuesday 17 March 2026"
    assert filters.short_day(date(2026, 3, 17)) == "Tue 17 Mar 2026"


def test_a_phone_number_does_not_break() -> None:
    assert filters.phone(" +1 310  555 0142") == "+1\u00a0310\u00a0555\u00a00142"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//evil.example.com",
        "vbscript:x",
        "java\nscript:x",
        "",
        "http://a b",
        'https://x"onload=',
        "file:///etc/passwd",
        "ftp://example.com",
        "\x01javascript:x",
    ],
)
def test_other_addresses_are_no_links(address: str) -> None:
    assert filters.safe_url(address) == ""


@pytest.mark.parametrize(
    "address",
    ["https://maps.example.com/?q=34.8,-117.0", "mailto:a@example.com", "tel:+13105550142", "geo:34.8958,-117.0228"],
)
def test_links_a_phone_follows(address: str) -> None:
    assert filters.safe_url(f" {address} ") == address


@given(st.text())
def test_plain_text_holds_no_control(text: str) -> None:
    kept = filters.plain(text)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert "\n" not in filters.line(text) and "\t" not in filters.line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "M", "Zs"))))
def test_ordinary_text_stays_as_typed(text: str) -> None:
    assert filters.plain(text) == text
    assert filters.line(text) == text


def test_an_escape_cannot_reach_the_terminal() -> None:
    assert filters.plain("\x1b]0;x\x07[red]\u202eabc") == "]0;x[red]abc"


def test_right_to_left_text_is_closed_off() -> None:
    assert filters.isolate("ليلى") == "\u2068ليلى\u2069"
    assert filters.isolate("ليلى\u2069") == "\u2068ليلى\u2069"
    assert filters.isolate("Pavel Čech") == "Pavel Čech"


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("+1 (310) 555-0142", "tel:+13105550142"),
        ("555 0199 ext. 4", "tel:5550199"),
        ("ask Jun", ""),
        ("", ""),
        ("1", ""),
    ],
)
def test_a_number_can_be_called(number: str, link: str) -> None:
    assert filters.tel(number) == link


@pytest.mark.parametrize("address", ["a@b?bcc=c@d", "a@b,c@d", "a b@c", "a@b%0a", "", "javascript:x@y"])
def test_an_address_writes_to_nobody_else(address: str) -> None:
    assert filters.mailto(address) == ""
    assert filters.mailto("jun@example.com") == "mailto:jun@example.com"


def test_what_marks_the_order_of_bytes_is_no_text() -> None:
    assert filters.plain("\ufeffMoss\ufffe\uffff") == "Moss"  # a PDF that every reader can read aloud takes none

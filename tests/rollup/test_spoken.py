"""Answers as people say them on the phone: what is understood, and what is refused."""

from __future__ import annotations

import datetime as dt
import string
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.model.money import Rate
from pmkit.problems import Fault
from pmkit.rollup.spoken import echoed, understood

OCTOBER = tuple(dt.date(2025, 10, day) for day in (5, 6, 7, 8))  # Sunday to Wednesday
TODAY = dt.date(2025, 9, 28)
OFFER = Rate(Decimal(420), "day")


def said(text: str, asked: tuple[dt.date, ...] = OCTOBER) -> str:
    """What was understood, in one line: `yes 5 6; no 7`."""
    found = understood(text, asked, TODAY, OFFER)
    if isinstance(found, Fault):
        return f"? {found.message}"
    parts = [f"{word} {' '.join(str(day.day) for day in days)}" for word, days in echoed(found, asked)]
    parts += [found.answer] if found.answer else []
    parts += [str(term) for term in (found.rate, found.challenge, found.note) if term]
    return "; ".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes 5-7 oct, maybe 8, 450/day", "counter 5 6 7; maybe 8; 450/day"),
        ("yes", "yes 5 6 7 8"),
        ("No.", "no 5 6 7 8"),
        ("all", "yes 5 6 7 8"),
        ("none of them", "no 5 6 7 8"),
        ("yes except 8", "yes 5 6 7; no 8"),
        ("yes, but not 8", "yes 5 6 7; no 8"),
        ("all except maybe 8", "yes 5 6 7; maybe 8"),
        ("only 5-6", "yes 5 6; no 7 8"),
        ("available all but wed", "yes 5 6 7; no 8"),
        ("yes on weekdays", "yes 6 7 8; not answered 5"),
        ("yes mon-tue", "yes 6 7; not answered 5 8"),
        ("yes the weekend, no the rest", "yes 5; no 6 7 8"),
        ("5-7 yes, 8 no", "yes 5 6 7; no 8"),
        ("5 Oct: yes\n6 Oct: no\n7 oct: maybe", "yes 5; maybe 7; no 6; not answered 8"),
        ("no 5; rest yes", "yes 6 7 8; no 5"),
        ("8 maybe, rest yes", "yes 5 6 7; maybe 8"),
        ("can do 5, 6; can’t do 7", "yes 5 6; no 7; not answered 8"),
        ("yes all, no 8", "yes 5 6 7; no 8"),
        ("october 5th to 7th yes", "yes 5 6 7; not answered 8"),
        ("yes 5th, 6th and 7th of october", "yes 5 6 7; not answered 8"),
        ("yes 2025-10-05..2025-10-06", "yes 5 6; not answered 7 8"),
        ("yes 420/day", "yes 5 6 7 8; 420/day"),
        ("yes, $450 a day", "counter 5 6 7 8; 450/day"),
        ("£1,250.50 per week", "counter 5 6 7 8; 1250.50 GBP/week"),
        ("yes from 10am", "counter 5 6 7 8"),
        ("not available", "no 5 6 7 8"),
        ("yes 5-7: needs parking, no early calls", "yes 5 6 7; not answered 8; needs parking, no early calls"),
        ("challenged by 1 oct 10:00", "2025-10-01 10:00:00"),
        ("challenged until friday 5pm", "2025-10-03 17:00:00"),
        ("yes yes", "yes 5 6 7 8"),
        ("450/day yes", "counter 5 6 7 8; 450/day"),
        ("from 10am, yes 5", "counter 5; not answered 6 7 8"),
        ("Sun 5 Oct: yes\nMon 6 Oct: no\nWed 8 Oct: maybe", "yes 5; maybe 8; no 6; not answered 7"),
    ],
)
def test_what_is_understood(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing was said"),
        ("hello", "'hello' is not understood"),
        ("no problem", "'problem' is not understood"),
        ("yes 5, 6 no", "it is not clear which dates 'no' is about"),
        ("yes 5-7, no", "it is not clear which dates 'no' is about"),
        ("5-7", "dates are named, and neither yes, no nor maybe"),
        ("yes 9", "9 is not asked for"),
        ("5/8 yes", "5/8 may be two dates"),
        ("yes 450", "'450' is not understood"),
        ("yes 1.200/day", "'1.200/day' is not understood"),
        ("yes 5 no 5", "both yes and no are said of 5 Oct"),
        ("yes 420/day, 450/day", "two of a kind are said: 420/day and 450/day"),
        ("yes 45", "45 is no date"),
        ("yes mon 8", "8 is a Wednesday, not a Monday"),
        ("first refusal", "'first' is not understood"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(text: str, message: str) -> None:
    found = understood(text, OCTOBER, TODAY, OFFER)
    assert isinstance(found, Fault) and found.message == message and found.hint


def test_a_figure_with_thousands_is_not_shown_as_so_little() -> None:
    for text, hint in (("yes 1.200", "1200/day"), ("yes 1.200/week", "1200/week")):
        found = understood(text, OCTOBER, TODAY, OFFER)
        assert isinstance(found, Fault) and found.hint.endswith(f"without a full stop: {hint}")


def test_a_bare_figure_is_a_date_only_where_one_month_has_it() -> None:
    asked = (dt.date(2025, 10, 30), dt.date(2025, 10, 31), dt.date(2025, 11, 1), dt.date(2025, 11, 30))
    assert said("yes 31", asked) == "yes 31; not answered 30 1 30"
    assert said("yes 30", asked) == "? 30 is 30 October 2025 or 30 November 2025"
    assert said("yes 30 nov", asked) == "yes 30; not answered 30 31 1"
    assert said("yes 30 oct - 1 nov", asked) == "yes 30 31 1; not answered 30"


def test_heads_belong_to_the_dates_they_are_said_with() -> None:
    for text in ("yes 12 heads 5-7, 10 heads 8", "yes 5-7 12 heads, 8 10 heads"):
        found = understood(text, OCTOBER, TODAY)
        assert not isinstance(found, Fault)
        assert [day.heads for day in found.dates.values()] == [12, 12, 12, 10]


def test_a_term_between_dates_may_be_of_either_and_is_asked_again() -> None:
    for text in (
        "yes 5, 8 heads 6",
        "yes 5 from 10am, 6",
        "yes 5, from 10am on 6",
        "8 of them on 5, all on 6",
        "yes 5, 6 from 10am",
        "yes mon tue until noon",
        "5 until 4pm, 6 yes",
    ):
        assert said(text, OCTOBER).startswith("? it is not clear of which dates the"), text
    for text in (
        "yes 5, yes 6 from 10am",
        "yes 12 heads 5-7, 10 heads 8",
        "yes 5-7 12 heads, 8 10 heads",
        "yes 5 12 heads, yes 6 8 heads",
    ):
        assert not isinstance(understood(text, OCTOBER, TODAY), Fault), text


def test_without_dates_one_word_is_the_answer() -> None:
    assert said("yes", ()) == "yes"
    assert said("yes, 450/day", ()) == "counter; 450/day"
    assert said("yes no", ()).startswith("?")


_PIECES = st.sampled_from(
    [
        "yes",
        "no",
        "maybe",
        "5",
        "6-7",
        "8 oct",
        "all",
        "rest",
        "except",
        "only",
        ",",
        "and",
        "450/day",
        "from 10am",
        "12 heads",
        "wed",
        "first hold",
    ]
)


@given(st.lists(_PIECES, max_size=9).map(" ".join) | st.text(string.printable, max_size=60))
def test_whatever_is_said_only_dates_asked_for_are_answered_and_every_refusal_has_a_hint(text: str) -> None:
    found = understood(text, OCTOBER, TODAY, OFFER)
    if isinstance(found, Fault):
        assert found.message and found.hint
    else:
        assert set(found.dates) <= set(OCTOBER)
        assert found.dates or found.challenge


@given(st.lists(st.sampled_from(["yes", "no", "maybe"]), min_size=4, max_size=4))
def test_what_is_said_date_by_date_is_what_is_understood(words: list[str]) -> None:
    text = ", ".join(f"{word} {day.day} oct" for word, day in zip(words, OCTOBER, strict=True))
    found = understood(text, OCTOBER, TODAY, OFFER)
    assert not isinstance(found, Fault)
    assert [answer.answer for answer in found.dates.values()] == words


LATE = tuple(dt.date(2025, 10, day) for day in range(27, 32))  # Monday to Friday
TWO_WEEKS = tuple(dt.date(2025, 11, day) for day in (3, 4, 5, 10, 11, 12))
TWO_MONTHS = (*(dt.date(2025, 10, day) for day in (30, 31)), *(dt.date(2025, 11, day) for day in (1, 3, 30)))
SEPTEMBER = (*(dt.date(2025, 9, day) for day in (29, 30)), *(dt.date(2025, 10, day) for day in range(1, 6)))
TWO_YEARS = (dt.date(2025, 12, 30), dt.date(2026, 1, 5), dt.date(2026, 12, 30))
NEW_YEAR = (dt.date(2025, 12, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 5))


@pytest.mark.parametrize(
    ("text", "asked", "yes", "no"),
    [
        # each of these was once a yes to a date that was not meant, or was refused though it is plain
        ("any day but 27", LATE, "28 29 30 31", "27"),
        ("every day but friday", LATE, "27 28 29 30", "31"),
        ("yes but 28", LATE, "27 29 30 31", "28"),
        ("free all days but the 28th and 30th", LATE, "27 29 31", "28 30"),
        ("all but 28 yes", LATE, "27 29 30 31", "28"),
        ("27 yes but 28 no", LATE, "27", "28"),
        ("none but 27", LATE, "27", "28 29 30 31"),
        ("yes all day 27", LATE, "27", ""),
        ("yes oct 30, nov 3", TWO_MONTHS, "30 3", ""),
        ("yes october", TWO_MONTHS, "30 31", ""),
        ("yes october, no november", TWO_MONTHS, "30 31", "1 3 30"),
        ("yes mondays", TWO_WEEKS, "3 10", ""),
        ("yes 30-2", SEPTEMBER, "30 1 2", ""),
        ("yes from the 30th to the 2nd", SEPTEMBER, "30 1 2", ""),
        ("30.12.-1.1. yes", NEW_YEAR, "30 31 1", ""),
        ("yes 30.12.2026", TWO_YEARS, "30", ""),
        ("27.-29.10. yes", LATE, "27 28 29", ""),
        ("27.10.2025 yes", LATE, "27", ""),
        ("yes for all except 30/10", LATE, "27 28 29 31", "30"),
        ("yes 10/30/2025", LATE, "30", ""),
        ("27 & 28 yes", LATE, "27 28", ""),
        ("2nd hold 27-29", LATE, "27 28 29", ""),
    ],
)
def test_exceptions_months_and_dates_of_other_places(text: str, asked: tuple[dt.date, ...], yes: str, no: str) -> None:
    found = understood(text, asked, TODAY)
    assert not isinstance(found, Fault), found
    assert " ".join(str(day.day) for day in found.on("yes")) == yes
    assert " ".join(str(day.day) for day in found.on("no")) == no


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("every other day", LATE),
        ("both", LATE),
        ("yes 27-40", LATE),
        ("yes 29-27", LATE),
        ("yes to 3 of them", LATE),
        ("yes 4,50/day", LATE),
        ("not all of them", LATE),
        ("not both", LATE[:2]),
        ("not only 27", LATE),
        ("not busy", LATE),
        ("no, only 27", LATE),
        ("yes: 27, 28", LATE),
        ("yes: only the 27th", LATE),
        ("yes: if the car comes", LATE),
        ("all except 28, no", LATE),
        ("yes 27, 28 no, 29 no, 30 yes", LATE),
        ("yes except 27 until noon", LATE),
        ("27 am", LATE),
        ("yes monday", TWO_WEEKS),
        ("yes mon-wed", TWO_WEEKS),
        ("yes 10/11", TWO_WEEKS),
        ("yes 3.10.2024", SEPTEMBER),
        ("can do mornings", LATE),
        ("yes 31 sat", LATE),
    ],
)
def test_what_was_once_a_wrong_yes_is_refused(text: str, asked: tuple[dt.date, ...]) -> None:
    found = understood(text, asked, TODAY, agency=False)
    assert isinstance(found, Fault) and found.hint


def test_a_time_after_a_date_is_no_range_of_dates() -> None:
    found = understood("yes 27 until 10am", LATE, TODAY)
    assert not isinstance(found, Fault)
    assert list(found.dates) == [LATE[0]] and found.dates[LATE[0]].answer == "counter"


@pytest.mark.parametrize("text", ["yes 30.12.", "yes 30 dec-5 jan", "yes 30 dec", "yes 30.12.2025-5.1.", "yes 30/12"])
def test_a_day_of_two_years_is_asked_back(text: str) -> None:
    assert isinstance(understood(text, TWO_YEARS, dt.date(2025, 11, 1)), Fault)


def test_a_sum_without_its_time_and_no_heads_at_all_are_asked_about() -> None:
    for text in ("£850", "yes 850", "€850"):
        found = understood(text, OCTOBER, TODAY)
        assert isinstance(found, Fault) and found.hint.startswith("write ") and "850/day, /week" in found.hint
    found = understood("0 heads", OCTOBER, TODAY)
    assert isinstance(found, Fault) and found.message == "nobody at all is a no"
    found = understood("12 on 7, 9 on 8", OCTOBER, TODAY)
    assert isinstance(found, Fault) and found.hint.endswith("so many are heads: 12 heads on 5, 8 heads on 6")
    assert not isinstance(understood("12 heads on 7, 9 heads on 8", OCTOBER, TODAY), Fault)

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from pmkit.model import clock
from pmkit.model.clock import Clock, Length, Offset, OnCall, Span
from pmkit.problems import Fault

LA = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7:30", 450),
        ("07:30", 450),
        ("7:30a", 450),
        ("7:30 AM", 450),
        ("730p", 1170),
        ("12:00a", 0),
        ("12:15 pm", 735),
        ("24:00", 1440),
        ("26:30", 1590),
        ("2:30 +1", 1590),
        ("0:00", 0),
        ("48:00", 2880),
        ("1930", 1170),
    ],
)
def test_times_as_people_type_them(typed: str, minutes: int) -> None:
    assert clock.parse(typed) == Clock(minutes)


@pytest.mark.parametrize(
    "typed", ["7", "7:60", "13:00p", "0:30a", "49:00", "26:30 +1", "7.30", "", "lunch", "1e3", "-1:00"]
)
def test_what_is_no_time_is_a_fault(typed: str) -> None:
    assert isinstance(clock.parse(typed), Fault)


@given(st.integers(0, 2879))
def test_a_printed_clock_reads_back(minutes: int) -> None:
    assert clock.parse(str(Clock(minutes))) == minutes


@given(st.text(max_size=12))
def test_no_text_makes_a_parser_raise(text: str) -> None:
    for parse in (clock.parse, clock.parse_length, clock.parse_call, clock.parse_span):
        assert isinstance(parse(text), Fault | Clock | Length | Offset | OnCall | Span)


def test_calls_are_absolute_relative_or_words() -> None:
    assert clock.parse_call("6:30") == Clock(390)
    assert clock.parse_call("-0:30") == Offset(-30)
    assert clock.parse_call("+1:00") == Offset(60)
    assert clock.parse_call("o/c") == OnCall("O/C")
    assert clock.parse_call("n/a") == OnCall("N/A")
    assert isinstance(clock.parse_call("-30"), Fault)


def test_lengths_and_spans() -> None:
    assert clock.parse_length("12h") == Length(720)
    assert clock.parse_length("1.5h") == Length(90)
    assert clock.parse_length("40 min") == Length(40)
    assert isinstance(clock.parse_length("1.01h"), Fault)
    assert clock.parse_span("23:30-0:15") == Span(Clock(1410), Clock(1455))


def test_a_night_over_the_end_of_daylight_saving_is_an_hour_longer() -> None:
    night = dt.date(2025, 11, 1)
    assert clock.elapsed(night, Clock(18 * 60), Clock(30 * 60), LA) == 13 * 60
    assert clock.elapsed(dt.date(2025, 10, 31), Clock(18 * 60), Clock(30 * 60), LA) == 12 * 60
    assert clock.repeated(night, Clock(25 * 60 + 30), LA)
    assert not clock.repeated(night, Clock(24 * 60 + 30), LA)


def test_a_night_over_the_start_of_summer_time_is_an_hour_shorter() -> None:
    london = ZoneInfo("Europe/London")
    eve = dt.date(2026, 3, 28)
    assert clock.elapsed(eve, Clock(20 * 60), Clock(30 * 60), london) == 9 * 60
    assert clock.skipped(eve, Clock(25 * 60 + 30), london)


@given(st.dates(dt.date(2000, 1, 2), dt.date(2040, 12, 30)), st.integers(0, 2879))
def test_an_instant_shows_its_clock_again(day: dt.date, minutes: int) -> None:
    when = Clock(minutes)
    if not clock.skipped(day, when, LA):
        assert clock.clock_of(clock.instant(day, when, LA), day, LA) == when

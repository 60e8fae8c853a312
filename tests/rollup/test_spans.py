"""The day out of days, cell for cell, and the counts that formulas ask for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember, Drop
from pmkit.model.dates import DateRange
from pmkit.model.location import Location
from pmkit.model.pages import Eighths
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.problems import Fault
from pmkit.rollup.counts import schedule_count
from pmkit.rollup.spans import spans

HOLIDAY = date(2026, 3, 11)
DAYS = [date(2026, 3, d) for d in (2, 3, 4, 5, 6, 9, 10, 12, 13, 16, 17, 18, 19, 20)]


def one(day: date) -> DateRange:
    return DateRange(day, day)


def shooting(works: dict[str, list[date]], cast: list[CastMember], **settings: object) -> Production:
    """A production in which each date has a scene for whoever works on it."""
    dates = sorted({*DAYS, *(day for days in works.values() for day in days)})
    scenes = {
        str(n): Scene(
            number=str(n),
            heading="INT. X - DAY",
            pages=Eighths(8),
            cast=tuple(number for number, days in works.items() if day in days),
            elements={"props": ("Lamp",) if n % 2 else ()},
        )
        for n, day in enumerate(dates, 1)
    }
    main = {day: ShootingDay(date=day, strips=(Strip(scene=str(n)),)) for n, day in enumerate(dates, 1)}
    return Production(
        settings=Settings(pmkit=1, title="T", holidays=(one(HOLIDAY),), **settings),
        cast={member.number: member for member in cast},
        scenes=scenes,
        board=Board(units={"main": main}),
        sets={"X": "stage"},
        locations={"stage": Location(key="stage", name="Stage")},
    )


def numbered(*numbers: int) -> list[date]:
    return [DAYS[n - 1] for n in numbers]


@pytest.fixture
def worked() -> Production:
    """The worked example of Movie Magic's rules: March 2026, Monday to Friday, fourteen days."""
    cast = [
        CastMember(number="1", character="ANNA", hold=True, drop=Drop(10), events={one(date(2026, 3, 1)): ("travel",)}),
        CastMember(number="2", character="BEN", hold=True, drop=Drop(10)),
        CastMember(number="3", character="CARA", events={one(date(2026, 3, 5)): ("fitting",)}),
        CastMember(number="4", character="DEV", events={one(date(2026, 3, 3)): ("rehearsal",)}),
        CastMember(number="5", character="ELLA", hold=True),
        CastMember(number="6", character="NOBODY", hold=True, events={one(date(2026, 3, 3)): ("fitting",)}),
    ]
    works = {
        "1": numbered(1, 2, 4, 6, 7, 8, 14),
        "2": numbered(1, 2, 12, 14),
        "3": numbered(5),
        "4": numbered(3, 4, 9),
        "5": numbered(6, 9, 10),
    }
    return shooting(works, cast)


def test_the_worked_example_cell_for_cell(worked: Production) -> None:
    columns = [date(2026, 3, d) for d in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
    expected = {
        "1": "T|SW|W|H|W|H|W|W|/|W|H|H|H|H|H|WF",
        "2": "|SW|WD|||||||||||PW|H|WF",
        "3": "||||FT|SWF||||||||||",
        "4": "||R|SW|W||||||WF|||||",
        "5": "||||||SW|H|/|H|W|WF||||",
    }
    found = spans(worked)
    assert {n: "|".join(span.status(day) for day in columns) for n, span in found.items()} == expected
    assert all(day in columns for span in found.values() for day in span.codes), "weekends stay blank"
    totals = {n: (s.worked, s.held, s.events, s.holidays, s.dropped, s.paid) for n, s in found.items()}
    assert totals == {
        "1": (7, 7, 1, 1, 0, 16),
        "2": (4, 1, 0, 0, 14, 5),
        "3": (1, 0, 1, 0, 0, 2),
        "4": (3, 0, 1, 0, 0, 4),
        "5": (3, 2, 0, 1, 0, 6),
    }
    assert found["1"].travelled == 1
    assert (found["2"].start, found["2"].finish) == (DAYS[0], DAYS[13])


def member(works: list[date], **more: object) -> tuple[str, ...]:
    """The codes of one member from the first of March on, to the end of the month."""
    cast = CastMember(number="1", character="A", **more)
    span = spans(shooting({"1": works}, [cast]))["1"]
    return tuple(span.status(date(2026, 3, 1) + timedelta(days=n)) for n in range(31))


@pytest.mark.parametrize(("gap", "dropped"), [(9, False), (10, True), (11, True)])
def test_a_gap_of_exactly_nine_ten_and_eleven_days(gap: int, dropped: bool) -> None:
    second = DAYS[0] + timedelta(days=gap + 1)
    codes = member([DAYS[0], second], hold=True, drop=Drop(10))
    assert (codes[1], codes[second.day - 1]) == (("SWD", "PWF") if dropped else ("SW", "WF"))
    assert ("H" in codes) is not dropped


def test_more_than_ten_is_not_at_least_ten() -> None:
    codes = member([DAYS[0], DAYS[0] + timedelta(days=11)], hold=True, drop=Drop(11))
    assert codes[1] == "SW"


def test_only_the_first_long_gap_drops() -> None:
    codes = member([date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)], hold=True, drop=Drop(6))
    assert codes[1] == "SWD"
    assert codes[8] == "PW"
    assert codes[9] == "H"
    assert codes[10] == "/"
    assert codes[15] == "WF"


def test_a_holiday_inside_a_drop_is_not_paid() -> None:
    codes = member([date(2026, 3, 9), date(2026, 3, 20)], hold=True, drop=Drop(10))
    assert codes[8] == "SWD"
    assert codes[10] == ""


def test_an_event_after_the_last_day_moves_nothing_and_one_in_a_drop_is_paid() -> None:
    works = [date(2026, 3, 2), date(2026, 3, 20)]
    events = {one(date(2026, 3, 24)): ("rehearsal", "travel"), one(date(2026, 3, 10)): ("fitting",)}
    cast = CastMember(number="1", character="A", hold=True, drop=Drop(10), events=events)
    span = spans(shooting({"1": works}, [cast]))["1"]
    assert span.finish == works[1]
    assert span.status(date(2026, 3, 24)) == "T/R"
    assert (span.worked, span.events, span.travelled, span.held, span.dropped, span.paid) == (2, 2, 1, 0, 16, 4)


def test_an_event_on_a_working_day_is_the_working_day() -> None:
    assert member(numbered(1, 2), events={one(DAYS[0]): ("fitting",)})[1] == "SW"


def test_without_leave_to_hold_there_is_neither_hold_nor_drop() -> None:
    codes = member([date(2026, 3, 2), date(2026, 3, 20)], drop=Drop(10))
    assert [c for c in codes if c] == ["SW", "WF"]


def test_nobody_is_held_on_a_day_off_of_their_own() -> None:
    codes = member(numbered(1, 4), hold=True, off=(one(DAYS[1]),))
    assert codes[1:5] == ("SW", "", "H", "WF")


def test_what_the_board_says_of_a_day_that_is_off() -> None:
    cast = CastMember(number="1", character="A", hold=True)
    p = shooting({"1": [date(2026, 3, 2), date(2026, 3, 9)]}, [cast])
    main = dict(p.board.units["main"])
    for day, why in ((3, "weather"), (4, "travel"), (5, "rest")):
        main[date(2026, 3, day)] = ShootingDay(date=date(2026, 3, day), off=why)
    main[date(2026, 3, 7)] = ShootingDay(date=date(2026, 3, 7))  # a Saturday that is worked
    moved = Production(settings=p.settings, cast=p.cast, scenes=p.scenes, board=Board(units={"main": main}))
    span = spans(moved)["1"]
    assert [span.status(date(2026, 3, d)) for d in range(2, 10)] == ["SW", "H", "M", "", "H", "H", "", "WF"]
    assert (span.held, span.events) == (3, 1)


def test_two_units_on_one_day_are_one_day_of_work() -> None:
    p = shooting({"1": numbered(1, 2)}, [CastMember(number="1", character="A")])
    second = {DAYS[0]: ShootingDay(date=DAYS[0], strips=(Strip(scene="1"),))}
    both = Production(
        settings=p.settings,
        cast=p.cast,
        scenes=p.scenes,
        board=Board(units={"main": p.board.units["main"], "second": second}),
    )
    assert (spans(both)["1"].status(DAYS[0]), spans(both)["1"].worked) == ("SW", 2)


def test_a_day_of_the_second_unit_alone_is_work() -> None:
    p = shooting({"1": numbered(1)}, [CastMember(number="1", character="A", hold=True)])
    sunday = date(2026, 3, 8)
    second = {sunday: ShootingDay(date=sunday, strips=(Strip(scene="1"),))}
    both = Production(
        settings=p.settings,
        cast=p.cast,
        scenes=p.scenes,
        board=Board(units={"main": p.board.units["main"], "second": second}),
    )
    assert spans(both)["1"].status(sunday) == "WF"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (("cast", "1", "paid"), 16),
        (("cast", "1", ""), 16),
        (("cast", "1", "travel"), 1),
        (("cast", "2", "dropped"), 14),
        (("cast", "6", "paid"), 0),
        (("days", "main", ""), 14),
        (("days", "", ""), 14),
        (("scenes", "main", ""), 14),
        (("pages", "main", ""), 14),
        (("location", "stage", "days"), 14),
        (("element", "lamp", "days"), 7),
        (("element", "Lamp", "scenes"), 7),
    ],
)
def test_counts_for_formulas(worked: Production, asked: tuple[str, str, str], answer: int) -> None:
    assert schedule_count(worked)(*asked) == Decimal(answer)


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        (("cast", "9", "paid"), "no cast member is number 9", "there is 1, 2, 3, 4, 5, 6"),
        (("cast", "1", "payd"), "cast(…) has no payd", "did you mean paid?"),
        (("day", "main", ""), "day(…) is no count of the schedule", "did you mean days?"),
        (("days", "secnd", ""), "no unit is called secnd", "there is main"),
        (("location", "stagee", "days"), "no location is called stagee", "did you mean stage?"),
        (("element", "lump", "days"), "nothing in the breakdown is called lump", "did you mean lamp?"),
    ],
)
def test_a_count_that_is_not_there_says_why(
    worked: Production, asked: tuple[str, str, str], message: str, hint: str
) -> None:
    fault = schedule_count(worked)(*asked)
    assert isinstance(fault, Fault)
    assert (fault.message, fault.hint) == (message, hint)

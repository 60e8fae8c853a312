"""Diaries as iCalendar: what is written reads back, text is data, and numbers rise only for news."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given, settings, strategies as st

from pmkit.exchange import ics
from pmkit.reports.diary import Diary, Entry
from tests.often import often

LA = ZoneInfo("America/Los_Angeles")
DAY = dt.date(2025, 11, 1)
SHOOT = Entry(
    key="2025-11-01-main",
    kind="shoot",
    what="SALT day 14: call 15:30",
    day=DAY,
    until=DAY,
    start=dt.datetime(2025, 11, 1, 15, 30, tzinfo=LA),
    end=dt.datetime(2025, 11, 2, 4, 0, tzinfo=LA),
    where="The Bar, 1 Road; Town",
    coordinates=(34.8958, -117.0228),
    note="Main Unit\nScenes: 1, 2",
)
FITTING = Entry("2025-10-06-fitting", "event", "SALT: fitting", dt.date(2025, 10, 6), dt.date(2025, 10, 8))


def diary(*entries: Entry) -> Diary:
    return Diary("ana-ruiz", "Ana Ruiz", "SALT", entries)


def events(data: bytes) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}  # type: ignore[misc]


SHOOT_UID, FITTING_UID = "SALT-2025-11-01-main-ana-ruiz@pmkit", "SALT-2025-10-06-fitting-ana-ruiz@pmkit"


def test_what_is_written_reads_back():
    made = ics.write(diary(FITTING, SHOOT), {}, "office@example.com")
    calendar = icalendar.Calendar.from_ical(made.data)
    assert (calendar["method"], calendar["version"], calendar["x-wr-calname"]) == ("PUBLISH", "2.0", "SALT: Ana Ruiz")
    read = events(made.data)
    assert list(read) == [FITTING_UID, SHOOT_UID]
    event = read[SHOOT_UID]
    assert (event.start, event.end) == (SHOOT.start, SHOOT.end)
    assert event["dtstart"].params["TZID"] == "America/Los_Angeles"
    assert [str(event[key]) for key in ("summary", "location", "description", "status")] == [
        SHOOT.what,
        SHOOT.where,
        SHOOT.note,
        "CONFIRMED",
    ]
    assert event["geo"].to_ical() == "34.8958;-117.0228"
    assert str(event["organizer"]) == "mailto:office@example.com"
    assert (event["sequence"], event["dtstamp"].dt) == (0, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert (read[FITTING_UID].start, read[FITTING_UID].end) == (dt.date(2025, 10, 6), dt.date(2025, 10, 9))


def test_the_zone_comes_with_the_file_and_turns_on_the_right_night():
    data = ics.write(diary(SHOOT), {}).data
    (zone,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    assert zone["tzid"] == "America/Los_Angeles"
    own = zone.to_tz()
    for hour, offset in ((20, -7), (32, -8)):
        moment = dt.datetime(2025, 11, 1, tzinfo=None) + dt.timedelta(hours=hour)
        assert own.utcoffset(moment) == dt.timedelta(hours=offset)
    assert b"\r\nMETHOD:PUBLISH\r\n" in data and data.index(b"BEGIN:VTIMEZONE") < data.index(b"BEGIN:VEVENT")


def test_the_same_again_is_the_same_bytes_and_raises_nothing():
    first = ics.write(diary(FITTING, SHOOT), {})
    again = ics.write(diary(SHOOT, FITTING), first.sent)
    assert (again.data, again.sent) == (first.data, first.sent)
    assert (first.new, first.changed, first.cancelled) == (2, 0, 0)
    assert (again.new, again.changed, again.cancelled) == (0, 0, 0)


def test_only_the_event_that_changed_is_raised():
    first = ics.write(diary(FITTING, SHOOT), {})
    for change in (
        {"what": "SALT day 15: call 15:30"},
        {"start": dt.datetime(2025, 11, 1, 16, 0, tzinfo=LA)},
        {"end": dt.datetime(2025, 11, 2, 5, 0, tzinfo=LA)},
        {"where": "elsewhere"},
        {"coordinates": None},
        {"note": "Main Unit"},
        {"start": None, "end": None},
    ):
        later = ics.write(diary(FITTING, replace(SHOOT, **change)), first.sent)
        read = events(later.data)
        assert (read[SHOOT_UID]["sequence"], read[FITTING_UID]["sequence"]) == (1, 0), change
        assert read[SHOOT_UID]["dtstamp"].dt > read[FITTING_UID]["dtstamp"].dt
        assert (later.new, later.changed, later.cancelled) == (0, 1, 0)


def test_what_is_dropped_is_cancelled_once_and_may_come_back():
    first = ics.write(diary(FITTING, SHOOT), {})
    dropped = ics.write(diary(FITTING), first.sent)
    gone = events(dropped.data)[SHOOT_UID]
    assert (str(gone["status"]), gone["sequence"], str(gone["summary"])) == (
        "CANCELLED",
        1,
        "Cancelled: SALT day 14: call 15:30",
    )
    assert gone.start == DAY
    again = ics.write(diary(FITTING), dropped.sent)
    assert (again.data, again.sent, again.cancelled) == (dropped.data, dropped.sent, 0)
    back = ics.write(diary(FITTING, SHOOT), again.sent)
    event = events(back.data)[SHOOT_UID]
    assert (str(event["status"]), event["sequence"], back.changed) == ("CONFIRMED", 2, 1)
    assert ics.write(diary(), back.sent).cancelled == 2


def test_text_can_make_no_line_of_its_own():
    nasty = "a\r\nSTATUS:CANCELLED\nEND:VEVENT\rBEGIN:VALARM\u2028x, y; z\\n \x07\x85 \U0001f3ac"
    entry = replace(SHOOT, what=nasty, where=nasty, note=nasty)
    made = ics.write(Diary("ana-ruiz", nasty, nasty, (entry,)), {})
    lines = made.data.replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"STATUS", b"END:VEVENT", b"BEGIN:VALARM"))] == [
        b"STATUS:CONFIRMED",
        b"END:VEVENT",
    ]
    assert all(char >= 32 for line in lines for char in line) and b"\x85" not in made.data.replace(b"\xc2\x85", b"")
    (event,) = events(made.data).values()
    plain = "a\nSTATUS:CANCELLED\nEND:VEVENT\nBEGIN:VALARM x, y; z\\n    \U0001f3ac"
    assert [str(event[key]) for key in ("summary", "location", "description")] == [plain] * 3


def test_a_name_in_any_script_gives_a_plain_uid():
    (key,) = events(ics.write(Diary("cast-7", "沈若岚", "Соль und Straße", (SHOOT,)), {}).data)
    assert key == "und-Stra-e-2025-11-01-main-cast-7@pmkit"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120).map(
    lambda text: text.replace("\u2028", " ").replace("\u2029", " ")
)


@settings(max_examples=often(150), deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3), TEXT, st.integers(0, 48 * 60), st.integers(1, 2000))
def test_any_text_and_time_round_trips_in_folded_lines(lines: list[str], what: str, at: int, minutes: int):
    start = (dt.datetime(2025, 10, 31, 7, tzinfo=dt.UTC) + dt.timedelta(minutes=at)).astimezone(LA)
    end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(LA)
    note = "\n".join(lines)
    made = ics.write(diary(replace(SHOOT, what=what, note=note, start=start, end=end)), {})
    assert all(len(line) <= 75 for line in made.data.split(b"\r\n"))
    assert b"\n" not in made.data.replace(b"\r\n", b"") and b"\r" not in made.data.replace(b"\r\n", b"")
    (event,) = events(made.data).values()
    assert (str(event["summary"]), str(event.get("description", ""))) == (what, note)
    read = [(moment.date(), moment.hour, moment.minute) for moment in (event.start, event.end)]
    assert read == [(moment.date(), moment.hour, moment.minute) for moment in (start, end)]

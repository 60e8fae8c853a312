"""The Universal Schedule Standard: what programs write is read, and our own comes back whole."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.exchange import json_tree, uss, uss_read, uss_write
from pmkit.files import folder as folders, incoming as files
from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember, Drop
from pmkit.model.clock import Clock, Length
from pmkit.model.dates import DateRange
from pmkit.model.location import Location
from pmkit.model.pages import Eighths
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.rollup.strips import Strips
from tests.exchange import uss_samples as samples
from tests.often import often
from tests.productions import write

EMPTY = Production(settings=Settings(pmkit=1, title="Test"))


def read(tree: Any, production: Production = EMPTY, **asked: Any) -> Any:
    raw = tree if isinstance(tree, bytes) else samples.data(tree)
    return uss_read.read(raw, "a.uss", production, **asked)


# ---- what programs write


def test_a_long_schedule_that_breaks_its_own_standard():
    found, problems = read(samples.wild())
    assert problems == []
    assert len(found.scenes) == 173 and "158a" in found.scenes
    assert sum(scene.pages for scene in found.scenes.values()) == sum([1, 13, 24, 4][n % 4] for n in range(1, 174))
    assert len(found.cast) == 59
    assert found.cast["1"] == CastMember(
        number="1", character="PART 1", hold=True, drop=Drop(10),
        events={DateRange(dt.date(2022, 6, 6), dt.date(2022, 6, 6)): ("travel",),
                DateRange(dt.date(2022, 6, 7), dt.date(2022, 6, 7)): ("rehearsal",)},
    )  # fmt: skip
    assert found.cast["3"].off == (DateRange(dt.date(2022, 7, 12), dt.date(2022, 7, 12)),)
    two = found.scenes["2"]
    assert two.heading == "EXT. SET 2 - SIDE - DAY" and two.pages == 24 and two.page == "3"
    assert two.elements == {"props": ("Cane",), "notes": ("Water safety",)} and two.location == "stage-5"
    assert found.scenes["7"].estimate == 90 and found.scenes["7"].unit == "main"
    assert found.scenes["7"].background == ("25 Pedestrians",)
    assert (
        found.title == "It's Wonderful" and found.schedule.draft == "Blue" and found.script.date == dt.date(2022, 5, 1)
    )
    assert any("links" in note for note in found.notes)


def test_the_dates_of_fifty_six_days_pass_weekends_and_holidays():
    found, _ = read(samples.wild())
    days = found.board.units["main"]
    assert len(days) == 56 and min(days) == dt.date(2022, 8, 3)
    assert not any(day.weekday() in (5, 6) for day in days)
    assert dt.date(2022, 9, 5) not in days and dt.date(2022, 10, 10) not in days
    # 56 weekdays from Wednesday 3 August end on 19 October; two holidays push them to the 21st.
    assert max(days) == dt.date(2022, 10, 21)
    assert found.days_off == (5, 6)
    assert [str(day) for day in found.holidays] == ["2022-09-05", "2022-10-10"]
    assert {str(when): names for when, names in found.calendar.items()} == {"2022-08-07": ("travel",)}
    # PART 2 does not work on Fridays, which are now dates.
    fridays = {day for stretch in found.cast["2"].off for day in stretch.days()}
    assert len(fridays) == 12 and all(day.weekday() == 4 for day in fridays)


def test_a_board_without_days_keeps_its_order_in_the_boneyard_and_a_loose_strip_opens_the_next_day():
    found, _ = read(samples.wild())
    assert set(found.boards) == {"script-order", "rev-white"}
    assert [strip.scene for strip in found.boards["script-order"].boneyard][:3] == ["1", "2", "3"]
    assert len(found.boards["script-order"].boneyard) == 173
    assert "banners that are on no board are left out: The Title" in found.notes
    assert min(found.boards["rev-white"].units["main"]) == dt.date(2022, 8, 17)
    eighth = sorted(found.board.units["main"])[7]
    assert [strip.scene for strip in found.board.units["main"][eighth].strips][:2] == ["171", "8"]
    assert [strip.scene for strip in found.board.boneyard if strip.scene] == ["172", "173"]


def test_another_board_can_be_the_schedule():
    found, _ = read(samples.wild(), board="rev. white")
    assert min(found.board.units["main"]) == dt.date(2022, 8, 17) and found.holidays == ()
    assert set(found.boards) == {"script-order", "first-pass"}
    _, problems = read(samples.wild(), board="Rev. PINK")
    assert "no stripboard is called Rev. PINK" in problems[0].message and "First Pass" in problems[0].hint


def test_the_older_format_with_its_own_numbers_and_day_strips():
    found, problems = read(samples.older())
    assert problems == []
    scene = found.scenes["89PT1"]
    assert scene.heading == "EXT. THE BRIDGE - NIGHT" and scene.pages == 2 and scene.estimate == 95
    assert scene.elements == {
        "props": ("Petals",), "music": ("A tune",), "art": ("A desk",), "notes": ("Must be at night",),
    }  # fmt: skip
    george = found.cast["1"]
    assert not george.hold and george.drop == Drop(10) and [str(day) for day in george.off] == ["2020-07-10"]
    assert list(george.events.values()) == [("travel",)]
    (day,) = found.board.units["main"].values()
    assert day.date == dt.date(2020, 6, 22)
    assert [strip.kind for strip in day.strips] == ["note", "scene"] and day.strips[0].note == "A Text Banner"
    # The banner is on the other board, so it is no leaving of this boneyard.
    assert [strip.scene for strip in found.boards["script-order"].boneyard] == ["89PT1"]
    assert [str(day) for day in found.holidays] == ["2020-07-04"]


def test_the_same_number_means_another_category_under_the_other_root():
    tree = samples.older()["entertainmentIndustryBreakdownFormat"]
    for category in tree["categories"]:
        category["ucid"] = category.pop("catId")
    found, _ = read({"universalScheduleStandard": tree})
    assert set(found.scenes["89PT1"].elements) == {"props", "grip", "sound", "notes"}


def test_a_category_of_their_own_and_one_renamed_are_kept_by_name():
    tree = samples.older()
    categories = tree["entertainmentIndustryBreakdownFormat"]["categories"]
    categories[4].update(catId=500, name="Tow Rig & Process")
    categories[5].update(name="SFX", catId=105)
    found, _ = read(tree)
    assert found.categories == {
        "tow_rig_process": "Tow Rig & Process", "special_effects": "SFX", "art": "Pieces",
    }  # fmt: skip
    assert found.scenes["89PT1"].elements["tow_rig_process"] == ("Petals",)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-04-07T00:00:00.000Z", "2025-04-07"),
        ("2022-08-03T07:00:00.000+0000", "2022-08-03"),
        ("2022-08-02T22:00:00.000Z", "2022-08-03"),
        ("2022-08-03", "2022-08-03"),
        ("9999-12-31T23:00:00Z", None),
        ("soon", None),
        ("2022-13-01T00:00:00Z", None),
    ],
)
def test_the_day_that_a_moment_means(moment, day):
    assert uss.day_of(moment) == (dt.date.fromisoformat(day) if day else None)


def test_cast_without_a_number_or_with_another_s_get_their_own():
    tree = samples.wild(10, 2)
    elements = tree["universalScheduleStandard"]["elements"]
    elements[3]["elementId"], elements[4]["elementId"], elements[5]["elementId"] = "1", None, "Dr. X"
    found, problems = read(tree)
    assert problems == [] and len(found.cast) == 59
    assert {found.cast[n].character for n in ("60", "61", "62")} == {"PART 4", "PART 5", "PART 6"}
    assert sum("given" in note for note in found.notes) == 3


def test_sheets_of_one_scene_are_its_parts_if_they_say_the_same_but_for_their_pages():
    tree = samples.older()
    body = tree["entertainmentIndustryBreakdownFormat"]
    second = {**body["breakdowns"][1], "id": "second", "scene": "89PT2", "pages": 0.5}
    body["breakdowns"].append(second)
    body["stripboards"][1]["boards"][0]["breakdownIds"] += ["second"]
    found, _ = read(tree)
    assert list(found.scenes) == ["89"] and found.scenes["89"].pages == 6
    days = list(found.board.units["main"].values())
    assert [(s.scene, s.part, s.pages) for s in days[0].strips if s.scene] == [("89", (1, 2), 2)]
    assert [(s.scene, s.part, s.pages) for s in days[1].strips] == [("89", (2, 2), 4)]
    second["description"] = "Something else"
    found, _ = read(tree)
    assert list(found.scenes) == ["89PT1", "89PT2"]


@pytest.mark.parametrize(
    ("typed", "number"), [("45, 46", "45/46"), ("12 A", "12A"), ("?", "X"), ("1,2,3,4,5,6,7,8,9,10,11,12,13", "1-13")]
)
def test_scene_numbers_that_the_folder_cannot_take_are_said(typed, number):
    tree = samples.older()
    tree["entertainmentIndustryBreakdownFormat"]["breakdowns"][1]["scene"] = typed
    found, _ = read(tree)
    assert list(found.scenes) == [number]
    assert f"scene {typed} is called {number} here" in found.notes


def test_without_a_start_the_days_have_no_dates_until_somebody_says_one():
    tree = samples.older(calendars=[])
    found, problems = read(tree)
    assert found.board is None and "no start date" in problems[0].message and "--start" in problems[0].hint
    found, problems = read(tree, start=dt.date(2026, 3, 2))
    assert problems == [] and list(found.board.units["main"]) == [dt.date(2026, 3, 2)]


# ---- broken and hostile files


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"", 1, "empty"),
        (b"{\n  'a': 1}", 2, "means nothing"),
        (b'{"universalScheduleStandard": {\n "id": "a",\n}}', 3, "a key in quotes"),
        (b'{"universalScheduleStandard": {"breakdowns": [', 1, "ends in the middle"),
        (b'{"a": 1}\n{"b": 2}', 2, "should end"),
        (b"[" * 100_000, 1, "levels deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", 1, "5000 signs"),
        (b'{"a": "x\ny"}', 1, "no closing quote"),
        (b'{"a": NaN}', 1, "means nothing"),
        (b'{"a": "\xff"}', 1, "not UTF-8"),
        (b'{"other": {}}', 1, "no schedule"),
        (b"[]", 1, "no schedule"),
        (b'{"universalScheduleStandard": []}', 1, "no schedule"),
    ],
)
def test_what_is_no_schedule_is_a_problem_at_its_line(text, line, said):
    found, problems = read(text)
    assert found is None and len(problems) == 1
    assert problems[0].place.line == line and said in problems[0].message


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("breakdowns", "none", "breakdowns is text; a list is wanted"),
        ("breakdowns", [1, "a", None], "an item of breakdowns is a number; a record is wanted"),
        ("elements", {"a": 1}, "elements is fields; a list is wanted"),
        ("categories", [[]], "an item of categories is a list; a record is wanted"),
        ("stripboards", [{"name": 3, "boards": "x"}], "boards is text; a list is wanted"),
        ("stripboards", [{"name": "a", "boards": [{"name": "stripboard", "breakdownIds": "x"}]}], "is no list"),
        ("stripboards", [{"boards": [{"name": "stripboard", "breakdownIds": [[4]]}]}], "the id of a sheet is wanted"),
        ("calendars", [{"daysOff": [7], "events": 3}], "a day of the week is 0 (Sunday) to 6"),
    ],
)
def test_wrong_types_are_problems_at_their_line(key, value, said):
    _, problems = read(samples.older(**{key: value}))
    assert any(said in problem.message and problem.place.line > 1 for problem in problems), problems


def test_single_fields_of_the_wrong_type():
    tree = samples.older()
    sheet = tree["entertainmentIndustryBreakdownFormat"]["breakdowns"][1]
    sheet.update(scene=12, pages="1 3/8", time="long", elements=["ext", 4, "gone"], description={"a": 1})
    found, problems = read(tree)
    assert found.scenes["12"].pages == 11
    said = [problem.message for problem in problems]
    assert said == [
        "description is fields; text is wanted",
        "time is text; a number is wanted",
        "an item of elements is a number; text is wanted",
        "no element has the id gone",
    ] or set(said) == {
        "description is fields; text is wanted",
        "time is text; a number is wanted",
        "an item of elements is a number; text is wanted",
        "no element has the id gone",
    }  # fmt: skip
    for pages, message in ((-1, "is not a number of pages"), (1e300, "cannot be meant"), (0.3, "3/8 is taken")):
        sheet.update(pages=pages)
        _, problems = read(tree)
        assert any(message in problem.message for problem in problems)


def test_more_than_a_schedule_can_have_is_refused_and_not_read():
    tree = samples.older(breakdowns=[{}] * 50_001)
    _, problems = read(tree)
    assert any("breakdowns has more than 50000 items" in problem.message for problem in problems)


@settings(max_examples=often(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_file_makes_it_raise(data):
    """Values of a good file are replaced by others of every kind, at any depth."""
    tree = data.draw(st.sampled_from([samples.older(), samples.wild(6, 2)]))
    other = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
        | st.sampled_from(["scene", "ext", "end", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z", "boneyard", "sets"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=4,
    )  # fmt: skip
    for _ in range(data.draw(st.integers(1, 6))):
        node: Any = tree
        while isinstance(node, (dict, list)) and node:
            keys = list(node) if isinstance(node, dict) else range(len(node))
            key = data.draw(st.sampled_from(list(keys)))
            if not isinstance(node[key], (dict, list)) or not node[key] or data.draw(st.integers(0, 5)) == 0:
                node[key] = data.draw(other)
                break
            node = node[key]
    found, problems = read(tree)
    assert all(problem.place.line >= 1 for problem in problems)
    assert found is not None or problems


@settings(max_examples=often(200), deadline=None)
@given(st.text(alphabet='{}[]",:0123456789.eE+- \n\\utrfalsn', max_size=60))
def test_json_is_what_json_says_it_is(text):
    read_here = json_tree.parse(text)
    try:
        there = json.loads(text, parse_constant=lambda word: 1 / 0)
    except (ValueError, ZeroDivisionError):
        assert isinstance(read_here, json_tree.Broken)
    else:
        assert isinstance(read_here, json_tree.Value) and _plain(read_here) == there


def _plain(value: json_tree.Value) -> Any:
    if isinstance(value.it, dict):
        return {key: _plain(one) for key, one in value.it.items()}
    if isinstance(value.it, list):
        return [_plain(one) for one in value.it]
    return value.it if isinstance(value.it, (str, bool, type(None))) else pytest.approx(float(value.it))


# ---- our own, out and in again


def said(production: Production) -> dict[str, Any]:
    """What the standard can hold of a production, for comparing."""
    names = production.settings.category_names()
    found: dict[str, Any] = {"scenes": {}, "cast": {}, "boards": {}}
    strips = Strips(production)
    for key, scene in production.scenes.items():
        found["scenes"][key] = {
            **{
                f: getattr(scene, f)
                for f in ("heading", "pages", "page", "script_day", "synopsis", "cast", "background")
            },
            **{f: getattr(scene, f) for f in ("estimate", "omitted", "unit", "episode")},
            "elements": {names[one]: told for one, told in scene.elements.items()},
            "location": strips.location_of(scene),
        }
    for number, member in production.cast.items():
        off = sorted({day for stretch in member.off for day in stretch.days()})
        events = sorted((day, name) for when, told in member.events.items() for day in when.days() for name in told)
        found["cast"][number] = (member.character, member.hold, member.drop, off, events)
    for name, board in {"": production.board, **production.boards}.items():
        resolve = Strips(production, board)

        def one(strip: Strip, resolve: Strips = resolve) -> tuple[Any, ...]:
            pages = resolve.pages(strip, production.scene(strip.scene)) if strip.part else None
            words = uss.clean(strip.move or strip.note or strip.text)
            return strip.scene, strip.part, pages, strip.kind, words, strip.meal, strip.length, strip.location

        units = {
            unit: {
                date: (day.off, day.call, day.location, day.note, [one(strip) for strip in day.strips])
                for date, day in sorted(days.items())
            }
            for unit, days in board.units.items()
        }
        found["boards"][name] = (units, [one(strip) for strip in board.boneyard])
    found["locations"] = {key: place.name for key, place in production.locations.items()}
    return found


def back(data: bytes, tmp_path: Path, kind: str = "feature") -> Production:
    """A file imported into an empty production, written, and read again."""
    root = write(tmp_path, {"production": f"pmkit: 1\ntitle: Test\nkind: {kind}\n"})
    folder = folders.read(root)
    found, problems = uss_read.read(data, "a.uss", folder.production)
    assert problems == []
    from pmkit.files import edit

    edit.write(root, files.Writing(folder, found).take())
    again = folders.read(root)
    assert again.problems == []
    return again.production


def test_the_sample_comes_back_whole(sample, tmp_path):
    exported = uss_write.write(sample.production)
    again = back(exported.data, tmp_path)
    expected, got = said(sample.production), said(again)
    assert got["scenes"] == expected["scenes"]
    assert got["cast"] == expected["cast"]
    assert got["boards"] == expected["boards"]
    assert got["locations"] == expected["locations"]
    assert again.settings.holidays == sample.production.settings.holidays
    assert again.settings.days_off == sample.production.settings.days_off
    assert again.settings.units == sample.production.settings.units
    assert again.settings.script == sample.production.settings.script
    assert {str(when): [one.what for one in told] for when, told in again.calendar.items()}["2025-10-02"] == [
        "tech scout", "tech scout", "read-through",
    ]  # fmt: skip


def test_what_the_sample_cannot_tell_in_the_standard_is_said(sample):
    left = "\n".join(uss_write.write(sample.production).left)
    assert "performers and particulars of 18 cast members" in left
    assert "addresses and particulars of 10 locations" in left
    assert "tow_rig" in left and "scenes' own light" in left


def test_what_is_exported_keeps_the_standard(sample):
    """Every key of the standard in every object, of its type; every sheet once on every stripboard."""
    exported = uss_write.write(sample.production)
    assert exported.data == uss_write.write(sample.production).data
    body = json.loads(exported.data)["universalScheduleStandard"]
    assert body["ussVersion"] == "1.0.0" and body["name"] == "The Salt Road Yellow"
    keys = {
        "breakdowns": "id bannerText comments created description elements pages scene scriptPage duration type",
        "categories": "id created name ucid",
        "elements": "id category created daysOff dropDayCount elementId events isDood isDrop isHold isIdLock "
        "linkedElements name",
        "stripboards": "id boards calendar name",
        "calendars": "id daysOff events name",
    }
    for key, names in keys.items():
        assert body[key]
        for one in body[key]:
            assert sorted(one) == sorted(names.split())
    sheets = {one["id"] for one in body["breakdowns"]}
    elements = {one["id"] for one in body["elements"]}
    assert len(sheets) == len(body["breakdowns"]) and len(elements) == len(body["elements"])
    for one in body["breakdowns"]:
        assert set(one["elements"]) <= elements and one["type"] in ("scene", "banner")
        assert one["pages"] is None or one["pages"] * 8 == int(one["pages"] * 8)
    assert {one["category"] for one in body["elements"]} == {one["id"] for one in body["categories"]}
    numbers = {one["name"]: one["ucid"] for one in body["categories"]}
    assert numbers["Grip"] == 111 and numbers["Set dressing"] == 116 and numbers["Tow Rig & Process"] >= 500
    for board in body["stripboards"]:
        flat = [
            one
            for row in board["boards"]
            for item in row["breakdownIds"]
            for one in ([item] if isinstance(item, str) else item)
        ]
        assert sorted(flat) == sorted(sheets)
    for calendar in body["calendars"]:
        assert [event["type"] for event in calendar["events"]].count("start") == 1
        assert calendar["daysOff"] in ([0, 6], [0])  # Saturday 1 November is worked on one of the boards


NAMES = st.text(alphabet="abc XYZ'&,:#-éß", min_size=1, max_size=12).map(uss.clean).filter(bool)
SCENES = st.from_regex(r"[A-C]?[1-9][0-9]?[A-C]?", fullmatch=True)
SETS = st.text(alphabet="ABC ", min_size=1, max_size=8).map(lambda text: "ROOM " + uss.clean(text))
DAYS = st.integers(0, 60).map(lambda n: dt.date(2026, 3, 2) + dt.timedelta(days=n))
LENGTHS = st.integers(1, 600).map(Length)


@st.composite
def productions(draw: st.DrawFn) -> Production:
    """Productions of all that the standard can hold, and of nothing else."""
    numbers = draw(st.lists(st.integers(1, 40).map(str), unique=True, min_size=1, max_size=5))
    cast = {}
    for number in numbers:
        events = draw(
            st.dictionaries(
                DAYS,
                st.lists(st.sampled_from(["travel", "fitting", "test shoot"]), min_size=1, unique=True),
                max_size=2,
            )
        )
        cast[number] = CastMember(
            number=number, character=draw(NAMES), hold=draw(st.booleans()),
            drop=draw(st.none() | st.integers(1, 20).map(Drop)),
            off=tuple(DateRange(day, day) for day in sorted(draw(st.sets(DAYS, max_size=3)))),
            events={DateRange(day, day): tuple(told) for day, told in events.items()},
        )  # fmt: skip
    places = {
        f"place-{n}": Location(key=f"place-{n}", name=name)
        for n, name in enumerate(draw(st.lists(NAMES, max_size=2, unique=True)))
    }
    scenes: dict[str, Scene] = {}
    for number in draw(st.lists(SCENES, unique_by=str.upper, min_size=1, max_size=7)):
        side, time = (
            draw(st.sampled_from(["INT", "EXT", "I/E", "INT./EXT"])),
            draw(st.sampled_from(["", "DAY", "NIGHT"])),
        )
        elements = draw(
            st.dictionaries(
                st.sampled_from(["props", "grip", "weapons", "notes"]),
                st.lists(NAMES, min_size=1, max_size=2, unique=True),
                max_size=2,
            )
        )
        scenes[number] = Scene(
            number=number, heading=uss.heading(side, draw(SETS), time), pages=Eighths(draw(st.integers(2, 40))),
            page=draw(st.sampled_from(["", "12", "3A"])), script_day=draw(st.sampled_from(["", "D1", "N2"])),
            synopsis=draw(st.just("") | NAMES), cast=tuple(draw(st.lists(st.sampled_from(numbers), max_size=3, unique=True))),
            background=tuple(draw(st.lists(NAMES, max_size=2, unique=True))), estimate=draw(st.none() | LENGTHS),
            location=draw(st.sampled_from(["", *places])), elements={key: tuple(told) for key, told in elements.items()},
        )  # fmt: skip
    boards = [draw(board(scenes)) for _ in range(draw(st.integers(1, 2)))]
    return Production(
        settings=Settings(pmkit=1, title="Test", units={"main": "Main Unit", "second": "2nd Unit"}),
        cast=cast, scenes=scenes, locations=places, board=boards[0], boards=dict(zip(["other"], boards[1:], strict=False)),
    )  # fmt: skip


@st.composite
def board(draw: st.DrawFn, scenes: dict[str, Scene]) -> Board:
    banners = st.one_of(
        st.builds(Strip, meal=st.sampled_from(["lunch", "supper"]), length=st.none() | LENGTHS),
        st.builds(Strip, move=NAMES, length=st.none() | LENGTHS),
        st.builds(Strip, text=NAMES.map("shoot {}".format), length=LENGTHS),
        st.builds(Strip, note=NAMES.map("note {}".format), length=st.none() | LENGTHS),
    )
    waiting = [Strip(scene=number) for number in draw(st.permutations(list(scenes)))]
    units: dict[str, dict[dt.date, ShootingDay]] = {}
    for unit in ("main", "second"):
        for date in sorted(draw(st.sets(DAYS, min_size=unit == "main", max_size=4))):
            if units and draw(st.integers(0, 5)) == 0 and (unit == "second" or date not in units.get("second", {})):
                why = draw(st.sampled_from(["travel", "weather", "day off"]))
                units.setdefault(unit, {})[date] = ShootingDay(date=date, off=why)
                continue
            strips = [waiting.pop() for _ in range(min(len(waiting), draw(st.integers(0, 3))))]
            for one in draw(st.lists(banners, max_size=2)):
                strips.insert(draw(st.integers(0, len(strips))), one)
            call = draw(
                st.sampled_from([Clock(390), Clock(26 * 60)] if not strips else [None, Clock(390), Clock(26 * 60)])
            )
            units.setdefault(unit, {})[date] = ShootingDay(date=date, call=call, strips=tuple(strips))
    return Board(units=units, boneyard=tuple(waiting))


@settings(max_examples=often(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(production=productions())
def test_every_production_comes_back_whole(production, tmp_path_factory):
    exported = uss_write.write(production)
    again = back(exported.data, tmp_path_factory.mktemp("back"))
    expected, got = said(production), said(again)
    assert got["scenes"] == expected["scenes"]
    assert got["cast"] == expected["cast"]
    assert got["boards"] == expected["boards"]
    assert uss_write.write(again).scenes == exported.scenes


def test_a_split_scene_a_series_and_everything_on_a_strip(production, tmp_path):
    there = production(
        production="pmkit: 1\ntitle: Test\nkind: series\nunits: {main: Main, second: Second}\n",
        breakdown="101:\n  7: {heading: INT. BAR - DAY, pages: 1 6/8, estimate: 1:45}\n  8: {omitted: true, synopsis: gone}\n"
        "102:\n  7: {heading: EXT. BAR - DAY, pages: 3/8, notes: [look out]}\n",
        schedule="main:\n  2026-03-02:\n    call: 6:30\n    location: bar\n    note: bring coats\n    strips:\n"
        "      - 101-7 part 1 of 2, 4/8\n      - lunch, 0:40\n      - {move: 'to the bar, 1:00'}\n"
        "      - {text: 'plates, 2:00', location: bar}\n  2026-03-03: {off: travel}\n"
        "  2026-03-07: {strips: [101-7 part 2 of 2, 102-7]}\n"
        "second:\n  2026-03-07: {call: 26:30, strips: [lunch]}\n",
        boards__other="main:\n  2026-03-09: {strips: [101-7]}\nboneyard: [102-7]\n",
        locations="bar: {name: The Bar}\n",
    )
    assert there.errors == []
    exported = uss_write.write(there.production)
    again = back(exported.data, tmp_path / "again", "series")
    assert said(again)["boards"] == said(there.production)["boards"]
    assert said(again)["scenes"] == said(there.production)["scenes"]
    assert [one["scene"] for one in json.loads(exported.data)["universalScheduleStandard"]["breakdowns"]][:3] == [
        "101-7PT1", "101-7PT2", "101-8",
    ]  # fmt: skip


def test_what_no_board_says_twice_is_said_to_be_left(production):
    there = production(
        breakdown="1: {heading: INT. BAR - DAY, pages: 1}\n2: {heading: EXT. BAR - DAY, pages: 2/8}\n3: {pages: 1/8}\n",
        schedule="main:\n  2026-03-02: {strips: [1, 1, {scene: 2, pages: 1/8}, '3 part 1 of 2, 1/8']}\n",
    )
    left = "\n".join(uss_write.write(there.production).left)
    assert "scene 1 stands on a board twice" in left
    assert "a strip's own pages" in left
    assert "part 2 of scene 3 is on no day" in left


def test_a_unit_a_board_and_a_category_with_a_word_of_the_folder_s_own():
    tree = samples.older()
    body = tree["entertainmentIndustryBreakdownFormat"]
    body["categories"][4].update(catId=500, name="Heading")
    body["stripboards"][0]["name"] = "Boneyard"
    body["stripboards"][1]["boards"].append({"id": "5", "name": "sets", "breakdownIds": [["scene"]]})
    body["stripboards"][1]["boards"][0]["breakdownIds"] = ["banner", "end"]
    found, problems = read(tree)
    assert problems == []
    assert set(found.boards) == {"boneyard-1"} and set(found.board.units) == {"main", "sets-1"}
    assert found.scenes["89PT1"].elements["heading_1"] == ("Petals",)

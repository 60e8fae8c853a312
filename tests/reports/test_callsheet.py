"""The call sheet: what is on it, who may see it, and that paper, phone and terminal all show it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html as entities
import itertools
import os
import re
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pypdf
import pytest

from pmkit.files.folder import Folder
from pmkit.model.clock import Clock, Length, Offset, OnCall
from pmkit.model.pages import Eighths
from pmkit.problems import Fault
from pmkit.render import columns, html, json, pdf, qr, text
from pmkit.render.filters import Formats
from pmkit.reports import callsheet_rows as rows
from pmkit.reports.callsheet import callsheet, lacking
from pmkit.reports.callsheet_facts import gathered
from pmkit.reports.callsheet_person import Because, PersonalCall, personal
from pmkit.reports.callsheet_rows import CallSheet
from pmkit.rollup import board
from pmkit.rollup.person import find_person
from pmkit.rollup.strips import PALETTE

Make = Callable[..., Folder]
ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden" / "callsheet"
FORMATS = Formats()
PAPERS = ("callsheet.us.typ", "callsheet.uk.typ")


# ---------------------------------------------------------------- the sample's days, as they were agreed

DAYS = {
    "split": ("main:1", ""),
    "plain": ("main:3", ""),
    "move": ("main:4", ""),
    "night": ("main:14", ""),
    "second": ("second:3", ""),
    "minor": ("main:4", "7"),
    "driver": ("main:4", "k-moss"),
}


def of(folder: Folder, word: str) -> board.NumberedDay:
    day = board.find_day(folder.production, word, dt.date(2025, 10, 1))
    assert not isinstance(day, Fault), day
    return day


@pytest.mark.parametrize("name", DAYS)
def test_golden(sample: Folder, name: str) -> None:
    word, person = DAYS[name]
    day = of(sample, word)
    report: object = callsheet(sample.production, day)
    template = "callsheet.txt.j2"
    if person:
        report, template = personal(sample.production, day, person, explained=True), "callsheet_person.txt.j2"
        assert isinstance(report, PersonalCall)
    shown = {
        "text": columns.tidy(text.page(template, report, FORMATS, style="us", **columns.named())),
        "json": json.raw(report, "callsheet"),
    }
    for ending, found in shown.items():
        agreed = GOLDEN / name / f"callsheet.{ending}"
        if os.environ.get("PMKIT_GOLDEN"):
            agreed.parent.mkdir(parents=True, exist_ok=True)
            agreed.write_text(found, encoding="utf-8")
        assert found == agreed.read_text(encoding="utf-8"), f"{name}: look at the difference, then make golden"


def test_every_day_of_the_sample_prints(sample: Folder) -> None:
    for day in board.all_days(sample.production):
        facts = gathered(sample.production, day)
        sheet = callsheet(sample.production, day, facts)
        assert sheet.total_scenes == len({row.number.partition("pt")[0] for row in sheet.strips if row.number})
        assert sheet.total_pages == sum(row.pages or 0 for row in sheet.strips)
        assert sheet.background_total == sum(row.count for row in sheet.background)
        assert {row.location for row in sheet.strips if row.kind == "scene"} == {row.letter for row in sheet.locations}
        page = text.page("callsheet.txt.j2", sheet, FORMATS, style="us", **columns.named())
        assert page.count("NOT ISSUED") == 2
        assert json.stamp(sheet) in page


# ---------------------------------------------------------------- every field is shown, or left out on purpose


class Maker:
    """Builds a sheet in which each field holds something that is nowhere else."""

    def __init__(self) -> None:
        self.count = itertools.count(1)
        self.shown: dict[str, str] = {}
        self.strips: tuple[rows.StripRow, ...] = ()

    def made(self, kind: Any, where: str) -> Any:
        origin = typing.get_origin(kind)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self.record(kind)
        if origin is tuple:
            inner = typing.get_args(kind)[0]
            if inner is rows.StripRow:
                self.strips = self.strips or tuple(self.strip(w) for w in ("scene", "meal", "move", "text", "note"))
                return self.strips
            return (self.made(inner, where),)
        if origin in (typing.Union, types.UnionType):
            options = [option for option in typing.get_args(kind) if option is not type(None)]
            return self.made(Clock if Clock in options else options[0], where)
        return self.leaf(kind, where)

    def leaf(self, kind: Any, where: str) -> Any:
        n = next(self.count)
        value: Any
        if kind is str:
            value = f"Zq{n:03d}x"
            self.shown[where] = value
        elif kind is Clock:
            value = Clock(n)
            self.shown[where] = str(value)
        elif kind is Length:
            value = Length(3000 + n)
            self.shown[where] = str(value)
        elif kind is Eighths:
            value = Eighths(8 * (500 + n))
            self.shown[where] = str(value)
        elif kind is int:
            value = 7000 + n
            self.shown[where] = str(value)
        elif kind is bool:
            value = True
        elif kind is dt.date:
            value = dt.date(2000 + n % 90, 1, 1)
            self.shown[where] = str(value.year)
        elif typing.get_origin(kind) is dict:
            value = PALETTE
        else:
            raise AssertionError(f"{where}: no value for {kind}")
        return value

    def record(self, record: type, **fixed: Any) -> Any:
        hints = typing.get_type_hints(record)
        made = {}
        for field in dataclasses.fields(record):
            where = f"{record.__name__}.{field.name}"
            if field.name in fixed:
                made[field.name] = fixed[field.name]
            elif field.name == "because":
                made[field.name] = ()
            else:
                made[field.name] = SPECIAL[where] if where in SPECIAL else self.made(hints[field.name], where)
        return record(**made)

    def strip(self, kind: str) -> rows.StripRow:
        """A scene whose every field is looked for; of the others their words."""
        if kind == "scene":
            made: rows.StripRow = self.record(rows.StripRow, kind=kind, colour="int_night", words="")
            return made
        return rows.StripRow(kind, words=self.made(str, f"StripRow.{kind}.words"), start=Clock(1), length=Length(20))


SPECIAL: dict[str, Any] = {
    "CallSheet.stage": "preliminary",
    "PersonalCall.stage": "preliminary",
    "SunRow.word": "",
    "LocationRow.letter": "B",
    "LocationRow.map": "https://maps.example.com/",
    "MealRow.name": "lunch",
    "NumberRow.phone": "+1 310 555 0199",
}
# Shown as a sign, a colour or a link, not as the text itself.
AS_SIGN = {"ClockChangeRow.by", "StripRow.night", "StripRow.colour", "LocationRow.map", "CastRow.minor"}
# Left out on purpose, with the reason.
LEFT_OUT = {
    "html": {
        "StripRow.length": "the scene's own length follows from its times",
    },
    "callsheet.us.typ": {
        "CallSheet.day_length": "the wrap says it",
        "CallSheet.meal_length": "the lunch row says it",
        "StripRow.start": "the US front has no time slots",
        "StripRow.end": "the US front has no time slots",
        "StripRow.length": "as above",
        "AdvanceDay.pages": "the strips say it",
        "PreCall.departments": "the crew list on the back has everybody's call",
        "PreCall.call": "as above",
    },
    "callsheet.uk.typ": {
        "Draft.draft": "a unit call sheet names its own number instead",
        "Draft.date": "as above",
        "StripRow.length": "the time slot says it",
        "AdvanceDay.pages": "the strips say it",
    },
}


@pytest.fixture(scope="module")
def full() -> tuple[CallSheet, dict[str, str]]:
    maker = Maker()
    sheet = maker.record(CallSheet)
    return sheet, maker.shown


def words(page: bytes) -> str:
    import io

    reader = pypdf.PdfReader(io.BytesIO(page))
    text_of = "\n".join(found.extract_text() for found in reader.pages)
    return re.sub("[\u2066-\u2069]", "", text_of)


def squeezed(page: str) -> str:
    return re.sub(r"\s+", "", page)


@pytest.mark.parametrize("template", ["html", *PAPERS])
def test_every_field_is_shown_or_left_out_on_purpose(full: tuple[CallSheet, dict[str, str]], template: str) -> None:
    sheet, shown = full
    if template == "html":
        found = html.page("callsheet.html.j2", sheet, FORMATS, style="us")
        found = lxml.html.document_fromstring(found).text_content()
    else:
        found = words(pdf.compile(template, sheet, FORMATS, qr={"B": qr.svg("https://maps.example.com/")}).content)
    page = squeezed(found)
    missing = {where for where, value in shown.items() if squeezed(value) not in page}
    unshown = {where for where in missing if where.removesuffix(".words") not in AS_SIGN}
    assert unshown <= set(LEFT_OUT[template]), sorted(unshown - set(LEFT_OUT[template]))
    stale = {where for where in LEFT_OUT[template] if where not in missing}
    assert not stale, f"shown after all: {sorted(stale)}"


def test_every_field_of_the_card_is_shown(sample: Folder) -> None:
    maker = Maker()
    card = maker.record(PersonalCall)
    page = squeezed(lxml.html.document_fromstring(html.page("callsheet_person.html.j2", card, FORMATS)).text_content())
    paper = squeezed(words(pdf.compile("callsheet_person.typ", card, FORMATS).content))
    quiet = {"LocationRow.letter", "LocationRow.holding", "LocationRow.catering", "NeedRow.department"}
    quiet |= {"SunRow.first_light", "SunRow.last_light", "StripRow.start", "StripRow.end", "StripRow.length"}
    quiet |= {"StripRow.script_day", "StripRow.cast", "StripRow.location", "StripRow.synopsis", "StripRow.pages"}
    quiet |= {f"StripRow.{kind}.words" for kind in ("meal", "move", "note")}  # the card has no such rows
    quiet |= AS_SIGN
    for found in (page, paper):
        missing = {where for where, value in maker.shown.items() if squeezed(value) not in found}
        assert missing <= quiet, sorted(missing - quiet)


# ---------------------------------------------------------------- text is text

HOSTILE = "<script>alert(1)</script>\"'{{7*7}}</p>&amp;\n#panic() $x$ *b* <label> \\ // [a](b)"


def replaced(value: Any, word: str, key: str = "") -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{f.name: replaced(getattr(value, f.name), word, f.name) for f in dataclasses.fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(replaced(item, word, key) for item in value)
    if isinstance(value, OnCall) or (isinstance(value, str) and key not in ("kind", "colour", "stage", "letter")):
        return word
    return value


def tags(page: str) -> Counter[str]:
    tree = lxml.html.document_fromstring(page)
    return Counter(str(element.tag) for element in tree.iter() if isinstance(element.tag, str))


@pytest.mark.parametrize("template", ["callsheet.html.j2", "callsheet_person.html.j2"])
def test_hostile_text_adds_no_tag_and_stays_as_typed(template: str) -> None:
    kind = CallSheet if template == "callsheet.html.j2" else PersonalCall
    sheet = Maker().record(kind)
    plain, bad = (
        html.page(template, replaced(sheet, word), FORMATS, style="us") for word in ("word and word", HOSTILE)
    )
    lost = {"a": 0}
    kept, found = tags(plain), tags(bad)
    for tag in lost:  # an address that is no address is no link
        kept.pop(tag, None)
        found.pop(tag, None)
    kept.pop("br"), found.pop("br")  # the map's line goes with its link
    assert found == kept
    assert "<script" not in bad
    text_of = lxml.html.document_fromstring(bad).text_content()
    assert "alert(1)</script>\"'{{7*7}}" in text_of
    assert bad.count(entities.escape("<script>")) > 40
    assert "Content-Security-Policy" in bad


@pytest.mark.parametrize("template", [*PAPERS, "callsheet_person.typ"])
def test_hostile_text_prints_as_typed_on_paper(template: str) -> None:
    kind = PersonalCall if "person" in template else CallSheet
    made = pdf.compile(template, replaced(Maker().record(kind), HOSTILE), FORMATS)
    assert made.warnings == ()
    assert squeezed("{{7*7}}</p>&amp;") in squeezed(words(made.content))


def test_terminal_text_loses_what_would_move_the_cursor() -> None:
    sheet = replaced(Maker().record(CallSheet), "a\x1b[2Jb\u202ec\nd")
    page = text.page("callsheet.txt.j2", sheet, FORMATS, style="us", **columns.named())
    assert "\x1b" not in page and "\u202e" not in page
    assert "a[2Jbc d" in page


# ---------------------------------------------------------------- who may see what

SECRET = "Canary"


def secretive(make: Make) -> Folder:
    people = (
        "{{id: {0}, name: {0}, email: canary@example.com, phone: +1 999 555 0101, note: Canary, "
        "agent: {{name: Canary, phone: +1 999 555 0102}}}}"
    )
    return make(
        production="pmkit: 1\ntitle: T\npeople: {upm: vera, first_ad: quill, director: dora}\n",
        crew="production:\n  people:\n"
        + "".join(f"    - {people.format(name)}\n" for name in ("dora", "jo"))
        + "    - {id: quill, name: quill, phone: +1 310 555 0108}\n    - {id: vera, name: vera}\n",
        cast="1: {character: MILO, performer: Sam, minor: 9-16, email: canary@example.com, note: Canary,\n"
        "  guardian: {name: Canary, phone: +1 999 555 0103}, agent: {name: Canary}}\n",
        breakdown="1: {heading: INT. A - DAY, pages: 1, cast: [1]}\n",
        schedule="main:\n  2025-10-13: {call: 7:00, strips: [1]}\n",
        locations="a: {name: Stage, contact: {name: Canary, phone: +1 999 555 0104}}\nsets: {A: a}\n",
        private__crew="production:\n  people:\n    - {id: vera, phone: +1 999 555 0105, address: Canary}\n",
        private__cast="1: {birth_date: 2014-02-03, address: Canary, passport: Canary, tax_id: Canary}\n",
        private__deals="vera: {rate: 99987/day}\n",
    )


def test_no_contact_money_or_identity_on_any_sheet(production: Make) -> None:
    folder = secretive(production)
    assert not folder.errors, folder.errors
    day = of(folder, "1")
    sheet = callsheet(folder.production, day)
    cards = [personal(folder.production, day, who) for who in ("1", "dora", "vera", "quill")]
    shown = [json.raw(report, "callsheet") for report in (sheet, *cards)]
    shown.append(html.page("callsheet.html.j2", sheet, FORMATS, style="us"))
    shown.append(words(pdf.compile("callsheet.us.typ", sheet, FORMATS).content))
    for page in shown:
        for secret in ("canary", "999 555", "2014", "99987"):
            assert secret not in page.lower().replace("\u00a0", " ")
    assert [(p.title, p.phone) for p in sheet.people] == [
        ("UPM", ""),
        ("1st AD", "+1 310 555 0108"),
        ("Director", ""),
    ]
    assert sheet.numbers == ()
    assert "MILO (K)" in lxml.html.document_fromstring(shown[-2]).text_content()


# ---------------------------------------------------------------- empty, full, and found wanting


def bare(make: Make) -> Folder:
    return make(schedule="main:\n  2025-10-13: {}\n")


def test_an_empty_sheet_closes_up(production: Make) -> None:
    folder = bare(production)
    day = of(folder, "1")
    facts = gathered(folder.production, day)
    sheet = callsheet(folder.production, day, facts)
    for template in PAPERS:
        made = pdf.compile(template, sheet, FORMATS)
        page = words(made.content)
        assert made.warnings == ()
        assert "Page 1 of 1" in page
        for title in ("Locations", "Scenes", "Cast", "Crew", "Transport", "SAFETY", "Advance", "Meals", "CALL\n"):
            assert title not in page
    shown = html.page("callsheet.html.j2", sheet, FORMATS, style="us")
    assert "<h2>" not in shown
    assert "UPPER" not in shown
    page = text.page("callsheet.txt.j2", sheet, FORMATS, style="us", **columns.named())
    assert len(columns.tidy(page).splitlines()) < 10
    assert lacking(sheet, facts) == (
        "no plan of the day yet: calls/2025-10-13-main.yaml",
        "no crew call, so no times: call: in schedule.yaml",
        "no strips on this day",
        "no nearest hospital: hospital: of the location",
        "no weather: weather: in the day's plan",
        "no location: sets: in locations.yaml says where each set is",
    )


def test_a_day_without_scenes_counts_none(production: Make) -> None:
    folder = production(schedule='main:\n  2025-10-13: {call: 7:00, strips: [{text: "pack shot, 1:00"}, lunch]}\n')
    sheet = callsheet(folder.production, of(folder, "1"))
    shown = [words(pdf.compile(template, sheet, FORMATS).content) for template in PAPERS]
    shown.append(html.page("callsheet.html.j2", sheet, FORMATS, style="us"))
    shown.append(text.page("callsheet.txt.j2", sheet, FORMATS, style="us", **columns.named()))
    for page in shown:
        assert "pack shot" in page
        assert "schedule" in page.casefold()
        assert "0 scenes" not in page
        assert "Scenes" not in page


LONG = "Wolfeschlegelsteinhausenbergerdorff-Okonjo"


def crowded() -> CallSheet:
    """Forty artists and a hundred and twenty crew with long names."""
    maker = Maker()
    sheet = maker.record(CallSheet)
    cast = tuple(
        rows.CastRow(str(n), f"Anastasia {LONG}", "THE SECOND ASSISTANT LIGHTHOUSE KEEPER", n % 9 == 0, "SWF",
                     Clock(300), Clock(330), OnCall("O/C"), Clock(1500), "Harness under coat; speaks Welsh only")
        for n in range(1, 41)
    )  # fmt: skip
    crew = tuple(
        rows.CrewDepartment(
            f"Department of Number {n}",
            "12",
            tuple(rows.CrewRow("Second Second Assistant Property Master", f"J. {LONG}", Clock(360)) for _ in range(8)),
        )
        for n in range(15)
    )
    strips = tuple(dataclasses.replace(sheet.strips[0], number=str(n), pages=Eighths(n)) for n in range(1, 15))
    return dataclasses.replace(
        sheet, cast=cast, crew=crew, strips=strips, title="The Very Long and Winding Road to the Salt"
    )


@pytest.mark.parametrize("template", PAPERS)
def test_forty_cast_and_a_hundred_and_twenty_crew_flow(template: str) -> None:
    formats = Formats(clock="12h", paper="a4" if "uk" in template else "letter")
    made = pdf.compile(template, crowded(), formats)
    page = words(made.content)
    assert made.warnings == ()
    assert 3 <= page.count("Page ") <= 5
    flat = squeezed(page)
    assert flat.count(squeezed(f"J. {LONG}")) == 120
    assert flat.count("SpeaksWelshonly".lower()) + flat.count("speaksWelshonly") == 40


@pytest.mark.parametrize("paper", ["letter", "legal", "a4"])
def test_the_same_sheet_gives_the_same_bytes_on_every_paper(
    sample: Folder, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    sheet = callsheet(sample.production, of(sample, "14"))
    formats = Formats(paper=paper)  # type: ignore[arg-type]
    fonts = sample.root / "fonts"
    made = []
    for zone in ("Asia/Tokyo", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(pdf.compile("callsheet.us.typ", sheet, formats, fonts).content)
        assert html.page("callsheet.html.j2", sheet, formats, style="us") == html.page(
            "callsheet.html.j2", sheet, formats, style="us"
        )
    monkeypatch.delenv("TZ")
    time.tzset()
    assert made[0] == made[1]
    assert b"/CreationDate" not in made[0]


# ---------------------------------------------------------------- what the sheet says


DAY = """\
main:
  2025-10-13: {call: 7:00, strips: [1, lunch, 2 part 1 of 2], note: mind the dog}
  2025-10-14: {call: 9:00, strips: [2 part 2 of 2]}
  2025-10-16: {strips: [3]}
second:
  2025-10-14: {call: 6:00, strips: [3]}
"""
FILES = {
    "production": "pmkit: 1\ntitle: T\nunits: {main: Main, second: 2nd Unit}\n"
    "people: {first_ad: quill, director: [dora, dan]}\n",
    "schedule": DAY,
    "breakdown": "1: {heading: INT. A - DAY, pages: 1, cast: [1], props: [lamp, key], background: [3 miners]}\n"
    "2: {heading: EXT. B - CONTINUOUS, pages: 1 2/8, cast: [1, 2], props: [lamp], background: [2 miners]}\n"
    "3: {heading: EXT. B - NIGHT, pages: 1, cast: [3]}\n",
    "cast": "1: {character: LENA, hold: true, stand_in: Pat}\n"
    "2: {character: JUNE, hold: true, events: {2025-10-15: fitting}}\n"
    "3: {character: DEZ, events: {2025-10-13: travel}}\n",
    "crew": "ad:\n  name: Assistant Directors\n  call: -0:30\n  walkie: 1\n  people:\n"
    "    - {id: quill, name: T. Quill, position: 1st AD, unit: main}\n"
    "    - {id: ade, name: C. Ade, position: 2nd Unit 1st AD, unit: second, phone: +1 310 555 0113}\n"
    "camera: {walkie: 5, people: [{id: dora, name: Dora, call: o/c}, {id: dan, name: Dan}]}\n",
    "locations": "a: {name: Stage, coordinates: '51.5, -0.12', hospital: {name: St. T}, safety: [mind the step]}\n"
    "b: {name: Moor, map: 'https://maps.example.com/x', parking: the field}\nsets: {A: a, B: b}\n",
}


def sheet_of(make: Make, word: str, **more: str) -> CallSheet:
    folder = make(**{**FILES, **more})
    assert not folder.errors, folder.errors
    return callsheet(folder.production, of(folder, word))


def test_the_head_and_the_places(production: Make) -> None:
    sheet = sheet_of(production, "1")
    assert (sheet.unit, sheet.day, sheet.days) == ("Main", 1, 3)
    assert [(p.title, p.names) for p in sheet.people] == [("1st AD", ("T. Quill",)), ("Directors", ("Dora", "Dan"))]
    assert [(row.letter, row.name, row.map) for row in sheet.locations] == [
        ("A", "Stage", "https://www.openstreetmap.org/?mlat=51.5&mlon=-0.12&zoom=16"),
        ("B", "Moor", "https://maps.example.com/x"),
    ]
    assert sheet.safety == ("Stage: mind the step",)
    assert sheet.notes == ("mind the dog",)
    assert sheet.hospital == rows.HospitalRow("St. T", "", "", "")
    assert sheet.sun is not None and sheet.sun.sunrise is not None


def test_scenes_cast_and_background(production: Make) -> None:
    sheet = sheet_of(production, "1")
    assert [(r.kind, r.number, r.light, r.colour, r.pages, r.location) for r in sheet.strips] == [
        ("scene", "1", "Day", "int_day", 8, "A"),
        ("meal", "", "", "", None, ""),
        ("scene", "2pt1", "Day", "ext_day", 5, "B"),
    ]
    assert (sheet.total_scenes, str(sheet.total_pages)) == (2, "1 5/8")
    assert [(c.number, c.status) for c in sheet.cast] == [("1", "SW"), ("2", "SW"), ("3", "T")]
    assert sheet.cast_called == 2
    assert [(b.count, b.what, b.scenes, b.note) for b in sheet.background] == [
        (1, "Pat", (), "for LENA"),
        (3, "miners", ("1", "2pt1"), ""),
    ]
    assert [(n.department, n.items) for n in sheet.needs] == [("Props", ("lamp (1, 2pt1)", "key (1)"))]


def test_advance_crew_and_channels(production: Make) -> None:
    sheet = sheet_of(production, "1", **{"calls__2025-10-14-main": "call: 8:30\n"})
    assert [(a.number, str(a.call), a.locations) for a in sheet.advance] == [
        (2, "08:30", ("Moor",)),
        (3, "None", ("Moor",)),
    ]
    assert [(d.name, [(p.name, str(p.call)) for p in d.people]) for d in sheet.crew] == [
        ("Assistant Directors", [("T. Quill", "06:30")]),
        ("Camera", [("Dora", "O/C"), ("Dan", "07:00")]),
    ]
    assert sheet.crew_called == 2
    assert sheet.precalls == (rows.PreCall(("Assistant Directors",), Clock(390)),)
    assert sheet.walkie == (
        rows.ChannelRow("1", ("Assistant Directors",)),
        rows.ChannelRow("5", ("Camera",)),
    )


def test_the_second_unit_has_its_own_people_and_nobody_else_s_holds(production: Make) -> None:
    sheet = sheet_of(production, "second:1")
    assert sheet.unit == "2nd Unit"
    assert next((p.title, p.names, p.phone) for p in sheet.people) == ("1st AD", ("C. Ade",), "+1 310 555 0113")
    assert [c.number for c in sheet.cast] == ["3"]
    main = sheet_of(production, "2")
    assert [(c.number, c.status) for c in main.cast] == [("1", "WF"), ("2", "WF")]


PLAN = """\
weather: {high: 9C}
hospital: {name: Other, phone: 01632 960199}
cast: {3: {status: H, remarks: by train}}
background: [{what: 12 miners, call: -0:30, report: tent}]
stand_ins: [{what: 2 stand-ins, call: 6:45}]
needs: {camera: [crane], props: [rope]}
walkie: {1: Everybody, grip: 7}
catering: {breakfast: 30, tea: 20}
transport:
  - {vehicle: Van, driver: dan, pickup: 9:00, who: [2, dora, a nurse], from: a, to: tent}
  - {vehicle: Car, pickup: 5:00, who: [1]}
"""


def test_the_plan_of_the_day(production: Make) -> None:
    sheet = sheet_of(production, "1", **{"calls__2025-10-13-main": PLAN})
    assert sheet.hospital == rows.HospitalRow("Other", "", "01632 960199", "")
    assert sheet.weather is not None and sheet.weather.high == "9C"
    assert [(b.count, b.what, str(b.call), str(b.set)) for b in sheet.background] == [
        (2, "stand-ins", "06:45", "None"),
        (12, "miners", "06:30", "08:00"),
    ]
    assert ("3", "H", "by train") in [(c.number, c.status, c.remarks) for c in sheet.cast]
    assert [(n.department, n.items) for n in sheet.needs] == [
        ("Props", ("rope", "lamp (1, 2pt1)", "key (1)")),
        ("Camera", ("crane",)),
    ]
    assert [(m.name, str(m.time), m.count) for m in sheet.meals] == [
        ("breakfast", "06:30", "30"),
        ("lunch", "13:00", ""),
        ("tea", "None", "20"),
    ]
    assert [(w.channel, w.who) for w in sheet.walkie] == [("1", ("Everybody",)), ("7", ("grip",))]
    assert [(r.vehicle, r.driver, [(p.number, p.name) for p in r.passengers], r.from_) for r in sheet.transport] == [
        ("Car", "", [("1", "LENA")], ""),
        ("Van", "Dan", [("2", "JUNE"), ("", "Dora"), ("", "a nurse")], "Stage"),
    ]


# ---------------------------------------------------------------- one person


@pytest.mark.parametrize(
    ("word", "found"),
    [("1", "LENA"), ("lena", "LENA"), ("dora", "Dora"), ("T. Quill", "T. Quill"), ("t. quill", "T. Quill")],
)
def test_a_person_by_number_id_name_or_character(production: Make, word: str, found: str) -> None:
    who = find_person(production(**FILES).production, word)
    assert not isinstance(who, Fault)
    assert found in (getattr(who, "character", ""), getattr(who, "name", ""))


@pytest.mark.parametrize(
    ("word", "hint"),
    [("quil", "did you mean quill?"), ("T. Quil", "did you mean quill"), ("LENNA", "did you mean 1 (LENA)?")],
)
def test_a_person_that_is_not_there(production: Make, word: str, hint: str) -> None:
    fault = find_person(production(**FILES).production, word)
    assert isinstance(fault, Fault)
    assert fault.hint.startswith(hint)


def test_a_card_leads_with_the_reader_s_own_call(production: Make) -> None:
    folder = production(**FILES)
    day = of(folder, "1")
    card = personal(folder.production, day, "quill", explained=True)
    assert isinstance(card, PersonalCall)
    assert (str(card.call), card.before_call, card.steps[0].own) == ("06:30", Length(30), True)
    assert [str(step.time) for step in card.steps] == sorted(str(step.time) for step in card.steps)
    assert card.next is not None and (card.next.day, str(card.next.call)) == (2, "08:30")
    assert isinstance(card.because[0], Because)
    assert {str(place) for place in card.because[0].figure.places()} == {"schedule.yaml:2:22", "crew.yaml:3:9"}
    lena = personal(folder.production, day, "LENA")
    assert isinstance(lena, PersonalCall)
    assert [row.number for row in lena.strips] == ["1", "2pt1"]
    assert lena.call == OnCall("self") or isinstance(lena.call, Clock)


def test_somebody_who_is_not_called_is_told_when(production: Make) -> None:
    folder = production(**FILES)
    fault = personal(folder.production, of(folder, "1"), "3")
    assert isinstance(fault, Fault)
    assert (fault.code, fault.hint) == ("not-called", "next on day second:1, 2025-10-14")


def leaves(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


def test_a_sheet_holds_no_offset_and_no_record(sample: Folder) -> None:
    allowed = (str, int, bool, dt.date, type(None), OnCall)
    for word in ("3", "14", "second:1"):
        for value in leaves(callsheet(sample.production, of(sample, word))):
            assert isinstance(value, allowed) and not isinstance(value, Offset), value

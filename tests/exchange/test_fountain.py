"""Fountain: what makes a line a heading, a cue, a speech, and what is not printed at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from pmkit.exchange import screenplay
from pmkit.model.screenplay import Screenplay, ScriptScene


def read(text: str | bytes) -> Screenplay:
    script = screenplay.read(text.encode() if isinstance(text, str) else text, "x.fountain").script
    assert script is not None
    return script


def headings(text: str) -> list[str]:
    return [scene.heading for scene in read(text).scenes]


def only(text: str) -> ScriptScene:
    (scene,) = read(text).scenes
    return scene


def codes(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [f"{one.code}:{one.place.line}" for one in screenplay.read(data, "x.fountain").problems]


@pytest.mark.parametrize(
    "line",
    [
        "INT. HOUSE - DAY", "EXT HOUSE", "EST. HOUSE", "INT./EXT. CAR", "INT/EXT CAR", "EXT./INT. CAR", "I/E CAR",
        "I./E. CAR", "int. house", ".FOYER", "**INT. HOUSE**", "  INT. HOUSE",
    ],
)  # fmt: skip
def test_a_heading_between_blank_lines(line: str) -> None:
    assert headings(f"Action.\n\n{line}\n\nMore.\n") == [line.strip(" .*") if line[0] in ".*" else line.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "INT。 房间 - 日", "INTERCUT WITH:", "ESTABLISHING", "... not one", "EXTRA PEOPLE", "!INT. HOUSE - DAY",
        "Interior. House", "INT.", "ИНТ. ДОМ - ДЕНЬ",
    ],
)  # fmt: skip
def test_what_is_no_heading(line: str) -> None:
    assert headings(f"INT. A\n\n{line}\n\nMore.\n") == ["INT. A"]


def test_a_forced_heading_in_any_script_keeps_its_number() -> None:
    scenes = read(".房间 - 日 #3#\n\n他走了。\n\n.ИНТ. ДОМ - НОЧЬ #12Б#\n\nОн ушёл.\n").scenes
    assert [(one.number, one.heading) for one in scenes] == [("3", "房间 - 日"), ("12Б", "ИНТ. ДОМ - НОЧЬ")]


@pytest.mark.parametrize("number", ["1", "1A", "1a", "A1", "I-1-A", "1.", "110A", "2-B"])
def test_a_scene_number_is_kept_as_typed(number: str) -> None:
    scene = only(f"INT. HOUSE - DAY #{number}#\n\nText.\n")
    assert (scene.number, scene.heading) == (number, "INT. HOUSE - DAY")


def test_a_number_that_is_none_is_said_with_its_line() -> None:
    assert codes("Text.\n\nINT. A - DAY #12 A#\n\nMore.\n") == ["bad-scene:3"]
    assert only("INT. A - DAY #12 A#\n").number == "12A"
    assert only("INT. A - DAY #???#\n").number == ""


def test_a_heading_whose_text_follows_at_once_is_read_and_said() -> None:
    text = "INT. A - DAY\nShe waits.\n\nText\nEXT. B - DAY\n\nMore.\n"
    assert headings(text) == ["INT. A - DAY"]
    assert codes(text) == ["close-heading:1", "close-heading:5"]


def test_boneyard_and_notes_are_gone_and_lines_keep_their_numbers() -> None:
    text = (
        "/* cut\n\nINT. GONE - DAY\n\n*/\n[[a note\nof two lines]]\nINT. A - DAY [[inside]]\n\nOne /* two */ three.\n"
    )
    scene = only(text)
    assert (scene.heading, scene.place.line) == ("INT. A - DAY", 8)
    assert scene.paragraphs[0].text == "One  three."
    assert codes("INT. A - DAY\n\nText /* open\n\nINT. B - DAY\n") == ["open-boneyard:3"]


def test_the_title_page_is_no_script_and_fade_in_is_no_title() -> None:
    script = read("Title: INT. NIGHT\nAuthor:\n    A. Writer\nDraft date: Draft 3\n\nINT. A - DAY\n\nText.\n")
    assert (script.title, script.draft, len(script.scenes)) == ("INT. NIGHT", "Draft 3", 1)
    assert headings("FADE IN:\n\nINT. A - DAY\n") == ["INT. A - DAY"]
    assert headings("INT. HOUSE: NIGHT\n\nText.\n") == ["INT. HOUSE: NIGHT"]


def test_a_synopsis_belongs_to_its_scene_and_not_to_a_section() -> None:
    text = "# Act\n\n= Of the act.\n\nINT. A - DAY\n= June waits.\n= And goes.\n\nText.\n\n# Two\n\n= Of act two.\n"
    assert only(text).synopsis == "June waits. And goes."


def test_speeches_have_names_without_extensions() -> None:
    text = (
        "INT. A - DAY\n\nJUNE (CONT'D)\n(low)\nSo.\n  \nYes.\n\n@McLeod (V.O.)\nNo.\n\nWALT (O.S.) (V.O.)\n~La la\n\n"
        "R2D2\nBeep.\n\n23\nNo cue.\n\nNOT A CUE\n\nВАЛЬТ\nДа.\n\n李雷\n你好\n"
    )
    cues = [(cue.name, cue.heard, [one.kind for one in cue.words]) for cue in only(text).cues()]
    assert cues == [
        ("JUNE", False, ["parenthetical", "dialogue", "dialogue"]),
        ("McLeod", True, ["dialogue"]),
        ("WALT", True, ["lyrics"]),
        ("R2D2", False, ["dialogue"]),
        ("ВАЛЬТ", False, ["dialogue"]),
    ]


def test_two_people_at_once_stand_side_by_side() -> None:
    scene = only("INT. A - DAY\n\nJUNE\nOne.\n\nLENA ^\nTwo.\n\nWALT\nThree.\n")
    assert [(one.kind, one.column) for one in scene.paragraphs] == [
        ("character", 1), ("dialogue", 1), ("character", 2), ("dialogue", 2), ("character", 0), ("dialogue", 0),
    ]  # fmt: skip


def test_forced_and_centred_lines_are_what_they_say() -> None:
    scene = only("INT. A - DAY\n\n!JUNE\nis not here\n\n> THE END <\n\n> CUT TO BLACK\n\nCUT TO:\n\n===\n\n~Song\n")
    assert [(one.kind, one.text) for one in scene.paragraphs] == [
        ("action", "JUNE\nis not here"), ("centred", "THE END"), ("transition", "CUT TO BLACK"),
        ("transition", "CUT TO:"), ("page-break", ""), ("lyrics", "Song"),
    ]  # fmt: skip


def test_an_omitted_scene_and_a_range_of_them() -> None:
    scenes = read(".OMITTED #13#\n\n.SCENES 15-17 OMITTED #15-17#\n\nINT. A - DAY #18#\n").scenes
    assert [(one.number, one.omitted) for one in scenes] == [
        ("13", True), ("15", True), ("16", True), ("17", True), ("18", False),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    text = "INT. CAFÉ - DAY\n\nJUNE\nSo.\n".replace("\n", end)
    scene = read(text.encode(encoding)).scenes[0]
    assert (scene.heading, [cue.name for cue in scene.cues()]) == ("INT. CAFÉ - DAY", ["JUNE"])


def test_what_is_no_text_is_a_problem_at_its_line() -> None:
    assert codes("INT. A\n\nCaf\xe9\n".encode("latin-1")) == ["not-utf8:3"]
    assert codes(b"INT. A\n\n\x00\n") == ["not-text:3"]
    assert codes(b"\xff\xfe\x00") == ["not-utf8:1"]
    assert codes("") == ["no-scenes:0"]


LINES = st.sampled_from(
    ["INT. A - DAY", "EXT. B #2#", "JUNE", "June.", "", "  ", "(low)", "= s", "# s", "===", ".X", "@a", "~l", "> T:",
     ">c<", "!a", "/*", "*/", "[[", "]]", "JUNE ^", "Title: x", "CUT TO:", "#1#", ".", "@", "^", "\t", "INT."]
)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_any_lines_make_scenes_in_order_with_places_in_the_file(text: str) -> None:
    script = read(text)
    places = [scene.place.line for scene in script.scenes]
    assert places == sorted(set(places))
    assert all(1 <= line <= text.count("\n") + 1 for line in places)
    found = [one.line for scene in script.scenes for one in scene.paragraphs]
    assert all(a <= b for a, b in pairwise(found))


@given(st.binary(max_size=300))
def test_any_bytes_give_scenes_or_a_problem(data: bytes) -> None:
    reading = screenplay.read(data, "x.fountain")
    assert reading.problems or (reading.script is not None and reading.script.scenes)

"""Final Draft files: what is the script, what only looks like it, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.exchange import fdx_tags, screenplay
from pmkit.model.breakdown import CATEGORIES
from pmkit.model.screenplay import Screenplay, ScriptScene, Tag

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Version="6">\n'


def file(content: str, rest: str = "") -> bytes:
    return f"{HEAD}<Content>\n{content}\n</Content>\n{rest}</FinalDraft>\n".encode()


def read(content: str, rest: str = "") -> Screenplay:
    script = screenplay.read(file(content, rest), "x.fdx").script
    assert script is not None
    return script


def heading(text: str, number: str = "", inside: str = "") -> str:
    typed = f' Number="{number}"' if number else ""
    return f'<Paragraph Type="Scene Heading"{typed}>{inside}<Text>{text}</Text></Paragraph>'


def paragraph(kind: str, text: str) -> str:
    return f'<Paragraph Type="{kind}"><Text>{text}</Text></Paragraph>'


def only(content: str, rest: str = "") -> ScriptScene:
    (scene,) = read(content, rest).scenes
    return scene


def codes(data: bytes) -> list[str]:
    return [f"{one.code}:{one.place.line}" for one in screenplay.read(data, "x.fdx").problems]


def test_only_headings_directly_in_the_content_are_scenes() -> None:
    note = f"<ScriptNote>{heading('INT. NOTE')}</ScriptNote>"
    outline = "<Outlines><Paragraph Type='Outline 1'>" + heading("INT. OUTLINE") + "</Paragraph></Outlines>"
    content = heading("INT. A - DAY", "1") + f'<Paragraph Type="Action">{note}<Text>Rain.</Text></Paragraph>{outline}'
    rest = f"<TitlePage><Content>{heading('INT. TITLE')}</Content></TitlePage><Lists>{heading('EXT. LIST')}</Lists>"
    script = read(content, rest)
    assert [scene.heading for scene in script.scenes] == ["INT. A - DAY"]
    assert [one.text for one in script.scenes[0].paragraphs] == ["Rain."]


def test_the_runs_of_a_heading_are_joined_whatever_stands_between() -> None:
    runs = '<Text>INT. </Text><SceneProperties Length="1 2/8" Page="3"/><Text RevisionID="2">LOFT</Text>\n<Text> -\nDAY</Text>'
    scene = only(f'<Paragraph Number="12A" Type="Scene Heading">\n{runs}</Paragraph>')
    assert (scene.heading, scene.number, str(scene.length), scene.page) == ("INT. LOFT - DAY", "12A", "1 2/8", "3")


@pytest.mark.parametrize(
    ("typed", "read_as"), [("3/8", "3/8"), ("1", "1"), ("1 2/8", "1 2/8"), ("3 3/8", "3 3/8"), ("11/8", "1 3/8")]
)
def test_lengths_as_final_draft_writes_them(typed: str, read_as: str) -> None:
    assert str(only(heading("INT. A", inside=f'<SceneProperties Length="{typed}"/>')).length) == read_as


@pytest.mark.parametrize("typed", ["", "0", "0/8"])
def test_no_length_is_no_length(typed: str) -> None:
    assert only(heading("INT. A", inside=f'<SceneProperties Length="{typed}" Page="0"/>')).length is None


def test_a_length_that_is_none_is_said_and_left_to_the_estimate() -> None:
    data = file(heading("INT. A", inside='\n<SceneProperties Length="long"/>'))
    assert codes(data) == ["bad-pages:5"]


def test_synopsis_and_characters_of_the_scene() -> None:
    summary = "<Summary><Paragraph><Text>June </Text><Text>waits.</Text></Paragraph><Paragraph><Text>Leaves.</Text></Paragraph></Summary>"
    beats = '<SceneArcBeats><CharacterArcBeat Name="JUNE"><Paragraph><Text>Sad.</Text></Paragraph></CharacterArcBeat></SceneArcBeats>'
    scene = only(heading("INT. A", "1", f"<SceneProperties>{summary}{beats}</SceneProperties>"))
    assert (scene.synopsis, scene.present) == ("June waits. Leaves.", ("JUNE",))


def test_an_omitted_scene_keeps_its_number_and_nothing_of_what_it_was() -> None:
    was = heading("EXT. YARD - DUSK", "", '<SceneProperties Length="2/8"/>') + paragraph("Action", "Mara waits.")
    cut = f'<Paragraph Number="21" Type="Scene Heading"><Text>OMITTED</Text><OmittedScene>{was}</OmittedScene></Paragraph>'
    scenes = read(heading("INT. A", "20") + cut + heading("INT. B", "22") + heading("Omitted", "23")).scenes
    assert [(one.number, one.omitted, len(one.paragraphs)) for one in scenes] == [
        ("20", False, 0), ("21", True, 0), ("22", False, 0), ("23", True, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("wrapped", [True, False])
def test_two_people_at_once_stand_side_by_side(wrapped: bool) -> None:
    speeches = "".join(paragraph("Character", name) + paragraph("Dialogue", "Now!") for name in ("MARA", "BOY (O.S.)"))
    dual = f"<DualDialogue>{speeches}</DualDialogue>"
    scene = only(heading("INT. A") + (f'<Paragraph Type="General">{dual}</Paragraph>' if wrapped else dual))
    assert [(cue.name, cue.words[0].column) for cue in scene.cues()] == [("MARA", 1), ("BOY", 2)]


def test_before_the_first_heading_and_empty_headings_there_is_no_scene() -> None:
    empty = '<Paragraph Type="Scene Heading"><Text> </Text></Paragraph>'
    assert len(read(paragraph("Action", "Preamble.") + empty + heading("INT. A")).scenes) == 1
    numbered = '<Paragraph Type="Scene Heading" Number="4"><Text/></Paragraph>'
    assert codes(file(heading("INT. A") + numbered)) == ["empty-heading:4"]


def test_numbered_shots_are_counted_and_are_no_scenes() -> None:
    script = read(heading("INT. A", "1") + '<Paragraph Type="Shot" Number="2"><Text>CLOSE</Text></Paragraph>')
    assert (len(script.scenes), script.shots) == (1, 1)


def tag_data(categories: str, definitions: str, tags: str) -> str:
    return (
        f"<TagData><TagCategories>{categories}</TagCategories><TagDefinitions>{definitions}</TagDefinitions>"
        f"<Tags>{tags}</Tags></TagData>"
    )


def test_tags_come_by_the_categorys_id_then_by_its_name_and_stay_in_their_scene() -> None:
    props, own, day = "05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa", "aaaa", "63c140da-ef2b-491a-b416-b46f461abb89"
    data = tag_data(
        f'<TagCategory Id="{props.upper()}" Name="Requisiten" Number="1"/><TagCategory Id="{own}" Name="Picture Vehicles"/>'
        '<TagCategory Id="bbbb" Name="Tow Rig"/>',
        f'<TagDefinition CatId="{props.upper()}" Id="d1" Label="cream envelope" Number="1"/>'
        f'<TagDefinition CatId="{own}" Id="d2" Label="wagon"/><TagDefinition CatId="bbbb" Id="d3" Label="low loader"/>'
        f'<TagDefinition CatId="{day}" Id="d4" Label="2"/><TagDefinition CatId="cccc" Id="d5" Label="lost"/>',
        "".join(f'<Tag Number="{at}"><DefId>d{at}</DefId></Tag>' for at in range(1, 7)),
    )
    content = (
        '<Paragraph Type="Scene Heading" Number="1"><Text TagNumber="4">INT. A</Text></Paragraph>'
        '<Paragraph Type="Action"><Text TagNumber="1">The envelope</Text><Text> and </Text><Text TagNumber="2">it</Text></Paragraph>'
        '<Paragraph Type="Action"><Text TagNumber="1">the envelope again</Text><Text TagNumber="3,5">x</Text></Paragraph>'
        + heading("INT. B", "2")
        + '<Paragraph Type="Action"><Text TagNumber="9">unknown</Text></Paragraph>'
    )
    first, second = read(content, data).scenes
    assert first.tags == (
        Tag("script_day", "2"), Tag("props", "cream envelope"), Tag("picture_vehicles", "wagon"), Tag("Tow Rig", "low loader"),
    )  # fmt: skip
    assert second.tags == ()


def test_every_category_of_final_draft_is_one_of_ours_or_a_field() -> None:
    fields = {"cast", "background", "script_day", "unit", "location", "sequence", "synopsis"}
    assert set(fdx_tags.CATEGORIES.values()) | set(fdx_tags.NAMES.values()) <= {*CATEGORIES, *fields}


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f'<?xml version="1.0"?>\n{BOMB}\n<FinalDraft><Content>&b;</Content></FinalDraft>'.encode(), "document-type:2"),
        (f'{BOMB}<FinalDraft/>'.encode("utf-16"), "document-type:1"),
        (b'\n\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><FinalDraft/>', "document-type:3"),
        (b"<FinalDraft>\n<Content>\n<Paragraph>\n</Content>", "bad-xml:4"),
        (b"<FinalDraft>\n<Content>&nbsp;</Content></FinalDraft>", "bad-xml:2"),
        (b'<?xml version="1.0" encoding="klingon"?><FinalDraft/>', "bad-xml:1"),
        (b"", "bad-xml:1"),
        (b"INT. A - DAY\n", "bad-xml:1"),
        (b"<html>\n<Content/></html>", "not-final-draft:1"),
        (b"<FinalDraft Version='6'/>", "not-final-draft:1"),
        (b"PK\x03\x04rest", "not-final-draft:1"),
        (b"<FinalDraft><Content>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Content></FinalDraft>", "too-deep:1"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_at_its_line(data: bytes, told: str) -> None:
    reading = screenplay.read(data, "x.fdx")
    assert reading.script is None
    assert codes(data) == [told]


def test_a_document_type_inside_the_text_is_only_text() -> None:
    assert (
        only(heading("INT. A") + paragraph("Action", "&lt;!DOCTYPE html&gt;")).paragraphs[0].text == "<!DOCTYPE html>"
    )


WHOLE = file(
    heading("INT. A - DAY", "1", '<SceneProperties Length="2/8" Page="1"><Summary><Paragraph><Text>S</Text></Paragraph></Summary></SceneProperties>')
    + paragraph("Character", "JUNE")
    + paragraph("Dialogue", "So."),
    tag_data('<TagCategory Id="a" Name="Props"/>', '<TagDefinition Id="d" CatId="a" Label="x"/>', '<Tag Number="1"><DefId>d</DefId></Tag>'),
)  # fmt: skip


@given(st.integers(0, len(WHOLE)), st.integers(0, 12), st.binary(max_size=8))
def test_a_damaged_file_is_read_or_a_problem_with_its_line(at: int, gone: int, put: bytes) -> None:
    data = WHOLE[:at] + put + WHOLE[at + gone :]
    reading = screenplay.read(data, "x.fdx")
    assert reading.script is not None or any(1 <= one.place.line <= data.count(b"\n") + 1 for one in reading.problems)


@given(st.integers(0, len(WHOLE) - 2))
def test_a_file_cut_off_is_a_problem(at: int) -> None:
    if at >= len(WHOLE.rstrip()):
        return
    assert screenplay.read(WHOLE[:at], "x.fdx").script is None


def test_a_long_professional_script_is_read_at_once() -> None:
    scene = "".join(
        [
            paragraph("Action", "He walks. " * 20),
            paragraph("Character", "JUNE (CONT'D)"),
            paragraph("Dialogue", "So. " * 30),
        ]
    )
    content = "".join(heading(f"INT. ROOM {at} - DAY", str(at)) + scene * 4 for at in range(1, 401))
    script = read(content)
    assert (len(script.scenes), script.scenes[-1].number) == (400, "400")

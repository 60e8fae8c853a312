"""`pmkit import script`: a breakdown made, and a new draft merged into what people made of it."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pmkit import cli
from pmkit.files import folder as folders
from tests.commands import two_drafts
from tests.conftest import SAMPLE
from tests.often import often
from tests.productions import write


@pytest.fixture
def coat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A production with nothing in it but its title."""
    monkeypatch.chdir(write(tmp_path, {}))
    return tmp_path


def run(*words: object) -> int:
    return cli.run(["import", "script", *map(str, words)])


def draft(root: Path, text: str, name: str = "draft.fountain") -> Path:
    path = root / name
    path.write_text(text, encoding="utf-8")
    return path


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_without_yes_nothing_is_written(coat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = draft(coat, two_drafts.first(True))
    before = snapshot(coat)
    assert run(path, "--date", "2026-01-05") == 0
    assert snapshot(coat) == before
    told = capsys.readouterr()
    assert "+ 4  INT. MARTA'S OFFICE - DAY" in told.out
    assert "Nothing is written yet" in told.err


def test_the_first_draft_makes_the_breakdown_and_the_cast(coat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(draft(coat, two_drafts.first(False)), "--draft", "White", "--date", "2026-01-05", "--yes") == 0
    told = capsys.readouterr()
    found = folders.read(coat)
    assert found.problems == []
    production = found.production
    assert list(production.scenes) == [str(number) for number in range(1, 21)]
    second = production.scenes["2"]
    assert (second.parts.side, second.parts.set, second.light, second.estimated) == (
        "INT",
        "TRAWLER WHEELHOUSE",
        "dawn",
        True,
    )
    assert "    light: dawn, from scene 1 (CONTINUOUS)" in told.out
    assert "    light: day, from scene 4 (LATER)" in told.out
    assert {n: member.character for n, member in production.cast.items()} == {
        "1": "MARTA", "2": "PIET", "3": "LENE", "4": "OLD TOM", "5": "VAN DAM", "6": "AUCTIONEER",
    }  # fmt: skip
    assert production.scenes["13"].cast == ("1", "3")
    assert "    heard only: LENE" in told.out
    assert "20 scenes came without a number" in told.err
    assert "named in the action without a line, and not in the scene's cast: 12" not in told.err
    assert (coat / "scripts/2026-01-05-white.fountain").read_bytes() == (coat / "draft.fountain").read_bytes()
    assert str(production.settings.script and production.settings.script.draft) == "White"


HAND_MADE = {
    "4": "  props: [burnt ledger]     # the hero one, and two doubles\n  synopsis: Marta finds the ledger.\n",
    "10": "  props:\n    # asked for by the director\n    - herring\n  estimate: 1:30\n",
    "14": "  stunts: [cliff double]\n",
    "20": "  set_dressing: [two cups]\n",
}


def by_hand(root: Path) -> str:
    """What a first AD adds to the breakdown, with remarks."""
    path = root / "breakdown.yaml"
    text = path.read_text()
    for number, words in HAND_MADE.items():
        begin = text.index(f"\n{number}:\n")
        end = text.find(f"\n{int(number) + 1}:\n", begin)
        end = len(text) if end < 0 else end + 1
        text = text[:end] + words + text[end:]
    text = text.replace("\n7:\n", "\n# night shoot, ask the neighbours\n7:\n")
    path.write_text(text)
    return text


@pytest.mark.parametrize("numbered", [True, False])
def test_a_new_draft_is_merged_and_prints_exactly_its_changes(
    coat: Path, capsys: pytest.CaptureFixture[str], numbered: bool
) -> None:
    run(draft(coat, two_drafts.first(numbered)), "--draft", "White", "--date", "2026-01-05", "--yes")
    before = by_hand(coat)
    capsys.readouterr()
    path = draft(coat, two_drafts.second(numbered))
    assert run(path, "--draft", "Blue", "--date", "2026-01-19", "--yes") == 0
    told = capsys.readouterr()
    proposed = "" if numbered else "  (number proposed)"
    shown = [line for line in told.out.splitlines() if not line.startswith("pages in the script")]
    taxi = [f"+ 8A  INT. TAXI - NIGHT  2/8  cast 1, 7{proposed}"]
    gate = [f"+ 16A  EXT. CHURCHYARD GATE - NIGHT  1/8{proposed}"]
    if not numbered:
        taxi, gate = [line.replace(proposed, "") for line in taxi], [line.replace(proposed, "") for line in gate]
    assert shown == [
        *taxi,
        "~ 10  INT. HARBOUR POLICE - NIGHT",
        "    text: 7 of 9 paragraphs",
        "    pages: 2/8 -> 3/8 (estimated)",
        "    cast: + 4 OLD TOM",
        *gate,
        "- 14  EXT. CLIFF PATH - DUSK  omitted; its number and all it has stay",
        "new in cast.yaml, most lines first:",
        "+ 7  DRIVER  1 line in 1 scene",
        "production.yaml: script: White, 2026-01-05 -> Blue, 2026-01-19",
    ]
    assert "2 added, 1 changed, 1 omitted, 18 as they were" in told.err
    after = (coat / "breakdown.yaml").read_text()
    taken = [line for line in changed_lines(before, after) if line.startswith("-")]
    assert all(line.startswith(("-  page:", "-  pages:", "-  cast:")) for line in taken)
    for words in HAND_MADE.values():
        assert words in after
    assert "# night shoot, ask the neighbours\n7:\n" in after
    scenes = folders.read(coat).production.scenes
    assert [number for number in scenes if number in ("8A", "9", "16A", "17")] == ["8A", "9", "16A", "17"]
    assert scenes["14"].omitted
    assert scenes["14"].elements == {"stunts": ("cliff double",)}
    assert scenes["10"].cast == ("1", "5", "4")
    assert not [problem for problem in folders.read(coat).problems if problem.severity == "error"]


@pytest.mark.parametrize("numbered", [True, False])
def test_the_same_draft_again_changes_nothing(coat: Path, capsys: pytest.CaptureFixture[str], numbered: bool) -> None:
    run(draft(coat, two_drafts.first(numbered)), "--draft", "White", "--date", "2026-01-05", "--yes")
    by_hand(coat)
    path = draft(coat, two_drafts.second(numbered))
    run(path, "--draft", "Blue", "--date", "2026-01-19", "--yes")
    before = snapshot(coat)
    capsys.readouterr()
    assert run(path, "--yes") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Nothing to write" in told.err
    assert snapshot(coat) == before


def test_where_both_changed_a_field_the_persons_stays_and_both_are_shown(
    coat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        draft(coat, "INT. A - DAY #1#\n\n= June waits.\n\nText.\n"), "--draft", "White", "--date", "2026-01-05", "--yes"
    )
    path = coat / "breakdown.yaml"
    path.write_text(
        path.read_text().replace("June waits.", "June waits, angry.").replace("INT. A - DAY", "INT. A - NIGHT")
    )
    before = path.read_text()
    capsys.readouterr()
    run(
        draft(coat, "INT. A - DUSK #1#\n\n= June sleeps.\n\nText.\n"),
        "--draft",
        "Blue",
        "--date",
        "2026-01-06",
        "--yes",
    )
    assert capsys.readouterr().out.splitlines() == [
        "= 1  INT. A - DUSK",
        "    heading: yours, INT. A - NIGHT stays; the draft says INT. A - DUSK",
        "    synopsis: yours, June waits, angry. stays; the draft says June sleeps.",
        "production.yaml: script: White, 2026-01-05 -> Blue, 2026-01-06",
    ]
    assert path.read_text() == before


def sample_draft(root: Path) -> str:
    """A Fountain draft of the sample's own breakdown: headings, synopses and a line for everybody."""
    production = folders.read(root).production
    parts = []
    for number, scene in production.scenes.items():
        heading = ".OMITTED" if scene.omitted else f".{scene.heading}"
        lines = [f"{production.cast[key].character}\nA line of {number}." for key in scene.cast]
        synopsis = f"= {scene.synopsis}" if scene.synopsis else ""
        parts.append(
            "\n\n".join(part for part in [f"{heading} #{number}#", synopsis, f"Action of {number}.", *lines] if part)
        )
    return "\n\n".join(parts) + "\n"


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample."""
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit", "mail"))
    monkeypatch.chdir(root)
    return root


def test_a_draft_of_the_sample_finds_the_sample_as_it_is(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (salt / "breakdown.yaml").read_text()
    assert run(draft(salt.parent, sample_draft(salt)), "--draft", "Blue", "--date", "2025-09-28", "--yes") == 0
    assert capsys.readouterr().out == ""
    assert (salt / "breakdown.yaml").read_text() == before
    assert (salt / "scripts" / "2025-09-28-blue.fountain").is_file()


def test_a_new_draft_of_the_sample_touches_only_its_scenes(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = sample_draft(salt)
    run(draft(salt.parent, text), "--draft", "Blue", "--date", "2025-09-28", "--yes")
    before = (salt / "breakdown.yaml").read_text()
    cast = (salt / "cast.yaml").read_bytes()
    parts = text.strip().split("\n\n.")
    at = next(n for n, part in enumerate(parts) if "#9#" in part)
    parts[at : at + 1] = [
        "INT. BUS - NIGHT #8A#\n\nLENA\nHome.\n\nTICKET INSPECTOR\nTickets.",
        "EXT. BUS STOP - NIGHT\n\nRain.",
    ]
    where = next(n for n, part in enumerate(parts) if "#12#" in part)
    parts[where] = (
        "INT. MOTEL ROOM 6 - NIGHT #12#\n\n= June opens the letter.\n\nShe reads.\n\nJUNE\nRead it.\n\nRUTH\nLater."
    )
    capsys.readouterr()
    assert run(draft(salt.parent, "\n\n.".join(parts) + "\n"), "--draft", "Pink", "--date", "2025-11-02", "--yes") == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in told if line[:1] in "+~-="] == ["+ 8A", "+ 8B", "~ 12", "- 9", "+ 22"]
    after = (salt / "breakdown.yaml").read_text()
    assert [line for line in changed_lines(before, after) if line.startswith("-")] == ["-  cast: [1, 2]"]
    assert "+  omitted: true" in changed_lines(before, after)
    assert "+8B:" in changed_lines(before, after)
    assert (salt / "cast.yaml").read_bytes().startswith(cast.rstrip(b"\n"))
    assert folders.read(salt).production.scenes["12"].cast == ("2", "6")


def test_a_draft_of_an_episode_goes_to_its_episode(coat: Path) -> None:
    (coat / "production.yaml").write_text("pmkit: 1\ntitle: Test\nkind: series\n")
    path = draft(coat, two_drafts.first(True))
    assert run(path) == 3
    assert run(path, "--episode", "101", "--date", "2026-01-05", "--draft", "White", "--yes") == 0
    assert run(path, "--episode", "102", "--date", "2026-01-05", "--draft", "White", "--yes") == 0
    (coat / "draft.fountain").write_text(two_drafts.second(True))
    assert run(path, "--episode", "101", "--date", "2026-01-09", "--draft", "Blue", "--yes") == 0
    scenes = folders.read(coat).production.scenes
    assert (len(scenes), scenes["101-8A"].episode, scenes["101-14"].omitted) == (42, "101", True)
    assert "102-8A" not in scenes
    assert (coat / "breakdown" / "101.yaml").is_file()
    assert (coat / "scripts" / "101" / "2026-01-09-blue.fountain").is_file()


def test_what_cannot_be_imported_is_told_and_nothing_is_written(coat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = coat / "bad.fdx"
    bad.write_bytes(b"<FinalDraft>\n<Content>\n<Para")
    assert run(bad, "--yes") == 1
    assert "bad.fdx:3" in capsys.readouterr().err
    assert run(draft(coat, "No heading.\n"), "--yes") == 0
    assert "0 scenes. Nothing to import." in capsys.readouterr().err
    assert run(coat / "none.fountain") == 3
    assert run(draft(coat, "x", "script.pdf")) == 3
    assert not (coat / "breakdown.yaml").exists()
    (coat / "breakdown.yaml").write_text("1: {heading: INT. A - DAY, pages: many}\n")
    assert run(draft(coat, two_drafts.first(True)), "--yes") == 3
    assert "mend it first" in capsys.readouterr().err


def test_an_older_draft_and_another_under_the_same_name_are_refused(
    coat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(draft(coat, two_drafts.first(True)), "--draft", "White", "--date", "2026-01-05", "--yes")
    path = draft(coat, two_drafts.second(True))
    assert run(path, "--draft", "Blue", "--date", "2026-01-04") == 3
    assert run(path, "--draft", "White", "--date", "2026-01-05") == 3
    assert "is another draft" in capsys.readouterr().err


def tagged_file() -> str:
    """A Final Draft file with a script day, a unit, a location, a category of its own and a speech."""
    categories = {
        "63c140da-ef2b-491a-b416-b46f461abb89": "2", "849f1ebf-5507-4f33-bff6-3a5b4d73be14": "2nd Unit",
        "c5e89e4d-f83e-4c28-950c-92a63f1b5f26": "The Harbour", "05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa": "flare gun",
        "028a4e2b-b507-4d09-88ab-90e3edae9071": "2 dockers", "own": "trawler", "01fc9642-84ff-4366-b37c-a3068dee57e8": "LENE",
    }  # fmt: skip
    made = "".join(
        f'<TagDefinition CatId="{key}" Id="d{at}" Label="{label}"/>'
        for at, (key, label) in enumerate(categories.items())
    )
    tags = "".join(f'<Tag Number="{at}"><DefId>d{at}</DefId></Tag>' for at in range(len(categories)))
    runs = "".join(f'<Text TagNumber="{at}">word </Text>' for at in range(len(categories)))
    return (
        '<FinalDraft Version="6"><Content><Paragraph Type="Scene Heading" Number="1"><SceneProperties Length="1 2/8" Page="4">'
        "<Summary><Paragraph><Text>Marta waits.</Text></Paragraph></Summary></SceneProperties>"
        f'<Text>EXT. HARBOUR - DAY</Text></Paragraph><Paragraph Type="Action">{runs}</Paragraph>'
        '<Paragraph Type="Character"><Text>MARTA</Text></Paragraph><Paragraph Type="Dialogue"><Text>So.\x85</Text></Paragraph>'
        f'</Content><TagData><TagCategories><TagCategory Id="own" Name="Boats"/></TagCategories><TagDefinitions>{made}'
        f"</TagDefinitions><Tags>{tags}</Tags></TagData></FinalDraft>"
    )


def test_everything_tagged_finds_its_place_in_the_breakdown(coat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (coat / "production.yaml").write_text("pmkit: 1\ntitle: Test\nunits: {main: Main Unit, second: 2nd Unit}\n")
    (coat / "locations.yaml").write_text("quay:\n  name: Harbour\nsets:\n  HARBOUR: quay\n")
    assert run(draft(coat, tagged_file(), "a.fdx"), "--draft", "White", "--date", "2026-01-05", "--yes") == 0
    told = capsys.readouterr()
    scene = folders.read(coat).production.scenes["1"]
    assert (str(scene.pages), scene.estimated, scene.page, scene.synopsis) == ("1 2/8", False, "4", "Marta waits.")
    assert (scene.script_day, scene.unit, scene.location, scene.background) == ("2", "second", "quay", ("2 dockers",))
    assert scene.elements == {"props": ("flare gun",), "miscellaneous": ("trawler (Boats)",)}
    assert scene.cast == ("1", "2")
    assert "category Boats is not in production.yaml" in told.err


def test_scenes_the_script_omits_keep_their_numbers(coat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "INT. A - DAY #1#\n\nText.\n\nOMITTED #2#\n\nOMITTED #3-4#\n\nINT. B - SAME #5#\n"
    assert run(draft(coat, text), "--date", "2026-01-05", "--yes") == 0
    told = capsys.readouterr()
    assert "draft.fountain: 5 scenes (3 omitted)" in told.err
    assert "- 2  omitted in the script" in told.out
    assert "    light: day, from scene 1 (SAME)" in told.out
    scenes = folders.read(coat).production.scenes
    assert [(number, scene.omitted) for number, scene in scenes.items()] == [
        ("1", False), ("2", True), ("3", True), ("4", True), ("5", False),
    ]  # fmt: skip


def test_what_cannot_be_seen_in_a_script_does_not_reach_the_folder(coat: Path) -> None:
    text = 'INT. A\u200b\x0c - DAY #1#\n\n= A\x07 bell\u2028 rings: it\'s "late" #2.\n\nJU\x00NE\nSo.\n'.replace(
        "\x00", "\u202e"
    )
    assert run(draft(coat, text), "--date", "2026-01-05", "--yes") == 0
    found = folders.read(coat)
    assert found.problems == []
    scene = found.production.scenes["1"]
    assert (scene.heading, scene.synopsis) == ("INT. A - DAY", 'A bell rings: it\'s "late" #2.')


@settings(max_examples=often(25), deadline=None)
@given(st.data())
def test_whatever_the_draft_does_every_remark_and_every_number_stays(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = write(tmp_path_factory.mktemp("coat"), {})
    where = ["-C", str(root)]
    numbered = data.draw(st.booleans())
    assert (
        run(draft(root, two_drafts.first(numbered)), "--draft", "White", "--date", "2026-01-05", "--yes", *where) == 0
    )
    path = root / "breakdown.yaml"
    lines = path.read_text().splitlines()
    for at in sorted(data.draw(st.sets(st.integers(1, len(lines) - 1), max_size=8)), reverse=True):
        lines.insert(at, f"{'  ' if lines[at].startswith(' ') else ''}# remark {at}")
        if lines[at + 1].startswith("  cast:"):
            lines[at + 1] += "   # cast remark"
    path.write_text("\n".join(lines) + "\n")
    scenes = two_drafts.parts(numbered)
    for at in sorted(data.draw(st.sets(st.integers(0, 19), max_size=6)), reverse=True):
        match data.draw(st.sampled_from(["cut", "new", "talk", "heading"])):
            case "cut":
                del scenes[at]
            case "new":
                scenes.insert(at, f"INT. NEW {at} - NIGHT\n\nSomething else, number {at}.\n\nNEWCOMER {at}\nHello.")
            case "talk":
                scenes[at] += "\n\nPIET\nOne more thing.\n\nGHOST\nBoo."
            case _:
                scenes[at] = scenes[at].replace(" - ", " ANNEXE - ", 1)
    text = "Title: The Yellow Coat\nAuthor: Nobody\n\n" + "\n\n".join(scenes) + "\n"
    assert run(draft(root, text), "--draft", "Blue", "--date", "2026-01-06", "--yes", *where) == 0
    after = path.read_text()
    assert [line for line in lines if "remark" in line and "cast:" not in line] == [
        line for line in after.splitlines() if "# remark" in line
    ]
    assert after.count("# cast remark") == sum(line.count("# cast remark") for line in lines)
    found = folders.read(root)
    assert [problem for problem in found.problems if problem.severity == "error"] == []
    assert {str(number) for number in range(1, 21)} <= set(found.production.scenes)
    live = [scene for scene in found.production.scenes.values() if not scene.omitted]
    assert len(live) == len(scenes)

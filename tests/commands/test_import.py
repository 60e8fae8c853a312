"""Lists as offices keep them, imported into a folder that then validates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from pmkit import cli, disk
from pmkit.files import dialect, folder
from pmkit.model.tree import plain

SETTINGS = "pmkit: 1\ntitle: The Salt Road\ntimezone: America/Los_Angeles\n"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    root.mkdir()
    (root / "production.yaml").write_text(SETTINGS)
    monkeypatch.chdir(root)
    return root


def office_list(path: Path) -> Path:
    """Merged titles, blank lines, headings of departments, two phone columns, names in one cell, footers."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Crew"
    page["A1"] = "THE SALT ROAD"
    page.merge_cells("A1:I1")
    page["A2"] = "Crew list – CONFIDENTIAL"
    page.merge_cells("A2:I2")
    page.append([])
    heads = ["Position", "Name", "Cell", "Home", "E-Mail", "Start Date", "End", "Rate", "Notes", "Home Address", "DOB"]
    page.append(heads)
    for row in [
        ["CAMERA"],
        ["Director of Photography", "Ito, Jun", "(310) 555-0142", "310-555-0143", "jun@example.com", dt.date(2025, 10, 13),
         None, 850, "vegan, no nuts", "12 Clinic Rd, Coyote Wells", dt.date(1980, 2, 3)],
        ["1st AC", "Čech, Pavel", 13105550144, None, "pavel@example.com", "10/13/25", "10/17/25", "600/day"],
        [],
        ["B Camera Operator", "Čech, Pavel", 13105550144, None, "pavel@example.com", "10/20/25"],
        ["Loader", "TBD"],
        ["GRIP DEPT."],
        ["Key Grip", "Hill, Sam, Jr.", "0123 456", "n/a", "=1+1", "soon"],
        ["Grip", "Bird, Joni", "C: 310 555 0145", "", "joni@example.com; j2@example.com"],
        heads,
        ["Craft Service"],
        ["Crafty: head", "何书白", "+86 10 5555 0100", "", "he@example.com", None, None, None, "likes: tea #1"],
        ["Special Wranglers"],
        ["=1+1", "O'Neil, Ana-María", "0123"],
        ["Best Boy", ""],
        [],
        ["Updated 10/3"],
        ["Page 1 of 1"],
    ]:  # fmt: skip
        page.append(row)
    for row in page.iter_rows():
        for cell in row:
            if cell.value == "=1+1":
                cell.data_type = "s"
    book.save(path)
    return path


def crew_of(root: Path) -> dict[str, dict[str, dict[str, object]]]:
    tree = plain(dialect.read((root / "crew.yaml").read_bytes(), "crew.yaml")[0])
    return {key: {one["id"]: one for one in group["people"]} for key, group in tree.items()}


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".pmkit" not in path.parts
    }


def test_a_crew_list_as_found_in_an_office(root, tmp_path, capsys):
    made = office_list(tmp_path / "Crew list 10-3.xlsx")
    before = snapshot(root)
    assert cli.run(["import", "crew", str(made)]) == 0
    out, said = capsys.readouterr()
    assert snapshot(root) == before
    assert "+ camera  jun-ito  Jun Ito\n    position: Director of Photography\n" in out
    assert "Cell          phone       (310) 555-0142" in said
    assert "Rate          rate, left  850" in said
    assert "row 12: =1+1 is no e-mail address: left out" in said
    assert "row 12: soon is no date: left out" in said
    assert "row 19: Best Boy has no name" in said
    assert "row 21: passed over: Updated 10/3" in said
    assert "Nothing is written yet. To write crew.yaml: the same command with --yes" in said

    assert cli.run(["import", "crew", str(made), "--yes"]) == 0
    assert "Wrote crew.yaml and imports.yaml." in capsys.readouterr().err
    crew = crew_of(root)
    assert list(crew) == ["camera", "grip", "craft-service", "special-wranglers"]
    assert list(crew["camera"]) == ["jun-ito", "pavel-cech", "pavel-cech-2"]
    jun = crew["camera"]["jun-ito"]
    assert (jun["name"], jun["phone"], jun["from"]) == ("Jun Ito", "(310) 555-0142", "2025-10-13")
    assert jun["note"] == "vegan, no nuts; home 310-555-0143"
    assert crew["camera"]["pavel-cech"]["phone"] == "13105550144"
    assert crew["camera"]["pavel-cech-2"] == {
        "id": "pavel-cech-2", "person": "pavel-cech", "position": "B Camera Operator", "from": "2025-10-20",
    }  # fmt: skip
    assert crew["grip"]["sam-hill-jr"]["phone"] == "0123 456"
    assert crew["grip"]["joni-bird"]["note"] == "e-mail j2@example.com"
    assert crew["craft-service"]["he"]["name"] == "何书白"
    assert crew["special-wranglers"]["ana-maria-oneil"] == {
        "id": "ana-maria-oneil", "name": "Ana-María O'Neil", "position": "=1+1", "phone": "0123",
    }  # fmt: skip
    text = (root / "crew.yaml").read_text()
    assert all(word not in text for word in ("850", "600/day", "Clinic", "1980"))
    assert cli.run(["validate"]) == 0
    assert "No problems found." in capsys.readouterr().out


def test_a_list_imported_again_changes_nothing(root, tmp_path, capsys):
    made = office_list(tmp_path / "list.xlsx")
    cli.run(["import", "crew", str(made), "--yes"])
    before = snapshot(root)
    capsys.readouterr()
    assert cli.run(["import", "crew", str(made), "--yes"]) == 0
    out, said = capsys.readouterr()
    assert out == ""
    assert "Nothing differs. Nothing to write." in said
    assert snapshot(root) == before


def test_a_second_import_keeps_ids_comments_order_and_fields_added_by_hand(root, tmp_path, capsys):
    (root / "crew.yaml").write_text(
        "#: coordinator\n"
        "camera:   # the best\n"
        "  call: -0:30\n"
        "  people:\n"
        "    # since the first day\n"
        "    - {id: jun, name: Jun Ito, position: DP, email: jun@example.com, phone: 310-555-0142, call: 5:45}   # early\n"
        "    - id: old-hand\n"
        "      name: Old Hand\n"
        "      position: Loader\n"
    )
    (tmp_path / "list.csv").write_text(
        "Dept,Position,Name,Phone,Email\n"
        "Camera,Director of Photography,ITO Jun,310.555.0142,JUN@example.com\n"
        ",Loader,Old Hand,310 555 0101,\n"
        "Camera Dept.,2nd AC,New One,,\n"
    )
    assert cli.run(["import", "crew", str(tmp_path / "list.csv")]) == 0
    out = capsys.readouterr().out
    assert out == (
        "~ camera  jun  Jun Ito\n    name: Jun Ito -> ITO Jun\n    position: DP -> Director of Photography\n"
        "~ camera  old-hand  Old Hand\n    phone: – -> 310 555 0101\n"
        "+ camera  new-one  New One\n    position: 2nd AC\n"
    )
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 0
    assert (root / "crew.yaml").read_text() == (
        "#: coordinator\n"
        "camera:   # the best\n"
        "  call: -0:30\n"
        "  people:\n"
        "    # since the first day\n"
        "    - {id: jun, name: ITO Jun, position: Director of Photography, email: jun@example.com, phone: 310-555-0142, "
        "call: 5:45}   # early\n"
        "    - id: old-hand\n"
        "      name: Old Hand\n"
        "      position: Loader\n"
        "      phone: 310 555 0101\n"
        "    - id: new-one\n"
        "      name: New One\n"
        "      position: 2nd AC\n"
    )


def test_people_not_on_the_list_are_told_and_stay(root, tmp_path, capsys):
    (root / "crew.yaml").write_text("grip:\n  people: [{id: a-b, name: A B}]\n")
    (tmp_path / "list.csv").write_text("Dept,Position,Name\nGrip,Key Grip,C D\n")
    cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"])
    assert "  grip  a-b  A B: not on the list, stays\n" in capsys.readouterr().out
    assert list(crew_of(root)["grip"]) == ["a-b", "c-d"]


def test_a_person_in_another_department_is_left_to_a_person(root, tmp_path, capsys):
    (root / "crew.yaml").write_text("grip:\n  people: [{id: a-b, name: A B}]\n")
    before = snapshot(root)
    (tmp_path / "list.csv").write_text("Dept,Name,Position\nElectric,A B,\n")
    assert cli.run(["import", "crew", str(tmp_path / "list.csv")]) == 0
    assert "? grip  a-b  A B  (row 2: yours to decide, by hand)\n    department: grip -> electric\n" in (
        capsys.readouterr().out
    )
    assert snapshot(root) == before


def test_identity_goes_to_private_and_money_nowhere(root, tmp_path, capsys):
    (root / "private").mkdir()
    (tmp_path / "list.csv").write_text(
        'Dept,Name,Position,Address,DOB,Rate\nGrip,A B,Grip,"12 Road, LA",03/02/1980,850\nGrip,C D,Grip,,,900\n'
    )
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes", "--dates", "dmy"]) == 0
    assert "Rate: 2 cells left; pay belongs to private/deals.yaml" in capsys.readouterr().err
    assert (root / "crew.yaml").read_text() == (
        "#: coordinator\ngrip:\n  people:\n"
        "    - {id: a-b, name: A B, position: Grip}\n    - {id: c-d, name: C D, position: Grip}\n"
    )
    assert (root / "private/crew.yaml").read_text() == (
        '#: coordinator\ngrip:\n  people:\n    - {id: a-b, address: "12 Road, LA", birth_date: 1980-02-03}\n'
    )
    assert (root / "private/crew.yaml").stat().st_mode & 0o077 == 0
    assert all(b"850" not in data for data in snapshot(root).values())
    assert cli.run(["validate"]) == 0


def test_numbers_go_where_the_folder_keeps_them(root, tmp_path):
    (root / "private").mkdir()
    (root / "crew.yaml").write_text("grip:\n  people:\n    - {id: a-b, name: A B}\n")
    (root / "private/crew.yaml").write_text("grip:\n  people:\n    - {id: a-b, phone: 310 555 0100} # hers\n")
    (tmp_path / "list.csv").write_text(
        "Dept,Name,Position,Cell\nGrip,A B,Grip,310 555 0199\nGrip,C D,Grip,310 555 0101\n"
    )
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 0
    assert "555" not in (root / "crew.yaml").read_text()
    assert (root / "private/crew.yaml").read_text() == (
        "grip:\n  people:\n    - {id: a-b, phone: 310 555 0199} # hers\n    - {id: c-d, phone: 310 555 0101}\n"
    )


def test_a_folder_split_by_department_stays_split(root, tmp_path):
    (root / "crew").mkdir()
    (root / "crew/grip.yaml").write_text("#: key grip\npeople:\n  - {id: a-b, name: A B}\n")
    (tmp_path / "list.csv").write_text("Dept,Name,Position\nGrip,A B,Key Grip\nGrip,C D,Grip\n")
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 0
    assert (root / "crew/grip.yaml").read_text() == (
        "#: key grip\npeople:\n  - {id: a-b, name: A B, position: Key Grip}\n  - {id: c-d, name: C D, position: Grip}\n"
    )
    assert not (root / "crew.yaml").exists()


def test_a_latin_1_csv_with_semicolons_and_lists_in_blocks(root, tmp_path):
    (tmp_path / "list.csv").write_bytes(
        "Équipe;;;\nCAMERA;;;\nPosition;Last Name;First Name;Tel\nDP;Müller;Jürgen;0049 30 5550100\n;;;\n"
        "SOUND;;;\nPosition;Last Name;First Name;Tel\nMixer;O'Brien;Zoë;\n".encode("latin-1")
    )
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 0
    crew = crew_of(root)
    assert crew["camera"]["jurgen-muller"]["name"] == "Jürgen Müller"
    assert crew["camera"]["jurgen-muller"]["phone"] == "0049 30 5550100"
    assert list(crew["sound"]) == ["zoe-obrien"]


def test_a_column_said_otherwise_is_remembered(root, tmp_path, capsys):
    (tmp_path / "list.csv").write_text("Dept,Who,Position,Cell,Home\nGrip,A B,Grip,310 555 0100,310 555 0101\n")
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 3
    assert "the list has no column for the name" in capsys.readouterr().err
    told = ["--column", "Who=name", "--column", "Home=phone", "--column", "Cell=leave"]
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes", *told]) == 0
    assert crew_of(root)["grip"]["a-b"]["phone"] == "310 555 0101"
    assert cli.run(["import", "crew", str(tmp_path / "list.csv")]) == 0
    assert "Nothing differs" in capsys.readouterr().err


def test_a_department_said_otherwise_keeps_its_printed_name(root, tmp_path):
    (tmp_path / "list.csv").write_text("Dept,Name,Position\nMake-Up & Hair,A B,Key\nDrones & Cranes,C D,Pilot\n")
    told = ["--department", "Drones & Cranes=aerial"]
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes", *told]) == 0
    crew = folder.read(root).production.crew
    assert {key: department.title for key, department in crew.items()} == {
        "makeup": "Make-Up & Hair", "aerial": "Drones & Cranes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text"),
    [("crew.yaml", "grip: [1\n"), ("crew.yaml", "grip:\n  people: [{name: A B}]\n"), ("imports.yaml", "crew: {file: [}\n")],
)  # fmt: skip
def test_a_folder_with_errors_is_left_as_it_is(root, tmp_path, capsys, file, text):
    (root / file).write_text(text)
    before = snapshot(root)
    (tmp_path / "list.csv").write_text("Dept,Name,Position\nGrip,A B,Key Grip\n")
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 3
    assert file in capsys.readouterr().err
    assert snapshot(root) == before


def test_an_interrupted_import_leaves_every_file_as_it_was(root, tmp_path, monkeypatch):
    (root / "private").mkdir()
    (tmp_path / "list.csv").write_text("Dept,Name,Position,Address\nGrip,A B,Key Grip,12 Road\n")
    before, real = snapshot(root), disk.write

    def until_the_last(path, data, **how):
        if path.name == "imports.yaml":
            raise KeyboardInterrupt
        real(path, data, **how)

    monkeypatch.setattr(disk, "write", until_the_last)
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 130
    assert snapshot(root) == before


CAST = (
    "CAST LIST,,,,,,,\n#,Role,Artiste,Agent,Agent Email,Mobile,D.O.B.,Fee\n"
    '1,LENA,"Ruiz, Ana",Dana Wells,dana@example.com,+1 310 555 0100,,5000\n'
    "7.,MILO,Sam O.,,,,3/4/2013,\n"
    "12A,THE SHERIFF: RETIRED,TBC,,,,,\n"
    "1,AGAIN,Somebody Else,,,,,\n"
    "x y,NOBODY,A B,,,,,\n"
    "Updated 3/10,,,,,,,\n"
)


def test_a_cast_list(root, tmp_path, capsys):
    (root / "private").mkdir()
    (tmp_path / "cast.csv").write_text(CAST)
    assert cli.run(["import", "cast", str(tmp_path / "cast.csv"), "--yes"]) == 0
    said = capsys.readouterr().err
    assert "row 6: cast number 1 stands in row 3 already: left out" in said
    assert "row 7: x y is no cast number: left out" in said
    assert "Fee: 1 cell left" in said
    assert (root / "cast.yaml").read_text() == (
        "#: 2nd AD\n"
        "1: {character: LENA, id: ana-ruiz, performer: Ana Ruiz, agent: {name: Dana Wells, email: dana@example.com}}\n"
        "7: {character: MILO, id: sam-o, performer: Sam O.}\n"
        '12A: {character: "THE SHERIFF: RETIRED"}\n'
    )
    assert (root / "private/cast.yaml").read_text() == (
        "#: 2nd AD\n1: {phone: +1 310 555 0100}\n7: {birth_date: 2013-03-04}\n"
    )
    capsys.readouterr()
    assert cli.run(["import", "cast", str(tmp_path / "cast.csv"), "--yes"]) == 0
    assert "Nothing differs" in capsys.readouterr().err


def test_a_cast_list_numbered_anew_is_left_to_a_person(root, tmp_path, capsys):
    (root / "cast.yaml").write_text(
        "1: {character: LENA, id: ana-ruiz, performer: Ana Ruiz}  # lead\n2: {character: DEZ}\n"
    )
    before = snapshot(root)
    (tmp_path / "cast.csv").write_text("No,Character,Actor\n1,DEZ,Tobias Nkem\n2,DEZ,\n")
    assert cli.run(["import", "cast", str(tmp_path / "cast.csv")]) == 0
    assert "? 1  ana-ruiz  LENA (Ana Ruiz)  (row 2: yours to decide, by hand)" in capsys.readouterr().out
    assert snapshot(root) == before


def test_a_cast_change_goes_below_the_number_and_keeps_the_rest(root, tmp_path):
    (root / "cast.yaml").write_text(
        "1:\n  character: LENA\n  id: ana-ruiz\n  performer: Ana Ruiz\n  agent: {name: Dana Wells}   # who is written to\n"
    )
    (tmp_path / "cast.csv").write_text(
        "No,Character,Actor,Agent,Agent Email\n1,LENA,Ana Ruiz,Dana Wells,dana@example.com\n"
    )
    assert cli.run(["import", "cast", str(tmp_path / "cast.csv"), "--yes"]) == 0
    assert (root / "cast.yaml").read_text() == (
        "1:\n  character: LENA\n  id: ana-ruiz\n  performer: Ana Ruiz\n"
        "  agent: {name: Dana Wells, email: dana@example.com}   # who is written to\n"
    )


def test_a_list_without_departments_goes_by_position(root, tmp_path, capsys):
    (tmp_path / "list.csv").write_text("Name,Position,Cell\nA B,Gaffer,310 555 0100\nC D,1st AC,\nE F,Falconer,\n")
    assert cli.run(["import", "crew", str(tmp_path / "list.csv"), "--yes"]) == 0
    assert "row 4: no department for E F: put under other" in capsys.readouterr().err
    assert {key: list(people) for key, people in crew_of(root).items()} == {
        "electric": ["a-b"],
        "camera": ["c-d"],
        "other": ["e-f"],
    }
    assert cli.run(["import", "crew", str(tmp_path / "list.csv")]) == 0
    assert "Nothing differs" in capsys.readouterr().err

"""The folder: split files, private/ absent, partial or whole, links, secrets, strangers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pmkit.files import folder as folders, walk
from pmkit.files.folder import Folder
from pmkit.problems import Stop
from tests.productions import write

Make = Callable[..., Folder]
CREW = "camera:\n  people:\n    - {id: jun-ito, name: Jun Ito, position: DP}\n    - {id: ana-k, name: Ana K.}\n"


def codes(folder: Folder) -> list[str]:
    return [problem.code for problem in folder.problems]


def test_a_file_may_be_split_by_key(production: Make) -> None:
    folder = production(crew__camera="people:\n  - {id: jun-ito, name: Jun Ito}\n", crew="grip: {people: []}\n")
    assert codes(folder) == []
    assert list(folder.production.crew) == ["grip", "camera"]
    assert str(folder.production.hires["jun-ito"][1].place("name")) == "crew/camera.yaml:2:25"


def test_cast_in_files_of_their_own_stand_in_the_order_of_their_numbers(production: Make) -> None:
    numbers = ("1", "10", "2", "2A", "20", "A1")
    folder = production(**{f"cast/{n}": f"character: C{n}\nid: c-{n.lower()}\nperformer: P\n" for n in numbers})
    assert codes(folder) == []
    assert list(folder.production.cast) == ["1", "2", "2A", "10", "20", "A1"]


def test_a_key_in_the_file_and_as_a_file_is_a_problem(production: Make) -> None:
    folder = production(crew__camera="people: []\n", crew="camera: {people: []}\n")
    assert codes(folder) == ["duplicate-key"]


def test_private_adds_fields_by_id_and_may_be_absent_or_partial(production: Make, tmp_path: Path) -> None:
    private = "camera:\n  people:\n    - {id: jun-ito, phone: +1 310 555 0142, birth_date: 1980-02-03}\n"
    alone = production(crew=CREW)
    assert not alone.production.has_private
    assert alone.production.hires["jun-ito"][1].phone == ""
    folder = folders.read(write(tmp_path, {"private/crew": private}))
    assert codes(folder) == []
    assert folder.production.has_private
    hire = folder.production.hires["jun-ito"][1]
    assert (hire.name, hire.phone) == ("Jun Ito", "+1 310 555 0142")
    assert hire.place("phone").file == "private/crew.yaml"
    assert list(folder.production.hires) == ["jun-ito", "ana-k"]


def test_money_and_identity_outside_private_are_warned_of(production: Make) -> None:
    birth = CREW.replace("name: Jun Ito,", "name: Jun Ito, birth_date: 1980-02-03,")
    folder = production(crew=birth, deals="jun-ito: {rate: 850/day, kit: 50/day}\n")
    assert [(p.code, p.place.file, p.severity) for p in folder.problems] == [
        ("private-outside", "crew.yaml", "warning"),
        ("private-outside", "deals.yaml", "warning"),
    ]


def test_what_private_says_otherwise_does_not_hide_that_it_lies_outside_too(production: Make) -> None:
    outer = CREW.replace("name: Jun Ito,", "name: Jun Ito, birth_date: 1980-02-03,")
    inner = "camera:\n  people:\n    - {id: jun-ito, birth_date: 1980-02-04}\n"
    folder = production(crew=outer, **{"private/crew": inner})
    assert [(p.code, str(p.place)) for p in folder.problems] == [("private-outside", "crew.yaml:3:36")]
    assert str(folder.production.hires["jun-ito"][1].birth_date) == "1980-02-04"


def test_a_series_has_its_episodes_first(production: Make) -> None:
    settings = "pmkit: 1\ntitle: S\nkind: series\n"
    scenes = "101:\n  1: {heading: INT. BAR - DAY, pages: 1}\n102:\n  1: {heading: INT. BAR - DAY, pages: 2}\n"
    board = "main:\n  2025-10-13: {strips: [101-1, 102-1]}\n"
    folder = production(production=settings, breakdown=scenes, schedule=board)
    assert codes(folder) == []
    assert {key: scene.episode for key, scene in folder.production.scenes.items()} == {"101-1": "101", "102-1": "102"}


def test_a_scene_typed_twice_in_two_cases_is_one_scene(production: Make) -> None:
    assert codes(production(breakdown="12a: {pages: 1}\n12A: {pages: 1}\n")) == ["duplicate-id"]


@pytest.mark.parametrize(
    "text",
    ["smtp:\n  password: hunter2\n", "mail: {host: x, password: hunter2}\n", "api_key: abc\n", "SMTP_PASSWORD: x\n"],
)
def test_secrets_are_errors_wherever_they_lie(production: Make, text: str) -> None:
    folder = production(production="pmkit: 1\ntitle: T\n" + text)
    assert [p.code for p in folder.errors if p.code == "secret-in-folder"] == ["secret-in-folder"]
    assert "hunter2" not in " ".join(p.message + p.hint for p in folder.problems)


def test_links_devices_and_pipes_are_named_never_opened(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "crew.yaml").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "cast.yaml")
    folder = folders.read(tmp_path)
    assert [(p.code, p.place.file) for p in folder.problems] == [
        ("not-a-file", "cast.yaml"),
        ("outside-folder", "crew.yaml"),
    ]


def test_a_linked_private_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, {"deals": "a: {rate: 1/day}\n"})
    root = write(tmp_path / "film", {})
    (root / "private").symlink_to(elsewhere)
    folder = folders.read(root)
    assert not folder.production.deals
    assert not folder.production.has_private


def test_a_misspelt_file_is_noticed(production: Make) -> None:
    folder = production(crwe="camera: {}\n")
    assert [(p.code, p.hint, p.severity) for p in folder.problems] == [
        ("unknown-file", "did you mean crew.yaml?", "warning")
    ]


def test_a_broken_strip_makes_no_scene_homeless(production: Make) -> None:
    folder = production(
        breakdown="12: {pages: 1}\n", schedule="main:\n  2025-10-13: {strips: [{scene: 12, patr: 1 of 2}, 'x y z']}\n"
    )
    assert "strip" in folder.production.left_out


def test_the_production_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    root = write(tmp_path / "film", {"calls/x": "{}"})
    assert walk.find(root / "calls") == root
    with pytest.raises(Stop):
        walk.find(tmp_path)


def test_one_line_of_a_file_is_shown_as_it_stands(production: Make) -> None:
    folder = production(crew="\ufeffcamera:\r\n  people: []\r\n")
    assert folder.line("crew.yaml", 1) == "camera:"
    assert folder.line("crew.yaml", 9) is None
    assert folder.line("nothing.yaml", 1) is None


@pytest.mark.parametrize(("phone", "read"), [("911", True), ("112", True), ("12", False), ("1234", True)])
def test_the_short_numbers_for_help_are_phone_numbers(production: Make, phone: str, read: bool) -> None:
    folder = production(locations=f"motel: {{name: M, hospital: {{name: A&E, phone: {phone}}}}}\n")
    assert codes(folder) == ([] if read else ["bad-phone"])


def test_one_broken_file_of_private_hides_no_other(production) -> None:
    good = "vendor: v\ndate: 2025-10-08\nlines: [{what: x, account: 1, rate: 5}]\n"
    folder = production(
        **{"private/po/LOC-1": good, "private/po/LOC-2": "<<<<<<< HEAD\n" + good, "vendors": "v: {name: V}\n"}
    )
    assert list(folder.production.orders) == ["LOC-1"]
    assert folder.production.lacks("po")

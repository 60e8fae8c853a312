"""Each clone has a name of its own, given once and kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmkit.files import clone
from pmkit.problems import Stop


def card(root: Path) -> Path:
    return root / ".pmkit" / "clone.yaml"


def test_a_new_clone_gets_a_name_and_keeps_it(tmp_path: Path) -> None:
    assert clone.read(tmp_path) is None
    first = clone.ensure(tmp_path)
    assert first.actor.startswith(first.name + "-i")
    assert clone.ensure(tmp_path) == first == clone.read(tmp_path)


def test_two_clones_that_people_name_alike_write_two_logs(tmp_path: Path) -> None:
    actors = set()
    for number in "12":
        root = tmp_path / number
        card(root).parent.mkdir(parents=True)
        card(root).write_text("# mine\nname: mara-laptop\ndesk: LOC")
        found = clone.ensure(root)
        assert (found.name, found.desk) == ("mara-laptop", "LOC")
        assert card(root).read_text().startswith("# mine\nname: mara-laptop\ndesk: LOC\nid: i")
        actors.add(found.actor)
        assert clone.ensure(root) == found
    assert len(actors) == 2


@pytest.mark.parametrize("text", ["", "name: mara-laptop\ndesk: LOC\n", "{name: mara-laptop, desk: LOC}\n"])
def test_a_copy_of_a_clone_signs_a_log_of_its_own_and_one_that_is_moved_does_not(tmp_path: Path, text: str) -> None:
    first = tmp_path / "SALT"
    card(first).parent.mkdir(parents=True)
    if text:
        card(first).write_text(text)
    one = clone.ensure(first)
    shutil.copytree(first, tmp_path / "copy")
    two = clone.ensure(tmp_path / "copy")
    assert two.actor != one.actor and (two.name, two.desk) == (one.name, one.desk)
    assert clone.ensure(tmp_path / "copy") == two == clone.read(tmp_path / "copy")
    first.rename(tmp_path / "moved")
    assert clone.ensure(tmp_path / "moved") == one


@pytest.mark.parametrize(
    "text", ["name: ../../x\n", "desk: LOC\n", "name: [a]\n", "name: mara\nid: ../x\n", "name: a\n  b\n:"]
)
def test_a_broken_card_is_told(tmp_path: Path, text: str) -> None:
    card(tmp_path).parent.mkdir()
    card(tmp_path).write_text(text)
    with pytest.raises(Stop, match=r"\.pmkit/clone\.yaml"):
        clone.ensure(tmp_path)


@pytest.mark.parametrize(
    ("user", "machine", "name"),
    [
        ("mara", "laptop.example.com", "mara-laptop"),
        ("Mára V.", "3", "m-ra-v-3"),
        ("7", "9", "clone-7-9"),
        ("", "", "clone"),
    ],
)
def test_names_come_from_user_and_machine(user: str, machine: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clone.getpass, "getuser", lambda: user)
    monkeypatch.setattr(clone.socket, "gethostname", lambda: machine)
    assert clone.suggested() == name


def test_a_desk_is_settled_once_and_kept(tmp_path: Path) -> None:
    clone.settle(tmp_path, "LOC")
    first = clone.read(tmp_path)
    assert first is not None and first.desk == "LOC"
    clone.settle(tmp_path, "CAM")
    assert clone.read(tmp_path) == first._replace(desk="CAM")
    assert [clone.desk(typed) for typed in ("loc", "LOC-", "art2")] == ["LOC", "LOC", "ART2"]
    with pytest.raises(Stop, match="is no desk"):
        card(tmp_path).write_text("name: a\ndesk: ../x\n")
        clone.read(tmp_path)

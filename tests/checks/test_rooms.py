"""Rooms of checks: one that is left out, because the folder has nothing for it, would have found nothing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import pmkit.checks
from pmkit import checks
from pmkit.files import folder as folders
from pmkit.model.production import Production, Settings
from tests.conftest import ROOT, SAMPLE

FOLDERS = [*sorted(ROOT.glob("tests/problems/*/folder")), SAMPLE]
EMPTY = Production(settings=Settings(pmkit=1, title="Nothing yet"))


def left_out(production: Production) -> list[str]:
    return [room for room, needs in checks.ROOMS.items() if not needs(production)]


def test_every_room_stands_in_the_list() -> None:
    # draft is put to a script, which is no part of the production
    home = Path(pmkit.checks.__file__).parent
    rooms = {file.stem for file in home.glob("*.py")} - {"__init__", "draft"}
    assert set(checks.ROOMS) == rooms
    assert len(checks.CHECKS) == sum(len(import_module(f"pmkit.checks.{room}").CHECKS) for room in rooms)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_room_that_is_left_out_would_find_nothing(folder: Path) -> None:
    production = folders.read(folder).production
    found = [
        (room, problem)
        for room in left_out(production)
        for check in import_module(f"pmkit.checks.{room}").CHECKS
        for problem in check(production)
    ]
    assert found == []


def test_rooms_are_left_out_where_there_is_nothing() -> None:
    assert [*checks.ROOMS][: -len(left_out(EMPTY))] == ["references", "named", "calendar", "schedule", "targets"]
    assert "requests" not in left_out(folders.read(SAMPLE).production)

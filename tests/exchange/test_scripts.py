"""The reference scripts against a table made by reading them, and against two libraries of others."""

from __future__ import annotations

import importlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from pmkit.exchange import screenplay

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "scripts"
TABLE = Path(__file__).parent / "SCRIPTS.md"
ROW = re.compile(r"\| (\S+\.(?:fountain|fdx)) \| (\d+) \| ?([^|]*?) ?\| ?(\d*) ?\| ?(\d*) ?\|")


def rows() -> list[tuple[str, ...]]:
    """The table: file, scenes, numbers, and what the two libraries count."""
    return [found.groups() for line in TABLE.read_text().splitlines() if (found := ROW.fullmatch(line))]


def reference(name: str) -> bytes:
    """A reference file, where the reference files lie beside the checkout."""
    path = REFERENCE / name
    if not path.is_file():
        pytest.skip(f"no reference files beside the checkout: {name}")
    return path.read_bytes()


def library(name: str) -> Any:
    """A library of others, where it is installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        pytest.skip(f"not installed: {name}")


def test_the_table_names_every_reference_script() -> None:
    if not REFERENCE.is_dir():
        pytest.skip("no reference files beside the checkout: scripts")
    names = sorted(path.name for path in REFERENCE.iterdir() if path.suffix in screenplay.ENDINGS)
    assert sorted(row[0] for row in rows()) == names


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_reference_script_has_the_scenes_and_numbers_that_were_read(row: tuple[str, ...]) -> None:
    name, count, numbers, *_ = row
    script = screenplay.read(reference(name), name).script
    assert script is not None
    assert len(script.scenes) == int(count)
    assert [scene.number or "-" for scene in script.scenes] == numbers.split()


@pytest.mark.parametrize("row", [row for row in rows() if row[3]], ids=lambda row: row[0])
def test_fountain_py_counts_what_the_table_says(row: tuple[str, ...]) -> None:
    fountain = library("fountain")
    document = fountain.FountainParser().parse(reference(row[0]).decode("utf-8-sig"))
    kind = fountain.ElementType.SCENE_HEADING
    found = [one for one in document.elements if one.type == kind]
    assert len(found) == int(row[3])
    if row[3] == row[1]:
        assert [one.metadata.get("scene_number", "-") for one in found] == row[2].split()


@pytest.mark.parametrize("row", [row for row in rows() if row[4]], ids=lambda row: row[0])
def test_screenplain_counts_what_the_table_says(row: tuple[str, ...]) -> None:
    parser, types = library("screenplain.parsers.fountain"), library("screenplain.types")
    script = parser.parse(io.StringIO(reference(row[0]).decode("utf-8-sig")))
    found = [one for one in script if isinstance(one, types.Slug)]
    assert len(found) == int(row[4])
    if row[4] == row[1]:
        numbers = [str(one.scene_number) if one.scene_number else "-" for one in found]
        assert numbers == [number.upper() for number in row[2].split()]


def test_final_drafts_own_file_gives_lengths_pages_and_the_cast_there() -> None:
    name = "screenplay-tools__TestFDX-FD.fdx"
    script = screenplay.read(reference(name), name).script
    assert script is not None
    assert [(str(one.length), one.page, one.present) for one in script.scenes] == [
        ("3/8", "1", ("DAVE", "DJ", "JIM")),
        ("2/8", "1", ("KAY",)),
    ]
    assert script.title == "FDX Test Script"


def test_the_lengths_final_draft_counted_are_the_lengths_reckoned() -> None:
    from pmkit.rollup.eighths import rooms

    for name in ("screenplay-tools__TestFDX-FD.fdx", "screenplay-tools__TestFDX-FI.fdx"):
        script = screenplay.read(reference(name), name).script
        assert script is not None
        assert [room.pages for room in rooms(script.scenes)] == [scene.length for scene in script.scenes]

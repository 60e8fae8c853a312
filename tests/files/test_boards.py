"""Boards written in every manner, changed at random: every comment stays, every scene stands once."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import dialect, folder
from pmkit.files.boards import Board
from pmkit.files.splice import comments
from pmkit.problems import Fault
from pmkit.rollup import moves, spots
from pmkit.rollup.spots import Spot
from tests.often import often
from tests.productions import write

SETTINGS = "pmkit: 1\ntitle: T\nunits: {main: Main, second: 2nd}\nholidays: [2025-10-16]\n"
MONDAY = dt.date(2025, 10, 13)


@st.composite
def boards(draw) -> dict[str, str]:
    """A board of two units, in one file or two, in any manner; each comment is told apart by its number."""
    notes = iter(range(1000))
    scenes = iter(range(1, 200))

    def note(mark: str = "   # note") -> str:
        return draw(st.sampled_from(["", "", f"{mark} {next(notes)}"]))

    def strip(flow: bool) -> str:
        number = next(scenes)
        part = f"{number} part 1, 1/8"
        forms = [str(number), f'"{number}"', f'"{part}"' if flow else part, f"{{scene: {number}, pages: 1/8}}"]
        return draw(st.sampled_from([*forms, "lunch", '{note: "rig, 0:20"}']))

    def day(pad: str) -> str:
        manner = draw(st.sampled_from(["braces", "list", "lines", "empty", "off"]))
        many = draw(st.integers(0, 3))
        if manner == "off":
            return f" {{off: rest}}{note()}\n"
        if manner == "braces":
            return f" {{call: 7:00, strips: [{', '.join(strip(True) for _ in range(many))}]}}{note()}\n"
        if manner == "empty" or not many:
            return f"{note()}\n{pad}  call: 6:30{note()}\n"
        if manner == "list":
            inside = f",{note()}\n{pad}    ".join(strip(True) for _ in range(many))
            return f"{note()}\n{pad}  strips: [{inside}]{note()}\n{pad}  call: 6:30\n"
        lines = [f"{pad}    - {strip(False)}{note()}\n{note(f'{pad}    # over')}\n" for _ in range(many)]
        return f"{note()}\n{pad}  strips:{note()}\n{''.join(lines)}{pad}  note: long{note()}\n"

    def unit(pad: str) -> str:
        dates = sorted(draw(st.sets(st.integers(0, 8), min_size=1, max_size=4)))
        return "".join(f"{note(f'{pad}# before')}\n{pad}{MONDAY + dt.timedelta(days=n)}:{day(pad)}" for n in dates)

    files = {"schedule": f"#: 1st AD\nmain:{note()}\n{unit('  ')}"}
    if draw(st.booleans()):
        files["schedule__second"] = f"#: 2nd unit\n{unit('')}"
    else:
        files["schedule"] += f"second:\n{unit('    ')}"
    yard = [strip(True) for _ in range(draw(st.integers(0, 3)))]
    if yard:
        files["schedule"] += f"boneyard: [{', '.join(yard)}]{note()}\n"
    if draw(st.booleans()):
        files = {name: text.replace("\n", "\r\n") for name, text in files.items()}
    return files


def remarks(files: dict[str, bytes]) -> list[str]:
    found = []
    for file, data in files.items():
        tree, problems = dialect.read(data, file)
        assert tree is not None, problems
        found += [note for _, note in comments(data.decode(), tree)]
    return sorted(found)


def lines_that_differ(before: bytes, after: bytes) -> int:
    found = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return sum(line[:2] in ("- ", "+ ") for line in found)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("boards")


def a_change(read: folder.Folder, board: Board, data) -> int:
    """One act; returns how many lines may differ."""
    production = read.production
    there = [spot for spot, strip in spots.strips(production) if strip.scene]
    days = [(unit, day.date) for unit, day in production.board.days() if day.shoots]
    kind = data.draw(st.sampled_from(["move", "swap", "days", "slip"]))
    if kind == "move" and there:
        source, day = data.draw(st.sampled_from(there)), data.draw(st.sampled_from([*days, ("", None)]))
        unit, date = day
        many = len(production.board.units[unit][date].strips if date else production.board.boneyard)
        target = Spot(unit, date, data.draw(st.integers(0, many)))
        if target.day == source.day and min(target.place, many - 1) == source.place:
            return 0
        board.move(source, target)
        return 7
    if kind == "swap" and len(there) > 1:
        first, second = data.draw(st.permutations(there))[:2]
        board.swap(first, second)
        return 10
    if not days:
        return 0
    unit, date = data.draw(st.sampled_from(days))
    same = [day for name, day in days if name == unit]
    if kind == "days" and len(same) > 1:
        first, second = data.draw(st.permutations(same))[:2]
        board.swap_days(unit, first, second)
    else:
        found = spots.slipped(production, unit, date, data.draw(st.integers(1, 3)))
        assert not isinstance(found, Fault)
        board.slip(unit, found, data.draw(st.sampled_from(["", "weather"])))
    return 1000


@settings(
    max_examples=often(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(boards(), st.data())
def test_any_acts_keep_every_comment_and_every_scene(place, files, data):
    for path in place.rglob("*.yaml"):
        path.unlink()
    numbers = "".join(f"{n}: {{heading: INT. A - DAY}}\n" for n in range(1, 200))
    write(place, {"production": SETTINGS, "breakdown": numbers})
    for name, text in files.items():
        path = place / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    start = folder.read(place, {"schedule"})
    assert not start.errors
    held, said = moves.scenes(start.production), remarks(start.files)
    ends = "\r\n" in files["schedule"]
    for _ in range(5):
        read = folder.read(place, {"schedule"})
        board = Board(place)
        most = a_change(read, board, data)
        for file, now in board.files().items():
            assert now is not None
            assert lines_that_differ(read.files.get(file, b""), now) <= most
            assert (now.count(b"\n") == now.count(b"\r\n")) if ends else b"\r" not in now
            (place / file).write_bytes(now)
        after = folder.read(place, {"schedule"})
        assert not after.errors
        assert moves.scenes(after.production) == held
        assert remarks({file: text for file, text in after.files.items() if file in start.files}) == said

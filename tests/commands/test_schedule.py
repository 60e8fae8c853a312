"""The board changed in place: only the lines that move, every comment and every scene, and what it does."""

from __future__ import annotations

import datetime as dt
import difflib
import random
import shutil
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import dialect, folder
from pmkit.files.boards import Board
from pmkit.files.splice import comments
from pmkit.model.production import Production
from pmkit.model.tree import plain
from pmkit.problems import Fault, Stop
from pmkit.rollup import moves, spots
from pmkit.rollup.spots import Spot
from tests.conftest import SAMPLE
from tests.productions import write

PARTS = {"breakdown", "schedule", "boards", "cast"}


@pytest.fixture
def sample_copy(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit"))
    monkeypatch.chdir(root)
    return root


def texts(root: Path) -> dict[str, str]:
    files = (*root.glob("schedule*.yaml"), *root.glob("schedule/*.yaml"), *root.glob("boards/*.yaml"))
    return {str(path.relative_to(root)): path.read_text() for path in files}


def difference(before: dict[str, str], after: dict[str, str]) -> list[str]:
    found = []
    for file in sorted({*before, *after}):
        old, new = before.get(file, "").splitlines(), after.get(file, "").splitlines()
        lines = [*difflib.unified_diff(old, new, n=0, lineterm="")][2:]
        found += [line for line in lines if not line.startswith("@")]
    return found


def act(*words: str) -> int:
    return cli.run(["schedule", *words])


def test_a_move_on_the_sample_shows_only_the_moved_lines(sample_copy, capsys):
    before = texts(sample_copy)
    assert act("move", "56", "--to", "2025-11-04:2") == 0
    assert difference(before, texts(sample_copy)) == [
        '-    strips: [31, {move: "to the clinic, 0:40"}, lunch, 26, 67, 68]',
        '+    strips: [31, 56, {move: "to the clinic, 0:40"}, lunch, 26, 67, 68]',
        '-    strips: [56, {move: "to the diner, 0:30"}, 23, lunch, 24]',
        '+    strips: [{move: "to the diner, 0:30"}, 23, lunch, 24]',
    ]
    told = capsys.readouterr().out
    assert told == (
        "Scene 56: Thu 2025-11-06 (day 17), strip 1 → Tue 2025-11-04 (day 15)\n"
        "\n"
        "day      date            pages          scenes\n"
        "-------  --------------  -------------  --------\n"
        "main 15  Tue 2025-11-04  5 4/8 → 6 3/8  4 → 5\n"
        "main 17  Thu 2025-11-06  4 → 3 1/8      3 → 2\n"
        "\n"
        "2 JUNE: worked 19 → 18, held 4 → 5 (06 Nov W → H)\n"
        "\n"
        "Gained: warning: Main Unit, day 15 (2025-11-04) ends at 19:55 by the estimates, "
        "0:25 after its wrap at 19:30 [over-time]\n"
    )


def test_a_move_of_a_line_is_two_lines(tmp_path, monkeypatch):
    board = (
        "main:\n  2025-10-13:\n    strips:\n      - 1   # sunrise\n      - 2\n  2025-10-14:\n    strips:\n      - 3\n"
    )
    root = write(tmp_path, {"breakdown": BREAKDOWN, "schedule": board})
    monkeypatch.chdir(root)
    before = texts(root)
    assert act("move", "1", "--to", "2:1") == 0
    assert difference(before, texts(root)) == ["-      - 1   # sunrise", "+      - 1   # sunrise"]
    assert act("move", "1", "--to", "2:2") == 0
    assert (root / "schedule.yaml").read_text().endswith("    strips:\n      - 3\n      - 1   # sunrise\n")
    assert act("unschedule", "1") == 0
    assert (root / "schedule.yaml").read_text().endswith("      - 3\nboneyard: [1]   # sunrise\n")


BREAKDOWN = "".join(f"{n}: {{heading: INT. HOUSE - DAY, pages: {n}/8, cast: [{1 + n % 3}]}}\n" for n in range(1, 8))
CAST = "".join(f"{n}: {{character: C{n}, hold: true}}\n" for n in (1, 2, 3))
BOARD = """\
main:
  2025-10-13: {strips: [1, 2]}
  2025-10-14: {strips: [3]}
  2025-10-15: {off: travel}   # by bus
  # the long one
  2025-10-16:
    call: 6:00   # early
    strips: [4, "7 part 1 of 2"]
  2025-10-17: {strips: ["7 part 2 of 2"]}
second:
  2025-10-14: {strips: [5]}
boneyard: [6]
"""


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    units = "units: {main: Main Unit, second: 2nd Unit}\nholidays: [2025-10-21]\n"
    settings = f"pmkit: 1\ntitle: Test\n{units}"
    root = write(tmp_path, {"production": settings, "breakdown": BREAKDOWN, "cast": CAST, "schedule": BOARD})
    monkeypatch.chdir(root)
    return root


def board(root: Path) -> str:
    return (root / "schedule.yaml").read_text()


def test_a_slip_moves_contents_over_days_off_and_holidays(small, capsys):
    assert act("slip", "2025-10-14", "--because", "weather", "--days", "2") == 0
    assert (
        board(small)
        == """\
main:
  2025-10-13: {strips: [1, 2]}
  2025-10-14: {off: weather}
  2025-10-15: {off: travel}   # by bus
  # the long one
  2025-10-16: {off: weather}
  2025-10-17: {strips: [3]}
  2025-10-20:
    call: 6:00   # early
    strips: [4, "7 part 1 of 2"]
  2025-10-22: {strips: ["7 part 2 of 2"]}
second:
  2025-10-14: {strips: [5]}
boneyard: [6]
"""
    )
    told = capsys.readouterr().out
    assert told.startswith("Tue 2025-10-14 is off: weather\nTue 2025-10-14 (day 2) → Fri 2025-10-17\n")
    assert "main 2 (was 4)" in told


def test_a_slip_without_a_reason_takes_the_date_off_the_board_and_until_keeps_the_rest(small, capsys):
    assert act("slip", "4") == 0
    assert "2025-10-17" not in board(small)
    assert '  2025-10-20: {strips: ["7 part 2 of 2"]}\n' in board(small)
    assert act("slip", "second:1", "--days", "3") == 0
    assert "second:\n  2025-10-17: {strips: [5]}\n" in board(small)
    capsys.readouterr()
    assert act("slip", "1", "--until", "1") == 3
    assert "2025-10-14 is taken: 2025-10-13 would slip onto it" in capsys.readouterr().err


def test_swaps(small):
    assert act("swap", "2", "7 part 1") == 0
    assert '{strips: [1, "7 part 1 of 2"]}' in board(small)
    assert "strips: [4, 2]" in board(small)
    assert act("swap", "1", "7 part 1") == 0
    assert '{strips: ["7 part 1 of 2", 1]}' in board(small)
    assert act("swap", "2025-10-14", "2025-10-16") == 0
    assert "2025-10-14:\n    call: 6:00   # early\n    strips: [4, 2]\n  2025-10-15: {off: travel}" in board(small)
    assert "  # the long one\n  2025-10-16: {strips: [3]}\n" in board(small)
    assert act("swap", "2", "3", "--days") == 0
    assert "2025-10-14: {strips: [3]}\n" in board(small)


def test_units_parts_and_the_boneyard(small):
    assert act("move", "7", "part", "2", "--to", "second:1:1") == 0
    assert 'second:\n  2025-10-14: {strips: ["7 part 2 of 2", 5]}\n' in board(small)
    assert "2025-10-17: {strips: []}" in board(small)
    assert act("move", "6", "--to", "4") == 0
    assert board(small).endswith("boneyard: []\n")
    assert act("move", "6", "--to", "boneyard") == 0
    assert board(small).endswith("boneyard: [6]\n")
    assert act("move", "5", "--to", "1", "--unit", "main") == 0
    assert "2025-10-13: {strips: [1, 2, 5]}" in board(small)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("move", "9", "--to", "1"), "there is no scene 9"),
        (("move", "7", "--to", "1"), "scene 7 is split in 2"),
        (("move", "7 part 3", "--to", "1"), "scene 7 has no part 3 on the board"),
        (("move", "1", "--to", "9"), "there is no day 9 of main"),
        (("move", "1", "--to", "2025-10-15"), "main is off: travel on Wed 2025-10-15"),
        (("move", "1", "--to", "2:9"), "2 has no position 9"),
        (("move", "1", "--to", "2", "--board", "winter"), "there is no board winter"),
        (("swap", "1", "1"), "scene 1 is scene 1"),
        (("swap", "1", "second:1", "--days"), "are not two days of one unit"),
        (("board", "winter", "--current"), "there is no board winter"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_changes(small, capsys, words, said):
    assert act(*words) == 3
    assert said in capsys.readouterr().err
    assert board(small) == BOARD


def test_what_is_there_already_is_no_mistake(small, capsys):
    assert act("move", "2", "--to", "1") == 0
    assert "scene 2 is there already: Mon 2025-10-13 (day 1), strip 2" in capsys.readouterr().err
    assert board(small) == BOARD


def test_a_dry_run_writes_nothing(small, capsys):
    assert act("move", "1", "--to", "2", "--dry-run") == 0
    told = capsys.readouterr()
    assert "main 2  Tue 2025-10-14  3/8 → 4/8  1 → 2" in told.out
    assert "Nothing is written" in told.err
    assert board(small) == BOARD


def test_problems_gained_and_cured_are_said(small, capsys):
    (small / "locations.yaml").write_text("barn: {name: Barn, open: 2025-10-13}\nsets: {HOUSE: barn}\n")
    assert act("move", "3", "--to", "1") == 0
    assert "Cured: warning: barn is not open on 2025-10-14: scene 3 [location-closed]" in capsys.readouterr().out
    assert act("move", "1", "--to", "2") == 0
    assert "Gained: warning: barn is not open on 2025-10-14: scene 1 [location-closed]" in capsys.readouterr().out


def test_a_board_with_errors_is_not_changed(small, capsys):
    (small / "schedule.yaml").write_text(BOARD.replace("[3]", "[3, half a strip]"))
    assert act("move", "1", "--to", "2") == 3
    assert "nothing was changed" in capsys.readouterr().err


# ---- pinned days


def test_a_day_with_a_daily_report_is_pinned(small, capsys):
    write(small, {"daily__2025-10-14-main": "day: 2\nscenes: {3: owed}\n"})
    for words in (("move", "1", "--to", "2"), ("swap", "1", "3"), ("slip", "2025-10-13"), ("slip", "2"),
                  ("swap", "2025-10-14", "2025-10-16")):  # fmt: skip
        assert act(*words) == 3
        assert "(daily/2025-10-14-main.yaml); nothing was changed" in capsys.readouterr().err
        assert board(small) == BOARD
    assert act("slip", "2025-10-16") == 0
    assert act("move", "5", "--to", "boneyard") == 0  # the second unit's day of that date is free
    assert act("move", "3", "--to", "1") == 0  # owed, so it may leave


@pytest.mark.parametrize(
    "file",
    ["issued/2025-10-14-main.pdf", "issued/callsheets/2025-10-14/main.pdf", "private/issued/T_Main_2025-10-14.pdf",
     "issued/Test_CallSheet_D02_2025-10-14_WHITE.pdf"],
)  # fmt: skip
def test_an_issued_call_sheet_pins_its_day(small, capsys, file):
    (small / file).parent.mkdir(parents=True)
    (small / file).write_bytes(b"%PDF")
    assert act("move", "3", "--to", "1") == 3
    assert f"Tue 2025-10-14 (day 2) is pinned: its call sheet is issued ({file})" in capsys.readouterr().err
    assert act("move", "4", "--to", "1") == 0


def test_other_issued_papers_pin_nothing(small):
    (small / "issued").mkdir()
    (small / "issued/Test_OneLiner_2025-10-14_WHITE.pdf").write_bytes(b"%PDF")
    (small / "issued/Test_CallSheet_2U_D01_2025-10-14_WHITE.pdf").write_bytes(b"%PDF")
    assert act("move", "3", "--to", "1") == 0
    assert act("move", "5", "--to", "1", "--unit", "main") == 3


def test_slip_of_tomorrow_with_ten_days_shot_changes_none_of_the_ten(tmp_path, monkeypatch):
    days = [day for day in (dt.date(2025, 10, 13) + dt.timedelta(days=n) for n in range(30)) if day.weekday() < 5]
    board = "main:\n" + "".join(f"  {day}: {{strips: [{n}]}}   # day {n}\n" for n, day in enumerate(days[:15], 1))
    files = {"breakdown": "".join(f"{n}: {{heading: INT. A - DAY}}\n" for n in range(1, 16)), "schedule": board}
    files |= {f"daily__{day}-main": f"day: {n}\n" for n, day in enumerate(days[:10], 1)}
    root = write(tmp_path, files)
    monkeypatch.chdir(root)
    assert act("slip", "tomorrow", "--date", "2025-10-26", "--because", "weather") == 0
    after = (root / "schedule.yaml").read_text().splitlines()
    assert after[:11] == board.splitlines()[:11]
    assert after[11] == f"  {days[10]}: {{off: weather}}"
    assert after[12:] == [f"  {days[n]}: {{strips: [{n}]}}   # day {n}" for n in range(11, 16)]
    assert folder.read(root).problems == []


# ---- boards


def test_another_board_is_changed_and_made_the_current_one(small, capsys):
    write(
        small,
        {"boards__winter": "#: 1st AD\nmain:\n  2026-01-05: {strips: [1, 2, 3, 4, 7]}   # cold\nboneyard: [5, 6]\n"},
    )
    write(
        small,
        {
            "schedule__second": BOARD.partition("second:\n")[2].partition("boneyard")[0].replace("  ", "")
            + "# the end\n"
        },
    )
    (small / "schedule.yaml").write_text(BOARD.replace("second:\n  2025-10-14: {strips: [5]}\n", ""))
    old = folder.read(small).production
    assert act("move", "5", "--to", "1:1", "--board", "winter") == 0
    assert "strips: [5, 1, 2, 3, 4, 7]" in (small / "boards/winter.yaml").read_text()
    capsys.readouterr()
    assert act("board") == 0
    assert "winter" in capsys.readouterr().out
    assert act("board", "winter", "--current", "--dry-run") == 0
    assert folder.read(small).production.board == old.board
    assert act("board", "winter", "--current", "--keep", "autumn") == 0
    new = folder.read(small).production
    assert new.boards["autumn"] == old.board
    assert board(small).startswith("#: 1st AD\nmain:\n  2026-01-05: {strips: [5, 1")
    assert (small / "boards/autumn.yaml").read_text().endswith("second:\n  2025-10-14: {strips: [5]}\n  # the end\n")
    assert sorted(path.name for path in small.rglob("*.yaml") if "second" in path.name or "winter" in path.name) == []
    assert act("board", "autumn", "--current", "--keep", "autumn") == 0
    assert folder.read(small).production.board == old.board


def test_a_board_without_the_pinned_days_is_not_made_current(sample_copy, capsys):
    before = texts(sample_copy)
    assert act("board", "no-overnight", "--current") == 3
    said = "no-overnight does not have the pinned day main Mon 2025-10-13 (daily/2025-10-13-main.yaml) and 14 more"
    assert said in capsys.readouterr().err
    assert texts(sample_copy) == before


# ---- at random


def remarks(files: dict[str, str]) -> list[str]:
    found = []
    for file, text in files.items():
        tree, problems = dialect.read(text.encode(), file)
        assert tree is not None, problems
        found += [note for _, note in comments(text, tree)]
    return sorted(found)


def at_random(root: Path, rounds: int, seed: int) -> None:
    """Moves, swaps and slips without end: every comment stays, and every scene stands once."""
    chance = random.Random(seed)
    start = folder.read(root, PARTS).production
    held, said = moves.scenes(start), remarks(texts(root))
    files = texts(root)
    for _ in range(rounds):
        before = folder.read(root, PARTS, {file: text.encode() for file, text in files.items()}).production
        for file, text in files.items():
            (root / file).write_text(text)
        board = Board(root)
        budget = one_act(before, board, chance)
        changed = {file: data.decode() for file, data in board.files().items()}
        after_texts = {**files, **changed}
        lines = difference(files, after_texts)
        assert len(lines) <= budget, lines
        assert remarks(after_texts) == said
        files = after_texts
        after = folder.read(root, PARTS, {file: text.encode() for file, text in files.items()})
        assert not after.errors
        assert moves.scenes(after.production) == held


def one_act(production: Production, board: Board, chance: random.Random) -> int:
    """One act on the board; returns how many lines of a diff it may change."""
    there = [spot for spot, strip in spots.strips(production) if strip.scene]
    kind = chance.choice(["move", "move", "move", "boneyard", "swap", "swap days", "slip"])
    source, other = chance.sample(there, 2)
    days = [(unit, day.date) for unit, day in production.board.days() if day.shoots]
    if kind in ("move", "boneyard"):
        unit, date = ("", None) if kind == "boneyard" else chance.choice(days)
        many = len(production.board.units[unit][date].strips if date else production.board.boneyard)
        target = Spot(unit, date, chance.randint(0, many))
        if target.day == source.day and min(target.place, many - 1) == source.place:
            return 0
        board.move(source, target)
        return 6  # a line each, one for a list that was or becomes empty, one for a comment
    if kind == "swap":
        board.swap(source, other)
        return 8
    unit, date = chance.choice(days)
    same = [day for name, day in days if name == unit]
    if kind == "swap days" and len(same) > 1:
        first, second = chance.sample(same, 2)
        board.swap_days(unit, first, second)
        return 60
    found = spots.slipped(production, unit, date, chance.randint(1, 3))
    assert not isinstance(found, Fault)
    board.slip(unit, found, chance.choice(["", "weather"]))
    return 10 * len(same) + 20


def test_moves_swaps_and_slips_at_random_on_the_sample(sample_copy):
    at_random(sample_copy, 25, 1)


@pytest.mark.soak
def test_a_thousand_moves_swaps_and_slips_on_the_sample(sample_copy):
    at_random(sample_copy, 1000, 7)


def test_the_plain_text_of_what_was_not_touched_stays(small):
    before = plain(dialect.read(BOARD.encode(), "schedule.yaml")[0])
    board = Board(small)
    board.move(Spot("main", dt.date(2025, 10, 13), 0), Spot("", None, 1))
    with pytest.raises(Stop):
        board.move(Spot("nobody", dt.date(2025, 10, 13), 0), Spot("", None, 1))
    after = plain(dialect.read(board.files()["schedule.yaml"] or b"", "schedule.yaml")[0])
    assert after == {**before, "main": {**before["main"], "2025-10-13": {"strips": ["2"]}}, "boneyard": ["6", "1"]}

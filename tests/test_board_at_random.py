"""Moves, swaps, slips, renames in any order, as typed: every comment stays, every scene stands exactly once."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit import cli
from pmkit.files import dialect, folder as folders
from pmkit.files.splice import comments
from tests.often import often
from tests.productions import write

SCENES = ("1", "2", "3", "A4", "4", "4A", "5", "6", "7", "8")
FILES = {
    "production": "#: production manager\npmkit: 1\ntitle: Test  # ours\nunits: {main: Main, second: Second}\n",
    "cast": "#: 2nd AD\n1: {character: ANA, id: ana}  # the lead\n2: {character: BO, id: bo}\n",
    "breakdown": "#: 1st AD\n"
    + "".join(f"# about {n}\n{n}: {{heading: INT. BAR - DAY, pages: 4/8, cast: [1]}}  # s{n}\n" for n in SCENES),
    "schedule": """#: 1st AD
# the board
main:
  # the first day is short
  2025-10-13: {call: 7:00, strips: [1, 2, lunch, "5 part 1 of 2, 2/8"]}  # Monday
  2025-10-14:
    call: 7:00
    strips:
      - 3          # before noon
      # the big one
      - A4
      - lunch
      - {note: pre-light the bar}
  2025-10-15: {off: rest}
  2025-10-16: {call: 8:00, strips: ["5 part 2 of 2", 4A]}
second:
  2025-10-14: {call: 9:00, strips: [6]}   # inserts
boneyard: [7, 8, 4]  # perhaps
""",
}
# Everything there is to stand somewhere: scene 5 stands in two parts.
STANDING = len(SCENES) + 1

days = st.sampled_from(["1", "2", "3", "second:1", "boneyard", "2025-10-16", "1:1", "2:99"])
which = st.integers(0, STANDING - 1)
acts = st.one_of(
    st.tuples(st.just("move"), which, days),
    st.tuples(st.just("swap"), which, which),
    st.tuples(st.just("unschedule"), which),
    st.tuples(st.just("slip"), st.sampled_from(["2025-10-13", "2025-10-14", "2025-10-16"]), st.sampled_from([[], ["--because", "weather"]])),
    st.tuples(st.just("rename"), which, st.integers(10, 99)),
)  # fmt: skip


def standing(root: Path) -> list[str]:
    """Each scene, or part of one, that stands on the board or in its boneyard, in order."""
    read = folders.read(root)
    assert read.errors == []
    board = read.production.board
    strips = [*(strip for _, day in board.days() for strip in day.strips), *board.boneyard]
    return [f"{s.scene} part {s.part[0]}" if s.part else s.scene for s in strips if s.scene]


def remarks(root: Path) -> Counter[str]:
    """Every comment of the folder."""
    found: Counter[str] = Counter()
    for path in sorted(root.glob("*.yaml")):
        data = path.read_bytes()
        tree, problems = dialect.read(data, path.name)
        assert tree is not None and not problems
        found.update(text for _, text in comments(data.decode(), tree))
    return found


def act(root: Path, one: tuple, there: list[str]) -> int:
    """One act, through the command as a person types it."""
    word, first, *rest = one
    base = ["-C", str(root)]
    if word == "rename":
        return cli.run([*base, "rename", "scene", there[first].split(" ")[0], f"{rest[0]}Q"])
    if word == "slip":
        return cli.run([*base, "schedule", "slip", first, *rest[0]])
    if word == "swap":
        return cli.run([*base, "schedule", "swap", there[first], there[rest[0]]])
    return cli.run([*base, "schedule", word, there[first], *(["--to", rest[0]] if rest else [])])


def keeps_everything(chosen: list[tuple]) -> int:
    """Runs the acts one after another; how many of them were not refused."""
    with tempfile.TemporaryDirectory() as place:
        root = write(Path(place), FILES)
        said = remarks(root)
        done = 0
        for one in chosen:
            there = standing(root)
            assert len(there) == len(set(there)) == STANDING
            code = act(root, one, there)
            assert code in (0, 2, 3), one
            done += code == 0
            assert remarks(root) == said, one
        assert sorted(len(scene.split(" ")) for scene in standing(root)) == [1] * (STANDING - 2) + [3, 3]
    return done


lists = st.lists(acts, min_size=1, max_size=12)
slow = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


@settings(max_examples=often(40), **slow)
@given(lists)
def test_acts_in_any_order_keep_every_comment_and_every_scene_once(chosen: list[tuple]) -> None:
    keeps_everything(chosen)


def test_most_acts_are_not_refused() -> None:
    chosen = [("move", 0, "3"), ("swap", 1, 4), ("unschedule", 2), ("slip", "2025-10-14", []), ("rename", 5, 77)]
    assert keeps_everything(chosen) == len(chosen)


@pytest.mark.soak
@settings(max_examples=often(170), **slow)
@given(st.lists(acts, min_size=6, max_size=6))
def test_a_thousand_acts_in_any_order(chosen: list[tuple]) -> None:
    keeps_everything(chosen)

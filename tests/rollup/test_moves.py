"""What a change of the board does, told from the productions before and after it."""

from __future__ import annotations

import datetime as dt

from pmkit.problems import Place, Problem
from pmkit.rollup import moves

FILES = {
    "cast": "1: {character: LENA, hold: true}\n2: {character: JUNE}\n",
    "breakdown": "1: {heading: INT. A - DAY, pages: 4/8, cast: [1]}\n2: {heading: INT. A - DAY, pages: 1, cast: [1, 2]}\n",
}
BEFORE = "main:\n  2025-10-13: {strips: [1, 2]}\n  2025-10-14: {strips: []}\n  2025-10-15: {strips: []}\n"
AFTER = "main:\n  2025-10-13: {strips: [1]}\n  2025-10-14: {strips: []}\n  2025-10-15: {strips: [2]}\n"


def test_pages_scenes_cast_days_and_holds(production):
    old = production(**FILES, schedule=BEFORE).production
    new = production(**FILES, schedule=AFTER).production
    found = moves.effect(old, new)
    first, last = found.days
    assert (first.date, first.before.number, str(first.before.pages), str(first.after.pages)) == (
        dt.date(2025, 10, 13),
        1,
        "1 4/8",
        "4/8",
    )
    assert (last.before.scenes, last.after.scenes, last.after.strips) == (0, 1, ("2",))
    lena, june = found.cast
    assert lena.before is not None
    assert lena.after is not None
    assert (lena.before.worked, lena.after.worked, lena.after.held) == (1, 2, 1)
    assert [(day.day, was, now) for day, was, now in lena.dates] == [(13, "SWF", "SW"), (14, "", "H"), (15, "", "WF")]
    assert [(day.day, was, now) for day, was, now in june.dates] == [(13, "SWF", ""), (15, "", "SWF")]
    assert moves.effect(old, old) == moves.Effect((), (), (), ())


def test_a_cast_member_who_works_no_more(production):
    old = production(**FILES, schedule=BEFORE).production
    new = production(**FILES, schedule=BEFORE.replace(", 2]", "]")).production
    (june,) = moves.effect(old, new).cast
    assert (june.number, june.before is not None, june.after) == ("2", True, None)


def test_problems_are_the_same_wherever_they_stand(production):
    old = production(**FILES, schedule=BEFORE).production
    here, there = Place("schedule.yaml", 3), Place("schedule.yaml", 9)
    stays = Problem("a", here, "twice, first at schedule.yaml:3")
    moved = Problem("a", there, "twice, first at schedule.yaml:9")
    cured, gained = Problem("b", here, "closed"), Problem("b", here, "open")
    found = moves.effect(old, old, [stays, cured], [moved, gained, gained])
    assert found.cured == (cured,)
    assert found.gained == (gained, gained)
    assert moves.new_problems([stays], [moved, gained]) == (gained,)


def test_every_scene_and_part_is_counted(production):
    read = production(schedule="main: {2025-10-13: {strips: [1, 7 part 1, lunch]}}\nboneyard: [2, 2a]\n")
    assert moves.scenes(read.production) == {("1", 0): 1, ("7", 1): 1, ("2", 0): 1, ("2A", 0): 1}

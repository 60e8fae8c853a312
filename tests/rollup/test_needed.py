"""What the schedule needs on which days."""

from __future__ import annotations

from datetime import date

from pmkit.model.breakdown import Scene
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.problems import Fault
from pmkit.rollup.needed import categories, find_category, needs

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def production() -> Production:
    lamp = {"props": ("Lamp", "lamp  "), "tow_rig": ("low loader",)}
    return Production(
        settings=Settings(pmkit=1, title="T", categories={"tow_rig": "Tow Rig & Process"}),
        scenes={
            "12A": Scene(number="12A", elements=lamp),
            "2": Scene(number="2", elements={"props": ("LAMP",)}, background=("3 nuns",)),
            "3": Scene(number="3", elements={"props": ("lamp",)}, omitted=True),
        },
        board=Board(
            units={
                "main": {
                    TUESDAY: ShootingDay(date=TUESDAY, strips=(Strip(scene="12a"), Strip(scene="2"))),
                    MONDAY: ShootingDay(date=MONDAY, off="rest", strips=(Strip(scene="2"),)),
                },
            }
        ),
    )


def test_the_same_words_are_one_need_once_a_scene_and_once_a_day() -> None:
    (lamp,) = needs(production(), "props").values()
    assert (lamp.key, lamp.name, lamp.scenes) == ("lamp", "LAMP", ["2", "12A"])
    assert [day.date for day in lamp.days] == [TUESDAY], "a day that is off needs nothing"
    assert list(lamp.work) == [TUESDAY]


def test_a_unit_that_does_not_shoot_needs_nothing() -> None:
    (nuns,) = needs(production(), "background", unit="second").values()
    assert (nuns.name, nuns.days) == ("3 nuns", [])


def test_categories_are_found_by_key_and_by_name() -> None:
    assert list(categories(production()))[:2] == ["cast", "background"]
    assert find_category(production(), "tow rig & process") == "tow_rig"
    assert find_category(production(), "Tow-Rig") == "tow_rig"
    fault = find_category(production(), "tow_rag")
    assert isinstance(fault, Fault)
    assert fault.hint == "did you mean tow_rig?"

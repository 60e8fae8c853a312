"""Scenes found again in a new draft without numbers."""

from __future__ import annotations

from hypothesis import given, strategies as st

from pmkit.rollup.draft_match import outline, pairs

WORDS = [
    "salt",
    "road",
    "truck",
    "thermos",
    "radio",
    "letter",
    "lamp",
    "motel",
    "envelope",
    "ice",
    "machine",
    "window",
    "dog",
    "ledger",
    "pumps",
]


def scene(at: int, heading: str = "", text: str = "") -> tuple[str, list[str]]:
    own = [f"{WORDS[(at * 7 + step) % len(WORDS)]}{at}" for step in range(12)]
    return heading or f"INT. ROOM {at} - DAY", [text or " ".join(own)]


def found(new: list[tuple[str, list[str]]], old: list[tuple[str, list[str]]]) -> dict[int, int]:
    return pairs([outline(*one) for one in new], [outline(*one) for one in old])


def test_inserted_and_cut_scenes_leave_the_others_where_they_are() -> None:
    old = [scene(at) for at in range(6)]
    new = [old[0], scene(90), old[1], old[3], old[4], scene(91), old[5]]
    assert found(new, old) == {0: 0, 2: 1, 3: 3, 4: 4, 6: 5}


def test_a_rewritten_scene_is_found_by_its_heading_between_its_neighbours() -> None:
    old = [scene(at) for at in range(3)]
    assert found([old[0], scene(1, text="Wholly other lines of talk."), old[2]], old) == {0: 0, 1: 1, 2: 2}


def test_a_scene_with_a_new_heading_is_found_by_its_words() -> None:
    old = [scene(at) for at in range(3)]
    assert found([old[0], ("EXT. BEACH - NIGHT", old[1][1]), old[2]], old) == {0: 0, 1: 1, 2: 2}


def test_scenes_of_one_heading_are_told_apart_by_their_words() -> None:
    old = [scene(at, "INT. CAR - DAY") for at in range(4)]
    new = [old[0], scene(80, "INT. CAR - DAY"), *old[1:]]
    assert found(new, old) == {0: 0, 2: 1, 3: 2, 4: 3}


def test_a_scene_that_stands_elsewhere_is_found_there() -> None:
    old = [scene(at) for at in range(5)]
    assert found([old[3], old[0], old[1], old[2], old[4]], old) == {0: 3, 1: 0, 2: 1, 3: 2, 4: 4}


@given(st.lists(st.integers(0, 8), max_size=12), st.lists(st.integers(0, 8), max_size=12))
def test_no_scene_is_found_twice(new: list[int], old: list[int]) -> None:
    met = found([scene(at) for at in new], [scene(at) for at in old])
    assert len(set(met.values())) == len(met)
    assert found([scene(at) for at in new], [scene(at) for at in new]) == {at: at for at in range(len(new))}

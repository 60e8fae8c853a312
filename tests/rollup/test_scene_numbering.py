"""Numbers proposed between numbers that stand."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.model.scene_number import same, sort_key
from pmkit.rollup.scene_numbering import proposed


@pytest.mark.parametrize(
    ("numbers", "taken", "filled"),
    [
        ("- - -", "", "1 2 3"),
        ("12 - 13", "", "12 12A 13"),
        ("12 - - 13", "", "12 12A 12B 13"),
        ("12A - 12B", "", "12A 12AA 12B"),
        ("12 - 12A", "", "12 A12A 12A"),
        ("12 - 14", "12A 13", "12 12B 14"),
        ("12H - - 13", "", "12H 12J 12K 13"),
        ("- - 1", "", "A1 B1 1"),
        ("A1 - 1", "", "A1 B1 1"),
        ("1 2 - -", "", "1 2 3 4"),
        ("20 -", "22", "20 23"),
        ("1 2 - - 2-B", "", "1 2 2A 2B 2-B"),
        ("5 - 3", "", "5 5A 3"),
        ("1 1A - A1", "", "1 1A 1AA A1"),
    ],
)
def test_numbers_between(numbers: str, taken: str, filled: str) -> None:
    assert (
        proposed([one.replace("-", "") if one == "-" else one for one in numbers.split()], taken.split())
        == filled.split()
    )


@given(st.lists(st.sampled_from(["", "1", "2", "2A", "3", "A3", "10", "10A", "10B"]), max_size=30))
def test_every_scene_gets_a_number_of_its_own_and_none_moves(numbers: list[str]) -> None:
    once = [one if one and one not in numbers[:at] else "" for at, one in enumerate(numbers)]
    full = proposed(once)
    assert all(now == then for now, then in zip(full, once, strict=True) if then)
    assert len({same(one) for one in full}) == len(full)


@given(st.sets(st.integers(1, 40), min_size=2), st.data())
def test_scenes_put_between_numbered_ones_sort_where_they_stand(whole: set[int], data: st.DataObject) -> None:
    numbers: list[str] = []
    for one in sorted(whole):
        numbers += [str(one), *[""] * data.draw(st.integers(0, 4))]
    full = proposed(numbers)
    assert sorted(full, key=sort_key) == full

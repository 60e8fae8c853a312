"""Names of sets: what is one name, and what a name lies in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit import checks
from pmkit.files.folder import Folder
from pmkit.model import set_name

FOLDER = {
    "production": "pmkit: 1\ntitle: T\n",
    "locations": "diner: {name: Nell's}\nhouse: {name: House}\nsets: {DINER: diner, DINER - OFFICE: house}\n",
}


@pytest.mark.parametrize(
    "typed", ["DINER - BACK BOOTH", "diner, back booth", "Diner / Back  Booth", "DINER – BACK BOOTH"]
)
def test_what_stands_between_the_pieces_is_nothing_to_a_name(typed: str) -> None:
    assert set_name.same(typed) == "DINER BACK BOOTH"


def test_a_name_lies_in_all_of_its_beginnings() -> None:
    assert [*set_name.wider("DINER - BACK, BOOTH")] == ["DINER - BACK, BOOTH", "DINER - BACK", "DINER"]
    assert [*set_name.wider("PRE-DAWN BAR")] == ["PRE-DAWN BAR"]


@pytest.mark.parametrize(
    ("name", "where"), [("DINER - BACK BOOTH", "diner"), ("diner / office", "house"), ("BAR", ""), ("", "")]
)
def test_a_corner_of_a_set_is_where_the_set_is(production: Callable[..., Folder], name: str, where: str) -> None:
    assert production(**FOLDER).production.location_of_set(name) == where


def test_a_corner_of_a_set_is_no_unknown_set(production: Callable[..., Folder]) -> None:
    scenes = "1: {heading: INT. DINER - BACK BOOTH - DAY}\n2: {heading: INT. BAR - BACK BOOTH - DAY}\n"
    found = production(**FOLDER, breakdown=scenes).production
    assert [p.message for p in checks.run(found) if p.code == "unknown-set"] == [
        "no location has the set BAR - BACK BOOTH"
    ]

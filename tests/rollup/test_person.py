"""Whom a word means: names as people type them, without their accents too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.rollup.person import find_person

CREW = """\
camera:
  people:
    - {id: zb, name: Zoë Béart, position: DP}
    - {id: lukasz, name: Łukasz Þór, position: 1st AC}
    - {id: li, name: 李娜, position: 2nd AC}
    - {id: jose, name: José Ruiz, position: Loader}
    - {id: jose-b, name: Jose Ruiz, position: Grip}
"""


@pytest.mark.parametrize(
    ("typed", "who"),
    [("Zoë Béart", "zb"), ("zoe beart", "zb"), ("lukasz thor", "lukasz"), ("李娜", "li"), ("josé ruiz", "jose")],
)
def test_a_name_is_known_without_its_accents(production: Callable[..., Folder], typed: str, who: str) -> None:
    found = find_person(production(crew=CREW).production, typed)
    assert not isinstance(found, Fault) and found.id == who


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("zoe", "did you mean zb (Zoë Béart)?"),
        ("Beart", "did you mean zb (Zoë Béart)?"),
        ("xavier", "a person is an id of crew.yaml"),
    ],
)
def test_a_part_of_one_name_is_asked_about(production: Callable[..., Folder], typed: str, hint: str) -> None:
    found = find_person(production(crew=CREW).production, typed)
    assert isinstance(found, Fault) and found.hint.startswith(hint)

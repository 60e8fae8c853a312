"""Whose turn it is among candidates asked one after another, and until when."""

from __future__ import annotations

import datetime as dt

from pmkit.rollup import answers, turns
from tests.rollup.test_answers import HOLD, NOON, Made, made as made


def test_the_next_candidate_has_a_turn_when_the_one_before_is_out(made: Made) -> None:
    request = made(HOLD).requests["r"]
    assert turns.come(made(HOLD), request, NOON) == (("kay",), "")
    late = dt.datetime(2025, 10, 18)
    assert turns.come(made(HOLD), request, late) == (("kay",), "orla")
    refused = "person: kay\nat: 2025-10-14T17:00:00Z\ndates: {2025-10-27: no, 2025-10-28: no, 2025-10-29: no}"
    assert turns.come(made(HOLD, refused), request, NOON) == (("kay",), "orla")
    turn = "person: orla\nat: 2025-10-18T07:00:00Z\nact: asked\ndue: 2025-10-19 08:00"
    production = made(HOLD, refused, turn)
    assert turns.come(production, request, late) == (("kay", "orla"), "")
    assert answers.standing(production, request, "orla", late).due == dt.datetime(2025, 10, 19, 8)
    assert turns.come(production, request, dt.datetime(2025, 10, 19, 9)) == (("kay", "orla"), "lee")


def test_a_turn_ends_on_a_full_hour(made: Made) -> None:
    request = made(HOLD + "respond_within: 4 hours\n").requests["r"]
    assert turns.until(request, dt.datetime(2025, 10, 18, 9, 20)) == dt.datetime(2025, 10, 18, 14)
    assert turns.until(made(HOLD).requests["r"], dt.datetime(2025, 10, 18, 9)) == dt.datetime(2025, 10, 19, 9)

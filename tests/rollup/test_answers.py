"""Answers and bookings folded: who said what of which date, and what holds of it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pmkit.files.folder import Folder
from pmkit.model.production import Production
from pmkit.rollup import answers

CREW = """\
grip:
  people:
    - {id: kay, name: Kay Moss, position: Grip}
    - {id: orla, name: Orla Finch, position: Key Grip}
    - {id: lee, name: Lee Roy, position: Grip}
"""
HOLD = """\
kind: hold
ask: {role: Grip, candidates: [kay, orla, lee]}
rank: 1
dates: [2025-10-27..2025-10-29]
respond_by: 2025-10-17 18:00
expires: 2025-10-24 18:00
then: next
"""
NOON = dt.datetime(2025, 10, 15, 12)


@pytest.fixture
def made(production: Callable[..., Folder]) -> Callable[..., Production]:
    def make(request: str, *told: str) -> Production:
        files = {"production": "pmkit: 1\ntitle: Salt\ncode: SALT\n", "crew": CREW, "requests__r": request}
        files |= {f"private__answers__r-{n}": f"request: r\n{text}\n" for n, text in enumerate(told)}
        folder = production(**files)
        assert [problem for problem in folder.problems if problem.severity == "error"] == []
        return folder.production

    return make


Made = Callable[..., Production]


def days(production: Production, person: str, now: dt.datetime | None = NOON) -> list[str]:
    found = answers.standing(production, production.requests["r"], person, now)
    return [f"{day.answer or '-'} {day.booking or '-'}{day.rank or ''}" for day in found.days]


YES = "person: kay\nat: 2025-10-14T17:00:00Z\ndates: {2025-10-27: yes, 2025-10-28: maybe, 2025-10-29: no}"


def test_a_yes_to_a_hold_holds_and_a_no_declines(made: Made) -> None:
    production = made(HOLD, YES)
    assert days(production, "kay") == ["yes hold1", "maybe -", "no declined"]
    found = answers.standing(production, production.requests["r"], "kay", NOON)
    assert (found.answer, found.open, found.over) == ("mixed", False, False)


def test_the_later_word_of_a_date_counts_in_whichever_order_the_files_stand(made: Made) -> None:
    later = "person: kay\nat: 2025-10-15T09:00:00Z\ndates: {2025-10-27: no}"
    assert days(made(HOLD, later, YES), "kay") == ["no declined", "maybe -", "no declined"]


def test_an_answer_does_not_carry_over_to_a_new_revision_and_a_booking_stays(made: Made) -> None:
    done = "person: kay\nat: 2025-10-15T09:00:00Z\nact: confirmed\ndays: [2025-10-27]"
    production = made(HOLD + "revision: 2\n", YES, done)
    assert days(production, "kay") == ["- confirmed", "- -", "- -"]
    found = answers.standing(production, production.requests["r"], "kay", NOON)
    assert found.old is not None and found.days[0].revision == 1 and not found.told


def test_without_an_answer_time_runs_out(made: Made) -> None:
    production = made(HOLD)
    assert days(production, "kay") == ["- -"] * 3
    assert days(production, "kay", dt.datetime(2025, 10, 17, 18)) == ["- -"] * 3
    assert days(production, "kay", dt.datetime(2025, 10, 17, 18, 1)) == ["- expired"] * 3
    assert days(production, "kay", None) == ["- -"] * 3


def test_a_hold_runs_out_unless_it_was_confirmed(made: Made) -> None:
    late = dt.datetime(2025, 10, 24, 18, 1)
    assert days(made(HOLD, YES), "kay", late)[0] == "yes expired1"
    done = "person: kay\nat: 2025-10-15T09:00:00Z\nact: confirmed\ndays: [2025-10-27]"
    assert days(made(HOLD, YES, done), "kay", late)[0].startswith("yes confirmed")


def test_a_challenge_stands_until_it_is_met(made: Made) -> None:
    pressed = "person: kay\nat: 2025-10-15T09:00:00Z\nact: challenged\ndue: 2025-10-16 10:00"
    production = made(HOLD, YES, pressed)
    found = answers.standing(production, production.requests["r"], "kay", NOON)
    assert found.challenge == dt.datetime(2025, 10, 16, 10)
    done = "person: kay\nat: 2025-10-15T10:00:00Z\nact: confirmed\ndays: [2025-10-27]"
    production = made(HOLD, YES, pressed, done)
    assert answers.standing(production, production.requests["r"], "kay", NOON).challenge is None


def test_what_was_proposed_counts_for_nothing_until_it_is_settled(made: Made) -> None:
    proposed = "person: kay\nat: 2025-10-14T17:00:00Z\nproposed: true\ndates: {2025-10-27: yes}\nquote: sure thing"
    production = made(HOLD, proposed)
    found = answers.standing(production, production.requests["r"], "kay", NOON)
    assert (found.answer, [one.quote for one in found.proposed]) == ("", ["sure thing"])
    settled = "person: kay\nat: 2025-10-14T18:00:00Z\ndates: {2025-10-27: yes}\nsettles: r-0"
    production = made(HOLD, proposed, settled)
    found = answers.standing(production, production.requests["r"], "kay", NOON)
    assert (found.answer, found.proposed) == ("partly", ())


def test_the_folder_itself_tells_how_late_it_is_at_least(made: Made) -> None:
    assert answers.latest(made(HOLD)) is None
    assert answers.latest(made(HOLD, YES)) == dt.datetime(2025, 10, 14, 17)


@pytest.mark.parametrize(
    ("dates", "booked", "open_"),
    [
        ("2025-10-28..2025-10-30", "2025-10-27", True),  # booked for what is asked for no more
        ("2025-10-27..2025-10-30", "2025-10-27..2025-10-29", True),  # the 30th is new
        ("2025-10-27..2025-10-29", "2025-10-27..2025-10-29", False),
    ],
)
def test_who_was_booked_under_an_earlier_revision_is_asked_for_the_other_dates(
    made: Made, dates: str, booked: str, open_: bool
) -> None:
    request = f"kind: availability\nask: [kay]\ndates: [{dates}]\nrevision: 2\n"
    yes = "person: kay\nat: 2025-10-14T17:00:00Z\ndates: {2025-10-27: yes, 2025-10-28: yes, 2025-10-29: yes}"
    done = f"person: kay\nat: 2025-10-14T18:00:00Z\nact: confirmed\ndays: [{booked}]"
    production = made(request, yes, done)
    assert answers.standing(production, production.requests["r"], "kay", NOON).open is open_
    now = f"{done}\nrevision: 2".replace("18:00", "19:00")
    production = made(request, yes, done, now)  # and what is done under this one ends the asking
    assert not answers.standing(production, production.requests["r"], "kay", NOON).open


@pytest.mark.parametrize(
    ("deal", "counts"),
    [("320/day", True), ("320.00/day", True), ("300/day", False), ("350/day", False), ("400/day", True)],
)
def test_an_answer_does_not_carry_over_to_another_rate(
    made: Made, production: Callable[..., Folder], deal: str, counts: bool
) -> None:
    request = "kind: availability\nask: [kay]\nrate: deal\ndates: [2025-10-27]\n"
    said = "request: r\nperson: kay\nat: 2025-10-14T17:00:00Z\n"
    yes = f"{said}dates: {{2025-10-27: counter}}\nrate: 400/day\noffered: 320/day\n"  # they would come for 400
    files = {"production": "pmkit: 1\ntitle: Salt\n", "crew": CREW, "requests__r": request}
    files |= {"private__answers__r-1": yes, "private__deals": f"kay: {{rate: {deal}}}\n"}
    found = answers.standing((p := production(**files).production), p.requests["r"], "kay", NOON)
    assert (found.answer == "counter", found.open, found.old is None) == (counts, not counts, counts)
    booked = f"{said}act: confirmed\ndays: [2025-10-27]\n".replace("17:00", "18:00")
    p = production(**files, private__answers__r_2=booked).production
    assert answers.standing(p, p.requests["r"], "kay", NOON).answer == "counter"  # what was acted upon stands

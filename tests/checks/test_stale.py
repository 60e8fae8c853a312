"""Rates older than the shoot: agreements that stepped up or ended, fringes out of force."""

from __future__ import annotations

import pytest

from pmkit.checks.stale import nobody_resident, old_rates

BUDGET = "rates_of: %s\nfringes: {fica: {rate: 6.2%%, in_force: %s}}\naccounts: {1401: {lines: [{what: A, rate: 1}]}}\n"
SETTINGS = "pmkit: 1\ntitle: T\nagreements: {cast: %s}\n"
BOARD = "main:\n  %s: {strips: [1]}\n  %s: {strips: [1]}\n"
YEARS = "2020-01-01..2030-12-31"


def said(production, of: str, in_force: str, first: str, last: str, agreement: str = "sag-aftra-theatrical"):
    files = {
        "production": SETTINGS % agreement,
        "breakdown": "1: {heading: EXT. A - DAY, pages: 1}\n",
        "schedule": BOARD % (first, last),
        "private/budget": BUDGET % (of, in_force),
    }
    return [problem.message for problem in old_rates(production(**files).production)]


@pytest.mark.parametrize(
    ("of", "first", "last", "told"),
    [
        ("2025-07-01", "2025-08-04", "2025-09-05", []),
        ("2025-06-30", "2025-08-04", "2025-09-05", ["3.5 % on 2025-07-01"]),
        ("2024-06-30", "2025-08-04", "2025-09-05", ["4 % on 2024-07-01, 3.5 % on 2025-07-01"]),
        ("2025-06-30", "2025-05-05", "2025-07-01", ["3.5 % on 2025-07-01"]),  # the last day of the shoot steps up
        ("2025-05-01", "2025-05-05", "2025-06-30", []),  # it wraps before
        ("2025-07-01", "2026-06-01", "2026-06-30", []),
        ("2025-07-01", "2026-06-01", "2026-07-01", ["no terms of SAG-AFTRA TV/Theatrical are known after 2026-06-30"]),
    ],
)
def test_the_steps_of_an_agreement_between_the_rates_and_the_wrap(
    production, of: str, first: str, last: str, told: list[str]
) -> None:
    found = said(production, of, YEARS, first, last)
    assert len(found) == len(told)
    assert all(words in message for words, message in zip(told, found, strict=True))


def test_the_crew_agreement_ends_with_its_year_and_one_nobody_knows_is_not_judged(production) -> None:
    late = said(production, "2025-11-01", YEARS, "2025-12-01", "2026-01-05", "iatse-low-budget")
    assert late == [
        "no terms of IATSE Low Budget Theatrical are known after 2025-12-31, and the shoot is to 2026-01-05"
    ]
    assert said(production, "2025-11-01", YEARS, "2025-12-01", "2025-12-31", "iatse-low-budget") == []
    old = said(production, "2022-11-01", YEARS, "2023-02-01", "2023-03-01", "iatse-low-budget")
    assert old == ["rates of IATSE Low Budget Theatrical have gone up since: a new agreement on 2023-01-01"]
    assert said(production, "2030-01-01", YEARS, "2030-12-01", "2030-12-31", "our-own") == []


@pytest.mark.parametrize(
    ("in_force", "outside"),
    [("2025-08-04..2025-09-05", False), ("2025-08-05..2025-09-05", True), ("2025-08-04..2025-09-04", True)],
)
def test_a_fringe_is_in_force_on_every_day_of_the_shoot(production, in_force: str, outside: bool) -> None:
    found = said(production, "2025-07-01", in_force, "2025-08-04", "2025-09-05")
    assert found == ["fica is not in force for all of the shoot, 2025-08-04 to 2025-09-05"] * outside


def test_rates_that_no_agreement_tells_of_are_old_after_a_year(production) -> None:
    assert said(production, "2025-08-05", YEARS, "2026-08-05", "2026-09-05", "our-own") == []
    (told,) = said(production, "2025-07-31", YEARS, "2026-08-05", "2026-09-05", "our-own")
    assert "the rates are of 2025-07-31, more than a year before the shoot of 2026-08-05 to 2026-09-05" in told


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("residency: resident", ["nobody-resident"]),
        ("residency: non-resident", ["nobody-resident"]),
        ("applied: true", []),
    ],
)
@pytest.mark.parametrize("said", ["", "residents: [a]\n", "line", "account"])
def test_a_credit_for_residents_wants_somebody_who_is_one(production, more: str, found: list[str], said: str) -> None:
    text = (
        f"{said if ':' in said else ''}credits: [{{name: Rebate, rate: 25%, on: [labour], {more}}}]\naccounts:\n  3301:\n"
        f"{'    resident: false' if said == 'account' else '    name: DoP'}\n"
        f"    lines: [{{what: Shoot, rate: 4250{', resident: true' if said == 'line' else ''}}}]\n"
    )
    folder = production(**{"private/budget": text})
    assert [problem.code for problem in nobody_resident(folder.production)] == ([] if said else found)

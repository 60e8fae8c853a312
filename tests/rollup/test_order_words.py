"""What is typed at the order desk: lines in one breath, vendors, accounts and numbers as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.model.budget import Account, Budget, Category
from pmkit.model.office import Vendor
from pmkit.problems import Fault
from pmkit.rollup import order_words as words
from pmkit.rollup.coding import Codes

NAMES = {"3607": "Site rental fees", "3630": "Security", "3318": "Camera rentals", "36-10": "Permits"}
CODES = Codes(Budget(accounts={number: Account(number=number, name=name) for number, name in NAMES.items()}), None)
VENDORS = {
    key: Vendor(key=key, name=name) for key, name in (("desert-rose", "Desert Rose Motel"), ("sentry", "Sentry"))
}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Site fee, 3607, 2 week, 900", ("Site fee", "3607", "2", "week", "900", "")),
        ("Fence, painted, 3607, 1,200", ("Fence, painted", "3607", "", "", "1200", "")),
        ("Fence,3607,2weeks,$900.50", ("Fence", "3607", "2", "week", "900.50", "")),
        (
            "Watch, security, location(motel).days night, 260",
            ("Watch", "3630", "location(motel).days", "night", "260", ""),
        ),
        ("Zoom, Camera rentals, 640/week", ("Zoom", "3318", "", "week", "640", "")),
        ("Zoom, 3318, days(main) + prep_weeks, 640 CAD", ("Zoom", "3318", "days(main) + prep_weeks", "", "640", "CAD")),
        ("Bolts,3607,900,50", ("Bolts", "3607", "900", "", "50", "")),
        ("Bolts, 3607, 900, 50", ("Bolts", "3607", "900", "", "50", "")),
        ("Permit, 36-10, 3 x day, -50", ("Permit", "36-10", "3", "day", "-50", "")),
        ("100,000 bolts, 3607, 12,500.25", ("100000 bolts", "3607", "", "", "12500.25", "")),
    ],
)
def test_a_line_in_one_breath(text: str, line: tuple[str, ...]) -> None:
    assert tuple(words.line(text, CODES)) == line


def test_an_account_for_lines_that_name_none() -> None:
    assert words.line("Site fee, 2 week, 900", CODES, "3607") == ("Site fee", "3607", "2", "week", "900", "")
    assert words.line("Site fee, 900", CODES, "3607") == ("Site fee", "3607", "", "", "900", "")
    assert words.line("Watch, 3630, 900", CODES, "3607") == ("Watch", "3630", "", "", "900", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Site fee", "does not end in a rate"),
        ("Site fee, 3607, 2 week", "does not end in a rate"),
        ("Site fee, 3670, 2 week, 900", "the budget has no account 3670"),
        ("Site fee, 3607, 2 week, 900,50", "900,50 may be 900.50"),
        ("Site fee, 3607, 900,5 EUR/week", "900,5 may be 900.5"),
        ("Site fee, 3607, 2 week, 1.000,50", "1.000,50 may be"),
        ("3607, 900", "has nothing to order"),
        (", 3607, 900", "does not say what"),
        ("", "does not end in a rate"),
    ],
)
def test_a_line_that_is_not_understood_says_why(text: str, message: str) -> None:
    found = words.line(text, CODES)
    assert isinstance(found, Fault)
    assert message in found.message


def test_accounts_and_vendors_by_name_and_by_mistake() -> None:
    assert words.find_account("camera", CODES) == "3318"
    found = words.find_account("36071", CODES)
    assert isinstance(found, Fault)
    assert found.hint == "did you mean 3607 Site rental fees?"
    assert words.find_account("s", CODES) != "3607"
    assert words.find_account("anything", Codes(None, None)) == "anything"
    assert [words.find_vendor(w, VENDORS) for w in ("DESERT-ROSE", "Rose", "sentry", "motel")] == [
        "desert-rose", "desert-rose", "sentry", "desert-rose",
    ]  # fmt: skip
    near, both, none = (words.find_vendor(w, VENDORS) for w in ("sentri", "se", "zzz"))
    assert isinstance(near, Fault) and near.hint == "did you mean sentry?"
    assert isinstance(both, Fault) and "may be" in both.message
    assert isinstance(none, Fault) and "vendors.yaml: zzz:" in none.hint


@pytest.mark.parametrize(
    ("typed", "desk", "number"),
    [
        ("LOC-014", "", "LOC-014"),
        ("loc14", "", "LOC-014"),
        ("14", "LOC", "LOC-014"),
        ("014", "CAM", "LOC-014"),
        ("2", "CAM", "CAM-002"),
        ("cam-2", "LOC", "CAM-002"),
    ],
)
def test_numbers_as_people_say_them(typed: str, desk: str, number: str) -> None:
    assert words.find_order(typed, ["LOC-002", "LOC-014", "CAM-002"], desk) == number


def test_a_number_that_may_be_two_or_none() -> None:
    two, none = (words.find_order(w, ["LOC-002", "CAM-002"]) for w in ("2", "LOC-7"))
    assert isinstance(two, Fault) and two.message == "2 may be CAM-002, LOC-002"
    assert isinstance(none, Fault)


@given(st.lists(st.integers(1, 2000)), st.sampled_from(["LOC", "CAM", "ART-2ND"]))
def test_the_next_number_is_above_all_of_its_desk(serials: list[int], desk: str) -> None:
    taken = [f"{desk}-{n:03d}" for n in serials]
    found = words.next_number([*taken, "OTHER-9999"], desk)
    assert found not in taken
    assert found == f"{desk}-{max(serials, default=0) + 1:03d}"


def test_letters_that_look_like_figures_are_meant_as_figures() -> None:
    found = words.find_account("36O7", CODES)
    assert isinstance(found, Fault) and found.hint == "did you mean 3607 Site rental fees?"


def test_a_category_is_told_from_an_account() -> None:
    chart = Codes(
        Budget(
            categories={"3600": Category(number="3600", name="Locations")},
            accounts={number: Account(number=number, name=name, category="3600") for number, name in NAMES.items()},
        ),
        None,
    )
    found = words.find_account("3600", chart)
    assert isinstance(found, Fault) and found.message == "3600 is a category" and "3607" in found.hint

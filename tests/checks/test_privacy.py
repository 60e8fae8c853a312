from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit.checks import privacy
from pmkit.files.folder import Folder

Make = Callable[..., Folder]

SHOOT = {
    "breakdown": "1: {heading: EXT. MOTEL - DAY, pages: 1}\n2: {heading: EXT. MOTEL - DAY, pages: 1}\n",
    "schedule": "main:\n  2025-10-13: {call: 6:30, strips: [1]}\n  2025-11-14: {call: 6:30, strips: [2]}\n",
}


def minors(make: Make, band: str, born: str) -> list[tuple[str, str, str]]:
    member = "{character: MILO, id: sam-o" + (f", minor: {band}, guardian: {{name: P. O.}}" if band else "") + "}"
    folder = make(cast=f"7: {member}\n", **SHOOT, **({"private/cast": f"7: {{birth_date: {born}}}\n"} if born else {}))
    assert folder.errors == []
    return [(p.code, str(p.place), p.hint) for p in privacy.minor_band(folder.production)]


@pytest.mark.parametrize(
    ("band", "born"),
    [
        ("9-16", "2013-06-08"),
        ("9-16", "2016-10-13"),  # nine on the first day
        ("9-16", "2009-11-15"),  # sixteen the day after the last
        ("16-18", "2009-10-13"),
        ("", "2007-10-13"),  # of age on the first day
        ("9-16", ""),
    ],
)
def test_a_band_that_holds_for_the_whole_shoot(production: Make, band: str, born: str) -> None:
    assert minors(production, band, born) == []


@pytest.mark.parametrize(
    ("band", "born", "right"),
    [
        ("6-9", "2013-06-08", "9-16"),
        ("9-16", "2016-10-14", "6-9"),  # nine a day too late
        ("9-16", "1990-01-01", "none: of age"),
    ],
)
def test_a_band_that_does_not_fit_the_birth_date(production: Make, band: str, born: str, right: str) -> None:
    assert minors(production, band, born) == [("minor-band", "cast.yaml:1:40", f"the age band is {right}")]


def test_a_birthday_that_ends_the_band_within_the_shoot(production: Make) -> None:
    (found,) = minors(production, "9-16", "2009-11-14")  # sixteen on the last day
    assert found[:2] == ("minor-band", "cast.yaml:1:40")
    assert found[2].startswith("by then it is 16-18: ")


def test_a_minor_who_is_not_marked_as_one(production: Make) -> None:
    assert minors(production, "", "2013-06-08") == [
        ("minor-unmarked", "cast.yaml:1:4", "say so in cast.yaml: minor: 9-16")
    ]


def test_the_birth_date_itself_is_told_nobody(production: Make) -> None:
    folder = production(
        cast="7: {character: MILO, minor: 6-9}\n", **SHOOT, **{"private/cast": "7: {birth_date: 2013-06-08}\n"}
    )
    told = [p.message + p.hint for check in privacy.CHECKS for p in check(folder.production)]
    assert told
    assert not any("2013" in text for text in told)


def test_a_minor_needs_a_guardian(production: Make) -> None:
    folder = production(
        cast="7: {character: MILO, minor: 9-16}\n8: {character: TOM, minor: 9-16, guardian: {name: A. B.}}\n"
    )
    assert [(p.code, str(p.place), p.severity) for p in privacy.minor_without_guardian(folder.production)] == [
        ("no-guardian", "cast.yaml:1:29", "warning")
    ]


@pytest.mark.parametrize(
    ("file", "text", "at"),
    [
        ("crew", "camera: {people: [{id: jun-ito, bank: 12345678}]}\n", "crew.yaml:1:33"),
        ("crew", "camera: {people: [{id: jun-ito, diet: vegan}]}\n", "crew.yaml:1:33"),
        ("cast", "1: {character: LENA, passport: X123}\n", "cast.yaml:1:22"),
        ("vendors", "rose: {name: Desert Rose, tax_id: 12-345}\n", "vendors.yaml:1:27"),
        ("equipment", "dolly: {what: Dolly, rate: 90/day}\n", "equipment.yaml:1:22"),
        ("requests/a", "kind: hold\nask: [x]\nrate: 450/day\n", "requests/a.yaml:3:1"),
        ("budget", "globals: {weeks: 5}\n", "budget.yaml"),
        ("periods", "1: {from: 2025-09-08, to: 2025-09-14}\n", "periods.yaml"),
        (
            "po/LOC-014",
            "vendor: x\ndate: 2025-10-08\nlines: [{what: fee, account: 3607, rate: 900}]\n",
            "po/LOC-014.yaml",
        ),
        ("costs/01.csv", "posted,account,amount,kind\n2025-10-16,3607,900,actual\n", "costs/01.csv"),
    ],
)
def test_money_and_identity_outside_private_is_a_warning(production: Make, file: str, text: str, at: str) -> None:
    outside = [p for p in production(**{file: text}).problems if p.code == "private-outside"]
    assert [(str(p.place), p.severity) for p in outside] == [(at, "warning")]
    assert f"private/{file}" in outside[0].hint
    inside = production(
        **{file: "" if file != "costs/01.csv" else "posted,account,amount,kind\n", f"private/{file}": text}
    )
    assert [p for p in inside.problems if p.code == "private-outside" and p.place.file.startswith("private/")] == []


def test_the_word_deal_is_no_money(production: Make) -> None:
    folder = production(**{"requests/a": "kind: hold\nask: [x]\nrate: deal\n"})
    assert folder.problems == []

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit import checks
from pmkit.files.folder import Folder

Make = Callable[..., Folder]

SETTINGS = "pmkit: 1\ntitle: Test\nunits: {main: Main Unit, second: 2nd Unit}\n"
CREW = """camera:
  people:
    - {id: jun-ito, name: Jun Ito}
grip:
  people:
    - {id: k-moss, name: Kit Moss}
"""
CAST = "1: {character: LENA, id: ana-ruiz}\n2: {character: JUNE, id: bo-lind}\n"
LOCATIONS = "motel: {name: Desert Rose Motel}\nsets: {MOTEL: motel}\n"
SCENES = "1: {heading: EXT. MOTEL - DAY, pages: 1}\n"
BOARD = "main:\n  2025-10-13: {call: 6:30, strips: [1]}\n"
WHOLE = {
    "production": SETTINGS,
    "crew": CREW,
    "cast": CAST,
    "locations": LOCATIONS,
    "breakdown": SCENES,
    "schedule": BOARD,
    "vendors": "rose: {name: Desert Rose Motel, tax_form: W-9, insurance: n/a}\n",
    "lists": "producers: {who: [jun-ito, grip, all, 'works:tomorrow']}\n",
}
BUDGET = "chart: us-studio\naccounts:\n  3607:\n    lines:\n      - {what: Site fee, rate: 900, %s}\n"
ORDER = "vendor: rose\ndate: 2025-10-08\n%slines:\n  - {what: Site fee, account: 3607, rate: 900%s}\n"
LEDGER = "posted,account,amount,kind,%s\n2025-10-16,3607,900.00,actual,%s\n"


def found(folder: Folder) -> list[tuple[str, str, str]]:
    """Code, place and hint of everything that is wrong."""
    problems = [*folder.problems, *checks.run(folder.production)]
    return [(p.code, str(p.place), p.hint) for p in problems]


def test_a_whole_small_production_names_nobody_unknown(production: Make) -> None:
    assert found(production(**WHOLE)) == []


# The file, its text, the code, the word that names nobody, and what was probably meant.
MISSED: list[tuple[str, str, str, str, str]] = [
    ("production", SETTINGS + "people: {upm: kmoss}\n", "unknown-person", "kmoss", "k-moss"),
    ("production", SETTINGS + "people: {upm: [k-moss, junito]}\n", "unknown-person", "junito", "jun-ito"),
    ("production", SETTINGS + "approvals: {by: kmoss}\n", "unknown-person", "kmoss", "k-moss"),
    ("production", SETTINGS + "daily_report: {to: producer}\n", "unknown-list", "producer", "producers"),
    ("crew", CREW + "    - {id: x, person: kmoss}\n", "unknown-person", "kmoss", "k-moss"),
    ("crew", CREW + "    - {id: x, unit: [main, secnd]}\n", "unknown-unit", "secnd", "second"),
    ("locations", LOCATIONS.replace("MOTEL: motel", "MOTEL: motle"), "unknown-location", "motle", "motel"),
    ("breakdown", SCENES.replace("}", ", cast: [1, 21]}"), "unknown-cast", "21", "2 (JUNE, cast.yaml:2)"),
    ("breakdown", SCENES.replace("}", ", location: motle}"), "unknown-location", "motle", "motel"),
    ("breakdown", SCENES.replace("}", ", unit: secnd}"), "unknown-unit", "secnd", "second"),
    ("breakdown", SCENES.replace("MOTEL", "MOTLE"), "unknown-set", "EXT. MOTLE - DAY", "MOTEL"),
    ("schedule", BOARD.replace("[1]", "[1, 11]"), "unknown-scene", "11", "1"),
    ("schedule", BOARD.replace("[1]", "[1, {text: x, location: motle}]"), "unknown-location", "motle", "motel"),
    ("schedule", BOARD.replace("call", "location: motle, call"), "unknown-location", "motle", "motel"),
    ("schedule", BOARD + "secnd:\n  2025-10-14: {call: 6:30, strips: [lunch]}\n", "unknown-unit", "secnd", "second"),
    ("boards/other", BOARD.replace("[1]", "[1, 11]"), "unknown-scene", "11", "1"),
    ("calendar", "2025-10-02: {what: scout, who: [camera, grips]}\n", "unknown-person", "grips", "grip"),
    ("calendar", "2025-10-02: {what: scout, who: [1, 21]}\n", "unknown-cast", "21", "2 (JUNE, cast.yaml:2)"),
    ("calendar", "2025-10-02: {what: scout, location: motle}\n", "unknown-location", "motle", "motel"),
    ("calendar", "2025-10-02: {what: scout, unit: secnd}\n", "unknown-unit", "secnd", "second"),
    ("calls/2025-10-13-main", "calls: {grips: -0:30}\n", "unknown-person", "grips", "grip"),
    ("calls/2025-10-13-main", "cast: {21: {pickup: 5:50}}\n", "unknown-cast", "21", "2 (JUNE, cast.yaml:2)"),
    ("calls/2025-10-13-main", "location: motle\n", "unknown-location", "motle", "motel"),
    ("calls/2025-10-13-main", "transport: [{vehicle: Van, driver: kmoss}]\n", "unknown-person", "kmoss", "k-moss"),
    ("calls/2025-10-13-main", "transport: [{vehicle: Van, who: [1, 21]}]\n", "unknown-cast", "21", "2 (JUNE,"),
    ("calls/2025-10-13-main", "transport: [{vehicle: Van, who: [junito]}]\n", "unknown-person", "junito", "jun-ito"),
    ("daily/2025-10-13-main", "hours: {grips: {out: 20:10}}\n", "unknown-person", "grips", "grip"),
    ("daily/2025-10-13-main", "cast: {21: {wrap: 19:00}}\n", "unknown-cast", "21", "2 (JUNE, cast.yaml:2)"),
    ("daily/2025-10-13-main", "scenes: {11: shot}\n", "unknown-scene", "11", "1"),
    ("requests/a", "kind: hold\nask: [kmoss]\n", "unknown-person", "kmoss", "k-moss"),
    ("requests/a", "kind: hold\nask: {role: x, candidates: [kmoss]}\n", "unknown-person", "kmoss", "k-moss"),
    ("requests/a", "kind: hold\nask: {department: [camera, grips]}\n", "unknown-department", "grips", "grip"),
    ("requests/a", "kind: hold\nask: [k-moss]\nlocation: motle\n", "unknown-location", "motle", "motel"),
    ("requests/a", "kind: hold\nask: [k-moss]\nunit: secnd\n", "unknown-unit", "secnd", "second"),
    ("paperwork", "a: {what: Permit, person: kmoss}\n", "unknown-person", "kmoss", "k-moss"),
    ("paperwork", "a: {what: Permit, location: motle}\n", "unknown-location", "motle", "motel"),
    ("paperwork", "a: {what: Permit, vendor: rosa}\n", "unknown-vendor", "rosa", "rose"),
    ("equipment", "a: {what: Dolly, vendor: rosa}\n", "unknown-vendor", "rosa", "rose"),
    ("equipment", "a: {what: Dolly, department: grips}\n", "unknown-department", "grips", "grip"),
    ("transport", "a: {what: Van, driver: kmoss}\n", "unknown-person", "kmoss", "k-moss"),
    ("transport", "a: {what: Van, department: grips}\n", "unknown-department", "grips", "grip"),
    ("travel", "a: {who: [kmoss], date: 2025-10-12}\n", "unknown-person", "kmoss", "k-moss"),
    ("travel", "a: {who: [21], date: 2025-10-12}\n", "unknown-cast", "21", "2 (JUNE, cast.yaml:2)"),
    ("lists", "producers: {who: [grips]}\n", "unknown-person", "grips", "grip"),
    ("private/deals", "kmoss: {rate: 500/day}\n", "unknown-person", "kmoss", "k-moss"),
    ("private/budget", BUDGET % "person: kmoss", "unknown-person", "kmoss", "k-moss"),
    ("private/budget", BUDGET % "location: motle", "unknown-location", "motle", "motel"),
    ("private/budget", BUDGET % "set: MOTLE", "unknown-set", "MOTLE", "MOTEL"),
    ("private/po/LOC-014", ORDER.replace("rose", "rosa") % ("", ""), "unknown-vendor", "rosa", "rose"),
    ("private/po/LOC-014", ORDER % ("unit: secnd\n", ""), "unknown-unit", "secnd", "second"),
    ("private/po/LOC-014", ORDER % ("approved_by: kmoss\n", ""), "unknown-person", "kmoss", "k-moss"),
    ("private/po/LOC-014", ORDER % ("", ", location: motle"), "unknown-location", "motle", "motel"),
    ("private/po/LOC-014", ORDER % ("", ", set: MOTLE"), "unknown-set", "MOTLE", "MOTEL"),
    ("private/costs/01.csv", LEDGER % ("vendor", "rosa"), "unknown-vendor", "rosa", "rose"),
    ("private/costs/01.csv", LEDGER % ("location", "motle"), "unknown-location", "motle", "motel"),
    ("private/costs/01.csv", LEDGER % ("set", "MOTLE"), "unknown-set", "MOTLE", "MOTEL"),
    ("private/costs/01.csv", LEDGER % ("unit", "secnd"), "unknown-unit", "secnd", "second"),
]


@pytest.mark.parametrize(("name", "text", "code", "word", "meant"), MISSED)
def test_what_is_named_and_is_nobody_is_said_at_its_place(
    production: Make, name: str, text: str, code: str, word: str, meant: str
) -> None:
    line = text.count("\n", 0, text.rindex(word)) + 1
    column = text.rindex(word) - text.rfind("\n", 0, text.rindex(word))
    at = f"{name if name.endswith('.csv') else name + '.yaml'}:{line}:{column}"
    problems = found(production(**{**WHOLE, name: text}))
    assert [(c, where) for c, where, _ in problems] == [(code, at)]
    assert f"did you mean {meant}" in problems[0][2]


@pytest.mark.parametrize("name", ["calls/2025-10-13-mian", "daily/2025-10-13-mian"])
def test_a_unit_in_a_files_name_is_said_of_the_file(production: Make, name: str) -> None:
    folder = production(**{**WHOLE, name: "notes: [x]\n"})
    assert found(folder) == [("unknown-unit", f"{name}.yaml", "did you mean main?")]


def test_an_episode_must_be_one_of_the_series(production: Make) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\nkind: series\nepisodes: {101: Pilot, 102: Lake}\nblocks: {1: [101, 103]}\n",
        breakdown="101:\n  1: {heading: INT. BAR - DAY, pages: 1}\n",
        schedule="main:\n  2025-10-13: {call: 6:30, strips: [101-1, {text: x, episode: 111}]}\nboneyard: []\n",
        crew=CREW,
        **{
            "private/deals": "k-moss: {rate: 500/episode, episodes: [101, 104]}\n",
            "private/budget": BUDGET % "episode: 105",
            "private/po/LOC-014": ORDER % ("episode: 106\n", ", episode: 107"),
            "private/costs/01.csv": LEDGER % ("episode", "108"),
            "vendors": WHOLE["vendors"],
        },
    )
    problems = [p for p in checks.run(folder.production) if p.code == "unknown-episode"]
    assert sorted((p.message.split()[-1], p.place.file) for p in problems) == [
        ("103", "production.yaml"),
        ("104", "private/deals.yaml"),
        ("105", "private/budget.yaml"),
        ("106", "private/po/LOC-014.yaml"),
        ("107", "private/po/LOC-014.yaml"),
        ("108", "private/costs/01.csv"),
        ("111", "schedule.yaml"),
    ]


def test_the_scenes_of_a_series_are_found_by_episode(production: Make) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\nkind: series\n",
        breakdown="101:\n  1: {heading: INT. BAR - DAY, pages: 1}\n",
        schedule="main:\n  2025-10-13: {call: 6:30, strips: [101-1, 102-1]}\n",
    )
    assert [(code, where) for code, where, _ in found(folder)] == [("unknown-scene", "schedule.yaml:2:44")]


@pytest.mark.parametrize(
    ("emptied", "code", "count"),
    [("cast", "unknown-cast", 1), ("crew", "unknown-person", 1), ("breakdown", "unknown-scene", 1)],
)
def test_an_emptied_file_is_one_problem_not_one_for_each_who_is_missed(
    production: Make, emptied: str, code: str, count: int
) -> None:
    files = {
        **WHOLE,
        "calls/2025-10-13-main": "cast: {1: {set: 8:00}, 2: {status: R, set: 8:00}}\ncalls: {jun-ito: 5:00, k-moss: 5:00}\n",
        "daily/2025-10-13-main": "scenes: {1: shot}\n",
        "lists": "producers: {who: [jun-ito, k-moss]}\n",
        emptied: "",
    }
    assert [c for c, _, _ in found(production(**files)) if c == code] == [code] * count


def test_two_with_one_id_are_said_where_the_second_stands(production: Make) -> None:
    folder = production(**{**WHOLE, "crew": CREW.replace("k-moss", "jun-ito"), "private/deals": "k-moss: {}\n"})
    assert found(folder) == [
        ("duplicate-id", "crew.yaml:6:12", "another id; a second job of the same person also says person: jun-ito")
    ]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("crew", CREW.replace("k-moss", "K Moss")),
        ("crew", CREW.replace("people", "poeple", 1)),
        ("cast", CAST.replace("character: JUNE, ", "")),
        ("cast", CAST.replace("2:", "1:")),
        ("cast", CAST + "3: {character: [\n"),
        ("breakdown", SCENES.replace("1:", "1 B:")),
        ("schedule", BOARD.replace("strips", "strip")),
        ("schedule", BOARD.replace("main:", "Main:")),
        ("schedule", BOARD.replace("2025-10-13", "2025-13-10")),
        ("production", SETTINGS.replace("title: Test\n", "")),
        ("production", SETTINGS.replace("{main: Main Unit, second: 2nd Unit}", "[main, second]")),
        ("production", SETTINGS + "kind: serie\n"),
        ("production", ""),
        ("production", "pmkit: 1\ntitle: Test: two\n"),
        ("locations", LOCATIONS.replace("{name: Desert Rose Motel}", "Desert Rose")),
        ("locations", LOCATIONS.replace("MOTEL: motel", "MOTEL: Motel!")),
    ],
)
def test_what_is_broken_is_said_once_and_nothing_of_what_depends_on_it(
    production: Make, name: str, broken: str
) -> None:
    files = {
        **WHOLE,
        "schedule": BOARD + "second:\n  2025-10-14: {call: 7:00, strips: [{text: plates, location: motel}]}\n",
        "calls/2025-10-13-main": "cast: {2: {status: R, set: 8:00}}\ncalls: {k-moss: 5:00}\n",
        "calls/2025-10-14-second": "location: motel\n",
        "daily/2025-10-13-main": "day: 1\nscenes: {1: shot}\n",
        "private/cast": "2: {allergies: nuts}\n",
        name: broken,
    }
    problems = found(production(**files))
    assert [(where.partition(":")[0]) for _, where, _ in problems] == [f"{name}.yaml"]

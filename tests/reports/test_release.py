"""What a release ends: what holds these people on these dates, and nothing that is for another role, unit or agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pmkit.files.folder import Folder
from pmkit.model.production import Production
from pmkit.reports import release

TODAY = dt.date(2025, 10, 15)
PEOPLE = {
    "production": "pmkit: 1\ntitle: The Salt Road\ncode: SALT\nunits: {main: Main Unit, second: 2nd Unit}\n",
    "crew": "grip:\n  people:\n    - {id: kay, name: Kay Moss, position: Grip, email: kay@example.com}\n",
}
YES = (
    "request: {0}\nperson: kay\nat: 2025-10-14T10:00:00Z\ndates: {{2025-10-27: yes, 2025-10-28: no, 2025-10-29: yes}}\n"
)
ACT = "request: {0}\nperson: kay\nat: 2025-10-14T1{1}:00:00Z\nact: {2}\ndays: [{3}]\n{4}"
HOLD = "kind: hold\nask: [kay]\ndates: [2025-10-27..2025-10-29]\n"
OFF = "kind: release\nask: [kay]\ndates: [2025-10-27..2025-10-28]\n"
Made = Callable[..., Folder]


def ends(production: Production, *reached: str, person: str = "kay", today: dt.date = TODAY) -> dict[str, str]:
    """The dates that end, by request."""
    off = production.requests["off"]
    found = release.endings(production, off, person, release.may_end(production, off, person), reached, today)
    return {one.request.name: " ".join(f"{day:%m%d}" for day in one.days) for one in found}


def test_what_was_said_yes_to_or_booked_ends_and_what_was_declined_is_no_hold(production: Made) -> None:
    files = {**PEOPLE, "requests__off": OFF, "requests__a": HOLD, "requests__b": HOLD.replace("hold", "availability")}
    assert ends(production(**files).production) == {}  # never sent, and nobody answered
    said = {"private__answers__a1": YES.format("a"), "private__answers__b1": YES.format("b")}
    assert ends(production(**files, **said).production) == {"a": "1027", "b": "1027"}
    booked = {"private__answers__b2": ACT.format("b", 1, "confirmed", "2025-10-28", "")}
    assert ends(production(**files, **said, **booked).production) == {"a": "1027", "b": "1027 1028"}
    gone = {**said, **booked, "private__answers__b3": ACT.format("b", 2, "released", "2025-10-28", "")}
    assert ends(production(**files, **gone).production) == {"a": "1027", "b": "1027"}


def test_an_unanswered_hold_ends_where_its_mail_reached_them(production: Made) -> None:
    files = {**PEOPLE, "requests__off": OFF, "requests__a": HOLD, "requests__b": HOLD.replace("hold", "availability")}
    assert ends(production(**files).production, "a", "b") == {"a": "1027 1028"}  # a question stands in no calendar
    files["requests__off"] = OFF.replace("dates: [2025-10-27..2025-10-28]\n", "")
    assert ends(production(**files).production, "a", today=dt.date(2025, 10, 28)) == {"a": "1028 1029"}


def test_another_role_or_unit_is_left(production: Made) -> None:
    files = {
        **PEOPLE,
        "requests__a": HOLD + "role: Key Grip\nunit: main\n",
        "requests__b": HOLD + "role: driver\nunit: second\n",
        "requests__c": HOLD,
    }
    for extra, left in (("role: Driver\n", ["b", "c"]), ("unit: main\n", ["a", "c"]), ("", ["a", "b", "c"])):
        found = ends(production(**files, requests__off=OFF + extra).production, "a", "b", "c")
        assert list(found) == left


def test_an_agency_that_is_written_out_is_known_by_its_address(production: Made) -> None:
    ask = "ask: {agency: {name: Extras, email: NAME@example.com}, heads: 12}\n"
    files = {
        **PEOPLE,
        "requests__a": HOLD.replace("ask: [kay]\n", ask.replace("NAME", "one")),
        "requests__b": HOLD.replace("ask: [kay]\n", ask.replace("NAME", "two")),
        "requests__off": OFF.replace("ask: [kay]\n", ask.replace("NAME", "Two")),
    }
    assert ends(production(**files).production, "a", "b", person="agency") == {"b": "1027 1028"}


def test_what_became_a_release_ends_itself_and_leaves_the_rest(production: Made) -> None:
    made = production(**PEOPLE, requests__off=OFF + "revision: 2\n", requests__a=HOLD).production
    own = made.requests["off"]
    earlier = own.but(kind="hold", revision=1)
    (one,) = release.endings(made, own, "kay", [earlier], {"off", "a"}, TODAY)
    assert (one.request.name, one.request.revision, one.days) == ("off", 1, own.days())


def test_what_an_earlier_mail_told_is_not_told_again(production: Made) -> None:
    acts = {
        "private__answers__a1": ACT.format("a", 1, "released", "2025-10-27", "ended_by: off/1\n"),
        "private__answers__b1": ACT.format("b", 2, "released", "2025-10-27", "ended_by: off/2\n"),
        "private__answers__c1": ACT.format("c", 2, "released", "2025-10-27", ""),
    }
    holds = {f"requests__{name}": HOLD for name in "abc"}
    made = production(**PEOPLE, requests__off=OFF + "revision: 2\n", **holds, **acts).production

    def told(*reached: str) -> list[tuple[str, int]]:
        return list(release.told(made, made.requests["off"], "kay", reached))

    assert told() == [("a", 1), ("b", 1)] and told("off/1") == [("b", 1)] and told("off/2") == [("a", 1), ("b", 1)]


def test_the_letter_is_about_what_was_held(production: Made) -> None:
    crew = PEOPLE["crew"] + "    - {id: kay-2, person: kay, position: 2nd Unit Grip, unit: [second]}\n"
    acts = {"private__answers__a1": ACT.format("a", 1, "released", "2025-10-27..2025-10-28", "ended_by: off/1\n")}
    files = {**PEOPLE, "crew": crew, "requests__a": HOLD + "unit: second\n", **acts}
    made = production(**files, requests__off=OFF.replace("dates: [2025-10-27..2025-10-28]\n", "")).production
    from pmkit.reports.request import letters

    ((letter,), _) = letters(made, "off", TODAY)
    assert (letter.role, letter.when) == ("2nd Unit Grip", "27–28 October")

"""Who is written to, what the letter says, and what keeps it from being written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html as escapes
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pmkit.files.folder import Folder
from pmkit.render import html, text
from pmkit.render.filters import Formats
from pmkit.reports.request import Letter, in_words, letters

TODAY = dt.date(2025, 10, 6)
GOLDEN = Path(__file__).parents[1] / "golden" / "request"

CREW = """\
production:
  people:
    - {id: mara, name: Mara Voss, position: UPM, email: mara@example.com}
grip:
  people:
    - {id: orla, name: Orla Finch, position: Key Grip, email: orla@example.com}
    - {id: kay, name: Kay Moss, position: Driver, email: kay@example.com}
    - {id: kay-2, person: kay, position: 2nd Unit Grip, unit: second}
    - {id: lee, name: Lee, position: Grip, hired: false, agent: {name: Agency, email: desk@example.com}}
    - {id: mute, name: Mute, position: Grip}
"""
CAST = """\
1: {character: LENA, id: ana, performer: Ana Ruiz, agent: {name: Dana Wells, email: dana@example.com}}
7:
  {character: MILO, id: sam, performer: Sam O., minor: 9-16, email: sam@example.com,
   guardian: {name: P. O., email: po@example.com}}
8: {character: TIM, id: tim, performer: Tim, minor: 9-16, email: tim@example.com}
"""
SCHEDULE = """\
main:
  2025-10-13: {call: 6:30, strips: [1]}
second:
  2025-10-13: {call: 7:00, strips: [2]}
  2025-10-14: {call: 7:00, strips: [2]}
"""
BREAKDOWN = """\
1: {heading: INT. MOTEL - DAY, pages: 1, cast: [1]}
2: {heading: EXT. ROAD - DAY, pages: 1, cast: [7]}
"""
LOCATIONS = "motel: {name: Desert Rose Motel}\nroad: {name: Old Road}\nsets: {MOTEL: motel, ROAD: road}\n"
PRODUCTION = """\
pmkit: 1
title: The Salt Road
code: SALT
company: Halcyon Flats LLC
timezone: America/Los_Angeles
units: {main: Main Unit, second: 2nd Unit}
people: {upm: mara}
holidays: [2025-10-15]
"""


@pytest.fixture
def made(production: Callable[..., Folder]) -> Callable[..., tuple[dict[str, Letter], list[str]]]:
    def make(request: str, **files: str) -> tuple[dict[str, Letter], list[str]]:
        everything = {
            "production": PRODUCTION,
            "crew": CREW,
            "cast": CAST,
            "schedule": SCHEDULE,
            "breakdown": BREAKDOWN,
            "locations": LOCATIONS,
            "requests__r": request,
            **files,
        }
        folder = production(**everything)
        assert [p for p in folder.problems if p.severity == "error"] == []
        found, problems = letters(folder.production, "r", TODAY)
        return {letter.person: letter for letter in found}, [problem.code for problem in problems]

    return make


Made = Callable[..., tuple[dict[str, Letter], list[str]]]
DATES = "dates: [2025-10-13]\n"


def test_the_agent_is_written_to_and_for_a_child_the_guardian_never_the_child(made: Made) -> None:
    found, codes = made(f"kind: availability\nask: [ana, sam, tim, lee]\n{DATES}")
    assert {person: (one.to, one.email, one.asked) for person, one in found.items()} == {
        "ana": ("Dana Wells", "dana@example.com", "Ana Ruiz"),
        "sam": ("P. O.", "po@example.com", "Sam O."),
        "lee": ("Agency", "desk@example.com", "Lee"),
    }
    assert codes == ["no-address"]
    assert found["ana"].subject == "SALT: is Ana Ruiz free 13 October?"
    assert found["ana"].role == "LENA"


def test_the_position_meant_is_the_role_asked_or_the_units(made: Made) -> None:
    deals = "kay: {rate: 200/day}\nkay-2: {rate: 230/day}\n"
    found, _ = made(f"kind: availability\nask: [kay]\nrate: deal\nunit: second\n{DATES}", private__deals=deals)
    assert (found["kay"].role, str(found["kay"].rate)) == ("2nd Unit Grip", "230/day")
    found, _ = made(f"kind: availability\nask: [kay]\nrate: deal\n{DATES}", private__deals=deals)
    assert (found["kay"].role, str(found["kay"].rate)) == ("Driver", "200/day")
    found, _ = made(f"kind: availability\nask: [kay]\nrole: 2nd unit grip\nrate: deal\n{DATES}", private__deals=deals)
    assert (found["kay"].role, str(found["kay"].rate)) == ("2nd unit grip", "230/day")


def test_a_department_is_asked_once_a_person_also_who_is_not_hired(made: Made) -> None:
    found, codes = made(f"kind: availability\nask: {{department: grip}}\n{DATES}")
    assert list(found) == ["orla", "kay", "lee"]
    assert codes == ["no-address"]


def test_who_works_on_a_day(made: Made) -> None:
    found, codes = made(f"kind: custom\nask: {{works: 2025-10-14}}\ntext: Hello.\n{DATES}")
    assert list(found) == ["sam", "mara", "orla", "kay"]
    assert codes == ["no-address"]


def test_of_ranked_candidates_the_first_is_asked_when_the_next_waits(made: Made) -> None:
    ask = f"kind: hold\nrank: 2\nask: {{role: Best Boy, candidates: [kay, orla]}}\n{DATES}"
    found, _ = made(f"{ask}then: next\n")
    assert list(found) == ["kay"]
    assert (found["kay"].role, found["kay"].rank) == ("Best Boy", "second")
    assert found["kay"].subject == "SALT: second hold, 13 October"
    found, _ = made(ask)
    assert list(found) == ["kay", "orla"]


def test_dates_know_their_number_and_place(made: Made) -> None:
    found, codes = made("kind: availability\nask: [orla]\nunit: second\ndates: [2025-10-13..2025-10-15]\n")
    assert [(line.day, line.place, line.note) for line in found["orla"].lines] == [
        ("2nd Unit day 1", "Old Road", ""),
        ("2nd Unit day 2", "Old Road", ""),
        ("", "", "holiday"),
    ]
    assert codes == ["asks-for-holiday"]


def test_without_private_the_rate_is_left_out_and_said_once(made: Made) -> None:
    found, codes = made(f"kind: offer\nask: [orla, kay]\nrate: deal\n{DATES}")
    assert codes == ["no-rate"]
    assert found["orla"].rate is None
    assert "Rate" not in text.page("request.txt.j2", found["orla"], Formats())


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("kind: hold\nask: [orla]\n", "no-dates"),
        (f"kind: hold\nask: [nobody]\n{DATES}", "unknown-person"),
        (f"kind: hold\nask: {{department: grips}}\n{DATES}", "unknown-department"),
        ("kind: document\nask: [orla]\n", "no-document"),
        ("kind: custom\nask: [orla]\n", "no-text"),
        (f"kind: hold\nask: [orla]\nrespond_by: 2025-10-05\n{DATES}", "past-due"),
        ("kind: hold\nask: [orla]\ndates: [2025-10-01]\n", "past-due"),
        (f"kind: hold\nask: [orla]\nremind: [1 day before]\n{DATES}", "idle-reminder"),
        ("kind: hold\nask: [orla]\ndates: [2025-10-16..2035-10-16]\n", "too-many-dates"),
        (f"kind: hold\nask: [orla]\nthen: next\n{DATES}", "no-candidates"),
        (f"kind: hold\nask: [orla]\nrespond_by: 2025-10-14 09:00\n{DATES}", "late-answer"),
    ],
)
def test_what_is_wrong_with_a_request(made: Made, request_: str, code: str) -> None:
    assert made(request_)[1] == [code]


def test_an_unknown_request_names_the_nearest(production: Callable[..., Folder]) -> None:
    folder = production(requests__grips="kind: custom\nask: [a]\ntext: x\n")
    found, problems = letters(folder.production, "grps", TODAY)
    assert found == ()
    assert problems[0].hint == "did you mean grips?"
    assert letters(folder.production, "../../x", TODAY)[1][0].place.file == "requests"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["2025-11-10"], "10 November"),
        (["2025-11-10", "2025-11-12", "2025-11-13", "2025-11-14"], "10, 12–14 November"),
        (["2025-10-31", "2025-11-01"], "31 October – 1 November"),
        (["2025-10-29", "2025-10-31", "2025-11-01"], "29 October, 31 October – 1 November"),
        (["2025-12-31", "2026-01-01"], "31 December 2025 – 1 January 2026"),
        (["2025-12-30", "2026-01-02"], "30 December 2025, 2 January 2026"),
        ([], ""),
    ],
)
def test_dates_in_words(days: list[str], words: str) -> None:
    assert in_words(dt.date.fromisoformat(day) for day in days) == words


KINDS = {
    "availability": "know whether you are free",
    "hold": "put a first hold on you",
    "offer": "offer you work as Key Grip",
    "dealmemo": "sign and return the deal memo for your work",
    "document": "still need: W-9",
    "release": "have to release you",
    "custom": "Our own words.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_its_own_in_text_and_html(made: Made, kind: str) -> None:
    found, codes = made(
        f"kind: {kind}\nask: [orla, ana]\nrank: 1\nrevision: 2\ndocument: W-9\nrate: deal\n"
        f"respond_by: 2025-10-10 18:00\ntext: Our own words.\n{DATES}",
        private__deals="orla: {rate: 45/hour}\nana: {rate: 12000 flat}\n",
    )
    assert codes == []
    plain = text.page("request.txt.j2", found["orla"], Formats())
    page = html.page("request.html.j2", found["orla"], Formats())
    read = escapes.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", page)))
    for words in (
        KINDS[kind],
        "Dear Orla Finch,",
        "Mon 13 Oct 2025",
        "Main Unit day 1",
        "Desert Rose Motel",
        "Mara Voss",
    ):
        assert words in " ".join(plain.split()), words
        assert words in " ".join(read.split()), words
    assert ("USD 45.00 an hour" in plain) == ("USD 45.00 an hour" in page) == (kind not in ("document", "release"))
    # What an earlier release ended stays ended: a later one takes the place of nothing.
    assert ("place of what we wrote before" in " ".join(plain.split())) == (kind != "release")
    assert ("Friday 10 October 2025, 18:00 (Los Angeles time)" in plain) == (kind != "release")  # it asks for no answer
    through = text.page("request.txt.j2", found["ana"], Formats())
    assert "Dear Dana Wells," in through and ("Ana Ruiz" in through or kind == "custom")


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


@pytest.mark.parametrize("naughty", ["<script>alert(1)</script>", "{{7*7}}", "\"'><b>", "a\nb", "</p></div>", "&amp;"])
def test_text_from_the_folder_is_never_markup(made: Made, naughty: str) -> None:
    found, _ = made(f"kind: offer\nask: [ana]\nrespond_by: 2025-10-10\ntext: t\n{DATES}")
    plain = found["ana"]

    def filled(words: str) -> Letter:
        signer = dataclasses.replace(plain.signer, name=words, position=words, company=words + "3", phone=words)
        return dataclasses.replace(
            plain,
            to=words,
            asked=words + "2",
            role=words,
            production=words,
            text=(words,),
            zone=words,
            when=words,
            lines=(dataclasses.replace(plain.lines[0], place=words, day=words),),
            signer=signer,
        )

    evil = filled(naughty)
    tags = _Tags(html.page("request.html.j2", evil, Formats())).found
    assert tags == _Tags(html.page("request.html.j2", filled("harmless"), Formats())).found
    written = text.page("request.txt.j2", evil, Formats())
    assert "49" not in written
    assert " ".join(naughty.split()) in " ".join(written.split())


@pytest.mark.parametrize("name", ["grips-2nd-unit", "b-camera-operator"])
def test_the_samples_letters_are_golden(sample: Folder, name: str) -> None:
    found, _ = letters(sample.production, name, dt.date(2025, 10, 31))
    for suffix, page in (
        ("txt", text.page("request.txt.j2", found[0], Formats())),
        ("html", html.page("request.html.j2", found[0], Formats())),
    ):
        path = GOLDEN / f"{name}.{suffix}"
        if os.environ.get("PMKIT_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
        assert page == path.read_text(encoding="utf-8")


def test_an_address_that_cannot_be_read_is_not_said_to_be_missing(production: Callable[..., Folder]) -> None:
    crew = CREW.replace("kay@example.com", "kay moss@example.com")
    request = f"kind: availability\nask: [kay]\n{DATES}"
    folder = production(production=PRODUCTION, crew=crew, requests__r=request)
    assert [problem.code for problem in folder.problems] == ["bad-address"]
    none, problems = letters(folder.production, "r", TODAY)
    assert none == ()
    said = "the e-mail address of Kay Moss is no address, so there is no letter"
    assert [(problem.message, str(problem.place)) for problem in problems] == [(said, "crew.yaml:7:58")]


@pytest.mark.parametrize(
    ("expires", "told"),
    [
        (
            "2025-10-12 12:00",
            "The hold runs until Sunday 12 October 2025, 12:00; before that we confirm or release it.",
        ),
        ("2025-10-12", "The hold runs until Sunday 12 October 2025; before that we confirm or release it."),
    ],
)
def test_a_hold_says_the_hour_until_which_it_runs(made: Made, expires: str, told: str) -> None:
    found, _ = made(f"kind: hold\nask: [orla]\nexpires: {expires}\n{DATES}")
    page = text.page("request.txt.j2", found["orla"], Formats())
    assert told in " ".join(page.split())


def test_who_has_no_address_can_be_left_out_and_a_vendor_stands_in_its_own_file(
    production: Callable[..., Folder],
) -> None:
    files = {"production": PRODUCTION, "crew": CREW, "vendors": "crowd: {name: Crowd Ltd}\n"}
    asks = {
        "{department: grip}": "add email in crew.yaml or private/crew.yaml; or do not ask them: except: [lee]",
        "{agency: crowd, heads: 5}": "add email in vendors.yaml or private/vendors.yaml",
    }
    for ask, hint in asks.items():
        crew = CREW.replace("agent: {name: Agency, email: desk@example.com}", "note: x")
        folder = production(**{**files, "crew": crew, "requests__r": f"kind: availability\nask: {ask}\n{DATES}"})
        hints = [
            one.hint.removeprefix("it may stand in private/crew.yaml, which is not here; else ").removeprefix(
                "it may stand in private/vendors.yaml, which is not here; else "
            )
            for one in letters(folder.production, "r", TODAY)[1]
            if one.code == "no-address"
        ]
        assert hint in hints


def test_a_word_of_our_own_says_through_whom_it_is_for(made: Made) -> None:
    found, _ = made("kind: custom\nask: [ana, orla]\ntext: The call is pushed.\nrevision: 2\n")
    pages = {who: text.page("request.txt.j2", letter, Formats()).splitlines() for who, letter in found.items()}
    assert pages["ana"][2] == "This is for Ana Ruiz. This takes the place of what we wrote before."
    assert found["ana"].subject == "SALT: r for Ana Ruiz"
    assert pages["orla"][2] == "This takes the place of what we wrote before."
    assert found["orla"].subject == "SALT: r"

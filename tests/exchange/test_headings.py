from __future__ import annotations

import pytest

from pmkit.exchange import headings
from pmkit.exchange.sheet import Row
from pmkit.problems import Stop


def rows(*lines: str) -> list[Row]:
    return [Row(number, tuple(line.split("|"))) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Dept.|Position|Name|Cell|Home|E-Mail", "department position name phone phone2 email"),
        ("DEPARTMENT|Title|First Name|Last Name|Mobile #|Email Address", "department position first last phone email"),
        ("Job Title|Surname|Forename|Tel. No.|Tel. No.|e mail", "position last first phone phone2 email"),
        ("Role|Crew Member|Phone|Phone|Start|Wrap|Notes", "position name phone phone2 from to note"),
        ("Name|Position|Rate|Kit Fee|DOB|Home Address|SSN", "name position rate kit birth_date address tax_id"),
        ("Position|Name|Phone #|Shoe Size", "position name phone -"),
    ],
)
def test_crew_headings_are_guessed(line, fields):
    found = headings.find(rows("THE FILM", "", line), "crew")
    assert found.at == 2
    assert " ".join(field or "-" for field in found.fields) == fields


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("#|Character|Performer|Agent|Agent Email", "number character name agent agent_email"),
        ("Cast No.|Role|Artiste|Agency|Tel", "number character name agent_company phone"),
        ("ID|Character|First Name|Last Name|Cell|Email|Rep", "number character first last phone email agent"),
    ],
)
def test_cast_headings_are_guessed(line, fields):
    assert " ".join(headings.find(rows(line), "cast").fields) == fields


def test_what_the_person_says_comes_before_what_was_saved_and_guessed():
    line = rows("Position|Name|Cell|Home")
    saved = {"Cell": "phone2", "Home": "phone"}
    assert headings.find(line, "crew", saved).fields == ("position", "name", "phone2", "phone")
    told = {"cell": "phone", "Home": "leave"}
    assert headings.find(line, "crew", saved, told).fields == ("position", "name", "phone", "leave")


def test_a_column_or_field_there_is_not_stops_with_a_suggestion():
    line = rows("Position|Name|Cell")
    with pytest.raises(Stop) as stop:
        headings.find(line, "crew", told={"Cel": "phone"})
    assert stop.value.hint == "did you mean Cell?"
    with pytest.raises(Stop) as stop:
        headings.find(line, "crew", told={"Cell": "phon"})
    assert stop.value.hint == "did you mean phone?"


def test_no_heading_row_is_no_list():
    assert headings.find(rows("CREW", "nothing|here|at all"), "crew") is None

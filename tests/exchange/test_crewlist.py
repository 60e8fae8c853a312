"""Whatever stands in somebody's file, reading it gives people or stops in words."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from pmkit.exchange import crewlist, sheet
from pmkit.exchange.crewlist import Settled
from pmkit.exchange.sheet import Row, Sheet
from pmkit.model.production import Production, Settings
from pmkit.problems import Stop
from pmkit.rollup import roster
from tests.often import often

WORDS = st.sampled_from(
    ["", "CAMERA", "Grip Dept.", "Ruiz, Ana", "Ana Ruiz", "TBD", "+1 310 555 0100", "a@example.com", "10/13", "1", "12A",
     "Key Grip", "Updated 10/3", "Name", "Position", "Role", "Cell", "=1+1", "何书白", ",", "850/day", "\n", "#1"]
)  # fmt: skip
CELLS = st.one_of(WORDS, WORDS, st.text(max_size=12))


def listing(cells: list[list[str]], kind: str, head: tuple[str, ...]) -> crewlist.Listing:
    rows = [Row(number, tuple(line)) for number, line in enumerate([["LIST"], list(head), *cells], 1)]
    return crewlist.read([Sheet("", tuple(rows))], kind, Settled())


@settings(max_examples=often(150), deadline=None)
@given(st.lists(st.lists(CELLS, max_size=7), max_size=8))
def test_any_crew_list_gives_people_with_ids_of_their_own(cells):
    found = listing(cells, "crew", ("Dept", "Position", "Name", "Cell", "Email", "Start", "Notes"))
    production = Production(settings=Settings(pmkit=1, title="T"))
    ids = [change.id for change in roster.crew(production, found.entries)]
    assert len(ids) == len(set(ids)) == len(found.entries)
    assert all(entry.name and entry.group for entry in found.entries)
    assert all(1 <= trouble.row <= len(cells) + 2 for trouble in found.troubles)


@settings(max_examples=often(150), deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_any_cast_list_gives_parts_with_numbers_of_their_own(cells):
    found = listing(cells, "cast", ("No", "Character", "Actor", "Agent", "Agent Email", "Phone"))
    numbers = [entry.group.casefold() for entry in found.entries]
    assert len(numbers) == len(set(numbers))
    assert all(entry.fields["character"] for entry in found.entries)


@settings(max_examples=often(150), deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=60).map(lambda data: b"PK\x03\x04" + data),
        st.text().map(str.encode),
    )
)
def test_any_bytes_are_rows_or_a_stop(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "list.csv"
    path.write_bytes(data)
    try:
        rows = [row for one in sheet.read(path) for row in one.rows]
    except Stop as stop:
        assert stop.hint
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.cells)


def test_a_position_nobody_holds_yet_is_no_department() -> None:
    found = listing(
        [["CAMERA"], ["DoP", "Ann Bee"], ["2nd AC", ""], ["Trainee", "Cy Dee"], ["Camera & Grip", ""], ["Op", "Ed Eff"],
         ["Sound Unit", ""], ["Mixer", "Gus Aitch"], ["Vision Mixing", ""], ["Op", "Ida Jay"]],
        "crew", ("Position", "Name"),
    )  # fmt: skip
    assert [(entry.name, entry.group) for entry in found.entries] == [
        ("Ann Bee", "camera"), ("Cy Dee", "camera"), ("Ed Eff", "camera-grip"), ("Gus Aitch", "sound-unit"),
        ("Ida Jay", "vision-mixing"),
    ]  # fmt: skip
    assert [trouble.message for trouble in found.troubles] == ["2nd AC has no name"]

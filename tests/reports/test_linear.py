"""Every document of the schedule grows as the board grows: twice the board, twice the calls, counted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pmkit.commands import scheduling
from pmkit.files.folder import Folder
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.render.filters import Formats
from pmkit.reports import breakdown, dood, elements, month, oneliner, scenes, shooting
from tests.reports.boards import large

Report = Callable[[Production], object]
DOCUMENTS: dict[str, tuple[Report, str]] = {
    "oneliner": (oneliner.oneliner, "oneliner.txt.j2"),
    "shooting": (shooting.shooting, "oneliner.txt.j2"),
    "breakdown": (breakdown.breakdown, "breakdown.txt.j2"),
    "elements": (elements.elements, "elements.txt.j2"),
    "elements props": (lambda production: elements.elements(production, "props"), "elements.txt.j2"),
    "dood": (dood.dood, "dood.txt.j2"),
    "dood props": (lambda production: dood.dood(production, "vehicles"), "dood.txt.j2"),
    "calendar": (month.calendar, "calendar.txt.j2"),
    "calendar of one": (lambda production: month.calendar(production, "1"), "calendar.txt.j2"),
    "scenes": (scenes.scenes, ""),
}
FORMATS = Formats()
GROWTH = 2.4


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, of Python and of C."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def shown(production: Production, name: str) -> bytes:
    """A document made and printed as text, as the command does it."""
    make, template = DOCUMENTS[name]
    report = make(production)
    assert not isinstance(report, Fault)
    extra = (("stretches", dood.weeks(report, 17)),) if name.startswith("dood") else ()  # type: ignore[arg-type]
    printing = scheduling.Printing(
        name,
        name,
        report,
        table=lambda words: scenes.table(report, words),
        text=template,
        extra=extra,  # type: ignore[arg-type]
    )
    return scheduling._made(Folder(Path("/nowhere"), production), printing, "text", FORMATS)[0]


def test_what_is_counted_sees_a_square() -> None:
    def every_pair(size: int) -> Callable[[], object]:
        return lambda: [abs(a - b) for a in range(size) for b in range(size)]

    assert calls(every_pair(60)) > GROWTH * calls(every_pair(30))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_twice_the_board_is_twice_the_work(name: str) -> None:
    small, big = large(80), large(160)
    assert (len(big.scenes), len(big.board.units["main"])) == (160, 40)
    shown(small, name)  # whatever is loaded or looked up once
    pages = shown(small, name), shown(big, name)
    assert len(pages[1]) > 1.5 * len(pages[0]) or name == "elements"
    assert calls(lambda: shown(big, name)) < GROWTH * calls(lambda: shown(small, name))

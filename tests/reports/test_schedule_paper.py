"""The schedule's documents on paper when there is much of it: nothing is cut, nothing lost, each day is named."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest

from pmkit import cli
from tests.productions import write

LONG = "They speak for a long time of things that are long past, and the clock strikes. "
PROPS = [f"thing {n} of 150" for n in range(1, 151)]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty in the cast with long names, a scene with a hundred and fifty props, long sets and synopses."""
    cast = "".join(
        f"{n}: {{character: CHARACTER WITH A LONG NAME {n}, performer: Žofie Šťastná-Vodičková, hold: true}}\n"
        for n in range(1, 41)
    )
    scenes = "".join(
        f"{n}A: {{heading: INT. THE ENORMOUS DRAWING ROOM OF THE LORD LIEUTENANT {n} - NIGHT, pages: {n}/8, "
        f'cast: [{", ".join(map(str, range(1, 41)))}], synopsis: "{LONG * 3}", '
        f"props: [{', '.join(PROPS if n == 1 else PROPS[:5])}]}}\n"
        for n in range(1, 31)
    )
    board = "main:\n" + "".join(
        f"  2026-03-{2 + n:02d}: {{call: 7:00, strips: [{3 * n + 1}A, lunch, {3 * n + 2}A, {3 * n + 3}A]}}\n"
        for n in range(10)
    )
    files = {"production": "pmkit: 1\ntitle: Long\npaper: a4\n", "cast": cast, "breakdown": scenes, "schedule": board}
    return write(tmp_path_factory.mktemp("crowded") / "long", files)


def pages(root: Path, *words: str) -> list[str]:
    out = root / "build" / "x.pdf"
    out.parent.mkdir(exist_ok=True)
    assert cli.run(["-C", str(root), *words, "-o", str(out)]) == 0
    # the marks round text that may run right to left are no letters
    return [re.sub("[\u2068\u2069]", "", page.extract_text()) for page in pypdf.PdfReader(out).pages]


@pytest.mark.parametrize("words", [("shooting",), ("breakdown", "1A"), ("elements", "props")])
def test_not_one_of_many_things_is_lost(crowded: Path, words: tuple[str, ...]) -> None:
    told = " ".join(" ".join(pages(crowded, *words)).split())
    assert [thing for thing in PROPS if thing not in told] == []


@pytest.mark.parametrize("word", ["oneliner", "shooting"])
def test_a_day_that_runs_over_a_page_is_named_on_the_next(crowded: Path, word: str) -> None:
    found = pages(crowded, word)
    assert len(found) > 2
    running = ""
    for page in found:
        lines = page.splitlines()
        said = next((line for line in lines if line.endswith(", continued")), "")
        assert said == (f"{running}, continued" if running else "")
        for line in lines:
            if line.startswith("Day ") and " of 10" in line and not line.endswith("continued"):
                running = " ".join(line.split()[:4])
            elif line.startswith("End of day"):
                running = ""
    assert running == ""


def test_a_row_of_the_one_liner_stays_whole(crowded: Path) -> None:
    whole = "".join((LONG * 3).split())
    count = sum("".join(page.split()).count(whole) for page in pages(crowded, "oneliner"))
    assert count == 30


def test_the_day_out_of_days_names_everybody(crowded: Path) -> None:
    found = pages(crowded, "dood")
    for n in range(1, 41):
        assert any(f"NAME {n} " in " ".join(page.split()) for page in found), n

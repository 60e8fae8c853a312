"""The stripboard: colours, breaks, weeks, the boneyard and the cast, and what each form says of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from pmkit.files import folder as folders
from pmkit.files.folder import Folder
from pmkit.model.pages import Eighths
from pmkit.problems import Fault
from pmkit.render import columns, html, json, pdf, svg, text
from pmkit.render.filters import Formats
from pmkit.reports.stripboard import Stripboard, ink, stripboard
from pmkit.rollup import board as boards
from tests.productions import write

GOLDEN = Path(__file__).parents[1] / "golden" / "stripboard"
FORMATS = Formats(clock="24h", currency="USD", paper="letter")


def of(folder: Folder, **asked: str) -> Stripboard:
    report = stripboard(folder.production, **asked)
    assert not isinstance(report, Fault), report
    return report


def in_text(report: Stripboard) -> str:
    return columns.tidy(text.page("stripboard.txt.j2", report, FORMATS, **columns.named())).rstrip("\n") + "\n"


@pytest.mark.parametrize("name", ["text", "json", "svg"])
def test_golden(sample: Folder, name: str) -> None:
    report = of(sample)
    found = {
        "text": lambda: in_text(report),
        "json": lambda: json.raw(report, "stripboard"),
        "svg": lambda: svg.page("stripboard.svg.j2", report, FORMATS),
    }[name]()
    agreed = GOLDEN / f"stripboard.{name}"
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), f"{name}: look at the difference, then make golden"


def test_every_strip_of_the_board_is_there_once(sample: Folder) -> None:
    report = of(sample)
    board = sample.production.board
    typed = sorted(strip.scene for _, day in board.days() for strip in day.strips if strip.scene)
    shown = sorted(strip.scene for day in report.days for strip in day.strips if strip.kind == "scene")
    assert shown == typed
    assert [strip.scene for strip in report.boneyard] == [strip.scene for strip in board.boneyard]
    assert report.total.days == len(boards.all_days(sample.production))
    assert report.total.pages == sum(day.pages for day in report.days)
    assert report.minutes == sum(day.minutes for day in report.days)


def test_weeks_hold_all_days_but_those_of_the_last(sample: Folder) -> None:
    report = of(sample)
    ends = [n for n, day in enumerate(report.days) if day.week]
    weeks = [day.week for day in report.days if day.week]
    assert [week.number for week in weeks] == list(range(1, len(weeks) + 1))
    assert sum(week.pages for week in weeks) == sum(day.pages for day in report.days[: ends[-1] + 1])
    assert ends[-1] < len(report.days) - 1
    for n in ends:
        before, after = report.days[n].date, report.days[n + 1].date
        assert before.isocalendar()[:2] != after.isocalendar()[:2]


SMALL = {
    "production": (
        "pmkit: 1\ntitle: Small\nunits: {main: Main Unit, second: 2nd Unit}\n"
        'palette: {int_night: "#000080", week: "#00AA00"}\nschedule: {draft: Pink, date: 2025-09-01}\n'
    ),
    "cast": "1: {character: ANA, performer: A. One}\n2: {character: BEN, performer: B. Two}\n3: {character: NOBODY}\n",
    "locations": "mill: {name: The Mill, address: x}\nsets: {MILL: mill}\n",
    "breakdown": (
        "1: {heading: INT. MILL - DAY, pages: 1 2/8, cast: [1], script_day: 1}\n"
        "2: {heading: EXT. MILL - NIGHT, pages: 3/8, cast: [2], synopsis: They run.}\n"
        "3: {heading: I/E. CAR - DAWN, pages: 4/8}\n"
        "4: {heading: INT. MILL - CONTINUOUS, pages: 2/8}\n"
        "5: {heading: INT. MILL - NIGHT, pages: 2/8}\n"
        "6: {heading: EXT. MILL - DUSK, pages: 2/8}\n"
        "7: {heading: EXT. MILL - DAY, pages: 1/8, omitted: true}\n"
    ),
    "schedule": (
        "main:\n"
        "  2025-09-05: {strips: [1, lunch, {move: 'to the car, 0:30'}, 3, 4]}\n"
        "  2025-09-06: {off: holiday}\n"
        "  2025-09-08: {strips: [2, 5, 6, {note: 'hold the fog, 0:10'}, {text: plates}]}\n"
        "second:\n"
        "  2025-09-05: {strips: [7]}\n"
        "boneyard: [2 part 2 of 2]\n"
    ),
}


def test_colours_follow_side_and_light(production: Callable[..., Folder]) -> None:
    report = of(production(**SMALL))
    strips = {strip.number: strip for day in report.days for strip in day.strips if strip.kind == "scene"}
    assert {number: (strip.colour, strip.night) for number, strip in strips.items()} == {
        "1": ("int_day", False),
        "2": ("ext_night", True),
        "3": ("dawn", False),
        "4": ("dawn", False),  # CONTINUOUS: the light of the scene before
        "5": ("int_night", True),
        "6": ("dusk", False),
        "7": ("omitted", False),
    }
    assert strips["7"].label.startswith("OMITTED")
    assert strips["7"].unit == "2nd Unit"
    assert report.palette["int_night"].fill == "#000080"
    assert report.palette["int_night"].ink == "#FFFFFF"
    assert report.palette["week"].fill == "#00AA00"
    assert [player.number for player in report.cast] == ["1", "2"]


@pytest.mark.parametrize(
    ("fill", "wanted"),
    [
        ("#FFFFFF", "#000000"),
        ("#000000", "#FFFFFF"),
        ("#7DB3EA", "#000000"),
        ("#000080", "#FFFFFF"),
        ("#FF0000", "#000000"),
    ],
)
def test_ink_is_what_reads(fill: str, wanted: str) -> None:
    assert ink(fill) == wanted


def test_the_words_stand_beside_the_colours(production: Callable[..., Folder]) -> None:
    report = of(production(**SMALL))
    told = in_text(report)
    for words in ("EXT Night", "INT Night", "I/E Dawn", "EXT Dusk", "OFF: holiday", "OMITTED", "MOVE to the car", "LUNCH",
                  "Note: hold the fog", "BONEYARD", "END OF WEEK 1", "schedule Pink", "2nd Unit"):  # fmt: skip
        assert words in told, words
    assert told.index("They run") < told.index("END OF DAY 2 OF 2")
    page = html.page("stripboard.html.j2", report, FORMATS)
    assert page.count('class="strip') == 8
    assert page.count('class="strip n"') == 3  # two of the night and the boneyard's
    assert 'style="--c:#000080;--i:#FFFFFF"' in page
    assert "NOT ISSUED" in page and json.stamp(report) in page


def test_one_unit_of_the_board(production: Callable[..., Folder]) -> None:
    folder = production(**SMALL)
    report = of(folder, unit="second")
    assert [(day.number, day.of) for day in report.days] == [(1, 1)]
    assert report.total.pages == Eighths(1)
    missing = stripboard(folder.production, unit="third")
    assert isinstance(missing, Fault) and "no unit third" in missing.message


def test_an_empty_board_is_a_page(production: Callable[..., Folder]) -> None:
    report = of(production(cast="1: {character: ANA}\n"))
    assert "Nothing is on the board yet." in in_text(report)
    assert "Nothing is on the board yet." in svg.page("stripboard.svg.j2", report, FORMATS)
    assert "Nothing is on the board yet." in html.page("stripboard.html.j2", report, FORMATS)
    paper = pdf.compile("stripboard.typ", report, FORMATS, landscape=True)
    assert len(PdfReader(BytesIO(paper.content)).pages) == 1 and paper.warnings == ()


def feature(root: Path, scenes: int, a_day: int = 4, note: bool = False) -> Folder:
    """A board of so many scenes, so many a day, on days that follow each other."""
    import datetime as dt

    strips = [[str(n) for n in range(first, min(first + a_day, scenes + 1))] for first in range(1, scenes + 1, a_day)]
    days = "".join(
        f"  {dt.date(2025, 9, 1) + dt.timedelta(days=n)}: {{strips: [{', '.join(some + ['lunch'] * note)}]}}\n"
        for n, some in enumerate(strips)
    )
    heads = "".join(
        f"{n}: {{heading: {'INT' if n % 2 else 'EXT'}. SET {n} - {'NIGHT' if n % 3 else 'DAY'}, pages: {n % 9 + 1}/8, "
        f"synopsis: Something happens in scene {n}., cast: [1, 2]}}\n"
        for n in range(1, scenes + 1)
    )
    cast = "1: {character: ANA}\n2: {character: BEN}\n"
    return folders.read(write(root, {"breakdown": heads, "schedule": "main:\n" + days, "cast": cast}))


@pytest.mark.parametrize(("a_day", "paper"), [(1, "letter"), (3, "letter"), (4, "a4"), (5, "tabloid"), (7, "legal")])
def test_no_page_begins_with_a_break(tmp_path: Path, a_day: int, paper: str) -> None:
    report = of(feature(tmp_path, 150, a_day))
    formats = Formats(clock="24h", currency="USD", paper=paper)  # type: ignore[arg-type]
    pages = PdfReader(BytesIO(pdf.compile("stripboard.typ", report, formats, landscape=True).content)).pages
    assert len(pages) > 3
    breaks = 0
    for page in pages:
        assert page.mediabox.width > page.mediabox.height
        lines = page.extract_text().split("\n")
        first = next(n for n, line in enumerate(lines) if line.rstrip().endswith("Est.")) + 1
        assert not lines[first].startswith("END OF"), lines[first]
        assert any(line.startswith("END OF DAY") for line in lines)
        breaks += sum(line.startswith("END OF DAY") for line in lines)
    assert breaks == len(report.days)


def test_the_pdf_is_the_same_twice_and_marked_for_readers(sample: Folder) -> None:
    fonts = Path("sample_production/fonts").resolve()
    first, second = (pdf.compile("stripboard.typ", of(sample), FORMATS, fonts, landscape=True) for _ in range(2))
    assert first.content == second.content and first.warnings == ()
    assert b"pdfuaid" in first.content


def test_a_picture_holds_its_text_as_text(production: Callable[..., Folder]) -> None:
    nasty = "<script>alert(1)</script> & ]]> \ufffe\uffff ünï 沈若嵐"
    folder = production(**{**SMALL, "breakdown": f"1: {{heading: INT. MILL - DAY, synopsis: '{nasty}', pages: 1}}\n",
                           "schedule": "main:\n  2025-09-05: {strips: [1]}\n"})  # fmt: skip
    page = svg.page("stripboard.svg.j2", of(folder), FORMATS)
    root = etree.fromstring(page.encode())
    told = " ".join(root.itertext())
    assert "<script>alert(1)</script> & ]]>" in " ".join(told.split())
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg", "title", "defs", "pattern", "path", "style", "rect", "g", "text"}  # fmt: skip
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_nothing_in_a_picture_lies_under_its_edge(tmp_path: Path) -> None:
    root = etree.fromstring(svg.page("stripboard.svg.j2", of(feature(tmp_path, 150)), FORMATS).encode())
    wide, high = float(root.get("width")), float(root.get("height"))
    spots = [(float(t.get("x")), float(t.get("y"))) for t in root.iter("{*}text")]
    assert len(spots) > 1000
    assert all(0 < x < wide and 0 < y < high for x, y in spots)


def test_work_grows_with_the_board_not_with_its_square(tmp_path: Path) -> None:
    def calls(scenes: int) -> int:
        folder = feature(tmp_path / str(scenes), scenes)
        count = 0

        def counter(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(counter)
        try:
            report = of(folder)
            in_text(report)
            svg.page("stripboard.svg.j2", report, FORMATS)
        finally:
            sys.setprofile(None)
        return count

    calls(20)  # templates are made ready once
    assert calls(400) < 2.2 * calls(200)

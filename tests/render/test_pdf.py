from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
import typst

from pmkit import shipped
from pmkit.model.pages import Eighths
from pmkit.problems import Stop
from pmkit.render import pdf, table
from pmkit.render.filters import Formats
from pmkit.reports.table import Column, Row, Table, heading

TYPED = ["1.10", "12e3", "0123", "1234.50", "=1+1", "NO", "22:30"]
HOSTILE = [
    "#panic()",
    "*x* _y_",
    "$x$ <label>",
    "<script>",
    "{{7*7}}",
    "\"quoted\" 'it'",
    "= Title",
    "@ref \\ [x]",
    "//c",
]


def texts(values: list[str], **more: object) -> Table:
    return Table("Salt", "Texts", (Column("text", "Text"),), tuple(Row((value,)) for value in values), **more)  # type: ignore[arg-type]


def read(paper: pdf.Paper) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages]


@pytest.mark.parametrize("value", TYPED + HOSTILE)
def test_text_survives_as_typed(value: str) -> None:
    paper = table.pdf(texts([value], subtitle=value, period=value, notes=(value,)), Formats())
    assert paper.warnings == ()
    page = read(paper)[0].replace("NOT ISSUED", "")
    assert page.count(value) == 5  # subtitle, cell, note, and the period in head and footer


def test_other_alphabets_are_set_without_a_warning() -> None:
    names = ["Ľudmila Čížková", "Жанна Ковальчук", "Ελένη Δ.", "Yusuf Adébáyò", "Nguyễn Thị Ánh", "ليلى حداد"]
    paper = table.pdf(texts(names), Formats())
    assert paper.warnings == ()
    text = read(paper)[0]
    assert all(name in text for name in names[:-1])
    fonts = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    used = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts.values()}
    assert {name.split("-")[0] for name in used} == {"FiraSansCondensed", "NotoSansArabic"}


def test_the_fonts_have_the_letters_claimed() -> None:
    """Compiled with the shipped fonts alone: a letter that is missing is an error under ua-1."""
    claimed = [chr(code) for run in ((0x21, 0x7F), (0xA1, 0xAD), (0xAE, 0x180), (0x391, 0x3A2), (0x3B1, 0x3CA),
               (0x400, 0x460), (0x621, 0x63B)) for code in range(*run)]  # fmt: skip
    claimed += list("–—‘’“”…•†‡‰‹›⁄€₽→←↑↓½¼¾⅛⅜⅝⅞№™−×÷≈≠≤≥")
    source = '#set document(title: "x", date: none)\n#set text(font: ("Fira Sans", "Noto Sans Arabic"), stretch: 75%)\n'
    source += "#for w in (400, 700) { text(weight: w, sys.inputs.letters) }"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(shipped.fonts())])
    letters = {"letters": " ".join(claimed)}
    _, warnings = typst.compile_with_warnings(
        source.encode(), font_paths=fonts, sys_inputs=letters, pdf_standards=["ua-1"]
    )
    assert warnings == []


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no fonts of its own."""
    made = typst.Fonts
    monkeypatch.setattr(
        typst, "Fonts", lambda include_system_fonts, font_paths: made(False, True, font_paths=font_paths)
    )
    yield


def test_a_letter_that_no_font_has_is_named(bare_machine: None) -> None:
    paper = table.pdf(texts(["张伟", "Jun", "김 Kim", "ok 😀"]), Formats())
    assert [warning.split(", in no font here; ")[0] for warning in paper.warnings] == [
        "张伟: Chinese characters",
        "김 Kim: Korean",
        "ok 😀: symbols or emoji",
    ]
    assert "Put a font that has them in the production's fonts/." in paper.warnings[0]
    assert "Jun" in read(paper)[0]
    assert b"pdfuaid" not in paper.content


def test_what_this_machine_lends_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = typst.Fonts
    for path in shipped.fonts().glob("Fira*.ttf"):
        shutil.copy(path, tmp_path)

    def lent(include_system_fonts: bool, font_paths: list[str]) -> object:
        # the shipped folder stands in for the machine's fonts; the shipped fonts are Fira alone
        return made(False, False, font_paths=[str(shipped.fonts() if include_system_fonts else tmp_path)])

    monkeypatch.setattr(typst, "Fonts", lent)
    paper = table.pdf(texts(["ليلى حداد"]), Formats())
    assert len(paper.warnings) == 1
    assert paper.warnings[0].startswith("ليلى حداد: Arabic letters, in none of the shipped fonts")
    assert b"pdfuaid" in paper.content


def test_the_productions_own_fonts_are_used(bare_machine: None, tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    (own / "readme.txt").touch()
    assert len(table.pdf(texts(["张"]), Formats(), own).warnings) == 1
    shutil.copy(shipped.fonts() / "NotoSansArabic-Regular.ttf", own)
    assert table.pdf(texts(["Jun"]), Formats(), own).warnings == ()


def test_a_link_among_the_productions_fonts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "evil.ttf").symlink_to("/dev/zero")
    with pytest.raises(Stop, match=r"evil\.ttf in the production's fonts is a link"):
        table.pdf(texts(["x"]), Formats(), tmp_path)
    (tmp_path / "evil.ttf").unlink()
    os.mkfifo(tmp_path / "pipe.ttf")
    with pytest.raises(Stop, match=r"pipe\.ttf"):
        table.pdf(texts(["x"]), Formats(), tmp_path)


@pytest.mark.parametrize(
    ("paper", "points"),
    [("letter", (612, 792)), ("legal", (612, 1008)), ("a4", (595, 842)), ("tabloid", (792, 1224))],
)
def test_paper_sizes(paper: str, points: tuple[int, int]) -> None:
    for landscape in (False, True):
        made = table.pdf(texts(["x"], landscape=landscape), Formats(paper=paper))  # type: ignore[arg-type]
        box = pypdf.PdfReader(io.BytesIO(made.content)).pages[0].mediabox
        assert (round(box.width), round(box.height)) == (points[::-1] if landscape else points)


def test_a_long_table_repeats_its_head_and_keeps_totals_with_their_rows() -> None:
    columns = (
        Column("a", "Acct"),
        Column("n", "Account"),
        Column("v", "Variance", "money"),
        Column("p", "Pages", "pages"),
    )
    rows: list[Row] = []
    for group in range(20):
        rows.append(heading(f"GROUP {group}"))
        rows += [
            Row((f"{group}{line}", "Story & rights", Decimal(-line), Eighths(line))) for line in range(group % 4 + 4)
        ]
        rows.append(Row(("", f"Total {group}", Decimal(-9), None), "subtotal"))
    pages = read(table.pdf(Table("Salt", "Costs", columns, tuple(rows)), Formats(whole=True)))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "Acct" in page and "Variance" in page
        assert f"Page {number} of {len(pages)}" in page
        last = page.split("NOT ISSUED")[0].rstrip().split("\n")
        assert not any(line.startswith("GROUP") for line in last[-2:])
    for page in pages[1:]:
        first = page.split("Pages", 1)[1].strip().split("\n")[0]
        assert not first.startswith("Total")


def test_a_long_word_stays_in_its_cell_and_copies_as_typed() -> None:
    address = "a.very.long.address.of.somebody@a-production-company.example.com"
    wide = Table(
        "S", "Crew", tuple(Column(str(n), "E-mail", "email", width=1) for n in range(4)), (Row((address,) * 4),)
    )
    paper = table.pdf(wide, Formats())
    assert paper.warnings == ()
    assert "\u200b" not in read(paper)[0]
    assert "\u200b" not in paper.content.decode("latin-1")


def test_text_longer_than_a_page_flows() -> None:
    pages = read(table.pdf(texts(["word " * 9000]), Formats()))
    assert len(pages) > 2
    assert sum(page.count("word") for page in pages) == 9000


def test_the_footer_says_whether_it_was_issued() -> None:
    draft = read(table.pdf(texts(["x"]), Formats()))[0]
    assert "NOT ISSUED " in draft
    issued = read(table.pdf(texts(["x"]), Formats(), issued="Mon 16 Mar 2026, 6:40 PM"))[0]
    assert "Issued Mon 16 Mar 2026, 6:40 PM · Page 1 of 1" in issued


def test_a_table_without_rows_is_a_page() -> None:
    assert "Nothing to list." in read(table.pdf(texts([]), Formats()))[0]


def test_the_pdf_is_tagged_and_carries_no_date() -> None:
    paper = table.pdf(texts(["x"]), Formats())
    reader = pypdf.PdfReader(io.BytesIO(paper.content))
    assert b"pdfuaid" in paper.content
    assert reader.metadata is not None and reader.metadata.title == "Salt – Texts"
    assert "/CreationDate" not in reader.metadata and b"CreateDate" not in paper.content

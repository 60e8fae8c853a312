from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from pmkit.model.clock import Clock, Length
from pmkit.model.pages import Eighths
from pmkit.render import workbook
from pmkit.render.filters import Formats
from pmkit.reports.table import Column, Row, Table, heading
from tests.often import often

FORMATS = Formats()
TYPED = [
    "1.10",
    "12e3",
    "0123",
    "1234.50",
    "=1+1",
    "NO",
    "22:30",
    "http://example.com",
    "mailto:a@example.com",
    "@x",
    "+1",
]


def texts(values: list[str]) -> Table:
    return Table("Salt", "Texts", (Column("text", "Text"),), tuple(Row((value,)) for value in values))


def opened(table: Table, formats: Formats = FORMATS) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.xlsx(table, formats).content))


def test_text_is_text_and_nothing_is_a_formula_or_link() -> None:
    sheet = opened(texts(TYPED))["Texts"]
    found = [sheet.cell(line, 1) for line in range(2, 2 + len(TYPED))]
    assert [cell.value for cell in found] == TYPED
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.number_format for cell in found} == {"@"}
    assert not [cell for cell in found if cell.hyperlink]


@settings(max_examples=often(30))
@given(st.lists(st.text(max_size=30), min_size=1, max_size=10))
def test_no_text_at_all_becomes_a_formula(values: list[str]) -> None:
    content = workbook.xlsx(texts([f"={value}" for value in values]), FORMATS).content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Texts"]
    assert {sheet.cell(line, 1).data_type for line in range(2, 2 + len(values))} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_values_are_numbers_a_spreadsheet_can_add() -> None:
    table = Table(
        "Salt", "Costs",
        (Column("efc", "EFC", "money"), Column("p", "Pages", "pages"), Column("d", "Day", "date"),
         Column("l", "Length", "length"), Column("n", "Heads", "count"), Column("c", "Call", "clock")),
        (heading("ABOVE"), Row((Decimal("1.10"), Eighths(11), date(2025, 10, 13), Length(90), 3, Clock(1470)))),
    )  # fmt: skip
    sheet = opened(table)["Costs"]
    assert [cell.value for cell in sheet[3]][:3] == [1.1, 1.375, datetime(2025, 10, 13)]
    assert [cell.value for cell in sheet[3]][4:] == [3, "00:30 +1"]
    assert [cell.number_format for cell in sheet[3]] == [
        '#,##0.00;(#,##0.00);"–"', "# ?/8", "yyyy-mm-dd", "[h]:mm", "0", "@",
    ]  # fmt: skip
    assert sheet["A2"].value == "ABOVE"
    assert sheet.freeze_panes == "A2"
    assert opened(table, Formats(whole=True))["Costs"]["A3"].number_format == '#,##0;(#,##0);"–"'


def test_what_a_spreadsheet_refuses_is_shown_and_said() -> None:
    sheet = opened(texts(["a\x00b\x1bc\ud800", "x" * 40000, "_x0041_"]))["Texts"]
    assert sheet["A2"].value == "a␀b␛c\ufffd"
    assert sheet["A3"].value == "x" * 32766 + "…"
    assert sheet["A4"].value == "_x0041_"
    said = workbook.xlsx(texts(["😀" * 20000]), FORMATS)
    assert said.warnings == ("row 2, Text: cut, longer than a cell may be",)
    assert workbook.xlsx(texts(["x" * 32767]), FORMATS).warnings == ()


def test_a_sum_of_thirds_is_a_number_and_no_text() -> None:
    third = Decimal(10) / 3
    amounts = Table("T", "Amounts", (Column("a", "A", "money"),), (Row((third,)), Row((Decimal("1e27") / 7,))))
    made = workbook.xlsx(amounts, Formats())
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["n", "s"]
    assert cells[0].value == pytest.approx(float(third), rel=1e-12)
    assert len(made.warnings) == 1


def test_an_amount_longer_than_a_number_is_text() -> None:
    table = Table("S", "Costs", (Column("efc", "EFC", "money"),), (Row((Decimal("12345678901234.567"),)),))
    made = workbook.xlsx(table, FORMATS)
    assert made.warnings == ("12345678901234.567 has more than 15 figures: a spreadsheet holds it as text only",)
    assert opened(table)["Costs"]["A2"].value == "12345678901234.567"


@pytest.mark.parametrize("name", ["Costs: [1/2]", "x" * 60, "''", "History"])
def test_any_document_name_makes_a_sheet(name: str) -> None:
    book = opened(Table("S", name, (Column("a", "A"),), (Row(("x",)),)))
    assert len(book.sheetnames) == 2
    assert book.worksheets[0]["A2"].value == "x"


def test_what_else_the_document_says_stands_on_a_second_sheet() -> None:
    table = Table("The Salt Road", "Costs", (Column("a", "A"),), (), period="Period 3", notes=("=1+1",))
    about = opened(table)["About"]
    lines = [row[0].value for row in about.iter_rows()]
    assert lines[:3] == ["The Salt Road", "Costs", "Period 3"]
    assert lines[3].startswith("NOT ISSUED ")
    assert about["A5"].data_type == "s" and lines[4] == "=1+1"

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from pmkit.exchange import sheet
from pmkit.problems import Stop


def book(path, rows, text=()):
    made = openpyxl.Workbook()
    page = made.active
    for row in rows:
        page.append(row)
    for name in text:
        page[name].data_type = "s"
    made.save(path)
    return path


def test_cells_are_text_as_typed(tmp_path):
    row = ["0123", "1.10", "=1+1", "NA", "12e3", "NO", 13105550142, dt.date(2025, 10, 13)]
    [read] = sheet.read(book(tmp_path / "a.xlsx", [["x"], [], row], ["C3"]))
    assert read.rows[2] == (
        3,
        ("0123", "1.10", "=1+1", "NA", "12e3", "NO", "13105550142", "2025-10-13"),
    )
    assert read.rows[1].blank


def test_a_formula_without_its_value_is_named(tmp_path):
    [read] = sheet.read(book(tmp_path / "a.xlsx", [["x", "=1+1"]]))
    assert read.unread == ("B1",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_in_any_dialect(tmp_path, encoding, sign):
    text = f'CREW\r\n\r\nName{sign}Phone{sign}No\r\n"Ruíz, Ana"{sign}0123{sign}1.10\r\nx\r\n'
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    [read] = sheet.read(tmp_path / "a.csv")
    assert read.rows[3] == (4, ("Ruíz, Ana", "0123", "1.10"))
    assert read.rows[4] == (5, ("x", "", ""))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0 old", b"%PDF-1.7", b"PK\x03\x04 broken", b"\0\0\0"])
def test_what_is_no_list_stops_in_words(tmp_path, data):
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(Stop) as stop:
        sheet.read(tmp_path / "a.xlsx")
    assert "a.xlsx" in stop.value.message
    assert stop.value.hint


def test_a_file_that_is_not_there_stops(tmp_path):
    with pytest.raises(Stop, match="cannot be read"):
        sheet.read(tmp_path / "none.csv")


def test_nothing_in_a_file_gives_no_rows(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")
    assert sheet.read(tmp_path / "a.csv")[0].rows == ()

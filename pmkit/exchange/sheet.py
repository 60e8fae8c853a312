"""Somebody's spreadsheet as rows of text: XLSX by pandas and openpyxl, CSV in whatever dialect it was saved.

Every cell is the text as typed: nothing becomes a number, a date or a missing value here.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmkit.problems import Stop

_LARGEST: Final = 50 * 1024 * 1024
_UNPACKED: Final = 400 * 1024 * 1024
_ROWS: Final = 20_000
_COLUMNS: Final = 200
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINES: Final = re.compile("[\x85\u2028\u2029]")


class Row(NamedTuple):
    """One row: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


class Sheet(NamedTuple):
    """One sheet of a file; a CSV has one without a name.

    `unread` are the cells (`B4`) that hold a formula whose value was never saved.
    """

    name: str
    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()


def read(path: Path, rows: int = _ROWS, kind: str = "a list of people") -> list[Sheet]:
    """The sheets of an XLSX or CSV file, in their order. Raises `Stop` for what is neither.

    `rows` is how many a `kind` of file may have: more is another kind of file.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Stop(f"{path} is no file", "name a spreadsheet: .xlsx or .csv")
        if size > _LARGEST:
            raise Stop(f"{path} has {size // 2**20} MB; {kind} has far less", "is it the right file?")
        data = path.read_bytes()
    except OSError as error:
        raise Stop(
            f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}", "is the name right?"
        ) from None
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, path, rows, kind)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Stop(
            f"{path} is an old .xls file or is locked with a password",
            "open it and save it as .xlsx without a password",
        )
    if data.startswith((b"%PDF", b"{\\rtf")) or (b"\0" in data[:4096] and not _utf16(data)):
        raise Stop(f"{path} is no spreadsheet that can be read here", "save the list as .xlsx or .csv")
    return [Sheet("", _csv(data, path, rows, kind))]


def _workbook(data: bytes, path: Path, rows: int, kind: str) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                raise Stop(f"{path} unpacks to more than {_UNPACKED // 2**20} MB", "is it the right file?")
            computed = any(re.search(rb"<f[ >]", packed.read(name)) for name in sheets)
    except zipfile.BadZipFile:
        raise Stop(f"{path} is damaged: it cannot be unpacked", "get the file again, or save it as .csv") from None
    if "xl/workbook.xml" not in names:
        raise Stop(f"{path} is no Excel file", "save the list as .xlsx or .csv")
    import pandas

    unread: dict[str, tuple[str, ...]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what of Excel's decoration it passes over
            frames: dict[str, Any] = pandas.read_excel(
                io.BytesIO(data),
                sheet_name=None,
                header=None,
                dtype=str,
                na_filter=False,
                keep_default_na=False,
                engine="openpyxl",
            )
            if computed:
                unread = _unread(data)
    except Exception as error:  # noqa: BLE001 - openpyxl lets through whatever a damaged file makes it stumble over
        raise Stop(
            f"{path} cannot be read as a spreadsheet ({type(error).__name__})",
            "open it, save it again as .xlsx, or save the list as .csv",
        ) from None
    return [
        Sheet(str(name), _rows(frame, path, rows, kind), unread.get(str(name), ())) for name, frame in frames.items()
    ]


def _unread(data: bytes) -> dict[str, tuple[str, ...]]:
    """The cells with a formula and no value beside it: no spreadsheet program has reckoned them yet."""
    import openpyxl

    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = {}
    for asked in formulas.worksheets:
        pairs = zip(asked.iter_rows(), values[asked.title].iter_rows(), strict=True)
        cells = (pair for row, kept in pairs for pair in zip(row, kept, strict=True))
        found[asked.title] = tuple(a.coordinate for a, b in cells if a.data_type == "f" and b.value is None)
    return found


def _rows(frame: Any, path: Path, rows: int, kind: str) -> tuple[Row, ...]:
    height, width = frame.shape
    if height > rows or width > _COLUMNS:
        raise Stop(f"{path} has {height} rows and {width} columns; {kind} has far less", "is it the right file?")
    columns = [map(_text, frame[name].tolist()) for name in frame.columns]
    return tuple(Row(number, cells) for number, cells in enumerate(zip(*columns, strict=True), 1))


def _text(cell: object) -> str:
    """A cell's text without what cannot be seen; a date stored with midnight is a date."""
    text = cell if isinstance(cell, str) else ""
    if not (text.isascii() and text.isprintable()):  # else there is nothing to take out
        text = _LINES.sub("\n", _UNSEEN.sub("", text)).replace("\xa0", " ").replace("\u202f", " ")
    text = text.strip()
    return text[:10] if text.endswith(" 00:00:00") and text[4:5] == "-" and len(text) == 19 else text


def _csv(data: bytes, path: Path, rows: int, kind: str) -> tuple[Row, ...]:
    text = _decoded(data)
    apart = _delimiter(text)
    try:
        width = max((len(cells) for cells in csv.reader(io.StringIO(text), delimiter=apart)), default=0)
        if not width:
            return ()
        if width > _COLUMNS:
            raise Stop(f"{path} has {width} columns; {kind} has far less", "is it the right file?")
        import pandas

        frame = pandas.read_csv(
            io.StringIO(text),
            sep=apart,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            na_filter=False,
            keep_default_na=False,
            skip_blank_lines=False,
            encoding_errors="strict",
        )
    except (csv.Error, ValueError) as error:
        raise Stop(f"{path} cannot be read as CSV: {error}", "open it in a spreadsheet and save it as .xlsx") from None
    return _rows(frame, path, rows, kind)


def _utf16(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else as Western Windows writes it."""
    encodings = ["utf-16"] if _utf16(data) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _delimiter(text: str) -> str:
    """The sign that parts the cells: the one that gives most rows more than one cell."""
    if text.startswith("sep=") and len(text) > 4:
        return text[4]
    best, most = ",", 0
    for sign in (",", ";", "\t", "|"):
        try:
            rows = list(csv.reader(io.StringIO(text[:65536]), delimiter=sign))
        except csv.Error:
            continue
        cells = sum(len(row) - 1 for row in rows)
        if cells > most:
            best, most = sign, cells
    return best

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from lxml import html as lxml_html

from pmkit.model.clock import Clock, Length
from pmkit.model.pages import Eighths
from pmkit.render import table
from pmkit.render.filters import Formats
from pmkit.reports.table import Column, Row, Table, heading

FORMATS = Formats(clock="12h", whole=True)
TYPED = ["1.10", "12e3", "0123", "1234.50", "=1+1", "NO", "22:30"]
HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "\"'`",
    "a\nb\tc",
    "#panic()",
    "*x* _y_ $z$ <label>",
    "a|b",
    "\x1b[2J",
]

COSTS = Table(
    title="The Salt Road",
    document="Costs",
    columns=(
        Column("account", "Acct"),
        Column("name", "Account"),
        Column("efc", "Est. final cost", "money", strong=True),
        Column("pages", "Pages", "pages"),
        Column("call", "Call", "clock"),
        Column("length", "Length", "length"),
        Column("day", "Day", "date"),
        Column("heads", "Heads", "count"),
    ),
    rows=(
        heading("ABOVE THE LINE"),
        Row(("0123", "Cast", Decimal("-14200.50"), Eighths(11), Clock(1470), Length(90), date(2025, 10, 13), 12)),
        Row(("1400", "张伟", Decimal(0), None, "O/C", None, None, None)),
        Row(("", "Total above the line", Decimal("-14200.50"), None, None, None, None, None), "subtotal"),
        heading("PRODUCTION"),
        Row(("2000", "Staff", Decimal("99.50"), None, None, None, None, None)),
        Row(("", "GRAND TOTAL", Decimal("-14101.00"), None, None, None, None, None), "total"),
    ),
    subtitle="all figures USD",
    period="13–19 October 2025",
    notes=("Figures are in whole USD.",),
)


def texts(values: list[str]) -> Table:
    return Table("Salt", "Texts", (Column("text", "Text"),), tuple(Row((value,)) for value in values))


def cells(page: str) -> list[str]:
    return [cell.text_content() for cell in lxml_html.fromstring(page).iter("td")]


def test_on_a_phone_the_one_sum_of_a_row_stands_beside_its_name() -> None:
    columns = (
        Column("a", "Acct"),
        Column("n", "Name", width=1),
        Column("x", "On", "money"),
        Column("t", "Total", "money", strong=True),
    )
    found = lxml_html.fromstring(
        table.html(Table("T", "D", columns, (Row(("1", "Cast", Decimal(2), Decimal(3))),)), FORMATS)
    )
    marks = [set(cell.get("class").split()) & {"lead", "named", "figure"} for cell in found.xpath("//td")]
    assert marks == [{"lead"}, {"named"}, set(), {"figure"}]
    assert "summed" in found.xpath("//table")[0].get("class")
    long = Table("T", "D", columns, (Row(("A first column of sentences", "Cast", Decimal(2), Decimal(3))),))
    found = lxml_html.fromstring(table.html(long, FORMATS))
    marks = [set(cell.get("class").split()) & {"lead", "long", "named", "figure"} for cell in found.xpath("//td")]
    assert marks == [{"lead", "long"}, set(), set(), {"figure"}]
    assert "summed" not in lxml_html.fromstring(table.html(texts(["x"]), FORMATS)).xpath("//table")[0].get("class")


def test_terminal() -> None:
    assert table.terminal(COSTS, FORMATS) == (
        "The Salt Road · Costs · 13–19 October 2025\n"
        "all figures USD\n"
        "\n"
        "Acct    Account                 Est. final cost    Pages         Call    Length  Day                Heads\n"
        "------  --------------------  -----------------  -------  -----------  --------  ---------------  -------\n"
        "ABOVE THE LINE\n"
        "0123    Cast                           (14,201)    1 3/8  12:30 AM +1      1:30  Mon 13 Oct 2025       12\n"
        "1400    张伟                                  –                   O/C\n"
        "        Total above the line           (14,201)\n"
        "\n"
        "PRODUCTION\n"
        "2000    Staff                               100\n"
        "------  --------------------  -----------------  -------  -----------  --------  ---------------  -------\n"
        "        GRAND TOTAL                    (14,101)\n"
        "\n"
        "Figures are in whole USD.\n"
    )


def test_markdown() -> None:
    lines = table.markdown(COSTS, FORMATS).split("\n")
    assert lines[0] == "## The Salt Road · Costs · 13–19 October 2025"
    assert lines[4].startswith("| Acct ")
    assert lines[5].count("-:|") == 5
    assert lines[6].startswith("| **ABOVE THE LINE** |")
    assert "| **GRAND TOTAL**" in lines[12]
    assert all(line.count("|") == 9 for line in lines[4:13])


def test_csv_is_data() -> None:
    read = list(csv.DictReader(io.StringIO(table.csv(COSTS))))
    assert list(read[0]) == ["group", "row", "account", "name", "efc", "pages", "call", "length", "day", "heads"]
    assert read[0] == {
        "group": "ABOVE THE LINE",
        "row": "row",
        "account": "0123",
        "name": "Cast",
        "efc": "-14200.50",
        "pages": "1 3/8",
        "call": "00:30 +1",
        "length": "1:30",
        "day": "2025-10-13",
        "heads": "12",
    }
    assert [(row["group"], row["row"]) for row in read] == [
        ("ABOVE THE LINE", "row"),
        ("ABOVE THE LINE", "row"),
        ("ABOVE THE LINE", "subtotal"),
        ("PRODUCTION", "row"),
        ("", "total"),
    ]
    assert table.csv(texts(["a"])) == "text\na\n"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_csv_carries_any_text(values: list[str]) -> None:
    kept = [value.encode("utf-8", "replace").decode() for value in values]
    wide = Table("S", "T", (Column("a", "A"), Column("b", "B")), tuple(Row((value, "x")) for value in values))
    assert [row[0] for row in csv.reader(io.StringIO(table.csv(wide), newline=""))][1:] == kept


def test_text_survives_as_typed() -> None:
    as_typed = texts(TYPED)
    assert table.terminal(as_typed, FORMATS).split("\n")[4:-1] == TYPED
    assert table.csv(as_typed).split("\n")[1:-1] == TYPED
    assert cells(table.html(as_typed, FORMATS)) == TYPED
    assert [line.strip("| ") for line in table.markdown(as_typed, FORMATS).split("\n")[4:-1]] == TYPED


def test_html_shows_every_cell() -> None:
    page = table.html(COSTS, FORMATS)
    assert cells(page)[:8] == ["0123", "Cast", "(14,201)", "1 3/8", "12:30 AM +1", "1:30", "Mon 13 Oct 2025", "12"]
    tree = lxml_html.fromstring(page)
    assert [th.text_content() for th in tree.xpath("//tr[@class='heading']/th")] == ["ABOVE THE LINE", "PRODUCTION"]
    assert "Figures are in whole USD." in page
    assert "NOT ISSUED " in page
    assert "Issued Fri" in table.html(COSTS, FORMATS, issued="Fri 17 Oct 2025, 18:00")


def tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(e.tag), tuple(e.attrib)) for e in lxml_html.fromstring(page).iter()]


def everywhere(value: str) -> Table:
    return Table(
        value, value, (Column("a", value), Column("b", "B", "phone"), Column("c", "C", "email")),
        (heading(value), Row((value, value, value)), Row((value, value, value), "total")),
        value, value, (value,),
    )  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_no_text_makes_a_tag(value: str) -> None:
    assert tags(table.html(everywhere(value), FORMATS)) == tags(table.html(everywhere("x"), FORMATS))


@given(st.text())
def test_no_text_at_all_makes_a_tag(value: str) -> None:
    hostile = texts([f"{value}<i>&\"'"])
    assert tags(table.html(hostile, FORMATS)) == tags(table.html(texts(["x"]), FORMATS))


def test_numbers_and_addresses_can_be_tapped() -> None:
    people = Table(
        "S", "Crew", (Column("phone", "Phone", "phone"), Column("email", "E-mail", "email")),
        (Row(("+1 310 555 0142", "jun@example.com")), Row(("none", "a@b?bcc=c@d"))),
    )  # fmt: skip
    links = lxml_html.fromstring(table.html(people, FORMATS)).xpath("//td/a/@href")
    assert links == ["tel:+13105550142", "mailto:jun@example.com"]


def test_a_table_without_rows_says_so() -> None:
    empty = Table("S", "Crew", (Column("a", "A"),), ())
    assert "Nothing to list." in table.html(empty, FORMATS)
    assert "Nothing to list." not in table.html(texts(["x"]), FORMATS)
    assert table.csv(empty) == "a\n"


def test_wordy_columns_share_the_room() -> None:
    def widths(*cells: str) -> list[float]:
        columns = tuple(Column(str(number), "H") for number in range(len(cells)))
        made = table.shape(Table("S", "T", columns, (Row(cells),)), FORMATS)["columns"]
        return [column["width"] for column in made]

    assert widths("0123", "Story & rights") == [0, 14]
    assert widths("1", "x" * 30, "y" * 500) == [0, 30, 60]
    assert [column["width"] for column in table.shape(COSTS, FORMATS)["columns"]] == [0, 20, 0, 0, 0, 0, 0, 0]

"""The printed order and the log: what they say, what the vendor never sees, and how they look."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.reports import po, po_log
from pmkit.rollup.order_lines import Quantities
from tests.conftest import SAMPLE

GOLDEN = Path(__file__).parent.parent / "golden" / "po"
WRITE = bool(os.environ.get("PMKIT_GOLDEN"))

ORDER = """vendor: v
date: 2025-10-08
state: approved
approved_by: mara-voss
approved: 2025-10-09
from: 2025-10-13
to: 2025-10-26
deliver: motel
note: they would take 800
instructions: ring first
lines:
  - {what: Cooler, account: 3607, per: week, week: 3, rate: 350.5, tax: 20%}
  - {what: Stamps, account: 3630, amount: 3, rate: 0.0725, tax: 5%}
  - {what: Fee, account: 3630, amount: days(main), unit: day, rate: 100}
invoices: [{number: secret-invoice, amount: 300}]
"""
FILES = {
    "production": "pmkit: 1\ntitle: T\ncompany: C LLC\noffice: {address: '1 Road', email: o@example.com}\n"
    "purchase_order: {conditions: one condition, invoices_to: bills@example.com, tax_number: GB1}\n",
    "vendors": "v: {name: V Ltd, email: v@example.com, terms: 30 days, tax_id: TAXID, bank: BANK, note: VNOTE}\n",
    "locations": "motel: {name: Motel, address: 5 Lane, base: LBASE}\n",
    "crew": "office:\n  people: [{id: mara-voss, name: Mara Voss, position: UPM, phone: +1 999 555 0000}]\n",
    "private/po/LOC-1": ORDER,
}


def printed(folder, number: str = "LOC-1") -> po.PurchaseOrder:
    production = folder.production
    return po.purchase_order(production, production.orders[number], Quantities(production))


def test_the_order_in_figures(production) -> None:
    paper = printed(production(**FILES))
    assert [(line.quantity, line.unit, line.rate, line.amount) for line in paper.lines] == [
        ("2", "week", "350.50", Decimal("701.00")),
        ("3", "", "0.0725", Decimal("0.22")),
        ("0", "day", "100.00", Decimal("0.00")),
    ]
    assert (paper.net, paper.total) == (Decimal("701.22"), Decimal("841.43"))
    assert [(tax.name, tax.amount) for tax in paper.taxes] == [
        ("Tax 5%", Decimal("0.01")),
        ("Tax 20%", Decimal("140.20")),
    ]
    assert (paper.estimated, paper.badge, paper.approved_by) == (True, "", "Mara Voss, UPM")
    assert paper.lines[0].detail == "13 Oct to 26 Oct, a week is 3 days, tax 20%"
    assert (paper.deliver.name, paper.deliver.lines) == ("Motel", ("5 Lane",))
    assert paper.conditions == ("one condition",)


def test_a_quantity_that_never_ends_is_told_to_four_decimals(production) -> None:
    weeks = ORDER.replace("to: 2025-10-26", "to: 2025-10-20")
    line = printed(production(**{**FILES, "private/po/LOC-1": weeks})).lines[0]
    assert (line.quantity, line.amount) == ("1.3333", Decimal("467.33"))


def test_the_vendor_sees_nothing_of_the_house(production, tmp_path: Path) -> None:
    production(**FILES)
    for form in ("text", "html", "json"):
        out = tmp_path / f"o.{form}"
        assert cli.run(["-C", str(tmp_path), "po", "print", "LOC-1", "--format", form, "-o", str(out)]) == 0
        told = out.read_text()
        for hidden in ("they would take", "secret-invoice", "TAXID", "BANK", "VNOTE", "LBASE", "0000", "300.00"):
            assert hidden not in told, (form, hidden)
        assert "ring first" in told


@pytest.mark.parametrize(("state", "badge"), [("draft", "DRAFT"), ("void", "VOID"), ("closed", "CLOSED")])
def test_the_state_is_a_word_on_the_paper(production, state: str, badge: str) -> None:
    paper = printed(production(**{**FILES, "private/po/LOC-1": ORDER.replace("approved\n", f"{state}\n", 1)}))
    assert paper.badge == badge
    assert bool(paper.approved_by) == (state == "closed")


def test_an_order_without_anything_more(production) -> None:
    text = "vendor: nobody\ndate: 2025-10-08\nlines: [{what: x, account: 1, amount: days(moon), rate: 5}]\n"
    paper = printed(production(**{"private/po/LOC-1": text}))
    assert (paper.vendor.name, paper.lines[0].amount, paper.net, paper.deliver.name) == ("nobody", None, 0, "")


def test_the_log_adds_up(sample) -> None:
    table = po_log.log(sample.production, po_log.Wanted(dt.date(2025, 10, 31)))
    keys = [column.key for column in table.columns]
    at = {key: keys.index(key) for key in ("state", "ordered", "invoiced", "remaining")}
    rows = [row.cells for row in table.rows if row.kind == "row"]
    total = table.rows[-1].cells
    for key in ("ordered", "invoiced", "remaining"):
        assert total[at[key]] == sum(row[at[key]] for row in rows if row[at["state"]] in ("approved", "closed"))
    assert len(rows) == len(sample.production.orders)
    subtotals = [row.cells[at["remaining"]] for row in table.rows if row.kind == "subtotal"]
    assert sum(subtotals) == total[at["remaining"]]


def test_the_log_of_a_day(production) -> None:
    late = ORDER.replace("note:", "unit: main\nnote:").replace("days(main)", "1")
    folder = production(**{**FILES, "private/po/LOC-1": late})
    for day, words in ((dt.date(2025, 10, 26), False), (dt.date(2025, 10, 27), True)):
        table = po_log.log(folder.production, po_log.Wanted(day))
        assert ("past its date, 2025-10-26" in str(table.rows[0].cells[-1])) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LOC-001.text", ("print", "LOC-001")),
        ("LOC-008.html", ("print", "LOC-008")),
        ("CAM-003.json", ("print", "CAM-003")),
        ("log.text", ("list", "--date", "2025-10-31")),
        ("open-locations.csv", ("list", "--date", "2025-10-31", "--open", "--desk", "LOC")),
    ],
)
def test_golden(name: str, words: tuple[str, ...], tmp_path: Path) -> None:
    out, agreed = tmp_path / name, GOLDEN / name
    form = name.rpartition(".")[2]
    assert cli.run(["-C", str(SAMPLE), "po", *words, "--format", form, "-o", str(out)]) == 0
    if WRITE:
        agreed.parent.mkdir(exist_ok=True)
        agreed.write_bytes(out.read_bytes())
    assert out.read_text(encoding="utf-8") == agreed.read_text(encoding="utf-8"), "look at it, then make golden"


def test_paper_is_one_page_on_letter_and_a4(tmp_path: Path) -> None:
    from pypdf import PdfReader

    for paper in ("letter", "a4"):
        out = tmp_path / f"{paper}.pdf"
        words = ["po", "print", "LOC-009", "--format", "pdf", "--paper", paper, "-o", str(out)]
        assert cli.run(["-C", str(SAMPLE), *words]) == 0
        pages = PdfReader(out).pages
        assert len(pages) == 1
        assert "LOC-009" in pages[0].extract_text()

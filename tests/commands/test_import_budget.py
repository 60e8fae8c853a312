"""A Movie Magic Budgeting export into the folder: its totals agree, or nothing is written."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from pmkit import cli
from pmkit.files import folder
from pmkit.rollup import budget as budgets
from tests.conftest import SAMPLE
from tests.exchange import mmb_samples as samples
from tests.exchange.ledgers import as_csv, as_xlsx
from tests.often import often
from tests.productions import write

BUDGET = "private/budget.yaml"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    made = write(tmp_path / "SALT", {})
    (made / "private").mkdir()
    monkeypatch.chdir(tmp_path)
    return made


def run(root: Path, *words: str) -> int:
    return cli.run(["-C", str(root), "import", "budget", *words, "--date", "2025-09-30"])


def read(root: Path):
    found = folder.read(root)
    assert found.errors == []
    return found.production, budgets.of_production(found.production)


def test_the_excel_export_whole(root, tmp_path, capsys):
    book = str(as_xlsx(tmp_path / "salt.xlsx", samples.workbook()))
    assert run(root, book) == 0
    out, err = capsys.readouterr()
    assert "5 categories, 5 accounts, 7 lines" in out and "grand total: 220,047.00" in out
    assert "printed totals agree" in err and "Nothing is written yet" in err
    assert not (root / BUDGET).exists()
    assert run(root, book, "--yes") == 0
    production, totals = read(root)
    budget = production.budget
    assert budget.chart == "us-studio"
    assert budget.globals == {"prep": "6", "shoot": "prep * 2 + 8"}
    assert budget.currencies == {"USD": 1, "CAD": Decimal("0.73")}
    assert budget.fringes["fica"].rate == Decimal("0.062") and budget.fringes["fica"].ceiling == 176100
    assert str(budget.fringes["hw"].flat).endswith("/hour")
    prep, shoot = budget.accounts["2001"].lines
    assert (prep.amount, prep.fringes, prep.groups) == ("prep", ("fica", "hw"), ("prep", "location-la"))
    assert (shoot.amount, shoot.x) == ("shoot/5+1", "2")
    assert budget.accounts["1201"].lines[0].what == 'Producer: "all in", + expenses'
    assert budget.accounts["3607"].lines[0].currency == "CAD"
    levels = {level.level: level.total.value for level in totals.levels}
    assert levels["atl"] == 152500 and levels["post"] == 25000
    assert [(one.charge.name, one.charge.on, str(one.charge.flat or "")) for one in totals.charges] == [
        ("Contingency", ("btl",), ""), ("Completion Bond", (), "4000"),
    ]  # fmt: skip
    text = (root / BUDGET).read_text()
    assert text.startswith("#: line producer\n# Read from salt.xlsx, 2025-09-30.\nchart: us-studio\n")
    assert '  # ---- 3600 LOCATIONS\n  3607:\n    name: SITE FEES\n    lines:\n      - {what: "Motel, Canada",' in text
    assert (root / BUDGET).stat().st_mode & 0o777 == 0o600
    assert cli.run(["-C", str(root), "validate"]) == 0


def test_the_tab_export_is_the_same_budget(root, tmp_path):
    book = str(as_xlsx(tmp_path / "salt.xlsx", samples.workbook()))
    Path("salt.txt").write_bytes(samples.whole_tab())
    assert run(root, "salt.txt", "--yes") == 0
    text = (root / BUDGET).read_text().split("\n")[2:]
    (root / BUDGET).unlink()
    assert run(root, book, "--yes") == 0
    assert (root / BUDGET).read_text().split("\n")[2:] == text


def test_prod_and_detl_records(root, capsys):
    Path("r.txt").write_bytes(samples.records())
    assert run(root, "r.txt", "--yes") == 0
    production, totals = read(root)
    assert list(production.budget.accounts) == ["1101", "2001"]
    assert totals.total.value == 73500
    assert {one.number: len(one.lines) for one in production.budget.accounts.values()} == {"1101": 2, "2001": 1}
    assert "the export does not say which categories are above the line" in capsys.readouterr().err


def test_a_budget_that_is_there_is_compared_and_never_written_over(root, capsys):
    Path("salt.txt").write_bytes(samples.whole_tab())
    assert run(root, "salt.txt", "--yes") == 0
    text = (root / BUDGET).read_text()
    capsys.readouterr()
    assert run(root, "salt.txt", "--yes") == 0
    assert "No difference to private/budget.yaml." in capsys.readouterr().err
    changed = text.replace("rate: 2500}", "rate: 2600}", 1)
    (root / BUDGET).write_text(changed)
    assert run(root, "salt.txt", "--yes") == 0
    out, err = capsys.readouterr()
    said = [" ".join(line.split()) for line in out.splitlines()]
    assert "1101 Total SCREENPLAY 52,600.00 52,500.00 (100.00) CHANGED" in said
    assert "1101 Option 2,600.00 2,500.00 (100.00) CHANGED rate 2,600 → 2,500" in said
    assert "Then is private/budget.yaml, now the export." in err
    assert "a budget is there, and stays" in err
    assert (root / BUDGET).read_text() == changed
    assert run(root, "salt.txt", "--yes", "-o", "v9.yaml") == 0
    assert Path("v9.yaml").read_text() == text
    assert run(root, "salt.txt", "--yes", "-o", str(root / "crew.yaml")) == 3


def changed(rows, what, column, text):
    return [[*row[:column], text, *row[column + 1 :]] if len(row) > 1 and row[1] == what else row for row in rows]


@pytest.mark.parametrize(
    ("top", "detail", "said"),
    [
        (("Grand Total", 3, "220,060"), None, "grand total: the export prints 220,060.00, its lines come to 220,047.00: 13.00 apart"),
        (None, ("Account Total for 2001", 14, "31,000"), "account 2001: the export prints 31,000.00, its lines come to 30,142.00: 858.00 apart"),
        (None, ("Option", 7, "2,600"), "1 × 2600 comes to 2,600.00, the export says 2,500.00"),
        (None, ("Option", 7, "much"), "row 42, rate: there is no global much in the export"),
        (None, ("Prep", 10, "FIKA"), "there is no fringe FIKA in the export\n  did you mean fica?"),
        (None, ("Motel, Canada", 6, "XAU"), "the export has no rate for XAU"),
        (None, ("Prep", 2, "6 +"), "2001"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_named_and_nothing_is_written(root, capsys, top, detail, said):
    lists = [row for name, rows in samples.LISTS.items() for row in ([name], *rows, [])]
    rows = [*(changed(samples.FULL, *top) if top else samples.FULL), [], *lists, ["Detail"]]
    rows += changed(samples.DETAIL, *detail) if detail else samples.DETAIL
    Path("salt.txt").write_bytes(samples.tab(rows))
    assert run(root, "salt.txt", "--yes") == 1
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err and not (root / BUDGET).exists()


def test_fringes_as_amounts_and_totals_without_lines(root, capsys):
    rows = [
        ["Acct#", "Description", "Amount", "Units", "X", "Rate", "Subtotal", "Fringes", "Total"],
        ["2100", "PRODUCTION STAFF", "", "", "", "", "", "", ""],
        ["2101", "LINE PRODUCER", "", "", "", "", "", "", ""],
        ["", "Line producer", "6", "Week", "1", "3,500", "21,000", "2,142.00", "23,142.00"],
        ["", "Total", "", "", "", "", "21,000", "2,142.00", "23,142.00"],
    ]
    Path("b.csv").write_bytes(as_csv(rows))
    assert run(root, "b.csv", "--yes") == 0
    production, totals = read(root)
    assert totals.total.value == Decimal("23142.00")
    assert [line.what for line in production.budget.accounts["2101"].lines] == ["Line producer", "Fringes, as exported"]
    (root / BUDGET).unlink()
    Path("top.txt").write_bytes(samples.tab(samples.FULL))
    assert run(root, "top.txt", "--yes") == 0
    assert read(root)[1].total.value == 220047
    assert "is one line of 52,500.00" in capsys.readouterr().err
    assert run(root, "salt.txt") == 3
    Path("p.csv").write_bytes(as_csv([["Name", "Phone"], ["A", "1"]]))
    assert run(root, "p.csv") == 3
    assert "has no table of a budget" in capsys.readouterr().err


def test_fringes_in_one_line_of_the_top_sheet_and_a_group_that_is_off(root, capsys):
    rows = [
        ["Acct#", "Category Description", "Total"], ["1100", "STORY", "1,000"], ["", "Total Above-The-Line", "1,000"],
        ["2000", "STAFF", "7,000"], ["", "Total Production", "7,000"], ["", "Total Fringes", "434"],
        ["", "Grand Total", "8,434"], [],
        ["Fringes"], ["ID", "Description", "Rate", "Cutoff"], ["FICA", "Employer FICA", "6.2%", ""], [],
        ["Groups"], ["Name", "Description", "Included"], ["Option B", "second unit", "No"], [],
        ["Account", "Description", "Amt", "Unit", "X", "Rate", "Subtotal", "Frin", "Grp"],
        ["1101", "Script"], ["", "Write", "1", "Flat", "1", "1,000", "1,000"],
        ["2001", "UPM"], ["", "UPM", "2", "Week", "1", "3,500", "7,000", "FICA"],
        ["", "2nd unit UPM", "1", "Week", "1", "3,500", "3,500", "FICA", "Option B"],
    ]  # fmt: skip
    Path("f.txt").write_bytes(samples.tab(rows))
    assert run(root, "f.txt", "--yes") == 0
    production, totals = read(root)
    assert production.budget.posting.fringes == "budget" and production.budget.groups["option-b"].off
    assert totals.total.value == 8434
    assert "group Option B is switched off" in capsys.readouterr().err


def test_codes_with_zeros_in_front_and_hostile_text(root):
    nasty = ['=cmd|"/c calc"', "a: b # c", "NO", "12e3", "- x", "{y}, [z]", "@home %x", "Żaneta 'q'", "null", "22:30"]
    rows = [
        ["Account", "Description", "Amt", "Unit", "X", "Rate", "Subtotal"],
        ["0100", "Story: 'a' # b"],
        ["0101", "yes"],
    ]
    rows += [["", one, "1", "a: b", "1", "10", "10"] for one in nasty]
    rows += [["0200", "X"], ["0201", "Y"], ["", "z", "2", "day", "1", "5", "10"]]
    Path("n.csv").write_bytes(as_csv(rows))
    assert run(root, "n.csv", "--yes") == 0
    production, totals = read(root)
    assert [line.what for line in production.budget.accounts["0101"].lines] == nasty
    assert production.budget.accounts["0101"].name == "yes"
    assert totals.total.value == 110


MONEY = st.decimals(min_value=0, max_value=50_000, places=2)
LINE = st.tuples(
    st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cn")), min_size=1, max_size=15)
    .map(lambda text: "w" + " ".join(text.replace('"', "").split()))
    .filter(lambda text: "total" not in text.lower()),
    st.decimals(min_value=0, max_value=99, places=1),
    st.integers(1, 5).map(Decimal),
    MONEY,
)
BUDGETS = st.dictionaries(
    st.integers(11, 48).map(str),
    st.dictionaries(st.integers(1, 9), st.lists(LINE, min_size=1, max_size=4), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(BUDGETS, st.sampled_from([Decimal("10"), Decimal("7.5")]))
@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_budget_comes_to_the_same(tmp_path_factory, found, contingency):
    root = write(tmp_path_factory.mktemp("any") / "SALT", {})
    (root / "private").mkdir()
    budget = {f"{one}00": {f"{one}{n:02d}": lines for n, lines in accounts.items()} for one, accounts in found.items()}
    data, total = samples.export_of(budget, contingency)
    file = root.parent / "b.txt"
    file.write_bytes(data)
    assume(data.isascii() or not _is_utf8(data))  # such bytes are read as UTF-8, which nobody could tell from it
    assert run(root, str(file), "--yes") == 0
    production, totals = read(root)
    assert abs(totals.total.value - total) <= 1
    for category, accounts in budget.items():
        for number, lines in accounts.items():
            account = production.budget.accounts[number]
            assert [line.what for line in account.lines] == [what for what, *_ in lines], category
            worth = next(one.total.value for one in totals.accounts() if one.coding.number == number)
            assert worth == sum(a * x * r for _, a, x, r in lines)


def test_the_budget_that_is_there_is_worked_out_over_its_schedule(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("salt.txt").write_bytes(samples.whole_tab())
    assert cli.run(["-C", str(shutil.copytree(SAMPLE, tmp_path / "SALT")), "import", "budget", "salt.txt"]) == 0
    total = next(line for line in capsys.readouterr().out.splitlines() if "GRAND TOTAL" in line)
    assert total.split()[2:5] == ["1,897,884.02", "220,047.00", "(1,677,837.02)"]

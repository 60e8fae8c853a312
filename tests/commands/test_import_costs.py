"""An accountant's ledger into the folder: shown, reconciled, written whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit import cli
from pmkit.commands import import_costs_shown
from pmkit.files import folder
from tests.exchange.ledgers import HEADINGS, as_csv, as_xlsx, row
from tests.often import often
from tests.productions import write

ROOT = Path(__file__).parents[2]
FILES = {
    "private/budget": """
chart: us-studio
currencies: {CAD: 0.73}
accounts: {3607: {name: Site fees, lines: [{what: Motel, rate: 900}]}, 3518: {lines: [{what: Vans, rate: 100}]}}
""",
    "private/periods": """
1: {from: 2025-10-06, to: 2025-10-12, closed: 2025-10-15}
2: {from: 2025-10-13, to: 2025-10-19}
3: {from: 2025-10-20, to: 2025-10-26}
""",
    "vendors": "desert-rose: {name: Desert Rose Motel}\n",
}
ROWS = [
    row("3607-000", "10/13/25", "T100", "900.00", memo="week 1"),
    row("3607-000", "10/20/25", "T101", "1,250.50", memo="week 2"),
    row("3518-000", "10/14/25", "T102", "(75.25)", src="JE", vendor="", memo="recode"),
]
COPY = "private/costs/accountant.csv"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    made = write(tmp_path / "SALT", FILES)
    monkeypatch.chdir(tmp_path)
    return made


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".pmkit" not in path.parts
    }


def ledger(rows, *more, headings=HEADINGS, name="gl.csv", sign=","):
    table = [["HALCYON FLATS LLC"], ["General ledger"], [], list(headings), *rows, *more]
    Path(name).write_bytes(as_csv(table, sign))
    return name


def run(root: Path, *words: str) -> int:
    return cli.run(["-C", str(root), "import", "costs", *words, "--date", "2025-10-30"])


def ids(root: Path) -> dict[str, tuple[str, int]]:
    found = folder.read(root)
    assert found.errors == []
    return {one.id: (one.account, one.cost) for one in found.production.ledger}


def test_a_ledger_is_shown_and_then_written(root, capsys):
    total = [["", "", "", "", "", "", "", "Grand Total", "2,075.25"]]
    before = files(root)
    assert run(root, ledger(ROWS, *total)) == 0
    out, err = capsys.readouterr()
    assert files(root) == before
    assert "+ 2025-10-13  3607  900.00  desert-rose  INV-T100  week 1" in out
    assert "gl.csv: 3 rows of cost, headings in row 4" in err
    assert "3 new (2,075.25 USD), 0 changed, 0 as before" in err
    assert "1 total of the file agrees with its rows" in err
    assert f"Nothing is written yet. To write {COPY}: the same command with --yes" in err
    assert run(root, "gl.csv", "--yes") == 0
    assert "Wrote private/costs/accountant.csv: 3 rows." in capsys.readouterr().err
    assert ids(root) == {"T100": ("3607", 90000), "T101": ("3607", 125050), "T102": ("3518", -7525)}
    text = (root / COPY).read_text()
    assert text.startswith("#: accountant\n# Copy of gl.csv, 2025-10-30\nid,period,posted,account,amount,")
    assert "T102,,2025-10-14,3518,-75.25,,,journal,,INV-T102,,,,,,,,recode\n" in text
    assert (root / COPY).stat().st_mode & 0o777 == 0o600
    assert folder.read(root).production.imports["costs"].columns["Eff Date"] == "posted"
    after = files(root)
    assert run(root, "gl.csv", "--yes") == 0
    assert "0 new (0.00 USD), 0 changed, 3 as before" in capsys.readouterr().err
    assert files(root) == after


def test_a_newer_ledger_brings_what_is_new_and_what_changed(root, capsys):
    assert run(root, ledger(ROWS), "--yes") == 0
    copy = root / COPY
    copy.write_text(
        copy.read_text().replace(
            "T101,,2025-10-20,3607,1250.50,,,actual,desert-rose,INV-T101,,",
            "T101,,2025-10-20,3607,1250.50,,,actual,desert-rose,INV-T101,LOC-9,",
        )
    )
    newer = [
        ROWS[0],
        row("3607-000", "10/20/25", "T101", "1,300.50", memo="week 2"),
        row("3607-000", "10/22/25", "T103", "10.00"),
        row("3607-000", "10/22/25", "T103", "20.00"),
    ]
    capsys.readouterr()
    assert run(root, ledger(newer), "--yes") == 0
    out, err = capsys.readouterr()
    assert "~ T101  amount 1250.50 -> 1300.50" in out
    assert "- 2025-10-14  3518  -75.25  INV-T102  recode" in out
    assert "2 new (30.00 USD), 1 changed, 1 as before, 1 of the last copy not in this file" in err
    assert "to take them out: --take-out" in err
    assert ids(root) == {
        "T100": ("3607", 90000), "T101": ("3607", 130050), "T102": ("3518", -7525),
        "T103": ("3607", 1000), "T103.2": ("3607", 2000),
    }  # fmt: skip
    assert ",INV-T101,LOC-9," in copy.read_text(), "what was filled in by hand stays"
    assert run(root, "gl.csv", "--yes", "--take-out") == 0
    assert "T102" not in ids(root)
    turned = [newer[3], newer[2], *newer[:2]]
    capsys.readouterr()
    assert run(root, ledger(turned), "--yes") == 0
    assert "Nothing differs" in capsys.readouterr().err, (
        "the rows of one transaction in another order are the same rows"
    )


def test_what_somebody_else_wrote_is_not_counted_twice(root, capsys):
    (root / "private/costs").mkdir()
    mine = "id,posted,account,amount,kind,vendor,document\nG1,2025-10-13,3607,900.00,actual,desert-rose,inv-t100\n"
    (root / "private/costs/period-02.csv").write_text(mine)
    assert run(root, ledger(ROWS), "--yes") == 0
    err = capsys.readouterr().err
    assert "2 new (1,175.25 USD), 0 changed, 0 as before, 1 in other files of the ledger" in err
    assert "row 5 is private/costs/period-02.csv:2 already and stays there" in err
    assert set(ids(root)) == {"G1", "T101", "T102"}
    assert (root / "private/costs/period-02.csv").read_text() == mine


def test_rows_without_a_number_are_known_again(root, capsys):
    headings = [one for one in HEADINGS if one != "Trans No"]
    bare = [[*one[:2], *one[3:]] for one in ROWS]
    twins = [["3607", "10/15/25", "PC", "", "", "", "parking", "12.00"]] * 2
    assert run(root, ledger([*bare, *twins], headings=headings), "--yes") == 0
    first = files(root)[COPY]
    assert len(ids(root)) == 5
    capsys.readouterr()
    assert run(root, ledger([*twins, *bare[::-1]], headings=headings), "--yes") == 0
    assert "0 new (0.00 USD), 0 changed, 5 as before" in capsys.readouterr().err
    assert files(root)[COPY] == first


def test_a_row_that_repeats_another_is_left_out(root, capsys):
    assert run(root, ledger([*ROWS, ROWS[0]]), "--yes") == 0
    assert "row 8 repeats row 5 and is left out (--keep-repeated)" in capsys.readouterr().err
    assert len(ids(root)) == 3
    assert run(root, "gl.csv", "--yes", "--keep-repeated") == 0
    assert ids(root)["T100.2"] == ("3607", 90000)


@pytest.mark.parametrize(
    ("more", "words", "said"),
    [
        ([["", "", "", "", "", "", "", "Total for 3607-000", "2,000.00"]], (), "account 3607 says 2,000.00, its rows come to 2,150.50: 150.50 apart"),
        ([["", "", "", "", "", "", "", "Grand Total", "2,075.24"]], (), "the total says 2,075.24, its rows come to 2,075.25: 0.01 apart"),
        ([row("3670-000", "10/20/25", "T9", "1")], (), "row 8, column account: there is no account 3670-000 here\n  did you mean 36"),
        ([row("3607", "10/32/25", "T9", "1")], (), "row 8, column Eff Date: 10/32/25 is not in the calendar"),
        ([row("3607", "10/20/25", "T9", "1,2")], (), "parts its cents by a point, 1,2 by a comma"),
        ([row("3607", "10/20/25", "T9", "one")], (), "row 8, column Amount: one is not an amount"),
        ([row("3607", "10/20/25", "T9", "")], (), "row 8, column Amount: this row has a date and no amount"),
        ([row("3607", "", "T9", "5")], (), "row 8, column Eff Date: this row has an amount and no date"),
        ([row("3607", "10/20/25", "T9", "5", src="ZZ")], (), "there is no kind ZZ here\n  say what it is: --kind 'ZZ=petty-cash'"),
        ([row("3607", "10/20/25", "T9", "EUR 5")], (), "there is no rate for EUR"),
        ([row("3607", "10/10/25", "T9", "5")], (), "row 8 (2025-10-10  3607  5.00  desert-rose  INV-T9) falls into period 1, closed 2025-10-15"),
    ],
)  # fmt: skip
def test_what_does_not_agree_or_cannot_be_read_imports_nothing(root, capsys, more, words, said):
    before = files(root)
    assert run(root, ledger(ROWS, *more), "--yes", *words) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "\nNothing is imported" in err
    assert "Traceback" not in err
    assert files(root) == before


def test_every_difference_is_named_at_once(root, capsys):
    assert (
        run(
            root,
            ledger([row("3607", "soon", "T1", "x"), row("9", "10/20/25", "T2", "1"), row("", "10/20/25", "T3", "1")]),
        )
        == 1
    )
    err = capsys.readouterr().err
    for said in (
        "row 5, column Eff Date: soon is not a date",
        "row 5, column Amount: x is not",
        "account 9",
        "row 7, column Acct: this row has no account",
    ):
        assert said in err


def test_options_settle_what_is_refused_and_are_remembered(root, capsys):
    strange = [row("1010-000", "10/20/25", "T7", "-500"), row("3670-000", "10/21/25", "T8", "40", src="ZZ")]
    told = ("--account", "1*=leave", "--account", "3670-000=3607", "--kind", "ZZ=card")
    assert run(root, ledger([*ROWS, *strange]), "--yes", *told) == 0
    assert "account 1010-000: 1 row, -500.00 USD, left: no cost" in capsys.readouterr().err
    assert ids(root)["T8"] == ("3607", 4000)
    assert run(root, "gl.csv") == 0
    assert "Nothing differs" in capsys.readouterr().err
    saved = folder.read(root).production.imports["costs"]
    assert saved.accounts == {"1*": "leave", "3670-000": "3607"} and saved.kinds == {"ZZ": "card"}
    assert run(root, ledger([row("3607", "10/10/25", "T9", "5")]), "--yes", "--late", "2") == 0
    assert ",".join(("T9", "2", "2025-10-10", "3607", "5.00")) in (root / COPY).read_text()
    assert run(root, "gl.csv", "--yes", "--late", "2") == 0
    assert run(root, "gl.csv", "--late", "1") == 2
    assert "period 1 is closed" in capsys.readouterr().err
    assert run(root, "gl.csv", "--account", "3670-000=3670") == 2
    assert run(root, "gl.csv", "--column", "Amount=mony") == 2


def test_the_same_ledger_in_european_dress(root, capsys):
    headings = ("Konto", "Datum", "Betrag", "Beleg")
    rows = [
        ["3607", "13.10.2025", "1.250,50", "A1"],
        ["3518", "14.10.2025", "-75,25", "A2"],
        ["Total", "", "1.175,25", ""],
    ]
    told = (
        "--column",
        "Konto=account",
        "--column",
        "Datum=posted",
        "--column",
        "Betrag=amount",
        "--column",
        "Beleg=document",
    )
    assert run(root, ledger(rows, headings=headings, sign=";"), "--yes", *told) == 0
    err = capsys.readouterr().err
    assert "dates are read as day/month" in err and "cents are parted by a comma" in err
    assert sorted(ids(root).values()) == [("3518", -7525), ("3607", 125050)]


def test_debit_and_credit_and_account_headings_above_their_rows(root, capsys):
    headings = ("Date", "Reference", "Payee", "Debit", "Credit", "Balance")
    rows = [
        ["3607 Site rental fees", "", "", "", "", ""],
        ["", "", "Beginning Balance 3607", "100.00", "", ""],
        ["2025-10-13", "A1", "Motel", "900.00", "", "1,000.00"],
        ["2025-10-14", "A2", "Motel", "", "50.00", "950.00"],
        ["", "", "Ending Balance 3607", "950.00", "", ""],
        ["3518 Vehicle rentals", "", "", "", "", ""],
        ["2025-10-14", "A3", "Vans", "20.00", "", "20.00"],
        ["", "", "Total 3518", "20.00", "", ""],
        ["", "", "Total", "920.00", "50.00", ""],
    ]
    assert run(root, ledger(rows, headings=headings), "--yes") == 0
    err = capsys.readouterr().err
    assert "3 totals of the file agree" in err
    assert sorted(ids(root).values()) == [("3518", 2000), ("3607", -5000), ("3607", 90000)]


def test_foreign_rows_come_to_the_base_amount(root):
    headings = ("Account", "Date", "Trans No", "Currency", "Amount", "Base Amount")
    rows = [
        ["3607", "2025-10-13", "T1", "CAD", "1234.00", "900.82"],
        ["3607", "2025-10-14", "T2", "CAD", "1,000,000.00", "731,234.57"],
        ["3607", "2025-10-15", "T3", "USD", "10.00", "10.00"],
        ["3607", "2025-10-16", "T4", "CAD", "-100.00", "-73.00"],
        ["Grand Total", "", "", "", "", "732,072.39"],
    ]
    assert run(root, ledger(rows, headings=headings), "--yes") == 0
    found = {one.id: one for one in folder.read(root).production.ledger}
    assert {key: one.cost for key, one in found.items()} == {"T1": 90082, "T2": 73123457, "T3": 1000, "T4": -7300}
    assert found["T1"].currency == "CAD" and found["T1"].typed == "1234.00" and found["T3"].currency == ""


def test_a_workbook_with_days_numbers_and_a_trial_balance(root, tmp_path, capsys):
    rows = [
        [one[0], dt.datetime(2025, 10, 13 + n), *one[2:8], value]
        for n, (one, value) in enumerate(zip(ROWS, (900, 1250.5, -75.25), strict=True))
    ]
    trial = [["Account", "Balance"], ["3607-000", 2150.5], ["3518-000", -75.25], ["1010-000", -2075.25]]
    book = as_xlsx(
        tmp_path / "gl.xlsx",
        {"Cover": [["for the bond company"]], "GL": [["Halcyon"], list(HEADINGS), *rows], "Trial Balance": trial},
    )
    assert run(root, str(book), "--yes") == 0
    err = capsys.readouterr().err
    assert "gl.xlsx, sheet GL: 3 rows" in err and "2 accounts agree with the trial balance gl.xlsx" in err
    assert ids(root)["T101"] == ("3607", 125050)


def test_a_trial_balance_that_differs_is_named_by_account(root, capsys):
    Path("tb.csv").write_bytes(
        as_csv(
            [["Account", "Debit", "Credit"], ["3607", "2,150.51", ""], ["3620", "7.00", ""], ["1010", "", "2157.51"]]
        )
    )
    before = files(root)
    assert run(root, ledger(ROWS), "--yes", "--trial-balance", "tb.csv") == 1
    err = capsys.readouterr().err
    assert "account 3518: it says nothing, the ledger would come to -75.25: 75.25 apart" in err
    assert "account 3607: it says 2,150.51, the ledger would come to 2,150.50: 0.01 apart" in err
    assert "account 3620: it says 7.00, the ledger would come to 0.00: 7.00 apart" in err
    assert files(root) == before
    assert run(root, "gl.csv", "--trial-balance", "tb.csv", "--tolerance", "80") == 0
    assert run(root, "gl.csv", "--tolerance", "-1") == 2


def test_hostile_cells_stay_data(root, capsys):
    memo = '=cmd|"/c calc"!A1, "quoted"\nnext line \u202etxt.exe; * [x](y) <b>\x1b[31m'
    assert run(root, ledger([row("3607", "10/13/25", "T1", "5.00", memo=memo, vendor="-2+3")]), "--yes") == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err and "\u202e" not in said.out + said.err
    [one] = folder.read(root).production.ledger
    assert one.memo == '=cmd|"/c calc"!A1, "quoted" next line txt.exe; * [x](y) <b>[31m'
    assert one.vendor == "-2+3"


def test_no_ledger_no_folder_no_private(root, capsys, tmp_path):
    Path("people.csv").write_bytes(as_csv([["Name", "Phone"], ["A", "1"]]))
    assert run(root, "people.csv") == 3
    assert "has no row of headings with a date and an amount" in capsys.readouterr().err
    assert run(root, "none.csv") == 3
    (root / "private/costs").mkdir()
    (root / COPY).write_text("id,posted,account,amount,kind\n")
    assert run(root, ledger(ROWS), "--yes") == 3
    assert "was not made by an import and is not written over" in capsys.readouterr().err
    assert run(root, "gl.csv", "--yes", "--source", "payroll-co") == 0
    assert run(root, "gl.csv", "--yes", "--source", "../x") == 2
    bare = write(tmp_path / "BARE", {})
    assert run(bare, "gl.csv") == 3
    assert "there is no private/ here" in capsys.readouterr().err


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=20)
RANDOM = st.lists(
    st.tuples(
        st.sampled_from(["3607", "3518", "3620"]),
        st.dates(dt.date(2025, 10, 13), dt.date(2025, 10, 26)),
        st.integers(-10_000_000, 10_000_000),
        TEXT,
        TEXT,
    ),
    max_size=12,
)


@given(RANDOM, st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d-%b-%Y"]), st.booleans(), st.booleans())
@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledger_comes_back_as_it_was(tmp_path_factory, rows, form, comma, semicolon):
    root = write(tmp_path_factory.mktemp("any") / "SALT", FILES)
    table = [["Account", "Date", "Trans No", "Amount", "Description", "Reference"]]
    for at, (account, day, cents, memo, document) in enumerate(rows):
        text = f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,") if comma else {})
        table.append([account, day.strftime(form), f"T{at:04d}", text, memo, document])
    total = f"{sum(cents for _, _, cents, _, _ in rows) / 100:,.2f}".translate(
        str.maketrans(",.", ".,") if comma else {}
    )
    table.append(["Grand Total", "", "", total, "", ""])
    file = root.parent / "gl.csv"
    file.write_bytes(as_csv(table, ";" if semicolon else ","))
    assert (
        run(
            root,
            str(file),
            "--yes",
            "--dates",
            "mdy" if "/" in form else "dmy",
            "--decimals",
            "comma" if comma else "point",
        )
        == 0
    )
    found = [
        (one.id, one.account, one.posted, one.cost, one.memo, one.document)
        for one in folder.read(root).production.ledger
    ]
    clean = lambda text: " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())  # noqa: E731
    assert found == [
        (f"T{at:04d}", account, day, cents, clean(memo), clean(document))
        for at, (account, day, cents, memo, document) in enumerate(rows)
    ]


CHILD = """
import os, signal, sys
from pmkit import cli
call, when = sys.argv[1], int(sys.argv[2])
real, seen = getattr(os, call), []
def counted(*args, **kwargs):
    seen.append(1)
    if len(seen) == when:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **kwargs)
setattr(os, call, counted)
sys.exit(cli.run(sys.argv[3:]))
"""


@pytest.mark.parametrize("call", ["replace", "write", "fsync"])
def test_killed_at_any_write_it_is_imported_whole_or_not_at_all(root, call):
    assert run(root, ledger(ROWS), "--yes") == 0
    newer = [row("3607-000", "10/13/25", "T100", "901.00"), *ROWS[1:], row("3518", "10/22/25", "T103", "10.00")]
    words = ["-C", str(root), "import", "costs", ledger(newer), "--yes", "--account", "1*=leave"]
    before = files(root)
    done = shutil.copytree(root, root.parent / "DONE")
    assert run(done, "gl.csv", "--yes", "--account", "1*=leave") == 0
    whole = {name: data for name, data in files(done).items() if name != COPY}
    rows = (done / COPY).read_text().split("\n")[2:]
    for when in range(1, 12):
        child = [sys.executable, "-c", CHILD, call, str(when), *words]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        died = subprocess.run(child, capture_output=True, text=True, timeout=120, check=False, env=env)
        after = {name: data for name, data in files(root).items() if not name.endswith(".tmp")}
        if after[COPY] == before[COPY]:
            assert after == before, "what is not imported changes nothing"
        else:
            assert after[COPY].decode().split("\n")[2:] == rows
            assert {name for name in after if after[name] != before[name]} <= {COPY, "imports.yaml"}
        if died.returncode == 0:
            assert {name: data for name, data in after.items() if name != COPY} == whole
            return
        assert died.returncode == -9, died.stderr
        for name in after:
            (root / name).write_bytes(before[name])
    pytest.fail("it never came to its end")


def test_a_refusal_of_the_disk_leaves_everything(root, monkeypatch, capsys):
    assert run(root, ledger(ROWS), "--yes") == 0
    before = files(root)
    real = os.replace
    seen = []

    def full(*args):
        seen.append(args)
        if len(seen) == 2:
            raise OSError(28, "no space")
        real(*args)

    monkeypatch.setattr(os, "replace", full)
    words = (ledger([*ROWS, row("3518", "10/22/25", "T103", "10.00")]), "--yes", "--account", "1*=leave")
    assert run(root, *words) == 3
    assert "the disk is full" in capsys.readouterr().err
    assert files(root) == before


def test_a_detail_in_words_is_the_memo_and_the_tax_of_a_total_is_no_account(root, capsys) -> None:
    rows = [
        ["Acct", "Date", "Net", "VAT", "Inv no", "Detail"],
        ["3607", "2025-10-21", "99.95", "35.18", "Q1", "cables"],
    ]
    Path("gl.csv").write_bytes(as_csv([*rows, ["", "Total", "99.95", "35.18"]], ","))
    assert run(root, "gl.csv", "--yes") == 0
    said = capsys.readouterr().err
    assert "1 total of the file agrees" in said
    assert "2025-10-21,3607,99.95,,,actual,,Q1,,,,,,35.18,,cables" in (root / COPY).read_text()
    (root / "imports.yaml").unlink()  # what was settled is not guessed again
    rows[1][-1] = "02"
    Path("gl.csv").write_bytes(as_csv(rows, ","))
    assert run(root, "gl.csv") == 1  # a number under it is the second half of the account's
    assert "there is no account 3607-02 here" in capsys.readouterr().err


def test_of_a_trial_balance_that_has_nothing_in_common_only_the_first_are_named(root, capsys, monkeypatch) -> None:
    monkeypatch.setattr(import_costs_shown, "_MOST", 5)
    lines = "".join(f"{number},1.00\n" for number in range(3501, 3599))
    Path("tb.csv").write_text("Account,Balance\n" + lines)
    assert run(root, ledger(ROWS), "--yes", "--trial-balance", "tb.csv") == 1
    said = capsys.readouterr().err
    named = said.count("trial balance, account")
    assert named == 5
    assert "and 8 more accounts; all together are" in said


def test_orders_are_known_as_accountants_write_them_and_an_amount_with_its_currency_above(root, capsys) -> None:
    write(
        root,
        {
            "private/po/LOC-001": "vendor: desert-rose\ndate: 2025-10-13\nlines: [{what: Site, account: 3607, rate: 900}]\n"
        },
    )
    said = ("LOC001", "loc 1", "LOC-001", "1", "CAM-001")
    rows = [row("3607", "10/21/25", f"T{at}", "9.95", po=po) for at, po in enumerate(said)]
    headings = [*HEADINGS[:-1], "Amount (USD)"]
    assert run(root, ledger(rows, headings=headings), "--yes") == 0
    assert "2 orders not in private/po/, taken as typed: 1, CAM-001" in capsys.readouterr().err
    assert [one.po for one in folder.read(root).production.ledger] == ["LOC-001"] * 3 + ["1", "CAM-001"]


def test_amounts_in_two_currencies_are_told_apart_by_a_person(root, capsys) -> None:
    rows = [[*one, "1.00"] for one in ROWS]
    headings = [*HEADINGS[:-1], "Amount (CAD)", "Amount (USD)"]
    assert run(root, ledger(rows, headings=headings)) == 3
    assert run(root, "gl.csv", "--column", "Amount (USD)=amount") == 0
    assert "3 new (3.00 USD)" in capsys.readouterr().err


def test_a_field_by_another_name_is_understood_in_the_hint(root, capsys) -> None:
    assert run(root, ledger(ROWS), "--column", "Eff Date=date") == 2
    assert run(root, "gl.csv", "--column", "Description=Narrative") == 2
    said = capsys.readouterr().err
    assert "did you mean posted?" in said
    assert "did you mean memo?" in said

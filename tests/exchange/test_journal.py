"""The ledger for hledger and beancount: it balances, comes to our figures, and text stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pmkit import cli
from pmkit.exchange import beancount, hledger, journal
from pmkit.files import folder
from pmkit.model.budget import Budget, CostReportSettings
from pmkit.model.ledger import LedgerRow
from pmkit.model.production import Production, Settings
from pmkit.rollup.costs import costs
from tests.conftest import SAMPLE
from tests.often import often

NASTY = [
    "a; b",
    'a "quoted" \\ b',
    "x\n2025-01-01 * injected\n    Expenses:Evil  USD 1000000.00\n    Assets:Bank",
    "two  spaces  USD 5",
    "tag: one, other: two",
    "(code) * ! =2025-01-01",
    "\u202eevil\u2028line",
    "| pipe | in it",
    "Ünïcode 漢字 №",
    '"\n2025-01-01 open Assets:Evil\n"',
]


def sums_of_hledger(data: bytes) -> dict[str, dict[str, Decimal]]:
    """A reading of the journal of our own: every transaction must balance; what each account comes to."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    declared = set()
    for block in data.decode().split("\n\n"):
        lines = [one for one in block.split("\n") if one and not one.startswith(";")]
        if not lines or not re.match(r"\d{4}-", lines[0]):
            declared |= {one.removeprefix("account ") for one in lines if one.startswith("account ")}
            assert all(re.match(r"account |commodity |decimal-mark", one) for one in lines), lines
            continue
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \* \([^()]*\)[^;]*", lines[0]), lines[0]
        weight: Decimal = Decimal(0)
        postings = [one for one in lines[1:] if not one.startswith("    ; ")]
        assert len(postings) == 2, lines
        for one in postings:
            account, amount = one.strip().split("  ")
            assert account in declared
            match = re.fullmatch(r"([A-Z]{3}) (-?[\d.]+)(?: @@ ([A-Z]{3}) ([\d.]+))?", amount)
            assert match is not None, one
            value = Decimal(match[2])
            found[account][match[1]] += value
            weight += (Decimal(match[4]) if value > 0 else -Decimal(match[4])) if match[3] else value
        assert weight == 0, lines
    return found


def sums_of_beancount(data: bytes) -> dict[str, dict[str, Decimal]]:
    """The same of a beancount file, read by its own words."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    string = r'"(?:[^"\\\n]|\\.)*"'
    opened: dict[str, str] = {}
    weight, day = Decimal(0), ""
    for one in [*data.decode().split("\n"), ""]:
        if not one:
            assert weight == 0
            day = ""
        elif match := re.fullmatch(r"(\d{4}-\d\d-\d\d) open (\S+)", one):
            opened[match[2]] = match[1]
        elif match := re.fullmatch(rf"(\d{{4}}-\d\d-\d\d) \* {string} {string}", one):
            day, weight = match[1], Decimal(0)
        elif match := re.fullmatch(r"  ([A-Z]\S+)  (-?[\d.]+) ([A-Z]{3})(?: @@ ([\d.]+) ([A-Z]{3}))?", one):
            assert day >= opened[match[1]]
            assert all(re.fullmatch(r"[A-Z0-9][A-Za-z0-9-]*", step) for step in match[1].split(":"))
            value = Decimal(match[2])
            found[match[1]][match[3]] += value
            weight += (Decimal(match[4]) if value > 0 else -Decimal(match[4])) if match[4] else value
        else:
            assert re.fullmatch(rf"; .*|option {string} {string}|  [a-z]+: {string}", one), one
    return found


def to_date(production: Production) -> dict[str, Decimal]:
    return {
        one.coding.number: one.position.to_date.value / (100 if isinstance(one.position.to_date.value, int) else 1)
        for one in costs(production, None).accounts()
        if one.position.to_date.value
    }


def by_account(sums: dict[str, dict[str, Decimal]], without: str = "Expenses:Accrued") -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for name, amounts in sums.items():
        if name.startswith("Expenses:") and not name.startswith((without, "Expenses:Committed")):
            assert set(amounts) == {"USD"}
            found[re.split("[ -]", name.split(":")[-1])[0]] += amounts["USD"]
    return {account: value for account, value in found.items() if value}


def test_the_sample_comes_to_our_cost_to_date(sample):
    production = sample.production
    made = journal.journal(production, production.ledger)
    ours = to_date(production)
    assert by_account(sums_of_hledger(hledger.write(made))) == ours
    assert by_account(sums_of_beancount(beancount.write(made))) == ours
    assert Decimal(made.to_date) / 100 == sum(ours.values())
    again = journal.journal(production, production.ledger)
    assert hledger.write(again) == hledger.write(made) and beancount.write(again) == beancount.write(made)


def test_open_orders_stand_apart(sample):
    production = sample.production
    made = journal.journal(production, production.ledger, dt.date(2025, 10, 30))
    sums = sums_of_hledger(hledger.write(made))
    assert by_account(sums) == to_date(production)
    committed = sum(v["USD"] for name, v in sums.items() if name.startswith("Expenses:Committed"))
    assert committed == Decimal(made.committed) / 100 > 0
    assert f"; open orders, under Expenses:Committed: {committed} USD" in hledger.write(made).decode()


def test_accruals_in_to_date_stand_with_the_rest(sample):
    budget = sample.production.budget.but(cost_report=CostReportSettings(accruals_in="to_date"))
    production = Production(
        settings=sample.production.settings,
        budget=budget,
        chart=sample.production.chart,
        ledger=sample.production.ledger,
    )
    made = journal.journal(production, production.ledger)
    assert made.accrued == 0
    assert by_account(sums_of_hledger(hledger.write(made))) == to_date(production)


def test_balance_accounts_are_assets_or_debts_and_in_no_cost(production):
    ledger = (
        "account,posted,amount,kind,document\n200,2025-10-13,300,journal,JE-1\n9100,2025-10-13,-300,journal,JE-1\n"
        "9200,2025-10-14,40,actual,I-1\n9100,2025-10-14,-7,accrual,\n"
    )
    folder_ = production(
        private__budget="accounts: {200: {name: Rooms, lines: [{what: Rooms, rate: 900}]}}\n",
        private__balance="9100: {name: Bank, kind: bank}\n9200: {name: Owed, kind: payable}\n",
        **{"private/costs/x.csv": ledger},
    )
    made = journal.journal(folder_.production, folder_.production.ledger)
    assert (made.rows, made.to_date, made.accrued) == (4, 30000, 0)
    sums = sums_of_hledger(hledger.write(made))
    assert by_account(sums) == to_date(folder_.production) == {"200": Decimal(300)}
    assert sums["Assets:9100 Bank"]["USD"] == -307 and sums["Liabilities:9200 Owed"]["USD"] == 40
    assert by_account(sums_of_beancount(beancount.write(made))) == {"200": Decimal(300)}


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["3607", "9:9", "A/1", "A-1", ""]),
        st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
        st.integers(-(10**9), 10**9),
        st.sampled_from(sorted(journal.SIDES.keys() - {"order"})),
        st.booleans(),
        *[st.one_of(st.sampled_from(NASTY), st.text(max_size=30))] * 4,
    ),
    max_size=8,
)


@given(ROWS)
@settings(max_examples=often(150), deadline=None)
def test_whatever_is_typed_stays_text_and_balances(rows):
    names = ("amount", "currency", "vendor", "document", "memo", "tags")
    at = {name: index for index, name in enumerate(names)}
    made = []
    for line, (account, day, cents, kind, foreign, *texts) in enumerate(rows, 2):
        vendor, document, memo, tags = texts
        cells = (
            f"{cents * 2 / 100:.2f}" if foreign else f"{cents / 100:.2f}",
            "CAD" if foreign else "",
            vendor,
            document,
            memo,
            tags,
        )
        made.append(LedgerRow("c.csv", line, account or "0", day, cents, kind, tags, "", Decimal("0.5"), cells, at))
    budget = Budget(accounts={})
    production = Production(
        settings=Settings(pmkit=1, title='T "x"\n; y', currency="USD"), budget=budget, ledger=tuple(made)
    )
    found = journal.journal(production, made)
    for sums in (sums_of_hledger(hledger.write(found)), sums_of_beancount(beancount.write(found))):
        total = sum((v["USD"] for name, v in sums.items() if name.startswith("Expenses:")), Decimal(0))
        assert total * 100 == sum(one[2] for one in rows)
        assert not any("Evil" in name for name in sums)


def test_the_commands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    root = shutil.copytree(SAMPLE, tmp_path / "SALT")
    assert cli.run(["-C", str(root), "export", "hledger"]) == 0
    out, err = capsys.readouterr()
    assert out == "SALT/build/SALT.journal\n" and "669 rows, 864293.38 USD to date." in err
    assert (root / "build/SALT.journal").stat().st_mode & 0o777 == 0o600
    assert cli.run(["-C", str(root), "export", "beancount", "--period", "6", "-o", "p.beancount"]) == 0
    week = sums_of_beancount(Path("p.beancount").read_bytes())
    assert (
        cli.run(["-C", str(root), "export", "hledger", "--from", "2025-10-13", "--to", "2025-10-19", "-o", "d.journal"])
        == 0
    )
    assert by_account(sums_of_hledger(Path("d.journal").read_bytes())) == by_account(week)
    assert cli.run(["-C", str(root), "export", "hledger", "--through", "7", "-o", "t.journal"]) == 0
    production = folder.read(root).production
    period = production.periods["7"]
    ours = {
        one.coding.number: one.position.to_date.value
        for one in costs(production, period).accounts()
        if one.position.to_date.value
    }
    assert by_account(sums_of_hledger(Path("t.journal").read_bytes())) == {
        key: Decimal(value) / (100 if isinstance(value, int) else 1) for key, value in ours.items()
    }
    capsys.readouterr()
    assert cli.run(["-C", str(root), "export", "hledger", "--period", "77"]) == 2
    assert "there is no period 77" in capsys.readouterr().err
    assert cli.run(["-C", str(root), "export", "hledger", "--from", "soon"]) == 2
    shutil.rmtree(root / "private/costs")
    assert cli.run(["-C", str(root), "export", "beancount"]) == 3


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"not installed: {name}")
    return found


def _nasty(tmp_path: Path) -> Path:
    root = shutil.copytree(SAMPLE, tmp_path / "SALT")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "posted", "account", "amount", "kind", "vendor", "document", "memo", "tags"))
    for at, nasty in enumerate(one.replace("\u202e", "").replace("\u2028", "") for one in NASTY):
        writer.writerow(
            (f"N{at}" if at % 2 else "", "2025-10-20", "3607", f"{at}.25", "actual", nasty, nasty, nasty, nasty)
        )
    (root / "private/costs/nasty.csv").write_text(text.getvalue())
    return root


@pytest.mark.soak
def test_hledger_comes_to_the_same(tmp_path):
    program = _program("hledger")
    root = _nasty(tmp_path)
    production = folder.read(root).production
    path = tmp_path / "s.journal"
    path.write_bytes(hledger.write(journal.journal(production, production.ledger, dt.date(2025, 10, 30))))
    subprocess.run([program, "-f", str(path), "check", "--strict"], check=True, capture_output=True, timeout=120)
    words = [program, "-f", str(path), "bal", "Expenses", "-N", "--flat", "-O", "csv", "-c", "USD 1000.00"]
    out = subprocess.run(words, check=True, capture_output=True, text=True, timeout=120).stdout
    sums = {
        account: {"USD": Decimal(amount.replace("USD", "").strip())}
        for account, amount in [*csv.reader(io.StringIO(out))][1:]
    }
    assert by_account(sums) == to_date(production)


@pytest.mark.soak
def test_bean_query_comes_to_the_same(tmp_path):
    check, query = _program("bean-check"), _program("bean-query")
    root = _nasty(tmp_path)
    production = folder.read(root).production
    path = tmp_path / "s.beancount"
    path.write_bytes(beancount.write(journal.journal(production, production.ledger, dt.date(2025, 10, 30))))
    done = subprocess.run([check, str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    words = "SELECT account, sum(number) WHERE account ~ '^Expenses' AND currency = 'USD' GROUP BY account"
    out = subprocess.run(
        [query, "-f", "csv", str(path), words], check=True, capture_output=True, text=True, timeout=120
    ).stdout
    sums = {row[0].strip(): {"USD": Decimal(row[1].strip())} for row in [*csv.reader(io.StringIO(out))][1:]}
    assert by_account(sums) == to_date(production)

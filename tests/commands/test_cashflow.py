"""`pmkit cashflow` at the prompt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pmkit import cli
from tests.conftest import SAMPLE


@pytest.fixture
def salt(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit"))
    monkeypatch.chdir(root)
    return root


def test_it_prints_the_weeks_to_stdout(salt, capsys) -> None:
    assert cli.run(["cashflow", "--period", "8"]) == 0
    out = capsys.readouterr().out
    assert "The Salt Road · Cash flow 8 · 27 October – 2 November 2025" in out
    assert "SHORT" in out
    assert not (salt / "build").exists()


def test_a_spreadsheet_has_a_column_a_week(salt, capsys) -> None:
    assert cli.run(["cashflow", "--period", "8", "--format", "xlsx"]) == 0
    path = salt / "build" / "SALT_Cashflow_2025-11-02.xlsx"
    assert path.stat().st_mode & 0o077 == 0
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert "2025-09-14" in rows[0]
    payments = next(row for row in rows if row[1] == "All payments")
    assert isinstance(payments[-1], (int, float))
    assert round(sum(payments[2:-1]), 2) == payments[-1]


def test_without_a_cash_flow_file_it_says_what_it_lacks(salt, capsys) -> None:
    (salt / "private" / "cashflow.yaml").unlink()
    assert cli.run(["cashflow", "--period", "8"]) == 0
    out = capsys.readouterr().out
    assert "There is no private/cashflow.yaml: the bank opens with nothing and nothing comes in." in out
    assert "The bank is short" not in out


def test_without_private_it_says_what_is_missing(salt, capsys) -> None:
    shutil.rmtree(salt / "private")
    assert cli.run(["cashflow"]) == 3
    assert "there is no private/ here" in capsys.readouterr().err


def test_a_year_mistyped_stops_it(salt, capsys) -> None:
    path = salt / "private" / "cashflow.yaml"
    path.write_text(path.read_text().replace("2026-04-06", "2062-04-06"))
    assert cli.run(["cashflow"]) == 3
    assert "longer than ten years" in capsys.readouterr().err


def test_a_folder_with_errors_prints_what_holds_and_ends_with_one(salt, capsys) -> None:
    path = salt / "private" / "cashflow.yaml"
    path.write_text(path.read_text().replace("amount: 250000", "amount: much"))
    assert cli.run(["cashflow", "--period", "8"]) == 1
    out, err = capsys.readouterr()
    assert "TOTAL" in out
    assert "[bad-amount]" in err

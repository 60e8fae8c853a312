"""`pmkit costs` at the prompt: where it prints, what it says, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pmkit import cli
from tests.conftest import SAMPLE


@pytest.fixture
def salt(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit"))
    monkeypatch.chdir(root)
    return root


def test_the_last_period_with_costs_is_printed_to_stdout(salt, capsys) -> None:
    assert cli.run(["costs", "--date", "2025-11-03"]) == 0
    out, _ = capsys.readouterr()
    assert "The Salt Road · Cost report 8 · 27 October – 2 November 2025" in out
    assert "GRAND TOTAL" in out
    assert not (salt / "build").exists()


def test_a_period_by_number_and_by_date(salt, capsys) -> None:
    assert cli.run(["costs", "--period", "7"]) == 0
    by_number = capsys.readouterr().out
    assert cli.run(["costs", "--date", "2025-10-26"]) == 0
    assert capsys.readouterr().out == by_number
    assert "Cost report 7" in by_number


def test_cents_and_whole_units(salt, capsys) -> None:
    cli.run(["costs", "--period", "8"])
    assert "whole USD" in capsys.readouterr().out
    cli.run(["costs", "--period", "8", "--cents"])
    out = capsys.readouterr().out
    assert "whole USD" not in out
    assert "27,000.00" in out


@pytest.mark.parametrize(
    ("form", "magic"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("xlsx", b"PK"), ("csv", b"group,")]
)
def test_a_document_goes_to_build_under_the_trades_name(salt, capsys, form: str, magic: bytes) -> None:
    assert cli.run(["costs", "--period", "8", "--format", form]) == 0
    path = salt / "build" / f"SALT_CostReport_2025-11-02.{form}"
    assert capsys.readouterr().out.strip() == str(path.relative_to(salt))
    first = path.read_bytes()
    assert first.startswith(magic)
    assert path.stat().st_mode & 0o077 == 0
    cli.run(["costs", "--period", "8", "--format", form])
    assert path.read_bytes() == first


def test_the_ending_of_a_file_says_its_form(salt, capsys) -> None:
    assert cli.run(["costs", "--period", "8", "-o", "report.pdf"]) == 0
    assert (salt / "report.pdf").read_bytes().startswith(b"%PDF")


def test_an_account_with_its_chain(salt, capsys) -> None:
    assert cli.run(["costs", "3607", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["document"], told["account"]) == ("costs", "3607")
    assert told["figures"]["budget"]["of"]
    assert all(entry["place"].startswith("private/") for entry in told["ledger"])


def test_an_account_may_be_named_by_its_words(salt, capsys) -> None:
    assert cli.run(["costs", "Site rental fees", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["account"] == "3607"
    assert told["figures"]["to_date"]["of"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["costs", "36007"], "did you mean 3607?"),
        (["costs", "3600"], "its accounts are"),
        (["costs", "--period", "88"], "did you mean 8?"),
    ],
)
def test_what_is_not_there_ends_with_a_hint(salt, capsys, arguments: list[str], words: str) -> None:
    assert cli.run(arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""


def test_without_private_it_says_what_is_missing(salt, capsys) -> None:
    shutil.rmtree(salt / "private")
    assert cli.run(["costs"]) == 3
    out, err = capsys.readouterr()
    assert "there is no private/ here: the budget, the orders and the costs lie in it" in err
    assert out == ""


def test_a_private_folder_without_money_says_so(salt, capsys) -> None:
    shutil.rmtree(salt / "private")
    (salt / "private").mkdir()
    assert cli.run(["costs"]) == 3
    assert "neither a budget nor costs" in capsys.readouterr().err


def test_a_folder_with_errors_prints_what_holds_and_ends_with_one(salt, capsys) -> None:
    ledger = salt / "private" / "costs" / "period-08.csv"
    lines = ledger.read_text().splitlines()
    head = next(line for line in lines if line.startswith("id,"))
    at = head.split(",").index("amount")
    bad = lines[-1].split(",")
    bad[at] = "much"
    ledger.write_text("\n".join([*lines[:-1], ",".join(bad), ""]))
    assert cli.run(["costs", "--period", "8"]) == 1
    out, err = capsys.readouterr()
    assert "GRAND TOTAL" in out
    assert f"period-08.csv:{len(lines)}:" in err
    assert "[bad-amount]" in err


def test_a_formula_that_cannot_be_worked_out_is_said_too(salt, capsys) -> None:
    budget = salt / "private" / "budget.yaml"
    budget.write_text(budget.read_text().replace("amount: cast(1).paid", "amount: cast(1).payd"))
    assert cli.run(["costs"]) == 1
    assert "did you mean paid?" in capsys.readouterr().err


def test_money_never_lies_over_the_production(salt, capsys) -> None:
    before = (salt / "private" / "costs" / "period-08.csv").read_bytes()
    assert cli.run(["costs", "--format", "csv", "-o", "private/costs/period-08.csv"]) == 3
    assert (salt / "private" / "costs" / "period-08.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["--by", "unit"], "SALT_CostReportByUnit_2025-11-02.csv"),
        (["--trend"], "SALT_CostTrend_2025-11-02.csv"),
        (["--memo"], "SALT_VarianceMemo_2025-11-02.csv"),
    ],
)
def test_each_view_has_a_file_of_its_own(salt, capsys, words: list[str], file: str) -> None:
    assert cli.run(["costs", "--period", "8", *words, "--format", "csv"]) == 0
    assert capsys.readouterr().out.strip() == str(Path("build") / file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["3607", "--memo"], "ACCOUNT and --memo are different views of the costs: ask for one"),
        (["--by", "set", "--trend"], "--by and --trend are different views"),
        (["--by", "set", "--format", "svg"], "only the whole cost report has a curve"),
    ],
)
def test_one_view_at_a_time(salt, capsys, words: list[str], said: str) -> None:
    assert cli.run(["costs", *words]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_the_memo_stands_under_the_report(salt, capsys) -> None:
    assert cli.run(["costs", "--period", "8"]) == 0
    out = capsys.readouterr().out
    assert out.index("GRAND TOTAL") < out.index("Memo of variances 8")
    assert "berm in one take" in out

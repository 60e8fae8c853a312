"""`pmkit topsheet` and `pmkit budget` at the prompt: what they take, where they print, what they say when they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmkit import cli
from tests.productions import write
from tests.rich_budget import FILES


@pytest.fixture
def low(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write(tmp_path / "low", FILES)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("form", ["csv", "xlsx", "html", "pdf"])
def test_a_document_goes_to_build_under_the_trades_name(low: Path, capsys, form: str) -> None:
    for words, name in ((["topsheet"], "TopSheet"), (["budget"], "Budget"), (["budget", "--fringes"], "Fringes"),
                        (["budget", "2001"], "Budget2001"), (["budget", "--by", "currency"], "BudgetByCurrency")):  # fmt: skip
        assert cli.run([*words, "--format", form]) == 0
        path = low / "build" / f"LOW_{name}.{form}"
        assert capsys.readouterr().out.strip() == str(path.relative_to(low))
        assert path.stat().st_mode & 0o077 == 0
        first = path.read_bytes()
        cli.run([*words, "--format", form])
        capsys.readouterr()
        assert path.read_bytes() == first


def test_a_group_is_switched_for_the_asking(low: Path, capsys) -> None:
    totals = {}
    for words in ([], ["--without", "stunts"], ["--with", "reshoots"]):
        assert cli.run(["topsheet", "--json", *words]) == 0
        told = json.loads(capsys.readouterr().out)
        totals[" ".join(words)] = float(told["total"]["amount"])
        assert ("Stunt sequence is switched off" in str(told["notes"])) == (words == ["--without", "stunts"])
        assert ("Reshoots is switched off" in str(told["notes"])) == ("reshoots" not in words)
    assert totals["--without stunts"] < totals[""] < totals["--with reshoots"]


def test_against_a_file_and_another_production(low: Path, tmp_path: Path, capsys) -> None:
    other = write(
        tmp_path / "other", {**FILES, "private/budget": FILES["private/budget"].replace("rate: 9000}", "rate: 1}")}
    )
    for against in (str(other), str(other / "private" / "budget.yaml")):
        assert cli.run(["budget", "--against", against, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        (insurance,) = (account for account in told["accounts"] if account["number"] == "6701")
        assert insurance["total"]["variance"] == "8999"
        assert insurance["rows"][0]["detail"] == "rate 1 → 9,000"
        assert cli.run(["topsheet", "--against", against]) == 0
        assert "Variance" in capsys.readouterr().out


def test_two_others_are_held_against_each_other(low: Path, tmp_path: Path, capsys) -> None:
    paths = []
    for name, rate in (("then", "1"), ("now", "4")):
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(FILES["private/budget"].replace("rate: 9000}", f"rate: {rate}}}"), encoding="utf-8")
    words = ["--against", f"{paths[0]}..{paths[1]}"]
    assert cli.run(["budget", *words]) == 0
    out = capsys.readouterr().out
    assert "Budget comparison of now.yaml · against then.yaml" in out
    assert "rate 1 → 4" in out
    assert cli.run(["topsheet", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["against"], told["levels"][-1]["total"]["variance"]) == (
        "Top sheet of now.yaml", "then.yaml", "3",
    )  # fmt: skip
    assert cli.run(["budget", "--against", f"{paths[0]}..{low / 'crew.yaml'}"]) == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["budget", "201"], 2, "did you mean 2001?"),
        (["budget", "2000"], 2, "its accounts are 2001"),
        (["budget", "--without", "stunt"], 2, "did you mean stunts?"),
        (["budget", "2001", "--fringes"], 2, "do not go together"),
        (["topsheet", "--against", "crew.yaml"], 3, "no budget in crew.yaml"),
        (["topsheet", "--against", "."], 3, "this production itself"),
        (["budget", "--by", "colour"], 2, "is not one of"),
        (["budget", "-o", "private/budget.yaml", "--format", "text"], 3, "is not written over"),
    ],
)
def test_what_cannot_be_done_is_said(low: Path, capsys, words: list[str], code: int, said: str) -> None:
    before = (low / "private" / "budget.yaml").read_bytes()
    assert cli.run(words) == code
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert (low / "private" / "budget.yaml").read_bytes() == before


def test_without_a_budget_the_way_to_one_is_told(tmp_path: Path, capsys) -> None:
    root = write(tmp_path / "p", {})
    assert cli.run(["-C", str(root), "topsheet"]) == 3
    assert "there is no private/ here" in capsys.readouterr().err
    (root / "private").mkdir()
    assert cli.run(["-C", str(root), "budget"]) == 3
    assert "pmkit new DIR --chart us-studio" in capsys.readouterr().err


def test_a_budget_with_a_mistake_prints_what_holds_and_ends_with_one(low: Path, capsys) -> None:
    path = low / "private" / "budget.yaml"
    path.write_text(path.read_text().replace("amount: days(main)", "amount: dyas(main)"))
    assert cli.run(["topsheet"]) == 1
    out, err = capsys.readouterr()
    assert "GRAND TOTAL" in out
    assert "did you mean days?" in err
    for form in ("xlsx", "pdf"):
        assert cli.run(["budget", "--format", form]) == 1


def test_a_series_by_episode_in_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    from tests.reports.test_episodes import BUDGET, FILES as SERIES

    monkeypatch.chdir(write(tmp_path / "series", {**SERIES, "private/budget": BUDGET % "1"}))
    for words, name in (
        (["topsheet", "--by", "episode"], "TopSheetByEpisode"),
        (["topsheet", "--episode", "101"], "TopSheetEpisode101"),
        (["budget", "--by", "episode"], "BudgetByEpisode"),
        (["budget", "--episode", "101"], "BudgetEpisode101"),
    ):
        for form in ("csv", "xlsx", "html", "pdf"):
            assert cli.run([*words, "--format", form]) == 0
            assert f"{name}.{form}" in capsys.readouterr().out
        for form in ("text", "md", "json"):
            assert cli.run([*words, "--format", form]) == 0
            assert "episode" in capsys.readouterr().out
    assert cli.run(["topsheet", "--episode", "104"]) == 2
    assert "there is no episode 104" in capsys.readouterr().err
    assert cli.run(["topsheet", "--episode", "101", "--by", "episode"]) == 2


@pytest.mark.parametrize("words", [["topsheet"], ["budget", "2001"]])
def test_a_budget_that_cannot_be_read_is_not_called_missing(low: Path, capsys, words: list[str]) -> None:
    path = low / "private" / "budget.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "groups: [1, {\n", encoding="utf-8")
    assert cli.run(words) == 3
    told = capsys.readouterr().err
    assert "the budget cannot be read: private/budget.yaml:" in told and "bracket" in told
    assert "begin with a chart" not in told

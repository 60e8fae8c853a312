"""`pmkit efc set` and `pmkit period close` at the prompt: what they write, what they refuse, two clones at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.checks import named
from pmkit.files import folder as folders
from pmkit.problems import Problem
from pmkit.rollup.costs import costs
from tests.conftest import SAMPLE

BY = ["--by", "mara-voss", "--date", "2025-11-03"]


@pytest.fixture
def salt(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit"))
    monkeypatch.chdir(root)
    return root


def bytes_of(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".pmkit" not in p.parts
    }


def strangers(root: Path) -> list[Problem]:
    production = folders.read(root).production
    return [*named.unknown_person(production)]


def test_a_change_is_one_more_line_and_the_report_follows(salt, capsys) -> None:
    before = bytes_of(salt)
    assert cli.run(["efc", "set", "3607", "+500", "--because", "storm, again", *BY]) == 0
    told = capsys.readouterr().out
    assert "EFC 24,600.00 → 25,100.00 (+500.00)" in told
    assert "OVER → -2,050.00 OVER" in told
    file = "private/costs/efc/8-mara-voss.csv"
    after = bytes_of(salt)
    assert {name for name in after if after[name] != before.get(name)} == {file}
    assert after[file] == before[file] + b'2025-11-03,3607,25100.00,"storm, again"\n'
    assert f"{file}:{after[file].count(10)}" in told
    cli.run(["costs", "3607", "--date", "2025-11-03", "--json"])
    assert json.loads(capsys.readouterr().out)["figures"]["efc"]["value"] == "25100.00"


def test_a_change_in_an_earlier_period_than_its_day_is_said(salt, capsys) -> None:
    assert cli.run(["efc", "set", "3607", "-500", "--because", "x", *BY, "--dry-run"]) == 0
    said = capsys.readouterr().err
    assert "Period 8, to 2025-11-02, is still open and takes it; that of 2025-11-03: --period 9" in said
    for more in (["--date", "2025-11-02"], ["--date", "2025-11-03", "--period", "9"]):
        words = ["efc", "set", "3607", "-500", "--because", "x", "--by", "mara-voss", "--dry-run"]
        assert cli.run([*words, *more]) == 0
        assert "still open" not in capsys.readouterr().err


def test_a_dry_run_writes_nothing_and_shows_the_same(salt, capsys) -> None:
    before = bytes_of(salt)
    assert cli.run(["efc", "set", "3607", "-500", "--because", "x", *BY, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "24,100.00 (-500.00)" in shown.out
    assert "--dry-run" in shown.err
    assert bytes_of(salt) == before
    assert not (salt / ".pmkit").exists()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_columns_in_any_order_line_ends_and_a_last_line_without_one_stay(salt, ends: str) -> None:
    path = salt / "private/costs/efc/8-mara-voss.csv"
    kept = ends.join(["# kept", "reason,account,date,amount", "x,3602,2025-10-30,90000"]).encode()
    path.write_bytes(kept)
    assert cli.run(["efc", "set", "3607", "25000", "--because", 'a "b"', *BY]) == 0
    assert path.read_bytes() == kept + f'{ends}"a ""b""",3607,2025-11-03,25000{ends}'.encode()


def test_without_a_name_it_is_whoever_sits_at_this_clone(salt, capsys) -> None:
    (salt / ".pmkit").mkdir()
    card = salt / ".pmkit/clone.yaml"
    command = ["efc", "set", "Site rental fees", "25000", "--because", "x", "--date", "2025-11-03"]
    card.write_text("name: yara-desk\nid: i0000\n")
    before = bytes_of(salt)
    assert cli.run(command) == 2
    assert "nobody is named who decided" in capsys.readouterr().err
    assert bytes_of(salt) == before
    card.write_text("name: yara-desk\nid: i0000\nperson: y-bergman\n")
    assert cli.run(command) == 0
    assert (salt / "private/costs/efc/8-y-bergman.csv").read_text() == (
        "#: y-bergman\ndate,account,amount,reason\n2025-11-03,3607,25000,x\n"
    )
    assert not strangers(salt)


def test_a_file_of_estimates_that_nobody_signed_is_to_be_renamed(salt) -> None:
    (salt / "private/costs/efc/8-qqq.csv").write_text("date,account,amount,reason\n2025-11-03,3607,25000,x\n")
    (found,) = strangers(salt)
    assert "nobody has the id qqq" in found.message
    assert "rename the file" in found.hint


def test_without_a_crew_list_a_clone_signs_with_its_own_name(salt) -> None:
    (salt / "crew.yaml").unlink()
    (salt / "private/crew.yaml").unlink()
    (salt / ".pmkit").mkdir()
    (salt / ".pmkit/clone.yaml").write_text("name: yara-desk\nid: i0000\n")
    assert cli.run(["efc", "set", "3607", "25000", "--because", "x", "--date", "2025-11-03"]) == 0
    assert (salt / "private/costs/efc/8-yara-desk.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["36007", "5", "--because", "x"], "did you mean 3607?"),
        (["3600", "5", "--because", "x"], "3600 is a category"),
        (["3607", "2x", "--because", "x"], "2x is not an amount"),
        (["3607", "5", "--because", "  "], "a change needs a reason"),
        (["3607", "5"], "--because"),
        (["3607", "5", "--because", "x", "--period", "7"], "period 7 was closed on 2025-10-29"),
        (["3607", "5", "--because", "x", "--period", "88"], "did you mean 8?"),
        (["3607", "5", "--because", "x", "--by", "Mara V."], "cannot sign a change"),
        (["3607", "5", "--because", "x", "--by", "maravoss"], "did you mean mara-voss?"),
        (["3602", "5", "--because", "x", "--by", "mara-voss", "--date", "2025-10-28", "--period", "9"], ""),
    ],
)
def test_what_it_refuses_writes_nothing(salt, capsys, arguments: list[str], words: str) -> None:
    before = bytes_of(salt)
    code = cli.run(["efc", "set", *arguments, *([] if "--date" in arguments else ["--date", "2025-11-03"])])
    if words:
        assert code == 2
        assert words in capsys.readouterr().err
        assert bytes_of(salt) == before
    else:
        assert code == 0


def test_a_change_is_never_dated_before_another_of_its_account(salt, capsys) -> None:
    assert cli.run(["efc", "set", "3607", "25000", "--because", "x", *BY]) == 0
    assert cli.run(["efc", "set", "3607", "26000", "--because", "x", "--by", "z", "--date", "2025-11-02"]) == 2
    assert "was changed on 2025-11-03 by mara-voss" in capsys.readouterr().err


def test_a_file_with_errors_is_not_added_to(salt, capsys) -> None:
    path = salt / "private/costs/efc/8-mara-voss.csv"
    path.write_text("date,account,amount,reason\n2025-10-30,3607,much,x\n")
    assert cli.run(["efc", "set", "3607", "25000", "--because", "x", *BY]) == 3
    assert "nothing was written" in capsys.readouterr().err
    assert path.read_text().count("\n") == 2


def test_with_stored_etc_the_amount_is_the_estimate_to_complete(salt, capsys) -> None:
    budget = salt / "private/budget.yaml"
    budget.write_text(budget.read_text().replace("stored: efc", "stored: etc"))
    shutil.rmtree(salt / "private/costs/efc")
    assert cli.run(["efc", "set", "3607", "1000", "--because", "x", *BY]) == 0
    assert "ETC" in capsys.readouterr().out
    made = costs(folders.read(salt).production, folders.read(salt).production.periods["8"], "3607")
    (row,) = (row for row in made.accounts() if row.coding.number == "3607")
    assert str(row.position.etc.value) == "1000.00"
    assert row.position.efc.value == row.position.total.value + 1000


def git(where: Path, *arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_two_clones_that_change_estimates_merge_without_conflict(salt, tmp_path, monkeypatch) -> None:
    private = salt / "private"
    git(private, "init", "-q", "-b", "main")
    for key, value in (("user.name", "x"), ("user.email", "x@example.com")):
        git(private, "config", key, value)
    git(private, "add", "-A")
    git(private, "commit", "-qm", "as it is")
    other = tmp_path / "OTHER"
    shutil.copytree(salt, other)
    for root, name, account in ((salt, "mara-voss", "3607"), (other, "y-bergman", "3602")):
        (root / ".pmkit").mkdir(exist_ok=True)
        (root / ".pmkit/clone.yaml").write_text(f"name: {name}\nid: i0000\nperson: {name}\n")
        for amount in ("90000", "91000"):
            assert (
                cli.run(["-C", str(root), "efc", "set", account, amount, "--because", "x", "--date", "2025-11-03"]) == 0
            )
        git(root / "private", "add", "-A")
        git(root / "private", "commit", "-qm", name)
    git(private, "pull", "-q", "--no-rebase", "--no-edit", str(other / "private"), "main")
    read = folders.read(salt)
    assert not read.errors
    by = {(c.by, c.account, c.amount) for c in read.production.efc_changes if c.date.month == 11}
    assert len(by) == 4


def test_closing_writes_a_date_and_what_the_period_held(salt, capsys) -> None:
    before = bytes_of(salt)
    assert cli.run(["period", "close", "--date", "2025-11-05"]) == 0
    assert "86,588.47 USD in 48 rows, 4 EFC changes" in capsys.readouterr().out
    after = bytes_of(salt)
    assert {name for name in after if after[name] != before.get(name)} == {
        "private/periods.yaml",
        "private/closed/8.yaml",
    }
    assert after["private/periods.yaml"] == before["private/periods.yaml"].replace(
        b"8: {from: 2025-10-27, to: 2025-11-02}", b"8: {from: 2025-10-27, to: 2025-11-02, closed: 2025-11-05}"
    )
    assert cli.run(["validate"]) == 0
    assert len(folders.read(salt).production.closings["8"].rows) == 52


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("264.40", "265.40", "period-08.csv:27:1: error: this row was added to, or changed in, period 8"),
        ("G0647,8", "G0647,7", "period-08.csv:28: error: a cost posted on"),
        ("G0648,8", "G0648,9", "row G0648 2017 420.00 is gone from period 8"),
        ("jars to the lab house", "jars to the lab", ""),
    ],
)
def test_what_is_changed_in_a_closed_period_is_found(salt, capsys, old: str, new: str, words: str) -> None:
    assert cli.run(["period", "close", "8", "--date", "2025-11-05"]) == 0
    path = salt / "private/costs/period-08.csv"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    capsys.readouterr()
    code = cli.run(["validate"])
    out = capsys.readouterr().out
    if "posted on" in words:  # into period 7, which was closed by hand, before this day; and out of 8
        assert "row G0647" in out
    else:
        assert words in out
    assert code == (1 if words else 0)


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["9"], "period 8 before it is open", 3),
        (["7"], "period 7 was closed on 2025-10-29", 2),
        (["88"], "did you mean 8?", 2),
        (["8", "--date", "2025-11-02"], "period 8 ends on 2025-11-02", 3),
    ],
)
def test_what_is_not_closed(salt, capsys, arguments: list[str], words: str, code: int) -> None:
    before = bytes_of(salt)
    given = arguments if "--date" in arguments else [*arguments, "--date", "2025-11-20"]
    assert cli.run(["period", "close", *given]) == code
    assert words in capsys.readouterr().err
    assert bytes_of(salt) == before


def test_books_with_errors_stay_open(salt, capsys) -> None:
    path = salt / "private/costs/period-08.csv"
    path.write_text(path.read_text() + "X1,8,2025-10-30,3607,5.00,USD,,journal,,JE-99,,,,,,,half\n")
    before = bytes_of(salt)
    assert cli.run(["period", "close", "--date", "2025-11-05"]) == 1
    assert "journal JE-99 is out of balance by 5.00" in capsys.readouterr().err
    assert bytes_of(salt) == before


def test_the_same_amount_twice_writes_one_line_and_says_so(salt, capsys) -> None:
    twice = ["efc", "set", "3607", "25100", "--because", "storm", *BY]
    assert cli.run(twice) == 0
    once = bytes_of(salt)
    capsys.readouterr()
    assert cli.run(twice) == 0
    told = capsys.readouterr()
    assert bytes_of(salt) == once
    assert "EFC is 25,100.00 already, since 2025-11-03 by mara-voss: storm" in told.out
    assert "Nothing new is written" in told.err


def test_of_two_people_on_one_day_the_last_word_counts(salt, capsys) -> None:
    def say(amount: str, who: str) -> str:
        line = ["efc", "set", "3630", amount, "--because", "nights", "--by", who, "--date", "2025-11-03"]
        assert cli.run(line) == 0
        cli.run(["costs", "3630", "--date", "2025-11-03", "--json"])
        return json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))["figures"]["efc"]["value"]

    said = [("9100", "y-bergman"), ("9500", "mara-voss"), ("9100", "y-bergman"), ("9050", "y-bergman")]
    assert [say(*one) for one in said] == ["9100.00", "9500.00", "9100.00", "9050.00"]
    heading, *rows = (salt / "private/costs/efc/8-mara-voss.csv").read_text().splitlines()[1:]
    assert heading == "date,account,amount,reason,entry"
    assert rows[-1] == "2025-11-03,3630,9500,nights,1"
    assert cli.run(["validate", "--format", "json"]) == 0


def test_two_clones_that_knew_nothing_of_each_other_are_told_and_either_may_settle_it(salt, capsys) -> None:
    for who, amount in (("mara-voss", "9500"), ("y-bergman", "9100")):
        path = salt / f"private/costs/efc/9-{who}.csv"
        path.write_text(f"#: {who}\ndate,account,amount,reason\n2025-11-03,3630,{amount},nights\n")
    cli.run(["validate"])
    assert (
        "by mara-voss to 9,500.00 and by y-bergman to 9,100.00: the report takes the latter" in capsys.readouterr().out
    )
    line = ["efc", "set", "3630", "9100", "--because", "agreed", "--period", "9", "--by", "mara-voss"]
    assert cli.run([*line, "--date", "2025-11-03"]) == 0
    capsys.readouterr()
    cli.run(["validate"])
    assert "efc-same-day" not in capsys.readouterr().out


def test_a_period_is_opened_again_with_its_reason_kept(salt, capsys) -> None:
    before = bytes_of(salt)
    assert cli.run(["period", "close", "8", "--date", "2025-11-05"]) == 0
    why = ["--because", "caterer: posted twice", "--by", "y-bergman", "--date", "2025-11-06"]
    for number, code, words in (
        ("7", 3, "period 8 after it is closed on it"),
        ("9", 2, "period 9 is open"),
        ("88", 2, "8?"),
    ):
        assert cli.run(["period", "open", number, *why]) == code
        assert words in capsys.readouterr().err
    assert cli.run(["period", "open", "8", "--because", " ", "--by", "y-bergman"]) == 2
    assert cli.run(["period", "open", "8", *why, "--dry-run"]) == 0
    assert (salt / "private/closed/8.yaml").exists()
    assert cli.run(["period", "open", "8", *why]) == 0
    after = bytes_of(salt)
    assert set(after) == set(before)
    assert {name for name in after if after[name] != before[name]} == {"private/periods.yaml"}
    told = 'reopened: [{date: 2025-11-06, by: y-bergman, because: "caterer: posted twice"}]}'
    assert f"8: {{from: 2025-10-27, to: 2025-11-02, {told}" in (salt / "private/periods.yaml").read_text()
    capsys.readouterr()
    cli.run(["costs", "--period", "8", "--date", "2025-11-07"])
    assert "opened again on 6 November 2025 by Ylva Bergman: caterer: posted twice." in capsys.readouterr().out
    assert cli.run(["period", "close", "8", "--date", "2025-11-08"]) == 0
    assert cli.run(["period", "open", "8", *why]) == 0
    assert (salt / "private/periods.yaml").read_text().count("caterer: posted twice") == 2


def test_closings_that_somebody_put_into_one_file_lose_only_the_one(salt) -> None:
    kept = "7: {closed: 2025-10-29, cost: 1}\n"
    (salt / "private/closed.yaml").write_text(kept + "8: {closed: 2025-11-05, cost: 2}\n")
    periods = salt / "private/periods.yaml"
    periods.write_text(periods.read_text().replace("2025-11-02}", "2025-11-02, closed: 2025-11-05}"))
    line = ["period", "open", "8", "--because", "x", "--by", "y-bergman", "--date", "2025-11-06"]
    assert cli.run(line) == 0
    assert (salt / "private/closed.yaml").read_text() == kept

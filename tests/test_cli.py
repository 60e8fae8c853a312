"""The command line: what help loads, what ends a command, and what a person then sees."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmkit import cli
from pmkit.problems import Stop
from tests.conftest import ROOT, SAMPLE
from tests.productions import write

HEAVY = {
    "pandas", "numpy", "yaml", "jinja2", "typst", "yagmail", "openpyxl", "xlsxwriter", "tabulate", "astral", "segno",
    "email_validator", "filelock", "wcwidth", "zoneinfo", "smtplib", "csv", "decimal", "difflib", "importlib.metadata",
}  # fmt: skip


def loaded_by(*arguments: str) -> set[str]:
    """The modules a command line loads, in a process of its own."""
    program = "import sys; from pmkit.cli import run; run(sys.argv[1:]); print('|' + ' '.join(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(told.stdout.rpartition("|")[2].split())


def test_help_loads_click_and_nothing_heavy() -> None:
    modules = loaded_by("--help")
    assert "click" in modules
    assert not modules & HEAVY
    ours = {m for m in modules if m.startswith("pmkit")}
    assert ours <= {"pmkit", "pmkit.cli", "pmkit.problems", "pmkit.commands", "pmkit.commands.words"}


def test_validation_loads_no_spreadsheets_paper_or_post() -> None:
    modules = loaded_by("-C", str(SAMPLE), "validate")
    assert not modules & {"pandas", "numpy", "jinja2", "typst", "yagmail", "openpyxl", "xlsxwriter", "astral"}


def test_validation_loads_only_what_the_folder_has(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "production.yaml": "pmkit: 1\ntitle: Short\n",
            "crew.yaml": "camera: {people: [{id: ana, name: Ana, position: Operator}]}\n",
        },
    )
    modules = loaded_by("-C", str(tmp_path), "validate")
    ours = {m.removeprefix("pmkit.") for m in modules if m.startswith("pmkit.")}
    assert {"model.crew", "checks.references", "checks.named"} <= ours
    assert {m for m in ours if m.startswith("model.")} <= {
        f"model.{room}" for room in (
            "breakdown", "cast", "clock", "crew", "dates", "forms", "frozen", "kinds", "letters", "mail",
            "money", "pages", "patterns", "production", "reader", "record", "schedule", "scene_number", "series",
            "set_name", "slips", "tree",
        )
    }  # fmt: skip
    assert {m for m in ours if m.startswith("checks.")} == {
        f"checks.{room}" for room in ("references", "named", "calendar", "schedule", "targets")
    }
    assert not {m for m in ours if m.startswith("files.ledger") or m in ("files.chart", "files.sheet")}
    assert not modules & {"csv", "hashlib", "json", "dataclasses"}


@pytest.mark.parametrize("word", sorted(cli.COMMANDS))
def test_every_command_has_help_that_begins_with_examples(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([word, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Usage:" in told
    assert "pmkit" in told
    if not isinstance(cli.group.get_command(click.Context(cli.group), word), click.Group):
        assert "Example" in told
        assert told.index("Example") < told.index("Options:")


def test_every_command_is_told_of_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text("utf-8")
    assert [word for word in cli.COMMANDS if f"pmkit {word}" not in told] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not installed: /dev/full")
@pytest.mark.parametrize("words", [("validate",), ("castlist",), ("crewlist", "--format", "csv", "-o", "-")])
def test_a_full_disk_under_stdout_is_nobodys_bug(words: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "pmkit", "-C", str(SAMPLE), *words],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    assert told.returncode == 3
    assert "could not be written: no space left" in told.stderr


def test_an_unknown_word_is_wrong_usage_with_a_did_you_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["calsheet"]) == 2
    assert "Did you mean callsheet?" in capsys.readouterr().err


def test_outside_a_production_the_way_in_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["validate"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "no production here" in told.err
    assert "pmkit new" in told.err


def test_a_bug_is_one_sentence_and_a_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inner workings")

    monkeypatch.setattr(cli.group, "main", broken)
    assert cli.run([]) == cli.BUG
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "inner workings" not in told
    log = Path(told.strip().rpartition(" ")[2])
    assert "ZeroDivisionError: inner workings" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize(
    ("raised", "code"),
    [(Stop("no disk", "get one"), 3), (Stop("busy", "", 75), 75), (KeyboardInterrupt(), 130), (click.Abort(), 130)],
)
def test_what_ends_a_command_has_its_exit_code(
    raised: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(cli.group, "main", ended)
    assert cli.run([]) == code


_PRESSED = {
    "before the command line is there": (
        "import sys, types; sys.modules['pmkit.cli'] = cli = types.ModuleType('cli'); cli.main = press\n"
        "import pmkit; pmkit.cli = cli",
        -signal.SIGINT,
        "",
    ),
    "inside a library that says something else then": (
        "from pmkit import cli\n"
        "def main(**_):\n"
        "    try: press()\n"
        "    except KeyboardInterrupt: raise RuntimeError('inner workings') from None\n"
        "cli.group.main = main",
        cli.INTERRUPTED,
        "interrupted\n",
    ),
    "after the command has ended": (
        "from pmkit import cli\ncli.group.main = lambda **_: 0\ncli.os._exit = lambda code: press()",
        -signal.SIGINT,
        "",
    ),
}


@pytest.mark.parametrize("when", _PRESSED)
def test_ctrl_c_is_no_traceback_and_no_bug_whenever_it_comes(when: str) -> None:
    program, code, words = _PRESSED[when]
    begin = "import signal\ndef press(*_): signal.raise_signal(signal.SIGINT)\n"
    end = "\nfrom pmkit.__main__ import main\nmain()"
    told = subprocess.run([sys.executable, "-c", begin + program + end], capture_output=True, text=True, cwd=ROOT)
    assert (told.returncode, told.stderr) == (code, words)


def test_validation_speaks_of_everything_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"breakdown": "1: {pages: x, cast: [9]}\n2: {pgaes: 1}\n", "cast": "1: {character: A}\n"})
    assert cli.run(["-C", str(tmp_path), "validate"]) == 1
    told = capsys.readouterr().out
    assert [code for code in ("bad-pages", "unknown-cast", "unknown-field") if f"[{code}]" in told] == [
        "bad-pages",
        "unknown-cast",
        "unknown-field",
    ]
    assert told.rstrip().endswith("3 errors in 1 file.")


def test_the_sample_validates_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["-C", str(SAMPLE), "validate"]) == 0
    assert capsys.readouterr().out.count(": error:") == 0


def test_no_command_is_listed_with_its_line_cut_off() -> None:
    root, cut = cli.group, []
    for name in root.list_commands(click.Context(root)):
        made = root.get_command(click.Context(root), name)
        for word, below in getattr(made, "commands", {}).items():
            if below.get_short_help_str(60).endswith("..."):
                cut.append(f"{name} {word}")
    assert cut == []

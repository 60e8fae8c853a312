"""What the shell is told after TAB."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmkit.commands import completion
from tests.conftest import ROOT, SAMPLE


def proposed(function: completion.Propose, incomplete: str, folder: Path = SAMPLE) -> dict[str, str | None]:
    ctx = click.Context(click.Command("x"), obj={"folder": str(folder)})
    return {item.value: item.help for item in function(ctx, click.Argument(["a"]), incomplete)}


def test_days_by_number_unit_and_date():
    assert proposed(completion.days, "1")["1"] == "2025-10-13"
    second = list(proposed(completion.days, "second:"))
    assert second[:2] == ["second:1", "second:2"]
    assert proposed(completion.days, "2025-10-13") == {"2025-10-13": "day 1"}
    assert list(proposed(completion.days, "t")) == ["today", "tomorrow"]


def test_people_by_id_and_cast_number():
    assert proposed(completion.people, "jun") == {"jun-ito": "Jun Ito, Director of Photography"}
    assert proposed(completion.people, "ana-r") == {"ana-ruiz": "LENA, Ana Ruiz"}
    assert proposed(completion.people, "7") == {"7": "MILO, Sam O."}


def test_scenes_departments_units_accounts_and_requests():
    assert "12A" in proposed(completion.scenes, "12")
    assert proposed(completion.departments, "cam") == {"camera": "Camera"}
    assert proposed(completion.units, "") == {"main": "Main Unit", "second": "2nd Unit"}
    assert "3607" in proposed(completion.accounts, "36")
    assert list(proposed(completion.requests, "g")) == ["grips-2nd-unit"]


def test_orders_and_vendors():
    assert proposed(completion.orders, "loc-001") == {"LOC-001": "Desert Rose Motel, closed"}
    assert next(iter(proposed(completion.orders, "LOC"))) == "LOC-011"
    assert proposed(completion.vendors, "desert-r") == {"desert-rose": "Desert Rose Motel"}


@pytest.mark.parametrize(
    "function",
    [
        completion.days,
        completion.people,
        completion.scenes,
        completion.accounts,
        completion.requests,
        completion.orders,
    ],
)
def test_a_broken_folder_and_none_at_all_say_nothing(function, tmp_path, capfd):
    assert set(proposed(function, "", tmp_path)) <= {"today", "tomorrow"}
    (tmp_path / "production.yaml").write_text("pmkit: [1\n")
    for name in ("crew", "cast", "breakdown", "schedule"):
        (tmp_path / f"{name}.yaml").write_bytes(b"\xff\xfe: [")
    assert set(proposed(function, "", tmp_path)) <= {"today", "tomorrow"}
    (tmp_path / "production.yaml").unlink()
    assert proposed(function, "", tmp_path) == {}
    assert capfd.readouterr() == ("", "")


def test_a_name_cannot_write_to_the_shell(tmp_path):
    (tmp_path / "production.yaml").write_text("pmkit: 1\ntitle: T\n")
    (tmp_path / "crew.yaml").write_text('grip:\n  people: [{id: a-b, name: "A\\x1b[31m\\nplain,evil"}]\n')
    assert all((said or "").isprintable() for said in proposed(completion.people, "", tmp_path).values())


PROGRAM = "import sys; sys.argv = ['pmkit']; from pmkit.cli import main; main()"


def shell(words: str, cword: int, name: str = "bash", program: str = PROGRAM) -> str:
    environment = {
        **os.environ, "_PMKIT_COMPLETE": f"{name}_complete", "COMP_WORDS": words, "COMP_CWORD": str(cword),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SAMPLE, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_the_shell_gets_what_the_commands_take():
    assert "plain,crewlist" in shell("pmkit crew", 1)
    assert "plain,camera" in shell("pmkit crewlist --department c", 3)
    assert "plain,second" in shell(f"pmkit -C {SAMPLE} crewlist --unit s", 5)


@pytest.mark.parametrize(
    ("words", "cword", "expected"),
    [
        ("pmkit callsheet 1", 2, "plain,13"),
        ("pmkit callsheet 3 jun", 3, "plain,jun-ito"),
        ("pmkit costs 36", 2, "plain,3607"),
        ("pmkit request send g", 3, "plain,grips-2nd-unit"),
    ],
)
def test_arguments_are_completed_from_the_production(words, cword, expected):
    assert expected in shell(words, cword).splitlines()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_enabling_it_prints_a_script(name):
    environment = {**os.environ, "_PMKIT_COMPLETE": f"{name}_source", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert "_PMKIT_COMPLETE" in done.stdout


def test_it_loads_no_library_of_the_documents():
    """A person waits for it at each press of the key."""
    begin = (
        "import atexit, sys; sys.argv = ['pmkit']; heavy = {'pandas', 'typst', 'openpyxl', 'xlsxwriter', 'yagmail'}\n"
        "atexit.register(lambda: print('loaded', sorted(heavy & sys.modules.keys())))\n"
        "from pmkit.cli import main; main()"
    )
    assert "plain,camera" in (told := shell("pmkit crewlist --department c", 3, program=begin))
    assert told.endswith("loaded []\n")

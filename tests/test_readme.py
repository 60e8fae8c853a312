"""The README's commands are run as they stand there, in order, in a folder of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Lines that another test runs, or that only a person can: each with who does.
ELSEWHERE = {
    "make demo": "test_make.py, in the soak",
    "make test": "this is it",
    "make dist": "test_wheel.py",
    "python3 -m pip install": "test_wheel.py",
    "eval": "test_completion.py",
    "pmkit outbox resolve": "tests/commands/test_outbox.py",
    "pmkit outbox cancel": "tests/commands/test_outbox.py",
    "pmkit inbox fetch": "tests/commands/test_inbox.py",
    "pmkit inbox accept": "tests/commands/test_inbox.py",
    "--yes": "tests/mail, against a server on this machine",
}
# What a line ends with, where it is not 0.
CODES = {"pmkit validate --strict": 1}


def blocks() -> list[list[str]]:
    """The README's console blocks, each a list of command lines."""
    found = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [[line.partition("  #")[0].rstrip() for line in block.splitlines() if line.strip()] for block in found]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office's crew list and a writer's draft, where the commands are run one after another."""
    from openpyxl import Workbook

    folder = tmp_path_factory.mktemp("readme")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["The Salt Road: crew"],
        [],
        ["Name", "Position", "Dept", "Mobile"],
        ["Ana Ruiz", "Grip", "Grip", "+1 310 555 0171"],
    ):
        sheet.append(row)
    book.save(folder / "Crew list v7.xlsx")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Account", "Date", "Trans No", "Amount"],
        ["3607-000", "2025-10-28", "T1", 900],
        ["Total", "", "", 900],
    ):
        sheet.append(row)
    book.save(folder / "GL 10-30.xlsx")
    draft = "Title: The Salt Road\n\nINT. DINER - DAY #1#\n\nLena waits.\n\nLENA\nAnybody here?\n"
    (folder / "salt-road-blue.fountain").write_text(draft, encoding="utf-8")
    return folder


def test_the_readme_runs(stage: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(stage), "PYTHONPATH": str(ROOT)}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "A Person", f"GIT_{role}_EMAIL": "a@example.com"}
    here, run = stage, 0
    for block in blocks():
        for line in block:
            if any(line.startswith(words) or words in line for words in ELSEWHERE):
                continue
            words = shlex.split(re.sub(r"\S*/pmkit\b", "pmkit", line))
            if words[0] == "cd":
                here = stage / words[1]
                continue
            if words[:2] == ["pmkit", "new"]:
                here = stage
            if words[:2] == ["pmkit", "import"]:
                words[3] = str(stage / words[3])
            done = subprocess.run(words, cwd=here, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == CODES.get(line, 0), f"{line}\n{done.stdout}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            run += 1
    assert run > 12


def test_the_readme_never_says_to_install_somebody_elses_program() -> None:
    assert not re.search(r"(pip|pipx|uvx)\s+(install\s+)?pmkit\b(?!-film|_film)", README)
    assert README.index("make demo") < README.index("make test") < README.index("pmkit new")

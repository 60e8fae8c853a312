"""The gallery of broken folders: one folder a problem code, and exactly what `pmkit validate` says of it."""

from __future__ import annotations

import ast
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pmkit import cli

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "tests" / "problems"
GOLDEN = bool(os.environ.get("PMKIT_GOLDEN"))


def _linked(folder: Path) -> None:
    (folder / "crew.yaml").symlink_to("/etc/hosts")
    (folder / "calls").symlink_to("..")


def _folder_for_a_file(folder: Path) -> None:
    (folder / "cast.yaml").mkdir()
    os.mkfifo(folder / "lists.yaml")


def _huge(folder: Path) -> None:
    (folder / "lists.yaml").write_text("producers: {note: " + "x" * (1024 * 1024 + 1) + "}\n")
    (folder / "private" / "costs").mkdir(parents=True)
    memo = '"' + "x" * 140_000 + '"'
    rows = f"posted,account,amount,kind,memo\n2025-10-16,3607,900.00,actual,{memo}\n"
    (folder / "private" / "costs" / "period-01.csv").write_text(rows)


# What git cannot keep, or should not, is put into a copy of the folder.
MADE: dict[str, Callable[[Path], None]] = {
    "outside-folder": _linked,
    "not-a-file": _folder_for_a_file,
    "too-large": _huge,
}

# Codes that `pmkit validate` never prints of a folder that a checkout can hold, and why.
NOT_SHOWN = {
    "no-day": "an answer to a day asked for at the prompt, which the board does not have",
    "unreadable": "a file without permission to read it: root reads everything",
}
# Packages whose problems are about one document, one mail or one question, not about the folder.
ELSEWHERE = ("reports", "mail", "exchange", "commands", "render")


def _codes() -> Iterator[tuple[str, str]]:
    """Every code written in the source, with where."""
    for path in sorted((ROOT / "pmkit").rglob("*.py")):
        if path.relative_to(ROOT / "pmkit").parts[0] in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for code in _codes_of(node):
                    yield code, f"{path.relative_to(ROOT)}:{node.lineno}"


def _codes_of(call: ast.Call) -> list[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in ("Problem", "wrong"):
        given += call.args[:1]
    elif name == "Fault":
        given += call.args[2:3]
        if not given:
            return ["bad-value"]
    else:
        return []
    return [node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)]


CASES = sorted(path.name for path in GALLERY.iterdir() if (path / "folder").is_dir())


def said(folder: Path, *options: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `pmkit validate` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(["-C", str(folder), "validate", *options])
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("code", CASES)
def test_golden_gallery(code: str, tmp_path: Path) -> None:
    folder = GALLERY / code / "folder"
    if code in MADE:
        folder = Path(shutil.copytree(folder, tmp_path / "folder"))
        MADE[code](folder)
    exit_code, text, _ = said(folder)
    expected = GALLERY / code / "expected.txt"
    if GOLDEN:
        expected.write_text(text, encoding="utf-8")
    heads = [
        line for line in text.splitlines() if line.endswith("]") and (": error: " in line or ": warning: " in line)
    ]
    assert heads
    assert {head.rpartition("[")[2].rstrip("]") for head in heads} == {code}
    assert exit_code == int(any(": error: " in head for head in heads))
    assert text == expected.read_text(encoding="utf-8")


def test_every_code_has_its_folder() -> None:
    written = dict(_codes())
    assert {code: where for code, where in written.items() if code not in CASES and code not in NOT_SHOWN} == {}
    assert [code for code in NOT_SHOWN if code not in written or code in CASES] == []

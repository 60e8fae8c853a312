"""The gallery of broken folders: one folder a problem code, and exactly what `pmkit validate` says of it."""

from __future__ import annotations

import ast
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pmkit import checks, cli
from pmkit.files import folder as folders
from pmkit.files.sections import SECTIONS
from pmkit.model import kinds as k

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
    "empty-heading": "of a script as it is imported: pmkit import script shows it",
    "long-heading": "of a script as it is imported",
    "no-scenes": "of a script as it is imported",
    "not-final-draft": "of a script as it is imported",
    "not-text": "of a script as it is imported",
    "no-day": "an answer to a day asked for at the prompt, which the board does not have",
    "unreadable": "a file without permission to read it: root reads everything",
}


def _reached() -> list[Path]:
    """The modules that `pmkit validate` can come to: what it imports, and what that imports.

    Rooms of checks and the records of sections are looked up by name, when a folder needs them.
    """
    found: dict[str, Path] = {}
    waiting = ["pmkit.commands.validate", *(f"pmkit.checks.{room}" for room in checks.ROOMS)]
    for section in SECTIONS.values():
        waiting += [module for kind in (section.kind, section.also) for module in _modules_of(kind)]
    while waiting:
        name = waiting.pop()
        stem = ROOT.joinpath(*name.split("."))
        path = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
        if name in found or not path.is_file():
            continue
        found[name] = path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pmkit"):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return sorted(found.values())


def _modules_of(kind: object) -> Iterator[str]:
    """Where the records of a kind are declared, and its own parsers."""
    if isinstance(kind, k.Of):
        yield kind.record.__module__
    elif isinstance(kind, k.Value):
        yield kind.parse.__module__
    elif isinstance(kind, k.MappingOf | k.ListOf | k.Either):
        for inner in ("key", "value", "item", "items", "fields"):
            yield from _modules_of(getattr(kind, inner, None))


def _codes() -> Iterator[tuple[str, str]]:
    """Every code written in the source that `validate` reaches, with where."""
    for path in _reached():
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


def _folder(code: str, tmp_path: Path) -> Path:
    """The case's folder; a copy with what was made for it where git cannot keep that."""
    folder = GALLERY / code / "folder"
    if code in MADE:
        folder = Path(shutil.copytree(folder, tmp_path / code))
        MADE[code](folder)
    return folder


@pytest.mark.parametrize("code", CASES)
def test_golden_gallery(code: str, tmp_path: Path) -> None:
    exit_code, text, _ = said(_folder(code, tmp_path))
    expected = GALLERY / code / "expected.txt"
    heads = [
        line for line in text.splitlines() if line.endswith("]") and (": error: " in line or ": warning: " in line)
    ]
    assert heads
    assert {head.rpartition("[")[2].rstrip("]") for head in heads} == {code}
    assert exit_code == int(any(": error: " in head for head in heads))
    if GOLDEN:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


def test_every_code_has_its_folder() -> None:
    written = dict(_codes())
    assert len(written) > 80  # the walk still finds what it looks for
    assert {code: where for code, where in written.items() if code not in CASES and code not in NOT_SHOWN} == {}
    assert [code for code in NOT_SHOWN if code not in written or code in CASES] == []


def test_a_check_says_in_its_docstring_what_it_looks_for() -> None:
    assert [check.__name__ for check in checks.CHECKS if not (check.__doc__ or "").strip()] == []
    assert len({check.__name__ for check in checks.CHECKS}) == len(checks.CHECKS)


# ---- PROBLEMS.md

PAGE = ROOT / "PROBLEMS.md"
INTRO = """# What pmkit says is wrong

`pmkit validate` names every problem of a production folder at once: the file, line and column, what is wrong, and
what to do about it. The word in brackets is the problem's code. Below is each code with what is printed for a folder
that has it, from `tests/problems/`. This page is made from there (`make golden`); change it there.

An error ends `validate` with exit code 1; a warning does so only with `--strict`. A problem that the production has
decided to live with is waived in `production.yaml`, with a reason, and listed at every validation:

```yaml
waivers:
  - {code: location-closed, about: motel 2025-10-27, reason: owner agreed 2 Oct, by: mara-voss}
```

What is too broken to read is left out, and nothing is said of what depends on it: mend and validate again.
"""
PARTS = {
    "files": "Files, and how they are written",
    "model": "Fields and values",
    "checks": "The production agrees with itself",
}


def _finders() -> dict[str, list[str]]:
    """Which checks find each code, by their docstrings: every gallery folder is put to every check."""
    found: dict[str, list[str]] = {}
    for code in CASES:
        production = folders.read(GALLERY / code / "folder").production
        for check in checks.CHECKS:
            if any(problem.code == code for problem in check(production)):
                found.setdefault(code, []).append(" ".join((check.__doc__ or "").split()))
    return found


def _page(tmp_path: Path) -> str:
    finders = _finders()
    written: dict[str, set[str]] = {}
    for code, where in _codes():
        written.setdefault(code, set()).add(where.split("/")[1])
    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    for code in CASES:
        part = next((part for part in ("model", "files") if part in written.get(code, ())), "checks")
        cases = said(_folder(code, tmp_path))[1].rstrip().rpartition("\n\n")[0]
        text = "\n\n".join([f"### {code}", *finders.get(code, []), f"```\n{cases}\n```"])
        parts["checks" if code in finders else part].append(text)
    told = (text for part, texts in parts.items() for text in (f"## {PARTS[part]}", *texts))
    return "\n\n".join([INTRO.rstrip(), *told]) + "\n"


def test_golden_problems_page(tmp_path: Path) -> None:
    page = _page(tmp_path)
    if GOLDEN:
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8"), "make golden writes PROBLEMS.md anew"


# ---- the other formats


def test_strict_makes_a_warning_count() -> None:
    folder = GALLERY / "no-guardian" / "folder"
    assert said(folder)[0] == 0
    code, text, _ = said(folder, "--strict")
    assert (code, text) == (1, (GALLERY / "no-guardian" / "expected.txt").read_text(encoding="utf-8"))


def test_json_holds_every_problem_with_its_place() -> None:
    code, text, _ = said(GALLERY / "unknown-cast" / "folder", "--format", "json")
    told = json.loads(text)
    assert (code, told["pmkit"], told["errors"], told["warnings"]) == (1, 1, 1, 0)
    assert told["problems"] == [
        {
            "code": "unknown-cast",
            "severity": "error",
            "file": "breakdown.yaml",
            "line": 2,
            "column": 66,
            "length": 2,
            "message": "no cast member is number 12",
            "hint": "cast.yaml has 1 to 7; did you mean 2 (JUNE, cast.yaml:3)?",
        }
    ]
    assert said(GALLERY / "unknown-cast" / "folder", "--json")[:2] == (code, text)


def test_github_gets_an_annotation_at_the_line_and_the_total() -> None:
    code, text, _ = said(GALLERY / "unknown-cast" / "folder", "--format", "github")
    annotation, total = text.splitlines()
    assert code == 1
    assert annotation.startswith("::error file=breakdown.yaml,line=2,col=66,endColumn=68,title=unknown-cast::no cast")
    assert "%0Ahint: cast.yaml has 1 to 7" in annotation
    assert total == "::notice title=pmkit::1 error in 1 file."


def test_github_is_told_errors_first() -> None:
    _, text, _ = said(GALLERY / "clock-change" / "folder", "--format", "github")
    assert [line.split(" ")[0] for line in text.splitlines()] == ["::error", "::warning", "::notice"]


def test_a_waiver_is_listed_at_every_validation(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GALLERY / "location-closed" / "folder", tmp_path / "p"))
    settings = folder / "production.yaml"
    waiver = "waivers:\n  - {code: location-closed, about: motel, reason: owner agreed 2 Oct}\n"
    settings.write_text(settings.read_text() + waiver)
    for form in ("text", "json", "github"):
        code, text, told = said(folder, "--strict", "--format", form)
        assert code == 0
        assert "location-closed" not in text
        assert "waived: location-closed (motel): owner agreed 2 Oct" in told

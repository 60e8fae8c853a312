"""The crew and cast list in every form, as a person asks for them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pmkit import cli
from tests.conftest import SAMPLE


def ask(*words: str) -> int:
    return cli.run(["-C", str(SAMPLE), *words])


@pytest.mark.parametrize("name", ["crewlist", "castlist"])
@pytest.mark.parametrize("form", ["md", "csv", "xlsx", "html", "pdf", "json", "text"])
def test_every_form_is_written(name, form, tmp_path):
    out = tmp_path / f"list.{'txt' if form == 'text' else form}"
    assert ask(name, "-o", str(out)) == 0
    begins = {"xlsx": b"PK", "pdf": b"%PDF", "html": b"<!", "json": b"{", "md": b"## ", "text": b"The Salt Road"}
    assert out.read_bytes().startswith(begins.get(form, b""))
    assert len(out.read_bytes()) > 500


def test_data_has_every_column_whatever_the_folder_holds(capsys):
    assert ask("crewlist", "--format", "csv", "-o", "-", "--department", "grip") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["group", "position", "name", "phone", "email", "unit", "from", "to", "days"]
    assert {row["group"] for row in rows} == {"Grip"}
    assert rows[0]["phone"].startswith("+1 ")
    assert ask("castlist", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pmkit"] == 1
    assert {"number", "character", "performer", "minor"} <= set(told["rows"][0]["cells"])


def test_a_cast_list_shows_contacts_only_when_asked(capsys):
    ask("castlist", "--json")
    assert "example" not in capsys.readouterr().out
    ask("castlist", "--contacts", "--json")
    assert "dana@example.com" in capsys.readouterr().out


def test_a_department_there_is_not_is_wrong_usage(capsys):
    assert ask("crewlist", "--department", "gripp") == 2
    assert "did you mean grip?" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "kind"), [(["crewlist"], "crew"), (["castlist", "--contacts"], "cast")])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_lists_imported_again_change_nothing(words, kind, form, tmp_path, capsys):
    """What pmkit prints as a spreadsheet, it reads back as the same people."""
    book = tmp_path / f"list.{form}"
    assert ask(*words, "-o", str(book)) == 0
    capsys.readouterr()
    assert ask("import", kind, str(book)) == 0
    out, said = capsys.readouterr()
    changed = [line for line in out.splitlines() if line.startswith(("+", "~", "?"))]
    assert changed == []
    assert "to add" not in said

"""`pmkit stripboard`: its forms, papers and where they go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmkit import cli
from tests.conftest import SAMPLE

SIZES = {"letter": (792, 612), "a4": (842, 595), "tabloid": (1224, 792), "legal": (1008, 612)}


def run(*words: str) -> int:
    return cli.run(["-C", str(SAMPLE), "stripboard", *words])


@pytest.mark.parametrize("paper", SIZES)
def test_every_paper_lies_on_its_side(paper: str, tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    assert run("--paper", paper, "-o", str(path)) == 0
    box = PdfReader(path).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == SIZES[paper]


@pytest.mark.parametrize(
    ("form", "begins"), [("svg", b"<?xml"), ("html", b"<!doctype"), ("pdf", b"%PDF"), ("json", b"{")]
)
def test_the_form_follows_the_name_of_the_file(form: str, begins: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"board.{form}"
    assert run("-o", str(path)) == 0
    assert path.read_bytes().startswith(begins)


def test_the_page_prints_on_the_paper_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    assert run("--paper", "a4", "-o", str(path)) == 0
    assert "size: A4 landscape" in path.read_text(encoding="utf-8")


def test_json_of_another_board_says_which(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("--board", "no-overnight", "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["document"], told["name"], told["basis"]["board"]) == ("stripboard", "Stripboard", "no-overnight")
    assert told["basis"]["schedule"] is None


def test_a_board_that_is_not_there_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("--board", "no-overnigt") == 2
    assert "did you mean no-overnight?" in capfd.readouterr().err

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit import shipped
from pmkit.problems import Stop
from tests.conftest import ROOT


def test_templates_and_fonts_are_found() -> None:
    assert (shipped.templates() / "paper.typ").is_file()
    assert len(list(shipped.fonts().glob("*.ttf"))) == 8
    assert [path.name for path in sorted(shipped.fonts().glob("OFL*"))] == [
        "OFL-FiraSans.txt",
        "OFL-NotoSansArabic.txt",
    ]


def test_a_wheel_keeps_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "pmkit" / "_shipped"
    (inside / "templates").mkdir(parents=True)
    (inside / "templates" / "base.html.j2").touch()
    (inside / "sample_production").mkdir()
    (inside / "sample_production" / "production.yaml").touch()
    # the folder above is somebody's site-packages, where another "templates" may lie
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(shipped, "_HOMES", (inside, tmp_path))
    assert shipped.templates() == inside / "templates"
    assert shipped.fonts() == inside / "templates" / "fonts"
    assert shipped.sample() == inside / "sample_production"


def test_a_broken_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_HOMES", (tmp_path,))
    with pytest.raises(Stop, match="sample production cannot be found"):
        shipped.sample()


def test_no_file_that_is_shipped_holds_a_conflict_marker() -> None:
    begins = tuple(mark * 7 + " " for mark in "<>")
    files = [p for d in ("pmkit", "templates", "sample_production", "tests/golden") for p in (ROOT / d).rglob("*")]
    texts = [p for p in files if p.suffix in {".py", ".css", ".j2", ".typ", ".yaml", ".html", ".text", ".md", ".csv"}]
    marked = [p.name for p in texts for line in p.read_text(encoding="utf-8").splitlines() if line.startswith(begins)]
    assert len(texts) > 300 and marked == []

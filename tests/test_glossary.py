"""The glossary is read by eye: its words stand in order, and no row stands twice."""

from __future__ import annotations

import re

from tests.conftest import ROOT

ROWS = re.findall(r"^\| (.+?) \| (.+) \| (.*?) \|$", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)[
    1:
]


def test_words_stand_in_order_each_once() -> None:
    words = [word.casefold() for word, _, _ in ROWS]
    assert len(words) > 150
    assert words == sorted(set(words))

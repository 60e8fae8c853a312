"""Columns of plain text, and codes to scan."""

from __future__ import annotations

import lxml.etree

from pmkit.render import columns, qr


def test_columns_count_what_a_terminal_shows() -> None:
    assert columns.left("沈若岚", 8) == "沈若岚  "
    assert columns.right("7:12", 6) == "  7:12"
    assert columns.left("too long for it", 4) == "too long for it "
    assert columns.across("a", "b", 5) == "a   b"
    assert columns.widest(["ab", "沈若岚"], 3) == 8
    assert columns.widest([], 3) == 5
    assert columns.widest(["x" * 99], most=10) == 12


def test_text_wraps_under_its_first_line_and_loses_line_ends() -> None:
    assert columns.wrapped("one two\nthree", 2, 24) == "one two three"
    assert columns.wrapped("aaaa bbbb cccc dddd eeee ffff", 4, 24) == "aaaa bbbb cccc dddd\n    eeee ffff"


def test_a_page_is_left_without_blanks_at_its_ends() -> None:
    assert columns.tidy("a  \n\n\n\nb \n") == "a\n\nb\n"


def test_a_code_is_the_same_each_time_and_has_its_quiet_zone() -> None:
    address = "https://www.openstreetmap.org/?mlat=34.8633&mlon=-116.8881&zoom=16"
    drawn = qr.svg(address)
    assert drawn == qr.svg(address)
    tree = lxml.etree.fromstring(drawn.encode())
    assert tree.tag.endswith("svg")
    width = int(tree.attrib["viewBox"].split()[2])
    assert width == 33 + 8, "version 4 at error correction M, and four modules of white around"

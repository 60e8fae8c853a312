from __future__ import annotations

import pytest

from pmkit.reports.table import Column, Row, Table, heading

COLUMNS = (Column("name", "Name"), Column("days", "Days", "count"))


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="a row of Crew list has 1 cells, not 2"):
        Table("Salt", "Crew list", COLUMNS, (Row(("Jun Ito",)),))
    with pytest.raises(ValueError, match="a heading of Crew list has 2 cells, not 1"):
        Table("Salt", "Crew list", COLUMNS, (Row(("Camera", None), "heading"),))


def test_a_heading_has_its_words_alone() -> None:
    table = Table("Salt", "Crew list", COLUMNS, (heading("Camera"), Row(("Jun Ito", 3))))
    assert [row.kind for row in table.rows] == ["heading", "row"]
    assert table.rows[0].cells == ("Camera",)

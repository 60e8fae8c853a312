from __future__ import annotations

from hypothesis import given, strategies as st
from tabulate import tabulate
from wcwidth import wcswidth, wcwidth

from pmkit.render import columns, filters, text

TYPED = ["1.10", "12e3", "0123", "1234.50", "=1+1", "NO", "22:30", " x"]


def test_a_table_keeps_what_was_typed() -> None:
    lines = text.table(["Text"], [[value] for value in TYPED], ["left"])
    assert lines[2:] == TYPED


def test_wide_characters_count_as_two() -> None:
    lines = text.table(["Name", "Days"], [["张伟", "3"], ["Jun", "12"]], ["left", "right"])
    assert lines == ["Name      Days", "------  ------", "张伟         3", "Jun         12"]
    assert {wcswidth(line) for line in lines} == {14}


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_row_is_one_line_whatever_it_holds(cells: list[str]) -> None:
    looks: tuple[text.Look, ...] = ("simple", "markdown")
    for look in looks:
        lines = text.table(["H"], [[cell] for cell in cells], ["left"], look)
        assert len(lines) == 2 + len(cells)
        assert "\x1b" not in "".join(lines)


def test_markdown_reads_as_typed() -> None:
    lines = text.table(["Name"], [["a|b <script> *x* _y_ $z$ &lt; [q](r)\n# s"]], ["left"], "markdown")
    assert lines[2] == r"| a\|b \<script\> \*x\* \_y\_ \$z\$ \&lt; \[q\](r) # s |"


def test_an_empty_table_has_its_headings() -> None:
    assert text.table(["a", "b"], [], ["left", "right"])[0].split() == ["a", "b"]


_CELLS = st.text(alphabet=st.sampled_from("aB1 .,-–−·é张̈️👩|"), max_size=6).map(filters.line)


@given(
    st.lists(_CELLS, min_size=3, max_size=3),
    st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["simple", "plain"]),
)
def test_the_terminals_lines_are_those_that_tabulate_makes(
    headings: list[str], rows: list[list[str]], look: text.Look
) -> None:
    made = text.table(headings, rows, ["left", "right", "left"], look)
    theirs = tabulate(
        rows, headers=headings, tablefmt=look, colalign=["left", "right", "left"], disable_numparse=True,
        preserve_whitespace=True,
    )  # fmt: skip
    assert made == [line.rstrip(" ") for line in theirs.split("\n")]


def test_what_is_called_narrow_is_one_column_wide() -> None:
    narrow = [chr(code) for code in range(32, 0x3000) if columns._NARROW.fullmatch(chr(code))]
    assert len(narrow) > 800
    assert {wcwidth(letter) for letter in narrow} == {1}

"""Cells typed anew, and no other byte of the file."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings, strategies as st

from pmkit.files.cells import retyped
from tests.often import often


def recoded(text: str, columns: set[str] = frozenset({"account"})) -> tuple[str, int]:
    data, count = retyped(text.encode(), columns, {"3607": "3608", "a, b": 'x "y"'}.get)
    return data.decode(), count


def test_only_the_column_changes():
    text = "#: accountant, 3607\nid,account,amount,memo\n1,3607,3607.00,3607\n2,36071,1.00,\n3, 3607 ,1.00,x\n"
    assert recoded(text) == (
        "#: accountant, 3607\nid,account,amount,memo\n1,3608,3607.00,3607\n2,36071,1.00,\n3, 3608 ,1.00,x\n", 2
    )  # fmt: skip


def test_quotes_line_ends_and_the_byte_order_mark_stay():
    text = '\ufeffmemo,"Account"\r\n"two\r\nlines, ""3607""",3607\r\nx,"3607"\r\n,"a, b"'
    assert recoded(text) == (
        '\ufeffmemo,"Account"\r\n"two\r\nlines, ""3607""",3608\r\nx,"3608"\r\n,"x ""y"""', 3
    )  # fmt: skip


def test_what_is_no_table_stays():
    assert retyped(b"\xff\xfe", {"a"}, lambda _: "x") == (b"\xff\xfe", 0)
    assert recoded("") == ("", 0)
    assert recoded("amount\n3607\n") == ("amount\n3607\n", 0)


CELLS = st.one_of(
    st.sampled_from(["3607", "", "a, b", "3607 ", 'say "3607"', "two\nlines"]), st.text("ab,\" '", max_size=4)
)


@settings(max_examples=often(200), deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_any_table_reads_back_with_only_those_cells_changed(rows, end):
    stream = io.StringIO()
    csv.writer(stream, lineterminator=end).writerows([("x", "account", "y"), *rows])
    after, count = recoded(stream.getvalue())
    read = [*csv.reader(io.StringIO(after, newline=""))]
    new = {"3607": "3608", "a, b": 'x "y"'}
    wanted = [[a, new.get(b.strip(), b), c] for a, b, c in rows]
    assert [[a, b.strip() if b.strip() in new.values() else b, c] for a, b, c in read[1:]] == wanted
    assert count == sum(b.strip() in new for _, b, _ in rows)

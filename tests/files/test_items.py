"""Items taken from list to list, and what stands under keys moved from key to key."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.files import dialect
from pmkit.files.edit import Draft
from pmkit.files.splice import comments
from pmkit.problems import Stop
from tests.often import often

BOARD = """\
#: 1st AD
main:
  2025-10-13:
    call: 6:30
    strips:
      - 4
      # the low sun
      - 7 part 1 of 2, 4/8              # the wide
      - note: strike the winch
  2025-10-14:
    strips: ["7 part 2 of 2, 1 2/8", 72, lunch]
  2025-10-15: {call: 7:00, strips: [6, 49]}   # the diner
  2025-10-16: {off: weather}
boneyard:
  [2, 3,   # shot
   # cut
   19A, 50A]
"""


def moved(text: str, source: tuple, target: tuple, index: int) -> str:
    draft = Draft("schedule.yaml", text.encode())
    item = draft.item(*source)
    draft.insert(target, index, item)
    draft.remove(*source)
    return draft.data.decode()


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in [*lines][2:] if not line.startswith("@")]


def strips(unit: str, date: str) -> tuple:
    return (unit, date, "strips")


def test_between_brackets_two_lines_change():
    after = moved(BOARD, (*strips("main", "2025-10-14"), 1), strips("main", "2025-10-15"), 1)
    assert difference(BOARD, after) == [
        '-    strips: ["7 part 2 of 2, 1 2/8", 72, lunch]',
        "-  2025-10-15: {call: 7:00, strips: [6, 49]}   # the diner",
        '+    strips: ["7 part 2 of 2, 1 2/8", lunch]',
        "+  2025-10-15: {call: 7:00, strips: [6, 72, 49]}   # the diner",
    ]


def test_a_line_moves_whole_and_its_comment_goes_with_it():
    after = moved(BOARD, (*strips("main", "2025-10-13"), 1), strips("main", "2025-10-14"), 0)
    assert difference(BOARD, after) == [
        "-      - 7 part 1 of 2, 4/8              # the wide",
        '-    strips: ["7 part 2 of 2, 1 2/8", 72, lunch]',
        '+    strips: ["7 part 1 of 2, 4/8", "7 part 2 of 2, 1 2/8", 72, lunch]   # the wide',
    ]


def test_a_comment_finds_the_line_taken_and_stands_above():
    after = moved(BOARD, (*strips("main", "2025-10-13"), 1), strips("main", "2025-10-15"), 2)
    assert '  # the wide\n  2025-10-15: {call: 7:00, strips: [6, 49, "7 part 1 of 2, 4/8"]}   # the diner\n' in after


def test_out_of_brackets_onto_a_line():
    after = moved(BOARD, (*strips("main", "2025-10-14"), 0), strips("main", "2025-10-13"), 2)
    assert "# the wide\n      - 7 part 2 of 2, 1 2/8\n      - note" in after
    assert "strips: [72, lunch]" in after


def test_a_list_over_several_lines_keeps_its_comments():
    for index, left in (
        (0, "  [3,   # shot\n   # cut\n   19A, 50A]\n"),
        (1, "  [2,   # shot\n   # cut\n   19A, 50A]\n"),
        (2, "  [2, 3,   # shot\n   # cut\n   50A]\n"),
        (3, "  [2, 3,   # shot\n   # cut\n   19A]\n"),
    ):
        draft = Draft("schedule.yaml", BOARD.encode())
        draft.remove("boneyard", index)
        assert draft.data.decode().endswith(f"boneyard:\n{left}")


def test_a_list_may_become_empty_and_full_again():
    text = "a:\n  - 1   # one\nb: [2]   # two\n"
    empty = moved(text, ("a", 0), ("b",), 1)
    assert empty == "a: []\n# one\nb: [2, 1]   # two\n"
    assert moved(empty, ("b", 1), ("a",), 0) == "a: [1]\n# one\nb: [2]   # two\n"


def test_a_line_of_another_depth_is_indented_anew():
    text = "a:\n- scene: 1\n  pages: 2/8   # short\nb:\n    - 2\n"
    assert moved(text, ("a", 0), ("b",), 1) == "a: []\nb:\n    - 2\n    - scene: 1\n      pages: 2/8   # short\n"
    text = "a:\n- 2\nb:\n    - scene: 1\n      pages: 2/8\n    - 3\n"
    assert moved(text, ("b", 0), ("a",), 0) == "a:\n- scene: 1\n  pages: 2/8\n- 2\nb:\n    - 3\n"


def test_a_new_line_stands_below_the_comment_of_the_one_before():
    text = "a:\n  - 1\n  # about two\n  - 2\nb: [3]\n"
    assert moved(text, ("b", 0), ("a",), 1) == "a:\n  - 1\n  # about two\n  - 3\n  - 2\nb: []\n"


def test_contents_go_from_date_to_date():
    draft = Draft("schedule.yaml", BOARD.encode())
    draft.shift(
        ["main"],
        {"2025-10-15": "2025-10-14", "2025-10-17": "2025-10-15"},
        {"2025-10-14": {"off": "wind"}},
    )
    assert draft.data.decode() == BOARD.replace(
        """  2025-10-14:
    strips: ["7 part 2 of 2, 1 2/8", 72, lunch]
  2025-10-15: {call: 7:00, strips: [6, 49]}   # the diner
  2025-10-16: {off: weather}
""",
        """  2025-10-14: {off: wind}
  2025-10-15:
    strips: ["7 part 2 of 2, 1 2/8", 72, lunch]
  2025-10-16: {off: weather}
  2025-10-17: {call: 7:00, strips: [6, 49]}   # the diner
""",
    )


def test_contents_between_braces():
    draft = Draft("schedule.yaml", b"main: {2025-10-13: {strips: [1]}, 2025-10-14: {strips: [2]}}\n")
    draft.shift(["main"], {"2025-10-14": "2025-10-13", "2025-10-15": "2025-10-14"}, {"2025-10-13": None})
    assert draft.data == b"main: {2025-10-14: {strips: [1]}, 2025-10-15: {strips: [2]}}\n"


def test_a_key_taken_out_takes_its_lines_and_no_comment_between():
    draft = Draft("f.yaml", b"# top\na:\n  x: 1\n# about b\nb: 2   # two\nc: 3\n")
    draft.shift([], {}, {"b": None})
    assert draft.data == b"# top\na:\n  x: 1\n# about b\nc: 3\n"


def test_keys_and_words_are_typed_anew_in_the_quotes_they_had():
    text = 'a: {12: \'say "12"\', b: 12}   # 12\n"12": [12, "12 part 1, 3/8", \'x 12\']\n'
    draft = Draft("f.yaml", text.encode())
    for path, new in ((("12", 0), "13"), (("12", 1), "13 part 1, 3/8"), (("12", 2), "x 13"), (("a", "12"), "it's")):
        draft.retype(path, new)
    draft.rekey(("a", "12"), "13")
    draft.rekey(("12",), "13")
    assert draft.data.decode() == 'a: {13: "it\'s", b: 12}   # 12\n"13": [13, "13 part 1, 3/8", \'x 13\']\n'


def test_what_is_no_list_says_so():
    with pytest.raises(Stop, match="is no list"):
        Draft("f.yaml", b"a: 1\n").remove("a", 0)


VALUES = st.sampled_from(["12", "7 part 1 of 2, 4/8", "A12", "lunch", "", "x # y", "a: b"])


@st.composite
def lists(draw) -> str:
    """A file of lists written in every manner, each with comments that are told apart by their numbers."""
    numbers = iter(range(1000))
    note = lambda: draw(st.sampled_from(["", f"   # note {next(numbers)}"]))  # noqa: E731
    out = ["#: me\n"]
    for key in "abc":
        values = [f'"{draw(VALUES)} {next(numbers)}"' for _ in range(draw(st.integers(0, 3)))]
        values = [draw(st.sampled_from([v, v, f"{{scene: {v}, n: 1}}"])) for v in values]
        manner = draw(st.sampled_from(["line", "braces", "lines", "dashes", "dashes"]))
        if manner == "dashes" and values:
            out.append(f"{key}:{note()}\n")
            for value in values:
                pad = "  " * draw(st.integers(1, 1))
                out.append(draw(st.sampled_from(["", f"# over {next(numbers)}\n", "\n"])))
                if value.startswith("{") and draw(st.booleans()):
                    inner = value[8:-7]
                    out.append(f"{pad}- scene: {inner}{note()}\n{pad}  n: 1{note()}\n")
                else:
                    out.append(f"{pad}- {value}{note()}\n")
        elif manner == "lines" and values:
            out.append(
                f"{key}:\n  ["
                + f",{note()}\n   ".join(values)
                + draw(st.sampled_from(["]", ",]", f",{note()}\n  ]"]))
                + f"{note()}\n"
            )
        elif manner == "braces":
            out.append(f"{key}x: {{y: 1, {key}: [{', '.join(values)}]}}{note()}\n")
        else:
            out.append(f"{key}: [{', '.join(values)}]{note()}\n")
    text = "".join(out)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def written(text: str) -> list[str]:
    tree, problems = dialect.read(text.encode(), "f.yaml")
    assert tree is not None, problems
    return sorted(note for _, note in comments(text, tree))


@settings(max_examples=often(150), deadline=None)
@given(lists(), st.data())
def test_any_moves_keep_every_item_and_every_comment(text, data):
    draft = Draft("f.yaml", text.encode())
    paths = [(key,) if draft.has(key) else (f"{key}x", key) for key in "abc"]
    held = [str(one) for path in paths for one in draft.value(*path)]
    for _ in range(6):
        source, target = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
        if not draft.value(*source):
            continue
        at = data.draw(st.integers(0, len(draft.value(*source)) - 1))
        to = data.draw(st.integers(0, len(draft.value(*target))))
        if source == target and to in (at, at + 1):
            continue
        draft.insert(target, to, draft.item(*source, at))
        draft.remove(*source, at + (source == target and to <= at))
    after = draft.data.decode()
    assert sorted(str(one) for path in paths for one in draft.value(*path)) == sorted(held)
    assert written(after) == written(text)
    ends = "\r\n" in text
    assert (after.count("\n") == after.count("\r\n")) if ends else "\r" not in after


def test_a_key_that_goes_gives_its_place_to_the_new_one():
    text = "a:\n  - x\n# about b\nb: 1   # one\n# the end\n"
    draft = Draft("f.yaml", text.encode())
    draft.shift([], {"c": "b"}, {"b": None})
    assert draft.data.decode() == text.replace("b: 1", "c: 1")
    for flow, after in (
        ("m: {a: 1, b: 2, d: 3}\n", "m: {a: 1, c: 2, d: 3}\n"),
        ("m: {a: 1, b: 2}\n", "m: {a: 1, c: 2}\n"),
        ("m: {b: 2}\n", "m: {c: 2}\n"),
    ):
        draft = Draft("f.yaml", flow.encode())
        draft.shift(["m"], {"c": "b"}, {"b": None})
        assert draft.data.decode() == after
    draft = Draft("f.yaml", b"m: {a: 1, b: 2, c: 3}\n")
    draft.shift(["m"], {}, {"b": None, "c": None})
    assert draft.value("m") == {"a": "1"}

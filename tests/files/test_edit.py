from __future__ import annotations

import pytest
from hypothesis import assume, given, settings, strategies as st

from pmkit import disk
from pmkit.files import dialect, edit, notation
from pmkit.files.edit import Draft
from pmkit.model.tree import plain
from pmkit.problems import Stop
from tests.often import often

CREW = """\
#: coordinator
# who stands where
camera:
  call: -0:30                   # against the crew call
  people:
    - id: jun-ito
      name: Jun Ito
      phone: +1 310 555 0142    # cell
    - {id: pavel-cech, name: Pavel Čech, to: 2025-10-17}   # until the 17th
    # - {id: nobody, name: kept as it is}

sound:
  people: []
grip:
# the end
"""


def changed(text: str, *acts, file: str = "crew.yaml") -> str:
    draft = Draft(file, text.encode())
    for act, path, value in acts:
        getattr(draft, act)(path, value)
    return draft.data.decode()


def the_lines_that_differ(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_value_is_set_and_its_comment_stays():
    after = changed(CREW, ("set", ("camera", "people", "jun-ito", "phone"), "+1 310 555 0199"))
    assert after == CREW.replace("0142", "0199")


def test_a_field_is_added_below_the_last_one_of_a_record():
    after = changed(CREW, ("set", ("camera", "people", "jun-ito", "email"), "jun@example.com"))
    line = "      phone: +1 310 555 0142    # cell\n"
    assert after == CREW.replace(line, line + "      email: jun@example.com\n")


def test_a_field_is_added_inside_braces_and_quoted_where_it_must_be():
    after = changed(CREW, ("set", ("camera", "people", "pavel-cech", "note"), "focus, and zoom"))
    assert after == CREW.replace("to: 2025-10-17}", 'to: 2025-10-17, note: "focus, and zoom"}')


def test_an_item_is_appended_in_the_manner_of_the_last():
    after = changed(CREW, ("append", ("camera", "people"), {"id": "ana-k", "name": "Ana K."}))
    line = "   # until the 17th\n"
    assert after == CREW.replace(line, line + "    - {id: ana-k, name: Ana K.}\n")
    block = "people:\n  - id: a\n    name: A\n"
    assert changed(block, ("append", ("people",), {"id": "b", "name": "B"})) == block + "  - id: b\n    name: B\n"


def test_an_item_is_appended_to_an_empty_list_and_to_nothing():
    after = changed(CREW, ("append", ("sound", "people"), {"id": "x", "name": "X"}))
    assert after == CREW.replace("people: []", "people: [{id: x, name: X}]")
    after = changed(CREW, ("set", ("grip", "people"), [{"id": "x", "name": "X"}]))
    assert after == CREW.replace("grip:\n", "grip:\n  people:\n    - {id: x, name: X}\n")


def test_a_key_is_added_at_the_end_of_the_file():
    after = changed("a: 1\nb:\n  c: 2\n", ("set", ("d",), {"e": "3"}))
    assert after == "a: 1\nb:\n  c: 2\nd: {e: 3}\n"
    assert changed("#: me\n# nothing yet", ("set", ("d",), "x")) == "#: me\n# nothing yet\nd: x\n"


def test_line_ends_and_the_byte_order_mark_stay():
    before = b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n"
    draft = Draft("f.yaml", before)
    draft.append(("b",), "y")
    draft.set(("c",), "z")
    assert draft.data == before + b"  - y\r\nc: z\r\n"


def test_a_file_without_a_last_line_end_keeps_none():
    assert changed("a: 1", ("set", ("b",), "2")) == "a: 1\nb: 2"


def test_several_changes_in_one_place_follow_each_other():
    acts = [("append", ("sound", "people"), {"id": name}) for name in ("a", "b", "c")]
    after = changed(CREW, *acts, ("set", ("sound", "people", "b", "name"), "B"), ("set", ("grip",), "x"))
    assert "people: [{id: a}, {id: b, name: B}, {id: c}]\ngrip: x\n" in after


def test_a_key_without_a_value_in_braces_is_filled():
    assert changed("a: {b: , c: 1}\n", ("set", ("a", "b"), "x")) == "a: {b: x , c: 1}\n"
    assert changed("a: {b, c: 1}\n", ("set", ("a", "b"), "x")) == "a: {b: x, c: 1}\n"
    assert changed("a: [1, 2,]\n", ("append", ("a",), "3"), ("append", ("a",), "4")) == "a: [1, 2, 3, 4]\n"


def test_a_value_after_a_comment_stays_before_it():
    assert changed("a:   # why\nb: 1\n", ("set", ("a",), "x: y")) == 'a: "x: y"   # why\nb: 1\n'
    assert changed("a:   # why\nb: 1\n", ("set", ("a", "c"), ["x", {"d": ["e"]}])) == (
        "a:   # why\n  c:\n    - x\n    - {d: [e]}\nb: 1\n"
    )


def test_text_over_several_lines_is_replaced_whole():
    before = "text: |\n  one\n  two\n\n# after\nnext: 1\n"
    after = changed(before, ("set", ("text",), "three"))
    assert after == "text: three\n\n# after\nnext: 1\n"
    assert changed("next: 1\n", ("set", ("text",), "one\ntwo\n")) == "next: 1\ntext: |\n  one\n  two\n"


def test_a_list_becomes_another_list():
    assert changed("who:\n  - a\n  - b\nx: 1\n", ("set", ("who",), ["c"])) == "who: [c]\nx: 1\n"


def test_a_file_with_errors_is_not_changed():
    with pytest.raises(Stop, match="has errors and is not changed"):
        Draft("crew.yaml", b"a: 1\na: 2\n")
    with pytest.raises(Stop, match="has errors"):
        Draft("crew.yaml", b"a: [1\n")


def test_what_cannot_be_written_stops_and_says_so():
    draft = Draft("crew.yaml", b"a: 1\n")
    draft.set(("b",), "bell\x07")
    with pytest.raises(Stop, match=r"crew\.yaml is not changed"):
        _ = draft.data
    with pytest.raises(Stop, match="there is no camera people"):
        Draft("crew.yaml", b"a: 1\n").append(("camera", "people"), "x")


def test_a_file_changed_underneath_is_refused_and_no_other_is_written(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1\n")
    (tmp_path / "b.yaml").write_text("b: 1\n")
    drafts = [edit.open_file(tmp_path, name) for name in ("a.yaml", "b.yaml", "c.yaml")]
    for draft in drafts:
        draft.set(("x",), "y")
    (tmp_path / "c.yaml").write_text("somebody: was quicker\n")
    with pytest.raises(Stop, match="nothing was written"):
        edit.write(tmp_path, drafts)
    texts = {path.name: path.read_text() for path in tmp_path.glob("*.yaml")}
    assert texts == {"a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "somebody: was quicker\n"}


def test_an_interruption_leaves_every_file_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_text("a: 1\n")
    drafts = [edit.open_file(tmp_path, name, "#: me\n") for name in ("a.yaml", "new.yaml", "other.yaml")]
    for draft in drafts:
        draft.set(("x",), "y")
    put, real = [], disk.write

    def until_the_third(path, data, **how):
        put.append(path.name)
        if path.name == "other.yaml":
            raise KeyboardInterrupt
        real(path, data, **how)

    monkeypatch.setattr(disk, "write", until_the_third)
    with pytest.raises(KeyboardInterrupt):
        edit.write(tmp_path, drafts)
    assert put[:3] == ["a.yaml", "new.yaml", "other.yaml"]
    assert (tmp_path / "a.yaml").read_text() == "a: 1\n"
    assert not (tmp_path / "new.yaml").exists()
    assert not (tmp_path / "other.yaml").exists()


def test_what_did_not_change_is_not_written(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1\n")
    draft = edit.open_file(tmp_path, "a.yaml")
    draft.set(("a",), "1")
    assert edit.write(tmp_path, [draft]) == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "crew.yaml").symlink_to("/etc/hostname")
    with pytest.raises(Stop, match="link"):
        edit.open_file(tmp_path, "crew.yaml")


LETTERS = st.characters(
    exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"], exclude_characters="\x85\ufeff\ufffe\uffff"
)
TEXT = st.one_of(
    st.sampled_from(["", "~", "7:30", "-0:30", "a: b", "x #y", "[a]", "{b}", "- c", "? d", "null", "true", "0123",
                     "1.10", "=1+1", "a,b", "it's", 'say "x"', " lead", "trail ", "---", "<<", "a\tb", "1\n2\n", "\\"]),
    st.text(LETTERS, max_size=12),
    st.text(st.sampled_from(":,#[]{}-?!&*|>'\"%@` ~a1"), max_size=8),
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(["id", "name", "12A", "a b", "x"]), st.text(LETTERS, min_size=1, max_size=6))
VALUES = st.recursive(TEXT, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=3), max_leaves=6)


@settings(max_examples=often(300), deadline=None)
@given(TEXT, st.booleans(), st.booleans())
def test_any_text_reads_back_as_it_was(text, flow, quoted):
    words = notation.scalar(text, flow, quoted)
    line = f"a: [{words}, x]\n" if flow else f"a: {words}  # comment\n"
    tree, problems = dialect.read(line.encode(), "f.yaml")
    assert not problems
    read = plain(tree)["a"]
    assert (read[0] if flow else read) == text


def written(value, manner, indent=0):
    """A random way of writing a value: flow or block, with comments, blank lines and odd spaces."""
    pad = " " * indent
    style = manner.draw(st.sampled_from(["block", "block", "flow"]))
    if isinstance(value, str) or not value or style == "flow":
        space = manner.draw(st.sampled_from([" ", "   "]))
        note = manner.draw(st.sampled_from(["", "  # a note, kept: so"]))
        return space + notation.one_line(value) + note + "\n"
    out = ["\n"]
    for one in value.items() if isinstance(value, dict) else value:
        above = manner.draw(st.sampled_from(["", "", "\n", f"{pad}  # above\n"]))
        if isinstance(value, dict):
            out.append(f"{above}{pad}  {notation.scalar(one[0])}:{written(one[1], manner, indent + 2)}")
        else:
            out.append(f"{above}{pad}  -{written(one, manner, indent + 2)}")
    return "".join(out)


def paths(value, above=()):
    yield above, value
    for step, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(one, (*above, step))


@settings(max_examples=often(300), deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.data())
def test_any_edit_reads_back_as_meant_and_keeps_every_other_byte(tree, data):
    text = "#: owner\n" + "".join(f"{notation.scalar(key)}:{written(value, data, 0)}" for key, value in tree.items())
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    before = (b"\xef\xbb\xbf" if data.draw(st.booleans()) else b"") + text.encode()
    read, problems = dialect.read(before, "f.yaml")
    assume(read is not None and not problems)
    wanted = plain(read)
    draft = Draft("f.yaml", before)
    for _ in range(data.draw(st.integers(1, 3))):
        path, there = data.draw(st.sampled_from([found for found in paths(wanted) if found[0]]))
        value = data.draw(TEXT)
        holder = wanted
        for step in path[:-1]:
            holder = holder[step]
        if isinstance(there, list) and data.draw(st.booleans()):
            draft.append(path, value)
            there.append(value)
        elif isinstance(there, dict) and data.draw(st.booleans()):
            key = data.draw(KEYS)
            draft.set((*path, key), value)
            there[key] = value
        else:
            draft.set(path, value)
            holder[path[-1]] = value
    after, problems = dialect.read(draft.data, "f.yaml")
    assert not problems
    assert plain(after) == wanted
    assert draft.data.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    ends = b"\r\n" in before
    assert (draft.data.count(b"\n") == draft.data.count(b"\r\n")) if ends else b"\r" not in draft.data


@settings(max_examples=often(200), deadline=None)
@given(TEXT, st.integers(0, 40))
def test_every_line_but_the_changed_one_is_the_same(value, number):
    text = "".join(f"k{n}: {{a: {n}, b: [1, 2]}}   # note {n}\n\n# about {n}\n" for n in range(41))
    after = changed(text, ("set", (f"k{number}", "a"), value))
    old, new = the_lines_that_differ(text, after)
    assert len(old) <= 1
    assert len(new) <= 1
    assert all(f"# note {number}" in line for line in old + new)


def test_the_deeper_of_two_new_lines_in_one_place_comes_first():
    before = "a:\n  b:\n    - x\n"
    after = changed(before, ("set", ("a", "c"), "1"), ("append", ("a", "b"), "y"), ("set", ("d",), "2"))
    assert after == "a:\n  b:\n    - x\n    - y\n  c: 1\nd: 2\n"


def test_a_new_key_stands_below_the_one_it_belongs_to() -> None:
    text = "a: 1   # one\nlist:\n  - x\nz: 9\n"
    draft = edit.Draft("f.yaml", text.encode())
    draft.set_after(("b",), "a", "2")
    draft.set_after(("m",), "list", "3")
    draft.set_after(("q",), "nowhere", "4")
    draft.set_after(("a",), "z", "5")
    assert draft.data.decode() == "a: 5   # one\nb: 2\nlist:\n  - x\nm: 3\nz: 9\nq: 4\n"
    flow = edit.Draft("f.yaml", b"x: {a: 1, z: 9}\n")
    flow.set_after(("x", "b"), "a", "2")
    assert flow.data == b"x: {a: 1, z: 9, b: 2}\n"

"""Reading a file of the production folder: bytes in, a tree of text with places and problems out.

The dialect is YAML less its surprises. Every scalar is the text that was typed; keys stand
once; there are no aliases, merge keys, tags, directives or second documents; limits on size,
depth and length hold before anything is built. Nothing a file holds makes `read` raise.

The work: `lexical` (bytes and characters), `events` (the parser's events into the tree),
`syntax` (the parser's errors in plain words).
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import yaml

from pmkit.files import lexical
from pmkit.files.events import Ended, Walk
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Place, Problem, Stop

_CParser: Callable[[str], Any] | None
try:
    from yaml._yaml import CParser as _CParser
except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    _CParser = None

# What a character that does not belong may itself have caused further down.
CAUSED = frozenset({"not-a-mapping", "syntax"})


def read(data: bytes, file: str) -> tuple[Mapping | None, list[Problem]]:
    """The tree of one file and all that is wrong with how it is written.

    An empty file, or one of comments only, is an empty Mapping. None when the reading had to
    end: encoding, conflict, alias, depth and syntax end it. `Stop` when PyYAML came without
    libyaml, whose reading the dialect is defined by.
    """
    if _CParser is None:
        raise Stop(
            "PyYAML on this machine has no libyaml, which reads the folder",
            "install PyYAML's own wheel: pip install --force-reinstall --only-binary :all: PyYAML",
        )
    collecting = gc.isenabled()
    gc.disable()  # the tree is all live: collections during the parse only cost time
    try:
        return _read(data, file)
    except MemoryError:
        return None, [Problem("too-large", Place(file), "this file needs more memory than there is", "split it")]
    except Exception as surprise:  # noqa: BLE001 - whatever a parser throws is a problem of this file, never a crash
        message = f"this file could not be read ({type(surprise).__name__})"
        return None, [Problem("syntax", Place(file), message, "please report it, with the file if you may")]
    finally:
        if collecting:
            gc.enable()


def _read(data: bytes, file: str) -> tuple[Mapping | None, list[Problem]]:
    text, problems = lexical.decode(data, file)
    if problems:
        return None, problems
    typed = lexical.characters(text, file)
    if any(problem.code == "conflict-marker" for problem in typed):
        return None, lexical.first_of_each(typed)
    clean = lexical.without_bad(text) if typed else text
    root, walk, ended = _walk(clean, file)
    if ended is not None and ended.code == "bad-character":
        root, walk, ended = _walk(lexical.without_surrogate_escapes(clean), file)
    problems = typed + walk.problems
    if "\\" in text:
        problems += lexical.escapes(text, file, walk.quoted)
    if "\t" in text and ended is None:
        problems += lexical.tab_indents(text, file, walk.spans)
    tree = _as_mapping(root, file) if ended is None else None
    if tree is None:
        last = ended or _not_a_mapping(root, text)
        bad = next((problem.place.line for problem in typed if problem.code == "bad-character"), None)
        if last.code not in CAUSED or bad is None or last.place.line < bad:
            problems.append(last)
    return tree, lexical.first_of_each(problems)


def _as_mapping(root: Node | None, file: str) -> Mapping | None:
    """The root as a mapping, an empty one for nothing at all; None when it is something else."""
    if root is None or isinstance(root, Mapping):
        return root or Mapping(file, 1, 1, 0, 0, 0, {}, {})
    if isinstance(root, Scalar) and root.text is None and root.start == root.end:
        return Mapping(file, root.line, root.column, 0, root.start, root.end, {}, {})
    return None


def _walk(text: str, file: str) -> tuple[Node | None, Walk, Problem | None]:
    assert _CParser is not None
    parser = _CParser(text)
    walk = Walk(parser.get_event, text, file)
    try:
        return walk.document(), walk, None
    except Ended as ended:
        return None, walk, ended.problem
    except yaml.YAMLError as error:
        from pmkit.files import syntax  # its words are wanted only when something is wrong

        return None, walk, syntax.explain(error, text, file)


def _not_a_mapping(root: Node | None, text: str) -> Problem:
    assert root is not None
    kind = "a list" if isinstance(root, Sequence) else "only text"
    if isinstance(root, Scalar) and root.text is None:
        kind = "only ~, which stands for nothing"
    from pmkit.files import misread

    hint = misread.spaced(text[root.start : root.end].splitlines()[0]) if root.end > root.start else ""
    hint = f"put a space after the colon: {hint}" if hint else "begin with a name and a colon, as in `camera:`"
    return Problem("not-a-mapping", root.place, f"a file holds names and what they stand for; this one is {kind}", hint)

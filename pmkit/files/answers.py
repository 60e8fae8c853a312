"""Answers as files: `private/answers/REQUEST-PERSON-DIGEST.yaml`, written once and never changed.

The digest is that of the content, so the same answer is the same file in every clone, and two
different ones never meet in one: git merges them without conflict.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pmkit.files import change, lexical, notation
from pmkit.files.change import Change
from pmkit.model.answer import Answer, DayAnswer
from pmkit.model.clock import Clock
from pmkit.problems import Stop

FOLDER = "private/answers"
_HEAD = "#: pmkit request\n"


def file_of(answer: Answer) -> str:
    """The file an answer is kept in."""
    digest = hashlib.sha256(written(answer)).hexdigest()[:10]
    return f"{FOLDER}/{_word(answer.request)}-{_word(answer.person)}-{digest}.yaml"


def written(answer: Answer) -> bytes:
    """An answer's file, a field a line, in the order of the model; what has its default is left out."""
    lines = [_HEAD]
    for declared in answer.fields.values():
        value = getattr(answer, declared.name)
        if declared.from_key or (not declared.required and value == declared.default) or value in (None, (), {}):
            continue
        lines.append(f"{declared.key}:{notation.block(_typed(value), 2)}\n")
    return "".join(lines).encode()


def add(root: Path, answers: Iterable[Answer]) -> list[str]:
    """Writes the answers that are not there yet, all or none; returns the names of the new files.

    Raises `Stop` when `private/` is not here, or a file cannot be written.
    """
    private = root / "private"
    if not private.is_dir() or private.is_symlink():
        hint = "work in a clone that has it; a new production gets one with: mkdir private"
        raise Stop("answers are kept in private/, which is not here", hint)
    new: dict[str, Change] = {}
    for answer in answers:
        file = file_of(answer)
        path = root / file
        if not path.exists() and not path.is_symlink():
            new[file] = Change(file, None, written(answer))
    return change.write(root, new.values())


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-_")[:60] or "x"


def _typed(value: Any) -> notation.Value:
    """A value as a person would type it; without what no file of the folder may hold, whoever said or wrote it."""
    if isinstance(value, str):
        text = re.sub(f"{lexical.BAD}|{lexical.INVISIBLE}", " ", value.replace("\r\n", "\n").replace("\r", "\n"))
        return re.sub(lexical.CONFLICT, lambda found: found[1][:3], text)
    if isinstance(value, dict):
        return {str(key): _typed(item) for key, item in value.items()}
    if isinstance(value, DayAnswer):
        told = {f.key: getattr(value, f.name) for f in value.fields.values()}
        given = {key: _typed(item) for key, item in told.items() if item is not None}
        return value.answer if len(given) == 1 else given
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Clock):
        return str(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value.tzinfo is not None else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [_typed(item) for item in value]
    return str(value)

"""Reports as JSON: exact values for programs, formatted ones for typst.

`raw` is what `--json` prints: versioned, amounts as text so that no cent is lost, dates and
times in one form whatever the production's clock. `formatted` is the same shape with every
value as it reads on paper.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pmkit.model.clock import Clock, Length, Offset, Span
from pmkit.model.frozen import fields_of
from pmkit.model.pages import Eighths
from pmkit.render import filters
from pmkit.render.filters import Formats
from pmkit.reports.table import Table

VERSION = 1
# The kinds that are one value, and the fields of the others once they have been met.
_LEAVES: frozenset[type] = frozenset({str, int, bool, float, type(None), Clock, Length, Offset, Eighths, Decimal, date})
_NAMES: dict[type, tuple[tuple[str, str], ...]] = {}


def raw(report: object, name: str) -> str:
    """A report as `--json` prints it: `pmkit` (the version), `document` (its name), then its fields."""
    body = _table(report) if isinstance(report, Table) else _walk(report, _exact)
    if not isinstance(body, dict):
        body = {"rows": body}
    # A table has a printed name of its own; the word by which it is asked for stays the document's.
    printed = {"name": body.pop("document")} if "document" in body else {}
    return _text({"pmkit": VERSION, "document": name, **printed, **body}, indent=2) + "\n"


def formatted(report: object, formats: Formats) -> Any:
    """A report in the same shape, with each value as it reads: what a paper template is given.

    A date is `{long, short, iso}`; pages stay a whole number of eighths, which paper draws.
    """
    return _walk(report, lambda value: _shown(value, formats))


def stamp(report: object) -> str:
    """Eight characters that change when anything in the report does: the mark of what was not issued."""
    return hashlib.sha256(_text(_walk(report, _exact)).encode()).hexdigest()[:8]


def issued_line(report: object, issued: str = "") -> str:
    """What the footer says: `Issued Mon 16 Mar 2026, 6:40 PM`, or `NOT ISSUED` with the content's mark."""
    return f"Issued {issued}" if issued else f"NOT ISSUED {stamp(report)}"


def _text(value: object, indent: int | None = None) -> str:
    return filters.escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))


def _walk(value: Any, leaf: Callable[[Any], Any]) -> Any:
    kind = type(value)
    if kind in _LEAVES:
        return leaf(value)
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = _names(value)
    if names:
        return {key: _walk(getattr(value, name), leaf) for key, name in names}
    if isinstance(value, Mapping):
        return {_key(key): _walk(item, leaf) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return leaf(value)
    if isinstance(value, (list, tuple)):
        return [_walk(item, leaf) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_walk(item, leaf) for item in value), key=str)
    return leaf(value)


def _names(value: object) -> tuple[tuple[str, str], ...]:
    """The fields of a value's kind with their keys; none for what is no record, or prints as one text."""
    found: tuple[str, ...] = fields_of(value)
    if is_dataclass(value) and not isinstance(value, type):
        found = tuple(field.name for field in fields(value))
    elif isinstance(value, tuple) and type(value).__str__ is object.__str__:
        found = getattr(value, "_fields", ())
    return tuple((name.rstrip("_"), name) for name in found)


def _key(key: object) -> str:
    return key if isinstance(key, str) else str(_exact(key))


def _exact(value: Any) -> Any:
    if value is None or type(value) is str:
        return value
    match value:
        case None | bool() | float():
            return value
        case str():
            return str(value)
        case Clock() | Length() | Offset():
            return str(value)
        case int():
            return int(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return str(value)
        case _:
            raise TypeError(f"a report may not hold a {type(value).__name__}")


def _shown(value: Any, formats: Formats) -> Any:
    match value:
        case Clock() | Offset():
            return filters.clock(value, formats)
        case Decimal():
            return filters.money(value, formats)
        case datetime():
            at = filters.clock(Clock(value.hour * 60 + value.minute), formats)
            return {
                "long": f"{filters.day(value)}, {at}",
                "short": f"{filters.short_day(value)}, {at}",
                "iso": value.isoformat(),
            }
        case date():
            return {"long": filters.day(value), "short": filters.short_day(value), "iso": value.isoformat()}
        case Span():
            return f"{filters.clock(value.start, formats)}\N{EN DASH}{filters.clock(value.end, formats)}"
        case str():
            return filters.plain(value)
        case Eighths():
            return int(value)
        case _:
            return _exact(value)


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    body: dict[str, Any] = _walk(table, _exact)
    body["rows"] = [
        {"kind": row["kind"], "heading": row["cells"][0]}
        if row["kind"] == "heading"
        else {"kind": row["kind"], "cells": dict(zip(keys, row["cells"], strict=True))}
        for row in body["rows"]
    ]
    return body

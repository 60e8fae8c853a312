from __future__ import annotations

import json as plain_json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from pmkit.model.clock import Clock, Length, OnCall, Span
from pmkit.model.money import Rate
from pmkit.model.pages import Eighths
from pmkit.problems import Place
from pmkit.render import json
from pmkit.render.filters import Formats
from pmkit.reports.table import Column, Row, Table, heading


@dataclass(frozen=True)
class Meal:
    from_: Clock
    in_: str


@dataclass(frozen=True)
class Sheet:
    title: str
    day: date
    call: Clock
    late: Clock
    walkie: OnCall
    estimate: Length
    pages: Eighths
    cost: Decimal
    rate: Rate
    span: Span
    where: Place
    meals: tuple[Meal, ...]
    by_day: dict[date, int]
    minor: bool
    nothing: None = None


SHEET = Sheet(
    title="Sůl <b>",
    day=date(2025, 10, 13),
    call=Clock(450),
    late=Clock(1590),
    walkie=OnCall("O/C"),
    estimate=Length(90),
    pages=Eighths(11),
    cost=Decimal("1E+3"),
    rate=Rate(Decimal(850), "day"),
    span=Span(Clock(780), Clock(810)),
    where=Place("schedule.yaml", 3, 7),
    meals=(Meal(Clock(780), "tent"),),
    by_day={date(2025, 10, 13): 1},
    minor=True,
)


def test_raw_values_are_exact() -> None:
    text = json.raw(SHEET, "callsheet")
    assert text.endswith("}\n")
    assert "Sůl" in text
    read = plain_json.loads(text)
    assert list(read)[:4] == ["pmkit", "document", "title", "day"]
    assert read == {
        "pmkit": 1,
        "document": "callsheet",
        "title": "Sůl <b>",
        "day": "2025-10-13",
        "call": "07:30",
        "late": "02:30 +1",
        "walkie": "O/C",
        "estimate": "1:30",
        "pages": 11,
        "cost": "1000",
        "rate": "850/day",
        "span": "13:00-13:30",
        "where": "schedule.yaml:3:7",
        "meals": [{"from": "13:00", "in": "tent"}],
        "by_day": {"2025-10-13": 1},
        "minor": True,
        "nothing": None,
    }


def test_formatted_values_read_as_on_paper() -> None:
    read = json.formatted(SHEET, Formats(clock="12h", whole=True))
    assert read["late"] == "2:30 AM +1"
    assert read["pages"] == 11
    assert read["cost"] == "1,000"
    assert read["span"] == "1:00 PM–1:30 PM"
    assert read["day"] == {"long": "Monday 13 October 2025", "short": "Mon 13 Oct 2025", "iso": "2025-10-13"}
    moment = json.formatted({"at": datetime(2025, 10, 13, 18, 40)}, Formats(clock="12h"))
    assert moment["at"]["short"] == "Mon 13 Oct 2025, 6:40 PM"


def test_a_table_gives_its_rows_by_key() -> None:
    table = Table(
        "Salt", "Costs", (Column("account", "Acct"), Column("efc", "EFC", "money")),
        (heading("ABOVE"), Row(("0123", Decimal("1.10"))), Row(("", Decimal("1.10")), "total")),
    )  # fmt: skip
    read = plain_json.loads(json.raw(table, "costs"))
    assert read["columns"][1]["key"] == "efc"
    assert read["rows"] == [
        {"kind": "heading", "heading": "ABOVE"},
        {"kind": "row", "cells": {"account": "0123", "efc": "1.10"}},
        {"kind": "total", "cells": {"account": "", "efc": "1.10"}},
    ]


@given(st.text())
def test_any_text_comes_back_and_nothing_reaches_the_terminal(text: str) -> None:
    written = json.raw({"name": text}, "x")
    assert plain_json.loads(written)["name"] == text
    written.encode("utf-8")
    assert not [c for c in written if c in "\x1b\x7f\x9b\u202e\u2066"]


def test_the_stamp_follows_the_content() -> None:
    same: Any = {"a": Clock(450)}
    assert json.stamp(same) == json.stamp({"a": Clock(450)})
    assert json.stamp(same) != json.stamp({"a": Clock(451)})
    assert json.issued_line(same) == f"NOT ISSUED {json.stamp(same)}"
    assert json.issued_line(same, "Mon 16 Mar 2026, 6:40 PM") == "Issued Mon 16 Mar 2026, 6:40 PM"


def test_a_thing_no_report_may_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        json.raw({"x": 1j}, "x")
    with pytest.raises(ValueError):
        json.raw({"x": float("nan")}, "x")

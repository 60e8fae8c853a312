"""A batch request as typed: whom, when, at which rate, by when; and the mail settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pmkit.files import dialect
from pmkit.model.dates import DateRange
from pmkit.model.mail import MailSettings
from pmkit.model.money import Rate
from pmkit.model.record import LeftOut, Reader
from pmkit.model.request import Asked, Before, Request
from pmkit.problems import Problem

WHOLE = """\
kind: hold
ask: {role: Best Boy, candidates: [a, b]}
rank: 1
dates: [2025-10-27..2025-10-28, 2025-10-30, 2025-10-28]
rate: deal
respond_by: 2025-10-17 18:00
remind: [1 day before, 3 hours before]
then: next
text: |
  A word: of our own.
"""


def read(text: str, kind: Any = Request, file: str = "requests/grips.yaml") -> tuple[Any, list[Problem]]:
    tree, problems = dialect.read(text.encode(), file)
    reader = Reader()
    assert tree is not None and problems == []
    return kind.read(tree, reader, "grips"), reader.problems


def test_a_whole_request() -> None:
    request, problems = read(WHOLE)
    assert problems == []
    assert request.asked.candidates == ("a", "b")
    assert request.days() == tuple(dt.date(2025, 10, day) for day in (27, 28, 30))
    assert request.dates[0] == DateRange(dt.date(2025, 10, 27), dt.date(2025, 10, 28))
    assert (request.rate, request.revision, request.then) == ("deal", 1, "next")
    assert request.respond_by == dt.datetime(2025, 10, 17, 18)
    assert request.remind == (Before(24), Before(3))
    assert [str(before) for before in request.remind] == ["1 day before", "3 hours before"]
    assert request.text == "A word: of our own.\n"


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("[k-moss, j-bird]", Asked(people=("k-moss", "j-bird"))),
        ("k-moss", Asked(people=("k-moss",))),
        ("{department: grip}", Asked(department=("grip",))),
        ("{works: tomorrow}", Asked(works="tomorrow")),
        ("{works: 2025-10-16}", Asked(works=dt.date(2025, 10, 16))),
    ],
)
def test_whom_it_asks(ask: str, expected: Asked) -> None:
    request, problems = read(f"kind: availability\nask: {ask}\n")
    assert problems == []
    assert request.asked == expected


def test_the_word_deal_is_no_money_and_a_rate_belongs_into_private() -> None:
    _, problems = read("kind: offer\nask: [a]\nrate: 450/day\n")
    assert [(p.code, p.severity, p.place.line) for p in problems] == [("private-outside", "warning", 3)]
    request, problems = read("kind: offer\nask: [a]\nrate: 450/day\n", file="private/requests/grips.yaml")
    assert problems == []
    assert request.rate == Rate(Decimal(450), "day")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("kind: wish\nask: [a]\n", "unknown-word", 1),
        ("kind: hold\nask: {role: Best Boy}\n", "nobody-asked", 2),
        ("kind: hold\nask: {}\n", "nobody-asked", 2),
        ("kind: hold\nask: []\n", "nobody-asked", 2),
        ("kind: hold\nask: [a]\nrank: 0\n", "bad-number", 3),
        ("kind: availability\nask: {agency: crowd, heads: 0}\n", "bad-number", 2),
        ("kind: hold\nask: {works: someday}\n", "bad-date", 2),
        ("kind: hold\nask: {departmnt: grip}\n", "unknown-field", 2),
        ("kind: hold\nask: [a]\nremind: [soon]\n", "bad-reminder", 3),
        ("kind: hold\nask: [a]\nrevision: 0\n", "bad-number", 3),
        ("kind: hold\nask: [a]\nrate: 450\n", "bad-rate", 3),
        ("kind: hold\nask: [a]\ndates: [2025-02-30]\n", "bad-date", 3),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, code: str, line: int) -> None:
    _, problems = read(text)
    assert [(p.code, p.place.line) for p in problems if p.code != "missing-field"] == [(code, line)]


def test_mail_settings_and_what_they_refuse() -> None:
    mail, problems = read(
        "from: The Salt Road <production@salt.example.com>\nhost: smtp.example.com\nuser: me\nsender: mara-laptop\n",
        MailSettings,
    )
    assert problems == []
    assert (mail.from_, mail.port, mail.sender) == ("The Salt Road <production@salt.example.com>", 587, "mara-laptop")
    for line, code in (
        ("from: The Salt Road", "bad-address"),
        ("from: a@b.com, c@d.com", "bad-address"),
        ("from: x@y.com <a@b.com> <c@d.com>", "bad-address"),
        ("host: smtp.example.com/x", "bad-host"),
        ("host: -oProxyCommand=x", "bad-host"),
        ("port: 70000", "bad-number"),
        ("password: x", "unknown-field"),
    ):
        extra = "" if line.startswith("from") else "from: a@b.com\n"
        found, problems = read(f"{extra}{line}\n", MailSettings)
        assert [p.code for p in problems] == [code], line
        assert isinstance(found, LeftOut | MailSettings)

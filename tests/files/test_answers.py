"""Answers as files: the same answer is the same file, and what is written reads back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit.files import answers, folder as folders
from pmkit.model.answer import Answer, DayAnswer
from pmkit.model.clock import Clock
from pmkit.model.dates import DateRange
from pmkit.model.money import Rate
from pmkit.problems import Stop

AT = dt.datetime(2025, 10, 14, 17, 31, 5, tzinfo=dt.UTC)
DAY = dt.date(2025, 10, 27)
HOSTILE = "1.10: yes # no\n- {a: [b]}\ttab \"'\N{SNOWMAN}"
ONE = Answer(
    request="grips",
    person="k-moss",
    revision=2,
    at=AT,
    dates={DAY: DayAnswer(answer="counter", from_=Clock(600), heads=4), dt.date(2025, 10, 28): DayAnswer(answer="no")},
    rate=Rate(Decimal("450"), "day"),
    note=HOSTILE,
    how="mail",
    via=HOSTILE,
    proposed=True,
    quote=HOSTILE,
)
ACT = Answer(
    request="grips",
    person="k-moss",
    at=AT,
    act="hold",
    days=(DateRange(DAY, DAY),),
    rank=1,
    due=dt.datetime(2025, 10, 24, 18),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "production.yaml").write_text("pmkit: 1\ntitle: Salt\ncode: SALT\n")
    (tmp_path / "requests").mkdir()
    (tmp_path / "requests" / "grips.yaml").write_text("kind: hold\nask: [k-moss]\ndates: [2025-10-27..2025-10-28]\n")
    (tmp_path / "private").mkdir()
    return tmp_path


def test_what_is_written_reads_back_and_is_private(root: Path) -> None:
    files = answers.add(root, [ONE, ACT])
    assert len(files) == 2 and all(file.startswith("private/answers/grips-k-moss-") for file in files)
    assert all((root / file).stat().st_mode & 0o777 == 0o600 for file in files)
    read = folders.read(root)
    assert read.problems == []
    for answer in (ONE, ACT):
        name = answers.file_of(answer).rpartition("/")[2].removesuffix(".yaml")
        assert read.production.answers[name] == answer.but(name=name)


def test_the_same_answer_is_written_once(root: Path) -> None:
    assert len(answers.add(root, [ONE])) == 1
    assert answers.add(root, [ONE]) == []
    assert answers.file_of(ONE) != answers.file_of(ONE.but(note="other"))


def test_without_private_there_is_no_place_for_answers(root: Path) -> None:
    (root / "private").rmdir()
    with pytest.raises(Stop, match="private/"):
        answers.add(root, [ONE])


def test_no_word_that_somebody_said_or_wrote_breaks_the_folder() -> None:
    from pmkit.files import dialect

    note = "a\u2028b\x1b[31m\u202ec\ufeff\n<<<<<<< HEAD\n=======\r\n>>>>>>> x\x00"
    one = Answer(request="r", person="ana", at=dt.datetime(2025, 11, 1, 10, tzinfo=dt.UTC), answer="yes", note=note)
    assert dialect.read(answers.written(one), answers.file_of(one))[1] == []

"""Closed answers: read where a link's subject and text agree to the letter, and in no other case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.model.money import Rate
from pmkit.rollup.quoting import own_words
from pmkit.rollup.replies import Invited, Question, as_words, by_calendar, by_link, free, link_of

MARK = "[pm:a1b2c3.abcdefghijklmnop]"
DAYS = tuple(dt.date(2025, 11, day) for day in (12, 13))
ASKED = Question(DAYS, dt.date(2025, 11, 1), Rate(Decimal(420), "day"), "SALT: are you free?", ("Kay Moss",))


def said(subject: str, text: str, asked: Question = ASKED) -> str:
    found = by_link(subject, own_words(text), asked)
    return as_words(found.dates, found.answer, found.rate) + (f" ({found.doubt})" if found.doubt else "")


def test_each_link_says_what_it_says() -> None:
    assert said(f"YES {MARK} SALT: are you free?", "yes, both dates\r\n") == "yes 12 nov, 13 nov"
    assert said(f"No {MARK} SALT:  ARE you free?", "") == "no 12 nov, 13 nov"
    one = ASKED._replace(dates=DAYS[:1])
    assert said(f"MAYBE {MARK}", "maybe, 12 November", one) == "maybe 12 nov"
    assert "more in it" in said(f"MAYBE {MARK}", "maybe, 13 November", one)
    assert said(f"YES {MARK}", "yes\n", ASKED._replace(dates=())) == "yes"
    assert said(f"YES {MARK}", "yes, all dates\n", ASKED._replace(dates=(), current=False)) == "yes"
    assert (
        said(f"SOME {MARK}", "Wed 12 Nov: yes\nThu 13 Nov: no\nRate: 420/day\nNote: \n")
        == "yes 12 nov; no 13 nov; 420/day"
    )


@pytest.mark.parametrize(
    "signature",
    [
        "Kay",
        "Best,\nKay Moss",
        "Thanks!\nKay\n+1 760 555 0199\nkay@x.example",
        "Sent from my iPhone 15",
        "-- \nKay Moss\nKey Grip",
    ],
)
def test_a_signature_takes_nothing_away(signature: str) -> None:
    assert said(f"YES {MARK}", f"yes, both dates\n\n{signature}\n") == "yes 12 nov, 13 nov"


@given(st.text(min_size=1, max_size=60).filter(lambda text: any(c.isalpha() for c in text)))
def test_a_word_more_is_never_a_yes(more: str) -> None:
    line = " ".join(more.split())
    if own_words(f"yes\n{line}").text in ("yes", "") or line.casefold() in ("kay", "moss"):
        return
    found = by_link(f"YES {MARK}", own_words(f"yes, both dates {line}"), ASKED)
    assert not found.closed and not found.dates


def test_what_follows_a_signature_is_shown() -> None:
    own = own_words("OK\n\nSent from Reno, where I stay until Friday")
    assert own.text == "OK" and free(own).quote == "OK / Sent from Reno, where I stay until Friday"
    assert free(own_words("OK\n\nSent from my iPhone")).quote == "OK"
    assert free(own_words("OK\n-- \nKay Moss\n+1 760 555 0199\n13. nemůžu")).quote == "OK / 13. nemůžu"


def test_what_is_no_link() -> None:
    assert link_of(f"Re: YES {MARK}") == ("", "")
    assert link_of(f"YES, but {MARK}") == ("", "")
    assert link_of("YES") == ("", "")
    assert link_of(f"yes {MARK} x") == ("yes", "x")
    assert link_of(f"[EXT] yes {MARK} x") == ("yes", "x")
    assert link_of(f"[EXT] Re: yes {MARK} x") == ("", "")


def test_calendars() -> None:
    assert as_words(by_calendar([Invited(DAYS, "ACCEPTED")]).dates, "", None) == "yes 12 nov, 13 nov"
    two = by_calendar([Invited(DAYS, "ACCEPTED"), Invited(DAYS[:1], "DECLINED")])
    assert not two.closed and two.doubt
    assert not by_calendar([Invited(DAYS, "NEEDS-ACTION")]).closed
    assert not by_calendar([Invited((), "ACCEPTED")]).closed
    assert by_calendar([Invited(DAYS, "ACCEPTED", "from noon")]).doubt == "a comment goes with it"

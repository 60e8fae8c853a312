"""What somebody wrote themselves, without the mail they answer: in the forms of mail programs and languages, and quickly."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from pmkit.mail.html_text import text_of
from pmkit.rollup.quoting import own_words
from tests.mail.clients import BARE
from tests.mail.replies import APPLE, GMAIL, OURS, OUTLOOK, OWN, PHONE, gmail, outlook, quoted

_BANNER = (
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you "
    "recognize the sender and know the content is safe."
)


@pytest.mark.parametrize("language", GMAIL)
@pytest.mark.parametrize("broken", [False, True])
def test_gmail(language: str, broken: bool) -> None:
    line = GMAIL[language]
    if broken:  # as Gmail breaks it at 78 characters
        at = line.rindex(" ", 0, 60)
        line = f"{line[:at]}\n{line[at + 1 :]}"
    text, page = gmail(OWN[language], line)
    assert own_words(text).text == OWN[language]
    assert own_words(text_of(page)).text == OWN[language]


@pytest.mark.parametrize("language", OUTLOOK)
@pytest.mark.parametrize("rule", ["________________________________", "-----Original Message-----", ""])
def test_outlook(language: str, rule: str) -> None:
    text, page = outlook(OWN[language], OUTLOOK[language], rule)
    assert own_words(text).text == OWN[language]
    assert own_words(text_of(page)).text == OWN[language]


@pytest.mark.parametrize("language", APPLE)
def test_apple_mail_and_phones(language: str) -> None:
    for line in (APPLE[language], APPLE[language].removeprefix("> ")):
        text = f"{OWN[language]}\n\n{PHONE[language]}\n\n{line}\n> \n{quoted()}"
        assert own_words(text).text == OWN[language]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes\n-- \nKay Moss\nKey Grip", "Yes"),
        ("Yes\n--\n" + "a line that is no signature\n" * 20, "Yes\n--\n" + "a line that is no signature\n" * 20),
        ("> asked?\nyes\n> and then?\nno", "yes\nno"),
        ("On Monday she wrote:\nI can come", "On Monday she wrote:\nI can come"),
        ("From: here on I am free\nTo: the end", "From: here on I am free\nTo: the end"),
        ("Sent from my hotel\nso no", "Sent from my hotel\nso no"),
        ("", ""),
        (">\n>\n", ""),
        ("Yes\n\n\n\nbut no", "Yes\n\nbut no"),
        ("ok\n-----\nbut not the 13th", "ok\n-----\nbut not the 13th"),
    ],
)
def test_what_is_no_quote_stays(text: str, own: str) -> None:
    assert own_words(text).text == own.strip()


@pytest.mark.parametrize("program", BARE)
def test_a_mail_that_is_answered_without_a_mark_is_none_of_ones_own(program: str) -> None:
    own = own_words(f"Thursday is out\n\nKay\n\n{BARE[program]}\n\n{OURS}")
    assert own.text == "Thursday is out\n\nKay" and own.quotes
    # Nothing above it: the answer stands below, and where is not to be known.
    assert "Thursday is out" in own_words(f"{BARE[program]}\n\n{OURS}\nThursday is out").text or program in (
        "Zoho",
        "Zoho de",
        "QQ",
    )


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"{_BANNER}\n\nYes, but", "Yes, but"),
        (f"{_BANNER} Not the 13th.\n\nYes, but", f"{_BANNER} Not the 13th.\n\nYes, but"),
        (f"Yes, but\n{_BANNER}", f"Yes, but\n{_BANNER}"),
        (_BANNER.replace("organization. ", "organization.\n").replace("CAUTION: ", "CAUTION\n") + "\n\nYes", "Yes"),
        ("CAUTION:\n\nThis email originated from outside your organization.\nYes", "Yes"),
        ("CAUTION:\nnot the 13th", "CAUTION:\nnot the 13th"),
        ("!!!\nYes", "!!!\nYes"),
        ("WARNING: this is no small thing to ask\nYes", "WARNING: this is no small thing to ask\nYes"),
    ],
)
def test_what_our_own_server_put_above_is_left_out(text: str, own: str) -> None:
    assert own_words(text).text == own


def test_an_answer_between_the_lines_is_known_as_one() -> None:
    own = own_words(f"{GMAIL['en']}\n> Mon?\nyes\n> Wed?\nno\n")
    assert own.text == "yes\nno" and own.between
    assert not own_words(gmail("Yes", GMAIL["en"])[0]).between


@given(st.text(max_size=400), st.sampled_from(sorted(GMAIL)))
def test_never_an_error_and_never_a_word_made_up(text: str, language: str) -> None:
    own = own_words(f"{text}\n{GMAIL[language]}\n{quoted()}")
    shown = text.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")
    given = {" ".join(line.split()) for line in shown.split("\n")}
    assert all(line in given | {GMAIL[language]} for line in own.lines if line)
    own_words(text)
    text_of(text)


HOSTILE = {
    "on": "On x x x\n", "wrote": "wrote: ", "lines": "\n", "quotes": "> ", "schrieb": "schrieb ", "dashes": "-", "rules": "____________\n",
    "from": "From: x@y\n", "tags": "<blockquote>", "comments": "<!--", "style": "<style>x</style>", "open": "<", "spaces": "sent from  ",
    "nested": "<div class=gmail_quote>", "entities": "&amp;", "delimiter": "-- \n", "colons": "Von: ", "stars": "* _ ",
}  # fmt: skip


def _steps(text: str) -> int:
    """How many lines of Python a text costs, counted in a process of its own: no clock is asked."""
    program = (
        "import sys\nfrom pmkit.rollup.quoting import own_words\nfrom pmkit.mail.html_text import text_of\n"
        "count = 0\ndef step(frame, event, about):\n    global count\n    count += 1\n    return step\n"
        "text = sys.stdin.read()\nsys.settrace(step)\nown_words(text)\nown_words(text_of(text))\nsys.settrace(None)\nprint(count)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=text, capture_output=True, text=True, check=True, timeout=120
    )
    return int(done.stdout)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_megabyte_costs_no_more_than_its_size(kind: str) -> None:
    unit = HOSTILE[kind]
    small, large = (_steps(unit * (size // len(unit))) for size in (2**15, 2**17))
    assert large <= 4.5 * small + 5000
    # Each line of Python may hide a long search: a megabyte must come to its end at all.
    _steps(unit * (2**20 // len(unit)))

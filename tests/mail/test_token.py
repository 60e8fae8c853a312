"""Answer tokens: only the holder of the secret makes them, and each stands for one question to one address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from pmkit.mail import token
from pmkit.mail.token import Asked
from pmkit.problems import Stop

SECRET = b"0123456789abcdef0123456789abcdef"
ANA = Asked("grips", "ana", 1, "ana@example.com")


def test_a_token_is_short_and_finds_its_question() -> None:
    made = token.made(SECRET, "SALT", ANA)
    assert len(made) == 23
    assert token.resolved(SECRET, "SALT", made, [ANA._replace(person="ben"), ANA]) == ANA
    assert token.resolved(SECRET, "SALT", made.upper(), [ANA]) == ANA
    assert token.made(SECRET, "SALT", ANA._replace(address="ANA@Example.com")) == made


@pytest.mark.parametrize(
    "other", [ANA._replace(revision=2), ANA._replace(address="ben@example.com"), ANA._replace(request="sparks")]
)
def test_another_revision_address_or_request_has_another_token(other: Asked) -> None:
    assert token.resolved(SECRET, "SALT", token.made(SECRET, "SALT", other), [ANA]) is None


def test_without_the_secret_no_token_is_made() -> None:
    forged = token.made(b"another secret of some length....", "SALT", ANA)
    assert forged[:6] == token.made(SECRET, "SALT", ANA)[:6]
    assert token.resolved(SECRET, "SALT", forged, [ANA]) is None
    with pytest.raises(Stop):
        token.checked(b"short\n")
    assert token.checked(SECRET + b"\r\n") == SECRET


def test_a_token_is_found_in_a_subject_whatever_was_put_around_it() -> None:
    made = token.made(SECRET, "SALT", ANA)
    assert token.in_text(f"Re: AW: YES {token.tagged(made).upper()} SALT") == made
    assert token.in_text(f"{token.tagged(made)} {token.tagged('0' * 6 + '.' + 'a' * 16)}") == ""
    assert token.in_text("yes") == ""


def test_a_link_opens_a_mail_with_subject_and_form() -> None:
    link = token.link("pm+x@example.com", "YES [pm:ab]", "27 Oct: yes & more\n28 Oct: ")
    assert " " not in link and "[" not in link and "%0D%0A" in link
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "pm%2Bx@example.com")
    told = parse_qs(parts.query, keep_blank_values=True)
    assert told == {"subject": ["YES [pm:ab]"], "body": ["27 Oct: yes & more\r\n28 Oct: "]}

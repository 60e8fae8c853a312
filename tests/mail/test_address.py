"""A person's address is taken as typed or refused in words; never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.mail import address
from pmkit.mail.address import Mailbox
from pmkit.problems import Fault
from tests.often import often


@pytest.mark.parametrize(
    ("typed", "name", "email"),
    [
        ("ana@example.com", "", "ana@example.com"),
        ("  ana@EXAMPLE.com ", "", "ana@example.com"),
        ("The Salt Road <production@salt.example.com>", "The Salt Road", "production@salt.example.com"),
        ('"Wells, Dana" <dana@example.com>', "Wells, Dana", "dana@example.com"),
        ("Jan Novák <jan@příklad.cz>", "Jan Novák", "jan@xn--pklad-zsa96e.cz"),
        ("a.b+c@例え.jp", "", "a.b+c@xn--r8jz45g.jp"),
    ],
)
def test_addresses_as_typed(typed: str, name: str, email: str) -> None:
    assert address.read(typed) == Mailbox(name, email)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is not an e-mail address"),
        ("ana", "‘ana’ is not an e-mail address"),
        ("ana@", "is not an e-mail address"),
        ("ana@@example.com", "is not an e-mail address"),
        ("ana@example.com, bob@example.com", "is not an e-mail address"),
        ("ana@example.com\nBcc: eve@example.com", "is not an e-mail address"),
        ("a@b.com>\r\nRCPT TO:<e@x.com", "no > after the address"),
        ("a@b.com>\r\nRCPT TO:<e@x.com>", "more than one name and address"),
        ("ana@localhost", "is not an e-mail address"),
        ("ána@example.com", "letters before the @"),
        ("Ana <ana@example.com", "no > after the address"),
        ("ana@exa\x00mple.com", "is not an e-mail address"),
    ],
)
def test_what_is_no_address_is_told(typed: str, words: str) -> None:
    fault = address.read(typed)
    assert isinstance(fault, Fault)
    assert words in fault.message
    assert fault.message.isprintable()


def test_a_name_is_one_line_without_marks_of_direction_and_not_too_long() -> None:
    assert address.mailbox("a@example.com", "Ana\n Bcc:\u202e x\u2028y") == Mailbox("Ana Bcc: x y", "a@example.com")
    long = address.mailbox("a@example.com", "É" * 80)
    assert isinstance(long, Mailbox)
    assert long.name == "É" * 59 + "…"
    fault = address.mailbox("a@example.com", "Ana\x1b[31m")
    assert isinstance(fault, Fault)
    assert "U+001B" in fault.message


@settings(max_examples=often(150), deadline=None)
@given(st.text(st.characters(codec=None), max_size=40), st.text(max_size=40))
def test_nothing_typed_raises(email: str, name: str) -> None:
    found = address.mailbox(email, name)
    assert isinstance(found, Fault) or (found.email.isascii() and len(found.name) <= 60)

"""Names in plain letters."""

import pytest

from pmkit.model.letters import plain


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Łukasz Þór", "lukasz thor"),
        ("Žofie Nováková", "zofie novakova"),
        ("STRAẞE 1", "strasse 1"),
        ("何书白", ""),
        ("a-b", "a-b"),
    ],
)
def test_a_name_in_plain_letters(typed: str, found: str) -> None:
    assert plain(typed) == found

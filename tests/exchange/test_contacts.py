from __future__ import annotations

import pytest

from pmkit.exchange import contacts


@pytest.mark.parametrize(
    ("typed", "numbers", "left"),
    [
        ("(310) 555-0142", ["(310) 555-0142"], ""),
        ("310.555.0142 (cell)", ["310.555.0142"], ""),
        ("C: 310-555-0142", ["310-555-0142"], ""),
        ("310-555-0142 / 310-555-0199", ["310-555-0142", "310-555-0199"], ""),
        ("+44 7700 900123 or 020 7946 0000", ["+44 7700 900123", "020 7946 0000"], ""),
        ("310‑555‑0142", ["310-555-0142"], ""),
        ("13105550142", ["13105550142"], ""),
        ("0123", ["0123"], ""),
        ("+1 310 555 0142 x12", ["+1 310 555 0142 x12"], ""),
        ("n/a", [], ""),
        ("ask the agent", [], "ask the agent"),
    ],
)
def test_phone_numbers_of_a_cell(typed, numbers, left):
    assert contacts.phones(typed) == (numbers, left)


@pytest.mark.parametrize(
    ("typed", "addresses", "left"),
    [
        ("a@example.com", ["a@example.com"], ""),
        ("Ana <ana@example.com>", ["ana@example.com"], ""),
        ("a@example.com; b@example.com", ["a@example.com", "b@example.com"], ""),
        ("mailto:a@example.com", ["a@example.com"], ""),
        ("a@example", [], "a@example"),
        ("TBD", [], ""),
    ],
)
def test_addresses_of_a_cell(typed, addresses, left):
    assert contacts.emails(typed) == (addresses, left)


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("Ruiz, Ana", "Ana Ruiz"),
        ("RUIZ,ANA", "ANA RUIZ"),
        ("Sam Hill, Jr.", "Sam Hill, Jr."),
        ("Hill, Sam, Jr.", "Sam Hill, Jr."),
        ("Lena  Ostrava, A.S.C.", "Lena Ostrava, A.S.C."),
        ("Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_names_as_spoken(typed, spoken):
    assert contacts.name(typed) == spoken


@pytest.mark.parametrize(
    ("typed", "order", "date"),
    [
        ("10/3", "mdy", "2025-10-03"),
        ("10/3", "dmy", "2025-03-10"),
        ("10/13/25", "mdy", "2025-10-13"),
        ("13.10.2025", "mdy", "2025-10-13"),
        ("Mon 13 Oct", "mdy", "2025-10-13"),
        ("Oct 13th, 2026", "dmy", "2026-10-13"),
        ("13-Oct-25", "mdy", "2025-10-13"),
        ("2025-10-13", "dmy", "2025-10-13"),
        ("31/31/2025", "mdy", None),
        ("soon", "mdy", None),
    ],
)
def test_dates_as_typed(typed, order, date):
    assert contacts.date(typed, order, 2025) == date


def test_a_column_of_dates_says_which_comes_first():
    assert contacts.order_of(["10/3", "10/13"], "dmy") == "mdy"
    assert contacts.order_of(["10/3", "13/10"], "mdy") == "dmy"
    assert contacts.order_of(["10/3"], "dmy") == "dmy"

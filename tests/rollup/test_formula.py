"""The budget's formula language: what it works out, what it refuses, and where."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.model import money
from pmkit.model.tree import Scalar
from pmkit.problems import Fault, Place
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import Formulas, Wrong

COUNTS = {("days", "main", ""): 15, ("cast", "1", "paid"): 11, ("element", "picture-car (red", "days"): 3}


def count(function: str, argument: str, attribute: str) -> Decimal | Fault:
    found = COUNTS.get((function, argument, attribute))
    return Decimal(found) if found is not None else Fault(f"no {function} {argument}", code="unknown-count")


def value(text: str, **globals_: str) -> Decimal:
    found = Formulas(globals_, count).value(text)
    assert isinstance(found, Figure), found
    return found.value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("8 - 3 - 2", "3"),
        ("8 / 2 / 2", "2"),
        ("2 * -3", "-6"),
        ("--3", "3"),
        ("12,400", "12400"),
        ("1,246.50", "1246.50"),
        (".5 * 4", "2"),
        ("min(3, 1, 2)", "1"),
        ("max(days(main), 20)", "20"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.345, 2)", "2.35"),
        ("round(10 / 4 + 0.05, 1)", "2.6"),
        ("days(main) * 2", "30"),
        ("cast( 1 ).paid / 2", "5.5"),
        ("cast(1) . paid", "11"),
        ("element(picture-car (red).days", "3"),
        ("max(element(picture-car (red).days, days(main))", "15"),
        ("min(days(main), round(prep_weeks * 1.5))", "8"),
        ("prep_weeks * 5 + days(main)", "40"),
    ],
)
def test_values(text: str, result: str) -> None:
    assert value(text, prep_weeks="5") == Decimal(result)


@pytest.mark.parametrize(
    ("text", "code", "at", "length"),
    [
        ("2 ** 3", "bad-formula", 3, 1),
        ("1 +", "bad-formula", 2, 1),
        ("", "bad-formula", 0, 1),
        ("(1", "bad-formula", 1, 1),
        ("1 2", "bad-formula", 2, 1),
        ("1.2.3", "bad-formula", 3, 1),
        ("weeks.days", "bad-formula", 5, 1),
        ("1 / (2 - 2)", "bad-formula", 2, 9),
        ("5 + week * 2", "unknown-global", 4, 4),
        ("1 + cast(99).paid", "unknown-count", 4, 13),
        ("days(main", "bad-formula", 0, 4),
        ("round(1, 2, 3)", "bad-formula", 0, 5),
        ("round(1, 0.5)", "bad-formula", 0, 5),
        ("__import__('os')", "unknown-count", 0, 16),
        ("'a' * 9", "bad-formula", 0, 1),
        ("(" * 60 + "1" + ")" * 60, "bad-formula", 40, 1),
        ("1 + 1" * 400, "bad-formula", 0, 0),
    ],
)
def test_faults_at_their_place(text: str, code: str, at: int, length: int) -> None:
    found = Formulas({"weeks": "5"}, count).value(text)
    assert isinstance(found, Wrong)
    assert (found.fault.code, found.at, found.length, found.quiet) == (code, at, length, False)


def test_a_name_of_more_than_a_hundred_signs_is_none() -> None:
    formulas = Formulas({"a" * 100: "1", "b" * 101: "2"})
    assert {name: wrong.fault.code for name, wrong in formulas.wrong.items()} == {"b" * 101: "bad-global"}


def test_did_you_mean_a_global() -> None:
    found = Formulas({"prep_weeks": "5"}).value("prep_week")
    assert isinstance(found, Wrong)
    assert found.fault.hint == "did you mean prep_weeks?"


def test_a_count_without_its_unit_is_shown_with_one() -> None:
    found = Formulas({"days_off": "5"}).value("weeks * 2")
    assert isinstance(found, Wrong)
    assert found.fault.hint.startswith("write weeks(main) to count it from the schedule")


def test_globals_rest_on_each_other_in_any_order() -> None:
    formulas = Formulas({"c": "a + b", "a": "b * 2", "b": "days(main)"}, count)
    assert (formulas["c"].value, formulas.wrong) == (Decimal(45), {})


def test_a_circle_is_named_and_what_rests_on_it_stays_silent() -> None:
    formulas = Formulas({"a": "b + 1", "b": "c", "c": "a", "d": "a * 2"})
    assert {name: (w.fault.code, w.quiet) for name, w in formulas.wrong.items()} == {
        "a": ("global-circle", False),
        "b": ("global-circle", False),
        "c": ("global-circle", False),
        "d": ("bad-formula", True),
    }
    assert "a → b → c → a" in formulas.wrong["a"].fault.message
    line = formulas.value("d + 1")
    assert isinstance(line, Wrong)
    assert line.quiet


def test_what_a_count_is_asked_about_is_text_and_no_global() -> None:
    """A global called `main` may rest on days(main), inside min( ) too."""
    formulas = Formulas(
        {"main": "min(days(main), 99)", "trips": "max(1, round(main * in_)) + later", "in_": "2"}, count
    )
    assert {name: wrong.fault.code for name, wrong in formulas.wrong.items()} == {"trips": "unknown-global"}
    formulas = Formulas({"trips": "max(in_, round(main * 2))", "main": "min(days(main), 99)", "in_": "2"}, count)
    assert formulas.wrong == {}
    assert formulas["trips"].value == 30


def test_long_chains_of_globals_neither_recurse_nor_explode() -> None:
    chain = {f"g{n}": f"g{n + 1} + 1" for n in range(3000)} | {"g3000": "1"}
    assert Formulas(chain)["g0"].value == 3001
    doubled = {"g0": "1"} | {f"g{n}": f"g{n - 1} + g{n - 1}" for n in range(1, 45)}
    figure = Formulas(doubled)["g44"]
    assert figure.value == 2**44
    assert len(str(figure.chain())) < 100_000


@pytest.mark.parametrize("text", ["999999999999999 * 999999999999999", "big * big * big", "1 / 3 * big * big"])
def test_numbers_without_end_are_refused(text: str) -> None:
    found = Formulas({"big": "999999999999999"}).value(text)
    assert isinstance(found, Wrong)
    assert "1,000,000,000,000,000" in found.fault.message


def test_a_fault_points_into_the_file() -> None:
    found = Formulas({}).value("1 + x")
    assert isinstance(found, Wrong)
    plain = Scalar("private/budget.yaml", 7, 30, 5, 0, 5, "1 + x")
    quoted = Scalar("private/budget.yaml", 7, 30, 7, 0, 7, "1 + x", plain=False)
    assert found.problem(plain, plain.place).place == Place("private/budget.yaml", 7, 34, 1)
    assert found.problem(quoted, quoted.place).place == Place("private/budget.yaml", 7, 35, 1)


def test_a_figure_knows_the_globals_and_the_place_it_rests_on() -> None:
    formulas = Formulas({"weeks": "5"}, count, lambda name: Place("private/budget.yaml", 3, 10))
    figure = formulas.value("weeks * days(main)", Place("private/budget.yaml", 9, 20))
    assert isinstance(figure, Figure)
    assert figure.places() == (Place("private/budget.yaml", 9, 20), Place("private/budget.yaml", 3, 10))
    assert figure.chain()["of"][1] == {"value": "5", "rule": "weeks = 5", "of": ["private/budget.yaml:3:10"]}


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    found = Formulas({"weeks": "5"}, count).value(text)
    assert isinstance(found.value if isinstance(found, Figure) else found.fault, Decimal | Fault)


_EXPRESSION = st.recursive(
    st.integers(0, 9999).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=6,
)


@given(_EXPRESSION)
def test_whole_number_arithmetic_is_exact(text: str) -> None:
    expected = eval(text)
    found = Formulas({}).value(text)
    if isinstance(found, Wrong):
        assert "1,000,000,000,000,000" in found.fault.message
    else:
        assert found.value == expected


@pytest.mark.parametrize("text", ["-0", "round(-0.4)", "-(2 - 2)", "0 * -1"])
def test_nothing_has_no_sign(text: str) -> None:
    assert str(value(text)).startswith("0")


def test_a_sign_takes_no_figures_off() -> None:
    assert value("-(1/3)") == value("0 - 1/3")


def test_what_a_division_leaves_behind_decides_no_half() -> None:
    """52 / 6 × 30.5 × 320.745 is 84,783.595 on paper, and a hair less in 34 figures."""
    text = "52 / 6 * 30.5 * 320.745"
    assert value(text) < Decimal("84783.595")
    assert value(f"round({text}, 2)") == money.half_up(value(text)) == Decimal("84783.60")
    assert money.minor_units(value(text)) == 8478360

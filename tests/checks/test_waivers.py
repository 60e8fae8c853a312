from __future__ import annotations

from pmkit.checks import waived
from pmkit.model.production import Waiver
from pmkit.problems import Place, Problem


def problem(code: str, message: str, severity: str = "warning") -> Problem:
    return Problem(code, Place("schedule.yaml", 4, 37, 1), message, "", severity)  # type: ignore[arg-type]


CLOSED = problem("location-closed", "motel is not open on 2025-10-27: scene 25A")
OTHER = problem("location-closed", "diner is not open on 2025-10-27: scene 6")
TWICE = problem("scene-twice", "scene 2 is on the board twice", "error")


def waiver(code: str = "location-closed", about: str = "motel 2025-10-27", by: str = "mara-voss") -> Waiver:
    return Waiver(code=code, about=about, reason="owner agreed", by=by)


def test_a_waiver_takes_what_it_is_about_and_nothing_else() -> None:
    standing, lines = waived([CLOSED, OTHER], (waiver(),))
    assert standing == [OTHER]
    assert lines == ["location-closed (motel 2025-10-27): owner agreed, mara-voss"]


def test_a_waiver_without_words_takes_all_of_its_code() -> None:
    standing, lines = waived([CLOSED, OTHER, TWICE], (waiver(about="", by=""),))
    assert standing == [TWICE]
    assert lines == ["location-closed (all): owner agreed"]


def test_every_word_must_fit_in_the_message_or_the_place() -> None:
    assert waived([CLOSED], (waiver(about="MOTEL schedule.yaml:4"),))[0] == []
    assert CLOSED in waived([CLOSED], (waiver(about="motel 2025-10-28"),))[0]


def test_an_error_can_be_waived_too() -> None:
    assert waived([TWICE], (waiver("scene-twice", "scene 2"),)) == (
        [],
        ["scene-twice (scene 2): owner agreed, mara-voss"],
    )


def test_an_idle_waiver_is_a_warning_and_is_not_listed() -> None:
    standing, lines = waived([], (waiver(),))
    assert [(p.code, p.severity, p.message) for p in standing] == [
        ("idle-waiver", "warning", "this waiver waives nothing: there is no location-closed about motel 2025-10-27")
    ]
    assert lines == []


def test_while_there_are_errors_no_waiver_is_called_idle() -> None:
    assert waived([TWICE], (waiver(),)) == ([TWICE], [])


def test_of_two_waivers_of_one_problem_the_first_takes_it() -> None:
    standing, lines = waived([CLOSED], (waiver(), waiver(about="motel")))
    assert [p.code for p in standing] == ["idle-waiver"]
    assert len(lines) == 1

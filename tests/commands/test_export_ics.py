"""`pmkit export ics`: files for calendars, what is remembered of them, and when nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import icalendar
import pytest

from pmkit import cli
from tests.conftest import SAMPLE
from tests.filled import fill, holds_text, quoted
from tests.productions import write


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample to stand in."""
    copy = Path(shutil.copytree(SAMPLE, tmp_path / "salt", ignore=shutil.ignore_patterns("build", ".pmkit")))
    monkeypatch.chdir(copy)
    return copy


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of the folder with its inode and time: a file written anew has another."""
    files = (path for path in root.rglob("*") if path.is_file() and ".pmkit" not in path.parts)
    return {str(path.relative_to(root)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))  # type: ignore[arg-type]


def test_a_person_is_a_file_and_a_second_export_writes_nothing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "ics", "LENA"]) == 0
    made = salt / "build" / "calendar" / "SALT_Calendar_ana-ruiz.ics"
    assert capsys.readouterr().out == f"build/calendar/{made.name}: {len(events(made))} new\n"
    before = stamps(salt)
    assert "issued/calendar/ana-ruiz.yaml" in before
    assert cli.run(["export", "ics", "1"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "1 calendar without change: nothing was written.\n")
    assert stamps(salt) == before


def test_one_moved_day_is_news_of_that_day_alone(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "ics", "jun-ito"]) == 0
    board = salt / "schedule.yaml"
    board.write_text(board.read_text().replace("2025-11-12: {call: 8:00", "2025-11-12: {call: 9:00"))
    capsys.readouterr()
    assert cli.run(["export", "ics", "jun-ito"]) == 0
    assert capsys.readouterr().out.endswith("jun-ito.ics: 1 changed\n")
    raised = [event for event in events(salt / "build/calendar/SALT_Calendar_jun-ito.ics") if event["sequence"]]
    assert [str(event["uid"]) for event in raised] == ["SALT-2025-11-12-main-jun-ito@pmkit"]


def test_a_dropped_day_is_cancelled(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "ics", "LENA"]) == 0
    cast = salt / "cast.yaml"
    cast.write_text(cast.read_text().replace("2025-10-06: fitting, 2025-10-12", "2025-10-12", 1))
    capsys.readouterr()
    assert cli.run(["export", "ics", "LENA"]) == 0
    assert capsys.readouterr().out.endswith("ana-ruiz.ics: 1 cancelled\n")
    gone = [e for e in events(salt / "build/calendar/SALT_Calendar_ana-ruiz.ics") if str(e["status"]) == "CANCELLED"]
    assert [str(event["uid"]) for event in gone] == ["SALT-2025-10-06-fitting-ana-ruiz@pmkit"]


def test_whoever_has_left_has_everything_cancelled_when_all_are_exported(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "ics"]) == 0
    crew = salt / "crew.yaml"
    text = crew.read_text()
    (line,) = [line for line in text.splitlines(keepends=True) if "{id: ana-k," in line]
    crew.write_text(text.replace(line, ""))
    capsys.readouterr()
    assert cli.run(["export", "ics"]) == 0
    out = capsys.readouterr().out.splitlines()
    left = events(salt / "build" / "calendar" / "SALT_Calendar_ana-k.ics")
    assert f"build/calendar/SALT_Calendar_ana-k.ics: {len(left)} cancelled" in out
    assert {str(event["status"]) for event in left} == {"CANCELLED"} and len(left) > 3
    before = stamps(salt)
    assert cli.run(["export", "ics"]) == 0
    assert stamps(salt) == before


def test_another_folder_gets_the_file_and_no_new_numbers(salt: Path, tmp_path: Path) -> None:
    assert cli.run(["export", "ics", "camera"]) == 0
    before = stamps(salt)
    other = tmp_path / "other"
    other.mkdir()
    assert cli.run(["export", "ics", "camera", "-o", str(other)]) == 0
    assert stamps(salt) == before
    names = {path.name for path in other.iterdir()}
    assert {"SALT_Calendar_department-camera.ics", "SALT_Calendar_jun-ito.ics"} <= names
    for name in names:
        assert (other / name).read_bytes() == (salt / "build" / "calendar" / name).read_bytes()


def test_a_dash_is_stdout_for_one(salt: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["export", "ics", "second", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert cli.run(["export", "ics", "camera", "-o", "-"]) == 2
    assert b"stdout takes one" in capsysbinary.readouterr().err


def test_everybody_is_the_default(salt: Path) -> None:
    assert cli.run(["export", "ics"]) == 0
    names = {path.stem for path in (salt / "build" / "calendar").iterdir()}
    assert {f"SALT_Calendar_{key}" for key in ("unit-main", "department-grip", "jun-ito", "sam-o")} <= names
    assert {path.stem for path in (salt / "issued" / "calendar").iterdir()} == {
        name.removeprefix("SALT_Calendar_") for name in names
    }
    assert cli.run(["validate"]) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["jun-itto"], 2, "did you mean jun-ito"),
        (["jun-ito", "-o", "nowhere"], 3, "there is no folder nowhere"),
    ],
)
def test_what_cannot_be_is_said(
    salt: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    assert cli.run(["export", "ics", *words]) == code
    assert said in capsys.readouterr().err
    assert not (salt / "issued" / "calendar").exists()


def test_a_folder_with_errors_cancels_nothing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "ics", "LENA"]) == 0
    before = stamps(salt)
    board = (salt / "schedule.yaml").read_text()
    (salt / "schedule.yaml").write_text(board.replace("2025-11-12: {call: 8:00", "2025-11-12: {call: eight"))
    assert cli.run(["export", "ics", "LENA"]) == 3
    assert "would be cancelled" in capsys.readouterr().err
    assert {**stamps(salt), "schedule.yaml": ()} == {**before, "schedule.yaml": ()}


def test_nobody_with_anything_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, {"crew": "grip:\n  people:\n    - {id: k-moss, name: K. Moss}\n"})
    assert cli.run(["-C", str(root), "export", "ics"]) == 0
    assert "nothing is on the schedule" in capsys.readouterr().err
    assert not (root / "issued").exists() and not (root / "build").exists()


def test_hostile_text_stays_text_and_nothing_private_is_in_any_calendar(tmp_path: Path) -> None:
    seen: list[str] = []

    def make(record: type, declared: object, node: object) -> str | None:
        if not holds_text(declared) or record.__name__ in ("Strip", "Waiver", "ImportMap", "Settings"):  # type: ignore[arg-type]
            return None
        if declared.key in ("who", "heading", "events", "units", "chart", "on", "episode", "status", "vehicle"):  # type: ignore[attr-defined]
            return None
        if declared.sees in ("public", "set"):  # type: ignore[attr-defined]
            return (
                quoted(f"{node.text}\nEND:VEVENT\nx;,\\n") if record.__name__ in ("Event", "Location", "Trip") else None
            )  # type: ignore[attr-defined]
        seen.append(f"{record.__name__}.{declared.key}")  # type: ignore[attr-defined]
        return quoted(f"SECRET-{len(seen)}")

    root = fill(tmp_path / "salt", make)  # type: ignore[arg-type]
    assert len(seen) > 30
    assert cli.run(["-C", str(root), "export", "ics"]) == 0
    files = [*(root / "build" / "calendar").iterdir(), *(root / "issued" / "calendar").iterdir()]
    assert len(files) > 200
    for path in files:
        data = path.read_bytes().replace(b"\r\n ", b"")
        assert b"SECRET" not in data, path
        if path.suffix == ".ics":
            assert data.count(b"\r\nEND:VEVENT") == data.count(b"\r\nBEGIN:VEVENT") == len(events(path))

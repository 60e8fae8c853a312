"""Whatever lies in a production folder, no command ends in a traceback or in a fault of pmkit's own."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit import cli
from tests.often import often
from tests.productions import write

MALFORMED = Path(__file__).resolve().parents[2] / "shared" / "data" / "malformed"
BAD = sorted(path.name for path in MALFORMED.glob("*.yaml")) if MALFORMED.is_dir() else []
SAMPLE = Path(__file__).parent.parent / "sample_production"
PLACES = (
    "crew.yaml",
    "breakdown.yaml",
    "production.yaml",
    "calls/2025-10-13-main.yaml",
    "private/budget.yaml",
    "schedule/second.yaml",
    "private/po/LOC-014.yaml",
    "private/costs/period-01.csv",
    "private/cast.yaml",
    "requests/grips.yaml",
)


def validated(folder: Path) -> tuple[int, str]:
    """The exit code of `pmkit validate` in this process, and all it said."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = cli.run(["-C", str(folder), "validate"])
    return code, out.getvalue()


@pytest.mark.skipif(not BAD, reason="no reference files beside the checkout")
@pytest.mark.parametrize("place", PLACES)
def test_no_malformed_file_ends_in_a_traceback(place: str, tmp_path: Path) -> None:
    for name in BAD:
        folder = write(tmp_path / name, {})
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(MALFORMED / name, target)
        code, said = validated(folder)
        assert code in (0, 1, 3), (name, code, said)
        assert "Traceback" not in said
        assert not any(ord(c) < 32 and c != "\n" for c in said), name
        shutil.rmtree(folder)


def _texts() -> list[tuple[str, bytes]]:
    """The sample's own files by name: what a mutation starts from."""
    files = [*SAMPLE.rglob("*.yaml"), *SAMPLE.rglob("*.csv")]
    return [(str(path.relative_to(SAMPLE)), path.read_bytes()[:6000]) for path in sorted(files)]


TEXTS = _texts()
SIGNS = [
    b":",
    b" ",
    b"-",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"\n",
    b"\t",
    b'"',
    b"'",
    b"#",
    b"~",
    b"&a",
    b"*a",
    b"!",
    b"\0",
]
WORDS = [b"true", b"yes", b"24:00", b"7.30", b"99", b"-1", b"1 3/9", b"2025-02-30", b"null", b"id: x", b"- ", b"\xff"]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the sample's files with a few stretches taken out, doubled or written over."""
    file, data = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 1, 2, 5, 20, 200]))
        there = data[at : at + length]
        put = draw(st.sampled_from([b"", there * 2, *SIGNS, *WORDS]))
        data = data[:at] + put + data[at + length :]
    return file, data


SLOW = settings(max_examples=often(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(mutated())
def test_a_sample_file_with_slips_is_never_a_fault_of_ours(tmp_path: Path, slip: tuple[str, bytes]) -> None:
    file, data = slip
    folder = write(tmp_path / "p", {})
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(data)
    code, said = validated(folder)
    shutil.rmtree(folder)
    assert code in (0, 1, 3), said


@SLOW
@given(st.sampled_from(PLACES), st.binary(max_size=300))
def test_any_bytes_are_never_a_fault_of_ours(tmp_path: Path, place: str, data: bytes) -> None:
    folder = write(tmp_path / "p", {})
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_bytes(data)
    code, said = validated(folder)
    shutil.rmtree(folder)
    assert code in (0, 1, 3), said


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the whole sample."""
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("hostile") / "p"))


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated())
def test_a_slip_in_the_whole_sample_is_never_a_fault_of_ours(whole: Path, slip: tuple[str, bytes]) -> None:
    file, data = slip
    kept = (whole / file).read_bytes()
    try:
        (whole / file).write_bytes(data)
        code, said = validated(whole)
    finally:
        (whole / file).write_bytes(kept)
    assert code in (0, 1, 3), said

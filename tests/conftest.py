"""What all tests share: the sample, small productions made on the spot, and the list of allowed skips."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pmkit.files import folder as folders
from pmkit.files.folder import Folder
from tests.productions import write

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_production"

# A skip whose reason begins with none of these fails the run: a test that never runs proves nothing.
ALLOWED_SKIPS = (
    "no reference files beside the checkout",
    "needs root",
    "not installed:",
)


@pytest.fixture(scope="session")
def sample() -> Folder:
    """The sample production, read whole."""
    return folders.read(SAMPLE)


@pytest.fixture
def production(tmp_path: Path) -> Callable[..., Folder]:
    """Writes a small production from its files' texts and reads it."""

    def make(**files: str) -> Folder:
        return folders.read(write(tmp_path, files))

    return make


@pytest.fixture(autouse=True)
def _nobody_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the configuration of whoever runs it."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    strangers = [
        reason
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
        for reason in [str(report.longrepr[2]).removeprefix("Skipped: ")]
        if not reason.startswith(ALLOWED_SKIPS)
    ]
    for reason in strangers:
        terminalreporter.write_line(f"not on the list of allowed skips: {reason}", red=True)
    if strangers:
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("PYTEST_XDIST_WORKER"):
        return
    for report in reporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
        if not reason.startswith(ALLOWED_SKIPS) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

"""`make demo` as a stranger runs it: a fresh clone, one command, papers on disk. In the soak: it installs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.soak
def test_make_demo_on_a_fresh_clone(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("not installed: git")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C"}
    told = subprocess.run(
        ["make", "demo"], cwd=clone, env=environment, check=True, capture_output=True, text=True
    ).stdout
    build = clone / "sample_production" / "build"
    assert len(list(build.glob("*CallSheet*.pdf"))) == 1
    assert len(list(build.glob("*CostReport*.pdf"))) == 1
    assert len(list((build / "requests").glob("*/*.eml"))) > 2
    printed = [line.strip() for line in told.splitlines()]
    assert all(
        (clone / line).is_file() for line in printed if line.startswith("sample_production/build/") and "." in line[-5:]
    )
    assert len(printed[printed.index("Next:") + 1 :]) == 3
    again = subprocess.run(["make", "demo"], cwd=clone, env=environment, check=True, capture_output=True, text=True)
    assert "Setting up" not in again.stdout

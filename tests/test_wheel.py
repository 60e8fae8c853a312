"""The wheel, installed outside the checkout, has all it needs: templates, fonts, charts and the sample."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("pmkit_film-*.whl")
    return built


def use(python: Path, folder: Path) -> None:
    """What a stranger does first with an installed pmkit."""
    pmkit = str(python.with_name("pmkit"))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C"}
    for arguments in (
        ["new", "d", "--sample"],
        ["-C", "d", "validate"],
        ["-C", "d", "callsheet", "3", "--format", "pdf"],
    ):
        done = subprocess.run(
            [pmkit, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    (sheet,) = (folder / "d" / "build").glob("*CallSheet*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF-")
    where = subprocess.run(
        [str(python), "-c", "import pmkit, sys; sys.stdout.write(pmkit.__file__)"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not Path(where).is_relative_to(ROOT)


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """With the libraries of the test environment lent to it; the soak installs them anew."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    lent = sysconfig.get_paths()["purelib"]
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(lent + "\n", encoding="utf-8")
    use(python, tmp_path)


@pytest.mark.soak
def test_the_wheel_and_all_it_needs_install_anew(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True, env=dict(os.environ))
    use(python, tmp_path)

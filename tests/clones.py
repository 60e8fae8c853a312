"""Two clones of a production whose private/ is a repository of its own, with an upstream for each."""

from __future__ import annotations

import io
import os
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from pmkit import cli

WHO = ("-c", "user.name=A Person", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
PRODUCTION = "#: production manager\npmkit: 1\ntitle: The Film\ncode: FILM\n"


def git(where: Path, *words: str, config: tuple[str, ...] = WHO) -> str:
    done = subprocess.run(["git", *config, *words], cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def clones(tmp_path: Path, production: str = PRODUCTION, **files: str) -> tuple[Path, Path]:
    """Clones `a` and `b`, alike and up to date; further files by their names (`/` as `__`, `.yaml` left out)."""
    for name in ("outer", "inner"):
        git(tmp_path, "init", "-q", "--bare", f"{name}.git")
    a, b = tmp_path / "a", tmp_path / "b"
    git(tmp_path, "clone", "-q", "outer.git", "a")
    git(a, "clone", "-q", "../inner.git", "private")
    (a / "production.yaml").write_text(production)
    (a / ".gitignore").write_text("private/\n.pmkit/\nbuild/\nmail/outbox/\nmail/archive/\n")
    (a / "private/periods.yaml").write_text("#: accountant\n1: {from: 2025-10-13, to: 2025-10-19}\n")
    for name, text in files.items():
        path = a / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for where in (a / "private", a):
        git(where, "add", "--all")
        git(where, "commit", "-qm", "begin")
        git(where, "push", "-q", "-u", "origin", "HEAD")
    git(tmp_path, "clone", "-q", "outer.git", "b")
    git(b, "clone", "-q", "../inner.git", "private")
    return a, b


class Done(NamedTuple):
    """What came of a command."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


def at(where: Path, *words: str) -> Done:
    """A command run in a folder, by somebody whom git knows."""
    who = {"NAME": "A Person", "EMAIL": "a@example.com"}
    names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with mock.patch.dict(os.environ, names), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(["-C", str(where), *words])
    told = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return Done(code, *told)

"""git is started here and nowhere else, so that nothing in a folder can make it run a program.

No hook, no file watcher, no pager, no submodule, no prompt, no background work. Who only reads a
revision asks for less still: no network, no lock, no missing object fetched, no attribute of the
system, and nothing of git's in the environment.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pmkit.problems import Stop

_SAFE: Final = (
    "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never",
    "-c", "submodule.recurse=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.quotePath=false",
)  # fmt: skip
_READING: Final = (
    "--no-optional-locks", "--literal-pathspecs",
    "-c", "protocol.allow=never", "-c", "core.commitGraph=false", "-c", "log.showSignature=false",
)  # fmt: skip
_ALONE: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_ATTR_NOSYSTEM": "1"}
_KEPT: Final = re.compile(r"GIT_SSH|GIT_SSH_COMMAND|GIT_ASKPASS|GIT_(?:AUTHOR|COMMITTER|CONFIG)_.*")
_SECONDS: Final = 120


class Answer(NamedTuple):
    """What git answered: its exit code, its output as bytes, and what it said on stderr."""

    code: int
    data: bytes
    said: str

    @property
    def text(self) -> str:
        """The output as text; a file name that is none survives."""
        return self.data.decode("utf-8", "surrogateescape")


def run(folder: Path, words: Sequence[str], given: bytes = b"", *, reading: bool = False) -> Answer:
    """Asks git in a folder, with `given` on its stdin. `Stop` when there is no git, or no answer in two minutes."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or (not reading and _KEPT.fullmatch(k))}
    environment = {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "GIT_EDITOR": "true", "LC_ALL": "C"}
    if reading:
        environment |= _ALONE
    elif not sys.stdin.isatty():
        environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
    flags = (*_SAFE, *_READING) if reading else _SAFE
    try:
        done = subprocess.run(
            ["git", *flags, *words], cwd=folder, env=environment, input=given, capture_output=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        hint = "compare with a file instead, or install it" if reading else "install it, and run the command again"
        raise Stop("git is not installed", hint) from None
    except subprocess.TimeoutExpired:
        hint = "nothing is lost; look whether the remote answers, and run the command again later"
        raise Stop(f"git gave no answer within {_SECONDS} seconds", "" if reading else hint, exit_code=75) from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

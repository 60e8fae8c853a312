"""git for a production's repositories: the folder, and `private/` where it is one of its own.

git is asked so that nothing in the folder can make it run a program (`git_run`). What only a
clone's own configuration could name (a filter, a merge driver, a credential helper, another ssh) is
refused with its name: it belongs into the user's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pmkit.files.git_run import run
from pmkit.problems import Stop

PRIVATE: Final = "private"
NEVER: Final = (".pmkit", "build", "mail/outbox", "mail/archive")
"""What belongs to one clone and is never committed, whatever .gitignore says."""

_RUNS: Final = re.compile(
    r"core\.(?:sshcommand|gitproxy|askpass|editor|alternaterefscommand|worktree)|credential\.(?:.*\.)?helper"
    r"|filter\..*|diff\.(?:external|.*\.command|.*\.textconv)|merge\..*\.driver|gpg\.(?:.*\.)?(?:program|defaultkeycommand)"
    r"|remote\.(?:-.*|.*\.(?:uploadpack|receivepack|vcs))|include\.path|includeif\..*|sequence\.editor|url\..*|hook\..*"
    r"|lfs\.(?:extension|customtransfer)\..*|lfs\.standalonetransferagent|trailer\..*\.(?:cmd|command)",
    re.DOTALL,
)


class Repository(NamedTuple):
    """A repository of the production: the folder it is about, and its name to people (`private/`, or the folder's)."""

    folder: Path
    name: str

    def ask(self, *words: str, allowed: Sequence[int] = (0,), reaches: bool = False) -> str | None:
        """What git says to these words; None where it refuses with a code that is not `allowed`.

        `reaches` is for words that speak with the remote: a refusal there is `Stop`, exit code 75.
        """
        done = run(self.folder, words)
        if done.code in allowed:
            return done.text
        if reaches:
            why = _reason(done.said)
            hint = "nothing is lost, all is committed here; run the command again later"
            raise Stop(f"{self.name}: git cannot reach the others: {why}", hint, exit_code=75)
        return None

    def must(self, *words: str, given: str = "") -> str:
        """What git says to these words, with `given` on its stdin; its refusal is `Stop`, in its words."""
        done = run(self.folder, words, given.encode("utf-8", "surrogateescape"))
        if done.code:
            raise _refusal(self, done.said)
        return done.text


def repositories(root: Path) -> tuple[Repository, ...]:
    """The repositories of a production: `private/` first where it is one of its own, then the folder's.

    Raises `Stop` when the folder is in none, or one of them names programs to run.
    """
    found = []
    if (root / PRIVATE / ".git").exists() and not (root / PRIVATE).is_symlink():
        found.append(Repository(root / PRIVATE, f"{PRIVATE}/"))
    outer = Repository(root, root.resolve().name)
    top = run(root, ("rev-parse", "--show-toplevel"))
    if top.code == 0 and root.resolve().is_relative_to(Path(top.text.rstrip("\n")).resolve()):
        found.append(outer)
    elif "dubious ownership" in top.said:
        raise _refusal(outer, top.said)
    if not found:
        hint = "pmkit works without; to keep its history and share it: git init, then git remote add origin …"
        raise Stop("this production is in no git repository", hint)
    for repository in found:
        _refuse_programs(repository)
    return tuple(found)


def fetched(repository: Repository) -> int | None:
    """How many commits the others have that this clone lacks, after asking the remote; None without an upstream."""
    upstream = upstream_of(repository)
    if upstream is None:
        return None
    repository.ask("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", upstream[0], reaches=True)
    return int(repository.must("rev-list", "--count", "HEAD..@{upstream}"))


def upstream_of(repository: Repository) -> tuple[str, str] | None:
    """The remote and its branch that this clone follows; None when it follows none, or `.` itself."""
    branch = (repository.ask("symbolic-ref", "--quiet", "--short", "HEAD") or "").strip()
    if not branch or repository.ask("rev-parse", "--verify", "--quiet", "@{upstream}") is None:
        return None
    remote = (repository.ask("config", "--get", f"branch.{branch}.remote") or "").strip()
    theirs = (repository.ask("config", "--get", f"branch.{branch}.merge") or "").strip()
    _refuse_remote(repository, remote)
    return (remote, theirs) if remote not in ("", ".") and theirs else None


def _refuse_programs(repository: Repository) -> None:
    """Whoever gives you a folder may have written its .git/config: no program that it names is run."""
    told = repository.must("config", "--show-scope", "--no-includes", "--list", "--name-only", "-z").split("\0")
    own = [key for scope, key in zip(told[::2], told[1::2], strict=False) if scope in ("local", "worktree")]
    for key in dict.fromkeys(own):
        if _RUNS.fullmatch(key.lower()):
            hint = f"if it is yours, move it to your own: git config --global {key} …; git config --local --unset {key}"
            raise Stop(f"{repository.name}: .git/config sets {key}, which names a program; git is not run here", hint)


def _refuse_remote(repository: Repository, remote: str) -> None:
    """A remote whose name git would take for an option, or that lies in the folder itself, where its hooks would run."""
    if remote.startswith("-"):
        hint = "look at .git/config; then: git branch --set-upstream-to origin/main"
        raise Stop(f"{repository.name}: .git/config follows {remote[:60]!r}, which is no remote", hint)
    if remote in ("", "."):
        return
    asked = (repository.ask("remote", "get-url", *words, "--all", remote) for words in ((), ("--push",)))
    for url in dict.fromkeys(url for told in asked for url in (told or remote).splitlines()):
        path = url.removeprefix("file://")
        if "://" not in path and repository.folder.joinpath(path).resolve().is_relative_to(repository.folder.resolve()):
            hint = "whoever gives you a folder may have put it there: git remote set-url origin …"
            raise Stop(f"{repository.name}: the remote {remote} lies in this folder itself; git is not run there", hint)


def _refusal(repository: Repository, said: str) -> Stop:
    """git's refusal in the words of whoever has to do something about it."""
    if "dubious ownership" in said:
        hint = f"if you trust whoever made it: git config --global --add safe.directory {repository.folder.resolve()}"
        return Stop(f"git does not touch {repository.name}: it belongs to somebody else", hint)
    if "tell me who you are" in said or "empty ident" in said or "identity unknown" in said:
        hint = 'git config --global user.name "Your Name"; git config --global user.email you@example.com'
        return Stop("git does not know who you are, and signs every change with a name", hint)
    if "index.lock" in said:
        hint = "wait until it has ended; if none is running, remove the file .git/index.lock"
        return Stop(f"{repository.name}: another git is at work here", hint, exit_code=75)
    if "would be overwritten by merge" in said:
        names = [line.strip() for line in said.splitlines() if line.startswith("\t")]
        message = (
            f"{repository.name}: others changed {', '.join(names[:5])}, of which your own version is not saved yet"
        )
        return Stop(message, "mend its errors, or put your version aside; then pmkit save")
    return Stop(f"{repository.name}: git says: {_reason(said)}", "settle it with git, then run the command again")


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("hint:")]
    words = next((line for line in lines if line.startswith(("fatal:", "error:", "ssh:"))), lines[0] if lines else "")
    return "".join(c if c.isprintable() else " " for c in words.removeprefix("fatal: ").removeprefix("error: "))[:300]

"""Saving a production: what changed is committed, what others did is taken in, and both are shared.

Nothing of anybody's is thrown away: what two people changed in the same lines is a conflict, which
is told in words and leaves both as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final, NamedTuple

from pmkit.files import git
from pmkit.files.git import Repository
from pmkit.problems import Stop

OWN: Final = ("mail/log", "issued", "answers", "private/answers", "private/issued")
"""What pmkit itself wrote and only adds to: shared even from a folder that has errors."""

Changing = Callable[[], AbstractContextManager[object]]
"""What keeps others from changing files of the folder meanwhile: its lock."""

_TRIES: Final = 4
_LISTED: Final = ("--pathspec-from-file=-", "--pathspec-file-nul")


class Shared(NamedTuple):
    """What became of one repository: files committed, commits taken in, whether it was pushed, whether it follows any."""

    name: str
    files: tuple[str, ...]
    taken: int
    pushed: bool
    follows: bool

    @property
    def news(self) -> bool:
        """Whether anything happened."""
        return bool(self.files or self.taken or self.pushed)


def committed(repository: Repository, message: str, only_own: bool = False) -> tuple[str, ...]:
    """Commit what changed in a repository; the names of the files. `only_own`: of what pmkit wrote alone.

    Raises `Stop` when a merge or another act of git is half done there.
    """
    _nothing_half_done(repository)
    places = _places(repository, only_own)
    if not places:
        return ()
    seen = ("--modified", "--deleted", "--others", "--exclude-standard")
    listed = _names(repository.must("ls-files", *seen, "-z", "--", *places))
    # A repository within the folder is another's: git would look into it with what its own configuration names.
    changed = [name for name in listed if not (repository.folder / name / ".git").exists()]
    if changed:  # named one by one: git will not add "all but" a folder that is ignored as well
        repository.must("--literal-pathspecs", "add", "--all", *_LISTED, given="\0".join(changed))
    names = _names(repository.must("diff", "--cached", "--name-only", "-z", "--relative", "--", *places))
    if names:
        words = ("commit", "--quiet", "--no-verify", "--message", message or _message(names))
        repository.must("--literal-pathspecs", *words, *_LISTED, given="\0".join(names))
    return names


def shared(repository: Repository, files: tuple[str, ...], changing: Changing = nullcontext) -> Shared:
    """Take in what others did and give them what is here, as often as somebody comes between.

    `changing` is entered while files of the folder change, and left while the network is waited for. Raises `Stop`: exit code 3 for a conflict, 75 when the remote cannot be reached.
    """
    upstream = git.upstream_of(repository)
    if upstream is None:
        return Shared(repository.name, files, 0, False, False)
    taken = 0
    for _ in range(_TRIES):
        behind = git.fetched(repository) or 0
        taken += behind
        if behind:
            with changing():
                _take_in(repository)
        if not int(repository.must("rev-list", "--count", "@{upstream}..HEAD")):
            return Shared(repository.name, files, taken, False, True)
        if repository.ask("push", "--quiet", "--no-verify", upstream[0], f"HEAD:{upstream[1]}") is not None:
            return Shared(repository.name, files, taken, True, True)
        if not git.fetched(repository):  # nobody came between: the remote will not have it
            repository.ask("push", "--quiet", "--no-verify", upstream[0], f"HEAD:{upstream[1]}", reaches=True)
    hint = "all is committed here; run the command again later"
    raise Stop(f"{repository.name}: others push faster than this clone can", hint, exit_code=75)


def _take_in(repository: Repository) -> None:
    done = repository.ask("merge", "--quiet", "--no-edit", "--no-verify", "--no-stat", "@{upstream}")
    if done is not None:
        return
    told = (
        repository.ask("diff", "--ignore-submodules=dirty", "--name-only", "--diff-filter=U", "-z", "--relative") or ""
    )
    names = _names(told)
    if not names:
        repository.must("merge", "--quiet", "--no-edit", "--no-verify", "--no-stat", "@{upstream}")
        return
    theirs = _authors(repository, names)
    repository.must("merge", "--abort")
    lines = f"{', '.join(names[:5])}{f' and {len(names) - 5} more' if len(names) > 5 else ''}"
    place = "" if repository.name != f"{git.PRIVATE}/" else f" -C {git.PRIVATE}"
    raise Stop(
        f"{repository.name}: you and {theirs} changed the same lines of {lines}; both stand as they were",
        f"git{place} pull --no-rebase, choose in the marked lines, git{place} commit --all; then pmkit save",
    )


def _authors(repository: Repository, names: Sequence[str]) -> str:
    told = repository.ask("log", "--format=%an", "HEAD..@{upstream}", "--", *names)
    people = list(dict.fromkeys("".join(c for c in line if c.isprintable()) for line in (told or "").splitlines()))
    return " and ".join(people[:3]) or "somebody else"


def _nothing_half_done(repository: Repository) -> None:
    for head, what in (("MERGE_HEAD", "merge"), ("REBASE_HEAD", "rebase"), ("CHERRY_PICK_HEAD", "cherry-pick")):
        if repository.ask("rev-parse", "--verify", "--quiet", head) is not None:
            hint = f"finish it (git commit --all), or take it back (git {what} --abort); then pmkit save"
            raise Stop(f"{repository.name}: a {what} is half done here", hint)
    if repository.ask("symbolic-ref", "--quiet", "HEAD") is None:
        raise Stop(f"{repository.name}: this clone stands on no branch", "git switch main, then pmkit save")


def _places(repository: Repository, only_own: bool) -> list[str]:
    """What of the repository is looked at: all of its folder but what is never committed, or pmkit's own parts."""
    here = repository.folder
    apart = [git.PRIVATE] if (here / git.PRIVATE / ".git").exists() else []
    if only_own:
        own = [name for name in OWN if not (apart and name.startswith(f"{git.PRIVATE}/"))]
        return [name for name in own if (here / name).is_dir() and _known(repository, name)]
    never = [f":(exclude){name}" for name in (*git.NEVER, *apart)]
    return [".", *never]


def _known(repository: Repository, name: str) -> bool:
    """Whether git may take a folder: it holds something that is not ignored."""
    told = repository.ask("ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", name)
    return bool(told)


def _names(told: str) -> tuple[str, ...]:
    """What git lists with `-z`, each once."""
    return tuple(dict.fromkeys(name for name in told.split("\0") if name))


def _message(names: Sequence[str]) -> str:
    return f"save: {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"

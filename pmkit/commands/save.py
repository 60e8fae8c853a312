"""`pmkit save [MESSAGE]`: validate, commit, take in what others did, share: both repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import options
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.files.git import Repository
    from pmkit.files.saving import Shared

_HELP = """Save the production and share it: the folder and private/, each in its git repository.

What is wrong with the folder is told first; with errors only what pmkit itself wrote (the mail's
log, what was issued) is shared, and the rest waits until they are mended. Then what changed is committed,
what others did is taken in, and both are pushed. Where two people changed the same lines it stops
and says where; nothing of either is lost. No hook is ever run.

\b
Examples:
  pmkit save
  pmkit save "day 12 moved to Thursday"
  pmkit save --quiet            for cron: says nothing as long as all is well
"""


@click.command(name="save", help=_HELP)
@click.argument("message", metavar="[MESSAGE]", required=False, default="")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing as long as all is well.")
@options.in_production
@click.pass_context
def command(ctx: click.Context, message: str, quiet: bool) -> None:
    """Saves both repositories; exit code 0, 1 with errors in the folder, 3 for a conflict, 75 to try again."""
    from pmkit import lock
    from pmkit.files import git, saving

    root = options.root()
    found = git.repositories(root)

    def changing() -> lock.Lock:
        return lock.folder_lock(root, "saving", wait=30)

    with changing():
        broken = _errors(options.read())
        files = {one.name: saving.committed(one, message.strip(), only_own=broken) for one in found}
    done, stops = [], []
    for one in found:
        try:
            done.append(saving.shared(one, files[one.name], changing))
        except Stop as stop:  # a conflict in one is no reason to keep the other back
            stops.append(stop)
    after = _errors(options.read()) if not broken and any(one.taken for one in done) else False
    _tell(done, quiet)
    _ungoverned(found, root.joinpath(git.PRIVATE).is_dir(), quiet)
    if len(stops) > 1:
        options.say(f"{stops[0].message}\n  hint: {stops[0].hint}")
    if stops:
        raise stops[-1]
    if broken:
        options.say("Your own files are not saved yet: mend the errors, then pmkit save")
    if after:
        options.say("What others did was taken in and does not fit together with yours: mend it, then pmkit save")
    ctx.exit(1 if broken or after else 0)


def _errors(folder: Folder) -> bool:
    """Whether the folder has errors; the first of them are told."""
    from pmkit import checks
    from pmkit.problems import in_order

    found = in_order([*folder.problems, *checks.run(folder.production)])
    standing, _ = checks.waived(found, folder.production.settings.waivers)
    return bool(options.report_errors(folder, standing))


def _tell(done: list[Shared], quiet: bool) -> None:
    for one in done:
        words = []
        if one.files:
            words.append(f"{len(one.files)} file{'s' if len(one.files) > 1 else ''} saved")
        if one.taken:
            words.append(f"{one.taken} commit{'s' if one.taken > 1 else ''} of others taken in")
        if one.pushed:
            words.append("pushed")
        if not quiet:
            lonely = "" if one.follows else " (it follows no remote: nobody else has it)"
            options.show([f"{one.name}: {', '.join(words) or 'nothing new'}{lonely}"])
    for one in () if quiet else (one for one in done if not one.follows):
        git = "git -C private" if one.name.endswith("/") else "git"
        options.say(f"To share {one.name}: {git} remote add origin …, then once {git} push -u origin HEAD")


def _ungoverned(found: tuple[Repository, ...], has_private: bool, quiet: bool) -> None:
    """private/ that the outer repository leaves out and that is no repository is kept by nobody."""
    from pmkit.files import git

    outer = next((one for one in found if one.name != f"{git.PRIVATE}/"), None)
    alone = outer is not None and len(found) == 1 and has_private
    if alone and outer is not None and outer.ask("check-ignore", "--quiet", git.PRIVATE) is not None and not quiet:
        options.say("private/ is in no repository: cd private && git init")

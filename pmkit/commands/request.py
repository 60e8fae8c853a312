"""`pmkit request`: ask people, in batches, by personal mail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, mails as made, options, sending
from pmkit.commands.request_mails import mails_of
from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder

_SECTIONS = ("crew", "cast", "locations", "breakdown", "schedule", "requests", "deals")

_HELP = """Write and send the personal mails of a batch request, requests/NAME.yaml.

Without --yes nothing leaves this machine: the mails are written as .eml files to look at, and
the list shows who would get what. With --yes each person gets one mail, and once only: run it
again and it goes on where it stopped.

\b
Examples:
  pmkit request send grips-2nd-unit
  pmkit request send grips-2nd-unit -o /tmp/mails
  pmkit request send grips-2nd-unit --yes
"""


@click.group(name="request", epilog="Example: pmkit request send grips-2nd-unit")
def command() -> None:
    """Ask people, in batches, by mail: availability, holds, offers, releases."""


@command.command(name="send", help=_HELP)
@click.argument("name", shell_complete=completion.requests)
@click.option("--yes", is_flag=True, help="Send it.")
@click.option("-o", "output", metavar="DIR", help="Where the mails are written to look at.")
@click.option("--date", metavar="DATE", help="Today, if it is not today.")
@options.in_production
@click.pass_context
def send(ctx: click.Context, name: str, yes: bool, output: str | None, date: str | None) -> None:
    """Shows the mails of a request, or sends them."""
    folder = options.read(_SECTIONS)
    settings = folder.production.settings
    today = options.today(settings, date)
    made.writer(folder)
    name = name.removesuffix(".yaml").rpartition("/")[2]
    when = dt.datetime.now(settings.zone) if yes else dt.datetime.combine(today, dt.time(), settings.zone)
    mails, problems = mails_of(folder, name, today, when)
    made.tell(folder, problems)
    if yes:
        ctx.exit(_send(folder, mails, problems))
    errors = any(problem.severity == "error" for problem in problems)
    whole = not errors and not {"no-rate", "past-due"} & {problem.code for problem in problems}
    code = made.preview(folder, mails, f"requests/{name}", output, f"pmkit request send {name} --yes", whole)
    ctx.exit(max(code, int(errors)))


def _send(folder: Folder, mails: list[Mail], problems: list[Problem]) -> int:
    """Sends a batch whole or not at all: nothing goes out of a folder with errors."""
    if options.report_errors(folder) or any(problem.severity == "error" for problem in problems):
        raise Stop("nothing was sent, because of the errors above", "correct them, then run the command again")
    if any(problem.code == "no-rate" for problem in problems):
        raise Stop("nothing was sent: the request names a rate that is not known", "see the warnings above")
    if any(problem.code == "past-due" for problem in problems) and not sending.settled(folder, mails):
        raise Stop("nothing was sent: what is asked for is past", "see the warnings above: give later days")
    return sending.send(folder, mails, f"request {mails[0].parcel.what}" if mails else "request")

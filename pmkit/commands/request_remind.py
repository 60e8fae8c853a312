"""`pmkit request remind`: whoever has not answered, when a reminder is due; and what time alone has done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, mails as made, options, sending
from pmkit.commands.request_mails import reminders
from pmkit.commands.request_send import Unsound, pass_on
from pmkit.commands.request_standing import SECTIONS, deliveries, now_of, request_of
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder

_HELP = """Remind those who have not answered, when their reminder is due (remind: of the request).

Each reminder goes once, in the thread of the first mail, and never to somebody who has answered,
by phone too. Of ranked candidates (then: next) the next is asked when the time of those before is
up. Holds that run out or ran out are said. Without NAME it looks at every request. Nothing leaves
without --yes.

\b
Examples:
  pmkit request remind grips-2nd-unit
  pmkit request remind grips-2nd-unit --yes
  pmkit request remind --yes --quiet          every request, for cron: a word only when something did not go
  pmkit request remind grips-2nd-unit --now --yes    before it is due
"""


@click.command(name="remind", help=_HELP, short_help="Remind who is due, ask whose turn it is; for cron.")
@click.argument("name", required=False, default="", shell_complete=completion.requests)
@sending.yes("Send them.")
@click.option("--now", "early", is_flag=True, help="Also whose reminder is not due yet.")
@click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing while all is well; the daily report tells what runs out."
)
@click.option("-o", "output", metavar="DIR", help="Where the mails are written to look at.")
@click.option("--date", metavar="DATE", help="Today, if it is not today; with a time: '2025-10-17 18:00'.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context, name: str, yes: bool, early: bool, quiet: bool, output: str | None, date: str | None
) -> None:
    """Finds whose reminder is due and writes or sends it; asks the next candidate; says which holds run out."""
    folder = options.read(SECTIONS)
    production = folder.production
    made.writer(folder)
    now = now_of(production.settings, date)
    names = [request_of(folder, name).name] if name else sorted(production.requests)
    codes: list[int | None] = []
    for one in names:
        if not quiet:
            _say_what_runs_out(folder, one, now)
        codes.append(_or_told(one, bool(name), _remind, folder, one, now, yes, early, output, quiet))
        codes.append(_or_told(one, bool(name), pass_on, folder, one, now, yes, output, quiet))
    if not quiet and not any(code is not None for code in codes):
        click.echo("Nobody is to be reminded now.")
    ctx.exit(max((code for code in codes if code is not None), default=options.report_errors(folder)))


def _or_told(request: str, alone: bool, act: Callable[..., int | None], *given: object) -> int | None:
    """An act's exit code; where the request's own fault ends it, that is said, and it keeps no other waiting."""
    try:
        return act(*given)
    except Unsound as stop:
        if alone:
            raise
        options.say(f"{request}: {stop.message}\n  hint: {stop.hint}")
        return made.PARTLY


def _say_what_runs_out(folder: Folder, name: str, now: dt.datetime) -> None:
    from pmkit.reports.request_status import due_of

    for one in due_of(folder.production, name, now, deliveries(folder, name)):
        if one.what in ("challenge", "runs out", "ran out"):
            by = f" ({one.by:%a %Y-%m-%d %H:%M})" if one.by is not None else ""
            options.say(f"{name}: {one.name}: {one.words}{by}: {one.command}")


def _remind(
    folder: Folder, name: str, now: dt.datetime, yes: bool, early: bool, output: str | None, quiet: bool
) -> int | None:
    """Reminds of one request; None when nobody is to be reminded."""
    whom = _whom(folder, name, now, early)
    if not whom:
        return None
    zone = folder.production.settings.zone
    when = dt.datetime.now(zone) if yes else now.replace(tzinfo=zone)
    mails, problems = reminders(folder, name, whom, now.date(), when)
    made.tell(folder, problems)
    errors = any(problem.severity == "error" for problem in problems)
    if yes:
        if options.report_errors(folder):
            raise Stop("nothing was sent, because of the errors above", "correct them, then run the command again")
        if errors:
            raise Unsound("nothing was sent, because of the errors above", "correct them, then run the command again")
        return sending.send(folder, mails, f"reminders of {name}", quiet)
    code = made.preview(
        folder, mails, f"requests/{name}/reminders", output, f"pmkit request remind {name} --yes", not errors
    )
    return max(code, int(errors))


def _whom(folder: Folder, name: str, now: dt.datetime, early: bool) -> dict[str, int]:
    """Whose reminder is due, with its number: who was written to, and has answered neither by mail nor by phone."""
    from pmkit.reports.request_due import Delivery, reminder_due
    from pmkit.reports.request_status import people

    request = folder.production.requests[name]
    delivered = deliveries(folder, name)
    found = {}
    for person, standing in people(folder.production, request, now):
        delivery = delivered.get(person.id, Delivery())
        if delivery.state != "sent" or not standing.open or (standing.due is not None and now > standing.due):
            continue
        if early or reminder_due(request, standing, delivery, now):
            found[person.id] = delivery.reminders + 1
    return found

"""`pmkit request send`: the personal mails of a request; and the next candidate, when it is their turn."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, mails as made, options, sending
from pmkit.commands.request_ending import ending
from pmkit.commands.request_links import elsewhere, secret_of
from pmkit.commands.request_mails import mails_of
from pmkit.commands.request_standing import SECTIONS, deliveries, instant_of, next_moment, now_of, overtaken, request_of
from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.production import Production

_HELP = """Write and send the personal mails of a batch request, requests/NAME.yaml.

Without --yes nothing leaves this machine: the mails are written as .eml files to look at, and
the list shows who would get what. With --yes each person gets one mail, and once only: run it
again and it goes on where it stopped. Who has answered already, by phone, is not asked again.
Of ranked candidates (then: next) the next is asked when those before have said no or let time run out.

\b
Examples:
  pmkit request send grips-2nd-unit
  pmkit request send grips-2nd-unit -o /tmp/mails
  pmkit request send grips-2nd-unit --yes
"""


class Unsound(Stop):
    """A request that is not sent for a fault of its own: others are."""


@click.command(name="send", help=_HELP, short_help="Write the mails of a request; --yes sends them.")
@click.argument("name", shell_complete=completion.requests)
@sending.yes("Send it.")
@click.option("-o", "output", metavar="DIR", help="Where the mails are written to look at.")
@click.option("--date", metavar="DATE", help="Today, if it is not today; with a time: '2025-10-17 18:00'.")
@options.in_production
@click.pass_context
def command(ctx: click.Context, name: str, yes: bool, output: str | None, date: str | None) -> None:
    """Shows the mails of a request, or sends them."""
    folder = options.read(SECTIONS)
    settings = folder.production.settings
    now = now_of(settings, date)
    made.writer(folder)
    name = request_of(folder, name).name
    turn = [*_turn(folder, name, now), *ending(folder, name, now)]
    when = dt.datetime.now(settings.zone) if yes else now.replace(tzinfo=settings.zone)
    mails, problems = mails_of(folder, name, now.date(), when)
    mails = _unanswered(folder, name, mails, now)
    made.tell(folder, problems)
    if yes:
        ctx.exit(_send(folder, name, mails, problems, turn))
    errors = any(problem.severity == "error" for problem in problems)
    whole = not errors and not {"no-rate", "past-due"} & {problem.code for problem in problems}
    code = made.preview(folder, mails, f"requests/{name}", output, f"pmkit request send {name} --yes", whole)
    _linkless(folder, name)
    ctx.exit(max(code, int(errors)))


def pass_on(
    folder: Folder, name: str, now: dt.datetime, yes: bool, output: str | None, quiet: bool = False
) -> int | None:
    """Asks the ranked candidate whose turn has come and who has no mail yet, and nobody else; None when there is none.

    The first is asked by `request send` alone: a person begins a request.
    """
    from pmkit.rollup import answers, turns

    turn, production = _turn(folder, name, now, quiet), folder.production
    request, zone = production.requests[name], production.settings.zone
    come = turns.come(production, request, now)[0] if request.ranked else ()
    if len(come) < 2:
        return None
    person = answers.root_of(production, come[-1])
    if deliveries(folder, name).get(person) is not None:
        return None
    if not answers.standing(production, request, person, now).open:
        return None
    when = dt.datetime.now(zone) if yes else now.replace(tzinfo=zone)
    mails, problems = mails_of(folder, name, now.date(), when)
    mails = [mail for mail in mails if mail.parcel.who.removesuffix("-copy") == person]
    made.tell(folder, problems)
    if yes:
        return _send(folder, name, mails, problems, turn, quiet)
    errors = any(problem.severity == "error" for problem in problems)
    code = made.preview(folder, mails, f"requests/{name}", output, f"pmkit request send {name} --yes", not errors)
    return max(code, int(errors))


def _send(
    folder: Folder, name: str, mails: list[Mail], problems: list[Problem], turn: list[Answer], quiet: bool = False
) -> int:
    """Sends a batch whole or not at all: nothing goes out of a folder with errors."""
    if options.report_errors(folder):
        raise Stop("nothing was sent, because of the errors above", "correct them, then run the command again")
    if any(problem.severity == "error" for problem in problems):
        raise Unsound("nothing was sent, because of the errors above", "correct them, then run the command again")
    if any(problem.code == "no-rate" for problem in problems):
        raise Unsound("nothing was sent: the request names a rate that is not known", "see the warnings above")
    if any(problem.code == "past-due" for problem in problems) and not sending.settled(folder, mails):
        raise Unsound("nothing was sent: what is asked for is past", "see the warnings above: give later days")
    request = folder.production.requests[name]
    _outrun(folder, name, mails)
    if not (request.kind == "release" and made.writer(folder).settings.redirect_all):  # a rehearsal releases nobody
        from pmkit.files import answers

        if turn:
            answers.add(folder.root, turn)
        ended = [one for one in folder.production.answers.values() if one.ended_by == request.with_revision]
        if ended:
            overtaken(folder, name, {(one.request, one.person) for one in ended})
    if not mails:
        click.echo("Nobody is left to be asked.")
        return 0
    if not quiet:
        _linkless(folder, name)
    return sending.send(folder, mails, f"request {name}", quiet)


def _outrun(folder: Folder, name: str, mails: list[Mail]) -> None:
    """Raises `Stop` for mails that no calendar would take: of an earlier revision than the last that went, or of the
    same and another kind.
    """
    from pmkit.mail import standing
    from pmkit.model.request import INVITED

    entries = standing.read(folder.root).entries
    went: dict[str, list[Entry]] = {}
    for entry in entries.values():
        if entry.about.get("what") == name and entry.kind in INVITED and entry.status in standing.REACHED:
            went.setdefault(entry.about.get("who", ""), []).append(entry)
    for mail in (one for one in mails if one.parcel.kind in INVITED and made.is_open(one, entries)):
        for entry in went.get(mail.parcel.who, ()):
            told, revision = entry.about.get("revision", ""), mail.parcel.revision
            if bool(entry.about.get("rehearsal")) != mail.parcel.rehearsal or not told.isdigit():
                continue
            if int(told) > revision or (int(told) == revision and entry.kind != mail.parcel.kind):
                message = f"nothing was sent: {mail.name} has revision {told} of {name}, {_a(entry.kind)}"
                raise Stop(message, f"no calendar takes this after it: write revision: {int(told) + 1}")


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _turn(folder: Folder, name: str, now: dt.datetime, quiet: bool = False) -> list[Answer]:
    """What is to be written down when the next candidate's turn has come; the folder is read on as if it were."""
    from pmkit.model.answer import Answer
    from pmkit.model.frozen import but
    from pmkit.reports.date_words import in_words
    from pmkit.rollup import answers, turns

    production = folder.production
    request = production.requests[name]
    if not request.ranked:
        return []
    come, following = turns.come(production, request, now)
    if not following:
        return []
    moment, revision = instant_of(production.settings, now), request.revision
    before = answers.standing(production, request, answers.root_of(production, come[-1]), now)
    if not (before.told or before.acts or deliveries(folder, name).get(before.person)):
        return []  # who was never asked has not let time run out
    found: list[Answer] = []
    told: list[str] = []
    days = before.on("expired")
    if days and not before.told and request.days():
        gone = tuple(stretch for stretch in request.dates)
        at = next_moment(production, name, before.person, moment)
        found.append(
            Answer(request=name, person=before.person, revision=revision, at=at, act="expired", days=gone, how="office")
        )
        told = [f"{production.name_of(before.person)} did not answer in time: {in_words(days)}"]
    person, until = answers.root_of(production, following), turns.until(request, now)
    at = next_moment(production, name, person, moment)
    found.append(Answer(request=name, person=person, revision=revision, at=at, act="asked", due=until, how="office"))
    told.append(f"It is the turn of {production.name_of(following)}, to answer by {until:%a %Y-%m-%d %H:%M}.")
    for line in told if not quiet else ():
        options.say(line)
    numbered = {f"turn-{number}": one for number, one in enumerate(found)}
    folder.production = but(production, answers={**production.answers, **numbered})
    return found


def _unanswered(folder: Folder, name: str, mails: list[Mail], now: dt.datetime) -> list[Mail]:
    """The mails without those to people who have answered, or were booked, before anything was sent to them.

    A memo that was signed since is no other mail: whoever has it has it as it went.
    """
    from pmkit.mail import standing
    from pmkit.rollup import answers

    production = folder.production
    entries = standing.read(folder.root).entries
    if production.requests[name].kind == "release":  # it is no question, and who has it has it as it went
        return [_as_it_went(name, mail, entries.get(mail.parcel.key)) for mail in mails]
    kept = []
    for mail in mails:
        person = mail.parcel.who.removesuffix("-copy")
        how = answers.standing(production, production.requests[name], person)
        entry = entries.get(mail.parcel.key)
        gone = entry is not None and entry.status not in ("wanted", "queued", "deferred", "cancelled", "expired")
        if gone and entry is not None and _signed_since(production, name, person):
            kept.append(_kept(mail, entry))
        elif how.open or (entry is not None and entry.status == "sent"):
            kept.append(mail)
        else:
            why = "is booked already" if how.on("confirmed", "hold") else "had their turn"
            why = "has signed" if how.done else "has answered already" if how.answer else why
            options.say(f"{mail.name} {why} and is not asked again.")
    return kept


def _as_it_went(name: str, mail: Mail, entry: Entry | None) -> Mail:
    """A mail of a release as whoever has it has it: that it reads otherwise by now keeps it from nobody else."""
    from pmkit.mail.standing import REACHED

    if entry is None or (entry.status not in REACHED and entry.status != "failed"):
        return mail
    if entry.digest != mail.parcel.sealed.digest:
        again = f"to tell it anew, raise revision: in requests/{name}.yaml"
        options.say(f"{mail.name}: the mail reads otherwise by now than it did when it went; {again}")
    return _kept(mail, entry)


def _kept(mail: Mail, entry: Entry) -> Mail:
    """A mail as it stands in the log, which is what whoever has it has."""
    return mail._replace(parcel=mail.parcel._replace(sealed=mail.parcel.sealed._replace(digest=entry.digest)))


def _signed_since(production: Production, name: str, person: str) -> bool:
    from pmkit.rollup.unsigned import deals_asked

    request = production.requests[name]
    deals = deals_asked(production, request, person) if request.kind == "dealmemo" else ()
    return any(deal.signed is not None for deal in deals)


def _linkless(folder: Folder, name: str) -> None:
    """Says when the mails have no links to answer with, and what they would take."""
    from pmkit.model.request import ANSWERED

    request = folder.production.requests[name]
    if request.kind not in ANSWERED or secret_of(folder) is not None:
        return
    if elsewhere(folder):
        sender = made.writer(folder).settings.sender
        options.say(f"The links to answer with are put in on the clone that sends, {sender}.")
    else:
        options.say("The mails have no links to answer with: your configuration names no secret_file (README).")

"""`pmkit request confirm` and `release`: a person's decision about a booking, written down, and told when asked to."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, mails as made, options, sending
from pmkit.commands.request_standing import (
    SECTIONS,
    deliveries,
    instant_of,
    next_moment,
    now_of,
    overtaken,
    person_of,
    request_of,
    told_together,
)
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.answer import Answer
    from pmkit.model.money import Rate
    from pmkit.model.request import Request
    from pmkit.reports.asked import Person
    from pmkit.rollup.answers import Standing

_CONFIRM = """Book a person firmly: a decision that no mail and no answer makes by itself.

Without DATES it books every date they said yes to. A counter is agreed to by naming its --rate or its dates. The
booking is written at once; the mail that confirms it goes with --yes.

\b
Examples:
  pmkit request confirm grips-2nd-unit k-moss
  pmkit request confirm grips-2nd-unit k-moss 12-13 nov
  pmkit request confirm grips-2nd-unit k-moss --rate 450/day --yes
"""
_RELEASE = """End a hold or a booking, and tell the person: a release that nobody hears of is none.

Without DATES it releases every date that is held, booked or said yes to. It is written at once; the mail that
tells it, with the calendar's cancellation, goes with --yes.

\b
Examples:
  pmkit request release grips-2nd-unit k-moss
  pmkit request release grips-2nd-unit k-moss 14 nov --note "the day is cut"
  pmkit request release grips-2nd-unit k-moss --yes
"""


def _act(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        sending.yes("Send the mail that tells it."),
        click.option("--note", default="", help="A sentence for the mail."),
        click.option("--by", default="", metavar="ID", help="Who decided; this clone's name unless said."),
        click.option("-o", "output", metavar="DIR", help="Where the mail is written to look at."),
        click.option("--date", metavar="DATE", help="When, if not now; with a time: '2025-10-17 18:00'."),
        click.option("--dry-run", is_flag=True, help="Only show what it would do."),
        options.in_production,
        click.pass_context,
    ):
        function = option(function)
    for argument in (
        click.argument("dates", nargs=-1),
        click.argument("person", shell_complete=completion.people),
        click.argument("name", shell_complete=completion.requests),
    ):
        function = argument(function)
    return function


@click.command(name="confirm", help=_CONFIRM, short_help="Book a person firmly for dates.")
@click.option("--rate", metavar="RATE", help="The rate agreed: 450/day.")
@_act
def confirm(ctx: click.Context, /, rate: str | None, **given: Any) -> None:
    """Books a person."""
    _book(ctx, "confirmed", _rate(rate), **given)


@click.command(name="release", help=_RELEASE, short_help="End a hold or a booking, and tell the person.")
@_act
def release(ctx: click.Context, /, **given: Any) -> None:
    """Releases a person."""
    _book(ctx, "released", None, **given)


def _book(
    ctx: click.Context,
    act: str,
    rate: Rate | None,
    name: str,
    person: str,
    dates: tuple[str, ...],
    yes: bool,
    note: str,
    by: str,
    output: str | None,
    date: str | None,
    dry_run: bool,
) -> None:
    from pmkit.files import answers
    from pmkit.reports.date_words import in_words

    folder = options.read(SECTIONS)
    production = folder.production
    request = request_of(folder, name)
    if act == "confirmed" and request.kind == "release":
        raise Stop(f"{name} is a release, and books nobody; nothing was written", "confirm the request that asked them")
    now = now_of(production.settings, date)
    who, how = person_of(production, request, person, now)
    days = _days(request, who, how, act, " ".join(dates), now, rate)
    word = "booked" if act == "confirmed" else "released"
    if days:
        one = _made(folder, request, who, how, act, days, rate, note, by, now)
        options.show([f"{who.name} is {'to be ' if dry_run else ''}{word}: {in_words(days)}{_at(one)}"])
        unsaid = tuple(day for day in days if day not in {*how.said("yes", "counter"), *how.on("hold", "confirmed")})
        if act == "confirmed" and unsaid:
            options.say(f"{who.name} has not said yes to {in_words(unsaid)}.")
        late = tuple(day for day in days if day in how.run_out)
        if act == "confirmed" and late:
            options.say(f"The hold had run out: {in_words(late)}. Are they still free?")
        if act == "confirmed" and who.id in production.hires:
            own = production.hires_of(who.id)
            off = tuple(day for day in days if not any(hire.on(day) for hire in own))
            if off:
                row = production.hires[who.id][1].key_place().row
                options.say(f"{who.name} stands on no call sheet of {in_words(off)}: {row} has them not hired then.")
        for problem in _gained(folder, one):
            options.say(f"{problem.severity}: {problem.message} [{problem.code}]")
        if dry_run:
            options.say("Nothing is written: --dry-run")
            ctx.exit(0)
        options.show(answers.add(folder.root, [one]))
        folder = options.read(SECTIONS)
    else:
        click.echo(f"{who.name} is {word} already.")
    ctx.exit(_tell(folder, request, who, act, yes, output, now))


def _at(one: Answer) -> str:
    return f", at {one.rate}" if one.rate is not None else ""


def _made(
    folder: Folder, request: Request, who: Person, how: Standing, act: str, days: tuple[dt.date, ...],
    rate: Rate | None, note: str, by: str, now: dt.datetime,
) -> Answer:  # fmt: skip
    from pmkit.files import clone
    from pmkit.model.answer import Answer
    from pmkit.model.dates import in_a_row

    card = clone.read(folder.root)
    return Answer(
        request=request.name,
        person=who.id,
        revision=request.revision,
        at=next_moment(
            folder.production, request.name, who.id, instant_of(folder.production.settings, now), booking=True
        ),
        act=act,
        days=in_a_row(days),
        rate=rate,
        note=note.strip(),
        how="office",
        by=by or (card.name if card is not None else ""),
    )


def _days(
    request: Request, who: Person, how: Standing, act: str, said: str, now: dt.datetime, rate: Rate | None
) -> tuple[dt.date, ...]:
    """The dates meant: those typed, else all that can be booked, or released. Empty when all is done already."""
    done = how.on(act)
    if said:
        from pmkit.rollup.spoken import understood

        known = {*request.days(), *(how.on("hold", "confirmed", "released") if act == "released" else ())}
        found = understood(f"yes {said}", tuple(sorted(known)), now.date(), agency=who.heads is not None)
        if isinstance(found, Fault):
            raise Stop(f"{found.message}; nothing was written", found.hint, exit_code=2)
        named = found.on("yes")
        refused = [day for day in named if day in how.said("no")] if act == "confirmed" else []
        if refused:
            raise Stop(
                f"{who.name} said no to {refused[0].isoformat()}; nothing was written", "ask anew, or choose others"
            )
        left = tuple(day for day in named if day not in done)
        if act == "confirmed" and rate is None and how.rate is not None and {*left} & {*how.said("counter")}:
            hint = f"agree to it: {_agreed(how.rate)}; or say the rate that was agreed"
            raise Stop(f"{who.name} would come on other terms at {how.rate}; nothing was written", hint)
        return left
    if act == "released":
        from pmkit.model.request import INVITED

        free = {*how.on("hold", "confirmed"), *how.said("yes", "maybe", "counter")} - {
            *done,
            *how.on("declined", "expired"),
        }
        free |= {*how.run_out} - {*done}
        if request.kind in INVITED:  # nobody answered in time, and it stands in their calendar all the same
            free |= {*how.on("expired")} - {*done}
        if not free and not done:
            raise Stop(
                f"{who.name} is neither held nor booked; nothing was written", f"pmkit request status {request.name}"
            )
        return tuple(sorted(free))
    ready = {*how.said("yes"), *how.on("hold"), *(how.said("counter") if rate is not None else ())}
    ready -= {*how.on("released"), *done}
    if not ready and not done:
        counter = how.said("counter")
        if counter:
            wants = f" at {how.rate}" if how.rate is not None else ""
            hint = (
                f"agree to it: {_agreed(how.rate)}"
                if how.rate is not None
                else "name the dates to agree to their terms"
            )
            raise Stop(f"{who.name} would come on other terms{wants}; nothing was written", hint)
        hint = f"write their answer down first: pmkit request answer {request.name} {who.id} yes; or name the dates"
        raise Stop(f"{who.name} has said yes to no date; nothing was written", hint)
    return tuple(sorted(ready))


def _agreed(rate: Rate) -> str:
    """The option as a shell takes it: `--rate '35000 flat'`."""
    return f"--rate {shlex.quote(str(rate))}"


def _rate(typed: str | None) -> Rate | None:
    from pmkit.model import money

    if typed is None:
        return None
    found = money.parse_rate(typed)
    if isinstance(found, Fault):
        raise click.BadParameter(f"{found.message}; {found.hint}", param_hint="--rate")
    return found


def _gained(folder: Folder, one: Answer) -> list[Problem]:
    """What `validate` would find besides, once this is written."""
    from pmkit.checks import requests
    from pmkit.model.frozen import but

    before = {problem.message for check in requests.CHECKS for problem in check(folder.production)}
    after = but(folder.production, answers={**folder.production.answers, "new": one.but(name="new")})
    return [problem for check in requests.CHECKS for problem in check(after) if problem.message not in before]


def _tell(
    folder: Folder, request: Request, who: Person, act: str, yes: bool, output: str | None, now: dt.datetime
) -> int:
    """The mail that tells of it: sent with `--yes`, else written to look at. Returns the exit code."""
    from pmkit.commands.request_mails import notices
    from pmkit.rollup import bookings

    word = "confirm" if act == "confirmed" else "release"
    again = f"pmkit request {word} {request.name} {who.id} --yes"
    told = deliveries(folder, request.name)
    have = told[who.id].told if who.id in told else ()
    acts = bookings.of(folder.production, request.name, who.id)
    new = [number for number, one in enumerate(acts, 1) if one.act == act and one.name not in have]
    letter = told_together(acts, new[-1], have, len(acts)) if new else None
    if letter is None or not letter.days:
        click.echo("The mail that tells it has gone, or is on its way: pmkit outbox list")
        return 0
    if folder.production.settings.mail is None or not who.email:
        why = "they have no e-mail address" if not who.email else "the production has no mail yet"
        options.say(f"Nobody was told by mail: {why}. Tell them by phone.")
        return 0
    zone = folder.production.settings.zone
    when = dt.datetime.now(zone) if yes else now.replace(tzinfo=zone)
    # What was decided since they last heard is told in one mail, under the number of the last.
    told_now = [(new[-1], letter)]
    mails, problems = notices(folder, request.name, who, told_now, when)
    made.tell(folder, problems)
    if any(problem.severity == "error" for problem in problems):
        return 1
    if yes:
        if options.report_errors(folder):
            raise Stop("nothing was sent, because of the errors above", f"correct them, then: {again}")
        overtaken(folder, request.name, {(request.name, who.id)})
        return sending.send(folder, mails, f"{word} {request.name}")
    return made.preview(folder, mails, f"requests/{request.name}/notices", output, again, True)

"""`pmkit request answer`: an answer taken by phone, as it was said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.commands.request_standing import SECTIONS, instant_of, next_moment, now_of, person_of, request_of
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.answer import Answer
    from pmkit.model.money import Rate
    from pmkit.model.request import Request
    from pmkit.reports.asked import Person
    from pmkit.rollup.spoken import Spoken

_HELP = """Write down an answer as it was said on the phone, and show what was understood.

PERSON is an id, a name or a part of it, or a cast number. Dates not named stay open; another rate than
the one offered, or only from a time on, makes a yes a counter. What cannot be read is refused. An answer
books nobody: pmkit request confirm does.

\b
Examples:
  pmkit request answer grips-2nd-unit k-moss yes
  pmkit request answer grips-2nd-unit moss 'yes 12-13 nov, maybe 14, 450/day'
  pmkit request answer grips-2nd-unit k-moss 'yes except 14: back from Reno at noon'
  pmkit request answer b-camera cech 'second hold, yes'
  pmkit request answer b-camera cech 'challenged by 3 nov 10:00'
  pmkit request answer memos jun-ito 'signed 2025-10-09'
"""
_HOWS = click.Choice(("phone", "mail", "text", "in person", "office"))


@click.command(name="answer", help=_HELP, short_help="Write down what somebody said on the phone.")
@click.argument("name", shell_complete=completion.requests)
@click.argument("person", shell_complete=completion.people)
@click.argument("words", nargs=-1, required=True)
@click.option("--note", default="", help="Their own words besides.")
@click.option("--how", type=_HOWS, default="phone", help="How it came; by phone unless said.")
@click.option("--by", default="", metavar="ID", help="Who took it; this clone's name unless said.")
@click.option("--date", metavar="DATE", help="When it was said, if not now; with a time: '2025-10-17 18:00'.")
@click.option("--dry-run", is_flag=True, help="Only show what would be understood.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    person: str,
    words: tuple[str, ...],
    note: str,
    how: str,
    by: str,
    date: str | None,
    dry_run: bool,
) -> None:
    """Reads the words against the dates asked for and writes the answer."""
    folder = options.read(SECTIONS)
    production = folder.production
    request = request_of(folder, name)
    now = now_of(production.settings, date)
    if date is not None and now.date() > now_of(production.settings, None).date():
        raise Stop(f"{now:%Y-%m-%d} is still to come; nothing was written", "--date is when it was said", exit_code=2)
    who, standing = person_of(production, request, person, now)
    answer, told, paper = taken(folder, request, who, " ".join(words), now, how, by, note)
    for one in standing.told[-1:]:
        if paper is None and _same(one, answer):
            click.echo(f"{who.name} has said that already; nothing was written.")
            ctx.exit(0)
    options.show([f"{who.name}, {request.name}:", *(f"  {line}" for line in told)])
    if dry_run:
        options.say("Nothing is written: --dry-run")
        ctx.exit(0)
    write(folder, request, who, answer, paper)
    ctx.exit(options.report_errors(folder))


def taken(
    folder: Folder, request: Request, who: Person, said: str, now: dt.datetime, how: str, by: str, note: str = ""
) -> tuple[Answer, list[str], tuple[str, dt.date] | None]:
    """An answer from the words it was said in, what was understood of them, and the paper that came in, if one did."""
    paper = _paper(request, said, now)
    if paper is not None:
        answer = _made(folder, request, who, now, how, by).but(act=paper[0], on=paper[1], note=note)
        return answer, [f"{paper[0]}: {paper[1].isoformat()}"], paper
    spoken = _spoken(folder, request, who, said, now)
    answer = _answered(folder, request, who, now, how, by, spoken, note)
    return answer, _echo(request, spoken, answer), None


def _spoken(folder: Folder, request: Request, who: Person, said: str, now: dt.datetime) -> Spoken:
    from pmkit.rollup.spoken import understood

    offered = _offered(folder, request, who)
    found = understood(said, request.days(), now.date(), offered, agency=who.heads is not None)
    if isinstance(found, Fault):
        raise Stop(f"{found.message}; nothing was written", found.hint, exit_code=2)
    return found


def _offered(folder: Folder, request: Request, who: Person) -> Rate | None:
    """The rate the request names to them, as far as this clone may know it."""
    from pmkit.reports.request import offered

    return offered(folder.production, request, who)


def _made(folder: Folder, request: Request, who: Person, now: dt.datetime, how: str, by: str) -> Answer:
    from pmkit.files import clone
    from pmkit.model.answer import Answer

    card = clone.read(folder.root)
    return Answer(
        request=request.name,
        person=who.id,
        revision=request.revision,
        at=next_moment(folder.production, request.name, who.id, instant_of(folder.production.settings, now)),
        how=how,
        by=by or (card.name if card is not None else ""),
    )


def _answered(
    folder: Folder, request: Request, who: Person, now: dt.datetime, how: str, by: str, spoken: Spoken, note: str
) -> Answer:
    one = _made(folder, request, who, now, how, by)
    free = " ".join(part for part in (spoken.note, note.strip()) if part)
    if spoken.challenge is not None:
        return one.but(act="challenged", due=spoken.challenge, note=free)
    return one.but(
        offered=_offered(folder, request, who),
        dates=spoken.dates,
        answer=spoken.answer,
        rate=spoken.rate,
        rank=spoken.rank,
        note=free,
    )


def _echo(request: Request, spoken: Spoken, answer: Answer) -> list[str]:
    from pmkit.reports.date_words import in_words
    from pmkit.rollup.spoken import echoed

    lines = [f"{word}: {in_words(days)}" for word, days in echoed(spoken, request.days())]
    lines += [spoken.answer] if spoken.answer else []
    lines += [f"rate: {spoken.rate}"] if spoken.rate is not None else []
    lines += [f"gives us hold {spoken.rank}"] if spoken.rank is not None else []
    if spoken.challenge is not None:
        lines.append(f"challenged: confirm or release by {spoken.challenge:%a %Y-%m-%d %H:%M}")
    for day, said in spoken.dates.items():
        terms = [f"from {said.from_}" if said.from_ else "", f"until {said.until}" if said.until else ""]
        terms.append(f"{said.heads} heads" if said.heads is not None else "")
        if any(terms):
            lines.append(f"{in_words([day])}: {' '.join(part for part in terms if part)}")
    lines += [f"note: {answer.note}"] if answer.note else []
    return lines


def _paper(request: Request, said: str, now: dt.datetime) -> tuple[str, dt.date] | None:
    """A paper that was signed or came in, and on which day."""
    from pmkit.model import dates

    word, _, rest = said.strip().partition(" ")
    act = {"signed": "signed", "received": "received", "sent": "received"}.get(word.lower().rstrip(","))
    if act is None or request.kind not in ("dealmemo", "document"):
        return None
    from pmkit.rollup.spoken_words import day_past

    on = rest.strip().removeprefix("on ")
    day = day_past(on or "today", now.date()) or dates.parse(on)
    if isinstance(day, Fault):
        raise Stop(f"{day.message}; nothing was written", day.hint, exit_code=2)
    if day > now.date():
        raise Stop(f"{day.isoformat()} is still to come; nothing was written", "say the day it was signed", exit_code=2)
    return act, day


def _same(one: Answer, other: Answer) -> bool:
    fields = ("act", "revision", "dates", "answer", "rate", "rank", "note", "due")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def write(folder: Folder, request: Request, who: Person, answer: Answer, paper: tuple[str, dt.date] | None) -> None:
    """Writes an answer, and a signature into the deal that it signs."""
    from pmkit.files import answers

    # The deal first: a memo whose signature is in the answers alone would still be missing everywhere else.
    if paper is not None and paper[0] == "signed" and request.kind == "dealmemo":
        from pmkit.commands.dealmemo_signed import sign
        from pmkit.rollup.unsigned import deals_asked

        deals = deals_asked(folder.production, request, who.id)
        sign(folder, [deal.key for deal in deals if deal.signed is None] or [deal.key for deal in deals], paper[1])
    for file in answers.add(folder.root, [answer]):
        click.echo(file)
    options.say(
        f"Next: pmkit request status {request.name}" if answer.act != "challenged" else _challenged(request, who)
    )


def _challenged(request: Request, who: Person) -> str:
    return f"Next: pmkit request confirm {request.name} {who.id}, or pmkit request release {request.name} {who.id}"

"""`pmkit inbox accept`: a person's word on a mail that came in, which makes an answer of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.commands.inbox_list import Kept, reads
from pmkit.commands.mails import count
from pmkit.commands.request_standing import SECTIONS, instant_of, next_moment, now_of, person_of, request_of
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.inbox import Record
    from pmkit.model.answer import Answer

_HELP = """Accept what a mail says: it becomes the person's answer. It books nobody: pmkit request confirm does.

KEY is the beginning of a mail's key in pmkit inbox list. What was read of a link or a calendar is taken as it reads;
of free text you say what it means, in the words of pmkit request answer. --all takes every answer that needs no look.

\b
Examples:
  pmkit inbox accept 3f2a9c10
  pmkit inbox accept 3f2a9c10 'yes 12-13 nov, maybe 14, 450/day'
  pmkit inbox accept 3f2a9c10 --as-read         after a look, though it says: look first
  pmkit inbox accept 3f2a9c10 --none            it is no answer
  pmkit inbox accept 81c0ffee yes --request grips-2nd-unit --person k-moss
  pmkit inbox accept --all
"""


@click.command(name="accept", help=_HELP)
@click.argument("name", required=False, default="", metavar="[KEY]", shell_complete=completion.incoming)
@click.argument("words", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every answer by link or calendar that needs no look.")
@click.option("--as-read", is_flag=True, help="Take it as it reads, though it says: look first.")
@click.option("--none", "nothing", is_flag=True, help="It is no answer; it does not wait any more.")
@click.option("--request", "request", metavar="NAME", shell_complete=completion.requests, help="Of an unmatched mail.")
@click.option("--person", "person", metavar="WHO", shell_complete=completion.people, help="Of an unmatched mail.")
@click.option("--by", default="", metavar="ID", help="Who accepts; this clone's name unless said.")
@click.option("--date", metavar="DATE", help="When, if not now; with a time: '2025-10-17 18:00'.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    words: tuple[str, ...],
    every: bool,
    as_read: bool,
    nothing: bool,
    request: str | None,
    person: str | None,
    by: str,
    date: str | None,
    dry_run: bool,
) -> None:
    """Makes answers of proposals."""
    if bool(name) == every:
        raise click.UsageError("name one mail by its key, or say --all")
    if nothing + as_read + bool(words) + every > 1:
        raise click.UsageError("say one thing: what it means in words, --as-read, --none, or --all")
    if bool(request) != bool(person) or (request and not words):
        raise click.UsageError("--request and --person go together, with the words of the answer")
    folder = options.read(SECTIONS)
    desk = _Desk(folder, now_of(folder.production.settings, date), by, dry_run)
    if every:
        _all(desk)
    elif nothing:
        desk.set_aside(desk.post.named(name))
    elif request and person:
        desk.elsewhere(desk.post.named(name), request, person, " ".join(words))
    else:
        desk.accept(desk.post.named(name), " ".join(words), as_read)
    if dry_run:
        options.say("Nothing is written: --dry-run")
    ctx.exit(options.report_errors(folder))


class _Desk:
    """Who accepts, when, and in which folder."""

    def __init__(self, folder: Folder, now: dt.datetime, by: str, dry_run: bool) -> None:
        from pmkit.files import clone

        card = clone.read(folder.root)
        self.folder, self.now, self.dry_run = folder, now, dry_run
        self.post = Kept(folder)
        self.by = by or (card.name if card is not None else "")
        self.at = instant_of(folder.production.settings, now)

    def accept(self, record: Record, said: str, as_read: bool) -> None:
        """Accepts one mail, as it reads or as it is said."""
        proposed = self.open(record)
        if proposed is None:
            hint = f"pmkit inbox accept {record.key[:8]} 'yes' --request NAME --person WHO; or --none"
            raise Stop(f"{record.key[:8]} answers nothing of ours, as far as can be known", hint, exit_code=2)
        if said:
            self.say(record, proposed, said)
            return
        if not (proposed.dates or proposed.answer):
            hint = f"say what it means: pmkit inbox accept {record.key[:8]} 'yes 12 nov'; or --none"
            raise Stop(f"nothing was read of {record.key[:8]}, it is free text: “{proposed.quote}”", hint, exit_code=2)
        doubt = proposed.doubt or self.since(proposed)
        if doubt and not as_read:
            hint = f"look: pmkit inbox list {record.key[:8]}; then --as-read, or say what it means in words, or --none"
            raise Stop(f"{record.key[:8]} needs a look first: {doubt}", hint, exit_code=2)
        self.write([self.taken(proposed)], [f"{self.name(proposed)}: {reads(proposed)}"])
        options.say(f"Next: pmkit request status {proposed.request}")

    def open(self, record: Record) -> Answer | None:
        """The answer a mail proposes, which nobody has dealt with. Raises `Stop` when somebody has."""
        if self.post.is_done(record):
            raise Stop(f"{record.key[:8]} was dealt with already", "pmkit inbox list --done shows it", exit_code=2)
        return self.post.answer(record)

    def say(self, record: Record, proposed: Answer, said: str) -> None:
        """Accepts a mail as a person understands it."""
        from pmkit.commands import request_answer

        request = request_of(self.folder, proposed.request)
        who, _ = person_of(self.folder.production, request, proposed.person, self.now)
        answer, told, paper = request_answer.taken(self.folder, request, who, said, self.now, proposed.how, self.by)
        answer = answer.but(
            via=proposed.via, source=proposed.source, quote=proposed.quote, settles=proposed.name, by=self.by,
            offered=proposed.offered or answer.offered,
        )  # fmt: skip
        if proposed.revision < request.revision:
            options.say(f"It answers revision {proposed.revision}, and is written as an answer to that one.")
            answer = answer.but(revision=proposed.revision)
        options.show([f"{who.name}, {request.name}:", *(f"  {line}" for line in told)])
        if not self.dry_run:
            request_answer.write(self.folder, request, who, answer, paper)

    def elsewhere(self, record: Record, name: str, person: str, said: str) -> None:
        """Accepts a mail that could not be matched, as an answer of the person somebody says it is from."""
        from pmkit.commands import request_answer
        from pmkit.mail import inbox

        if self.open(record) is not None:
            raise Stop(
                f"{record.key[:8]} belongs to {record.request}, {record.person}", "leave out --request", exit_code=2
            )
        request = request_of(self.folder, name)
        who, _ = person_of(self.folder.production, request, person, self.now)
        answer, told, paper = request_answer.taken(self.folder, request, who, said, self.now, "mail", self.by)
        answer = answer.but(via=record.sender, source=record.message_id or record.key, quote=record.quote)
        options.show([f"{who.name}, {request.name}:", *(f"  {line}" for line in told)])
        if not self.dry_run:
            request_answer.write(self.folder, request, who, answer, paper)
            inbox.settle(self.folder.root, record.key, self.by, self.at, f"{request.name} {who.id}: {said}"[:300])

    def set_aside(self, record: Record) -> None:
        """Says that a mail is no answer."""
        from pmkit.files import answers
        from pmkit.mail import inbox
        from pmkit.model.answer import Answer

        proposed = self.open(record)
        click.echo(f"{record.key[:8]} is {'to be ' if self.dry_run else ''}set aside.")
        if self.dry_run:
            return
        if proposed is not None:
            done = Answer(
                request=proposed.request, person=proposed.person, revision=proposed.revision, at=self.at,
                how="office", by=self.by, proposed=True, settles=proposed.name,
            )  # fmt: skip
            options.show(answers.add(self.folder.root, [done]))
        inbox.settle(self.folder.root, record.key, self.by, self.at, "no answer")

    def since(self, proposed: Answer) -> str:
        """That they were heard, by phone perhaps, after the mail was written; empty when they were not."""
        answers = self.folder.production.answers
        for one in answers.values():
            same = (one.request, one.person, one.revision) == (proposed.request, proposed.person, proposed.revision)
            if same and one.act == "answer" and not one.proposed:
                said_at = answers[one.settles].at if one.settles in answers else one.at
                if said_at > proposed.at:
                    return f"they were heard after it was written ({one.how or 'phone'})"
        return ""

    def taken(self, proposed: Answer) -> Answer:
        """A proposed answer as one that counts, from now."""
        at = next_moment(self.folder.production, proposed.request, proposed.person, self.at)
        return proposed.but(name="", proposed=False, doubt="", settles=proposed.name, by=self.by, at=at)

    def name(self, proposed: Answer) -> str:
        """Whose answer it is, to what."""
        old = ""
        request = self.folder.production.requests.get(proposed.request)
        if request is not None and proposed.revision < request.revision:
            old = f" (revision {proposed.revision})"
        return f"{self.folder.production.name_of(proposed.person)}, {proposed.request}{old}"

    def write(self, taken: list[Answer], told: list[str]) -> None:
        """Writes answers, and says so."""
        from pmkit.files import answers

        options.show(told)
        if not self.dry_run:
            options.show(answers.add(self.folder.root, taken))


def _all(desk: _Desk) -> None:
    """Takes every answer that was read, is not doubted, and is the only one of its person that waits."""
    waiting = [
        answer
        for record in desk.post.records
        if not desk.post.is_done(record) and (answer := desk.post.answer(record)) is not None
    ]
    whose = [(answer.request, answer.person) for answer in waiting]
    sure, twice, read = [], [], 0
    for answer in waiting:
        if (
            answer.doubt
            or desk.since(answer)
            or not (answer.dates or answer.answer)
            or answer.how not in ("link", "calendar")
        ):
            read += 1
        elif whose.count((answer.request, answer.person)) > 1:
            twice.append(answer)
        else:
            sure.append(answer)
    desk.write([desk.taken(one) for one in sure], [f"{desk.name(one)}: {reads(one)}" for one in sure])
    if not sure:
        click.echo("There is nothing to accept without a look.")
    for name in dict.fromkeys(desk.name(one) for one in twice):
        options.say(f"{name}: wrote more than once; accept one of them by its key.")
    if read:
        options.say(f"{count(read, 'mail waits', 'mails wait')} for somebody to read: pmkit inbox list")
    if sure:
        options.say("Next: pmkit request status")

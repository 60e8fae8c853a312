"""`pmkit inbox list`: what came in and waits for somebody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import click

from pmkit.commands import options, tables
from pmkit.commands.request_standing import SECTIONS

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.inbox import Record
    from pmkit.model.answer import Answer
    from pmkit.reports.table import Table

_HELP = """What came in by mail and waits for a person: answers to accept, text to read, what somebody must look
at first, mail that answers nothing of ours, bounces, automatic replies.

\b
Examples:
  pmkit inbox list
  pmkit inbox list 3f2a9c10              one mail, with its text
  pmkit inbox list --done                what was dealt with, too
  pmkit inbox list --format csv -o answers.csv
"""
KINDS: Final = {
    "answer": "accept",
    "text": "read",
    "review": "look first",
    "bounce": "bounced",
    "delayed": "delayed",
    "away": "away",
    "unmatched": "unmatched",
}


@click.command(name="list", help=_HELP, short_help="What came in by mail and waits for a person.")
@click.argument("name", required=False, default="")
@click.option("--done", is_flag=True, help="Also what was dealt with.")
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, name: str, done: bool, form: str | None, output: str | None) -> None:
    """Prints the mails that came in."""
    folder = options.read(SECTIONS)
    post = Kept(folder)
    if name:
        _one(folder, post, name)
        ctx.exit(0)
    form = tables.form_of(form, output)
    shown = [one for one in post.records if done or not post.is_done(one)]
    shown.sort(key=lambda one: (list(KINDS).index(post.kind(one)), one.date, one.key))
    if not shown and form == "text" and output in (None, options.STDOUT):
        click.echo("Nothing waits." if post.records else "No mail was taken in yet.")
        options.say("Next: pmkit inbox fetch")
        ctx.exit(0)
    tables.deliver(folder, _table(folder, post, shown), form, "inbox list", "Inbox", output, private=True)
    if form == "text" and output in (None, options.STDOUT):
        _next(post, shown)
    ctx.exit(options.report_errors(folder))


class Kept:
    """The mails that were taken in, with the answers they propose."""

    def __init__(self, folder: Folder) -> None:
        from pmkit.mail import inbox

        found, self._done, wrong = inbox.read(folder.root)
        self.records = list(found.values())
        self.answers = folder.production.answers
        self._settled = {one.settles for one in self.answers.values() if one.settles}
        kept = {one.answer for one in self.records}
        self.records += [
            _without_mail(one)
            for one in self.answers.values()
            if one.proposed and not one.settles and one.name not in kept
        ]
        for file in wrong:
            options.say(f"warning: {file} is none of pmkit's, and is not read")

    def answer(self, record: Record) -> Answer | None:
        """The answer that a mail proposes."""
        return self.answers.get(record.answer)

    def is_done(self, record: Record) -> bool:
        """Whether somebody has dealt with it."""
        return record.key in self._done or (bool(record.answer) and record.answer in self._settled)

    def kind(self, record: Record) -> str:
        """What is to be done about it: a word of `KINDS`."""
        answer = self.answer(record)
        if record.kind == "answer" and (answer is None or not (answer.dates or answer.answer)):
            return "text"
        return record.kind if record.kind in KINDS else "unmatched"

    def named(self, word: str) -> Record:
        """The mail a word means: the beginning of its key, or the name of its answer. Raises `Stop`."""
        from pmkit.problems import Stop

        typed = word.strip().lower()
        exact = [one for one in self.records if typed in (one.key, one.answer)]
        found = exact or [
            one for one in self.records if len(typed) >= 4 and (one.key.startswith(typed) or one.answer.endswith(typed))
        ]
        if len(found) == 1:
            return found[0]
        hint = "the keys stand in: pmkit inbox list"
        if found:
            raise Stop(f"{word[:40]} may be {', '.join(one.key for one in found[:6])}", "give more of it", exit_code=2)
        raise Stop(f"no mail is called {word[:40]}", hint, exit_code=2)


def _without_mail(answer: Answer) -> Record:
    """A proposed answer whose mail is not here, as what is known of it."""
    from pmkit.mail.inbox import Record

    return Record(
        answer.name.rpartition("-")[2],
        "review" if answer.doubt else "answer",
        sender=answer.via,
        date=f"{answer.at:%Y-%m-%dT%H:%M:%SZ}",
        request=answer.request,
        person=answer.person,
        revision=answer.revision,
        answer=answer.name,
        why=answer.doubt,
        quote=answer.quote,
        text="(the mail itself is not kept here)",
    )


def reads(answer: Answer | None) -> str:
    """What was read of a mail, in words; empty for free text."""
    from pmkit.rollup.replies import as_words

    return as_words(answer.dates, answer.answer, answer.rate) if answer is not None else ""


def _table(folder: Folder, post: Kept, shown: list[Record]) -> Table:
    from pmkit.reports.inbox import Line, inbox_list

    zone = folder.production.settings.zone
    lines = []
    for one in shown:
        answer = post.answer(one)
        at = dt.datetime.fromisoformat(one.date.replace("Z", "+00:00")).astimezone(zone) if one.date else None
        name = folder.production.name_of(one.person.removesuffix("-copy")) if one.person else one.sender
        state = "done" if post.is_done(one) else KINDS[post.kind(one)]
        lines.append(
            Line(
                key=one.key[:8],
                state=state,
                name=name,
                request=one.request + (f" (revision {one.revision})" if _old(folder, one) else ""),
                at=f"{at:%Y-%m-%d %H:%M}" if at is not None else "",
                reads=reads(answer),
                quote=one.quote or one.subject,
                why=one.why,
            )
        )
    return inbox_list(folder.production, lines)


def _old(folder: Folder, record: Record) -> bool:
    request = folder.production.requests.get(record.request)
    return request is not None and 0 < record.revision < request.revision


def _next(post: Kept, shown: list[Record]) -> None:
    kinds = {post.kind(one): one for one in reversed(shown) if not post.is_done(one)}
    if "answer" in kinds:
        options.say(f"Next: pmkit inbox accept {kinds['answer'].key[:8]}, or pmkit inbox accept --all")
    if "text" in kinds or "review" in kinds:
        key = (kinds.get("text") or kinds["review"]).key[:8]
        options.say(f"To read one: pmkit inbox list {key}; to say what it means: pmkit inbox accept {key} 'yes 12 nov'")
    if "bounce" in kinds:
        options.say("Bounced: correct the address in crew.yaml or cast.yaml, then send the request anew.")


def _one(folder: Folder, post: Kept, name: str) -> None:
    """One mail with its text, as data: nothing of it is rendered."""
    record = post.named(name)
    answer = post.answer(record)
    lines = [
        f"key      {record.key}",
        f"from     {record.sender}",
        f"date     {record.date}",
        f"subject  {record.subject}",
    ]
    if record.request:
        who = folder.production.name_of(record.person.removesuffix("-copy"))
        lines.append(f"answers  {record.request}, {who}, revision {record.revision} (by its {record.matched})")
    lines += [f"reads    {reads(answer)}"] if reads(answer) else []
    lines += [f"look     {record.why}"] if record.why else []
    lines += [f"attached {', '.join(record.attached)}"] if record.attached else []
    options.show([*lines, "", *(f"  {line}" for line in record.text.split("\n"))])

"""`pmkit dealmemo PERSON`: the deal memo and the kit rental form; marked signed; who works without one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.message import Attachment
    from pmkit.model.request import Request
    from pmkit.reports.dealmemo import DealMemo

_HELP = """The deal memo of one person, from private/deals.yaml, with the kit rental form behind it.

It is for that person alone. Sent and chased it is by a request of kind dealmemo, which attaches it.

\b
Examples:
  pmkit dealmemo jun-ito
  pmkit dealmemo jun-ito --format pdf
  pmkit dealmemo jun-ito --kit --format pdf     the kit rental form alone
  pmkit dealmemo LENA --format pdf
  pmkit dealmemo jun-ito --signed 2025-10-09    it came back signed
  pmkit dealmemo --missing                      who works tomorrow without a signed one
"""
FORMATS = ("text", "html", "pdf", "json")
_SECTIONS = ("crew", "cast", "deals")
_BOARD = ("crew", "cast", "deals", "breakdown", "schedule")


@click.command(name="dealmemo", help=_HELP)
@click.argument("person", required=False, default="", shell_complete=completion.people)
@click.option("--kit", is_flag=True, help="The kit rental form alone.")
@click.option("--signed", metavar="DATE", help="Mark it signed on this day; today is a day too.")
@click.option("--missing", is_flag=True, help="Who works tomorrow, or on --date, without a signed memo.")
@click.option("--date", metavar="DATE", help="The day of --missing; what today means.")
@click.option("--paper", type=click.Choice(("letter", "legal", "a4")), help="The production's paper unless said.")
@click.option("--dry-run", is_flag=True, help="With --signed: only show what it would do.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    person: str,
    kit: bool,
    signed: str | None,
    missing: bool,
    date: str | None,
    paper: str | None,
    dry_run: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Reads the deals and prints a memo, marks it, or lists those that are missing."""
    if missing == bool(person):
        raise click.UsageError("name a person, or ask for --missing", ctx)
    if missing:
        ctx.exit(_missing(date, form, output))
    from pmkit.reports.dealmemo import dealmemo

    folder = options.read(_SECTIONS)
    report = dealmemo(folder.production, person)
    if isinstance(report, Fault):
        options.unbroken(folder, "deals")
    report = options.held(report)
    if signed is not None:
        _sign(folder, report, signed, date, dry_run)
        ctx.exit(options.report_errors(folder))
    if kit and report.kit is None:
        options.unbroken(folder, "deals")
        raise Stop(f"{report.name} has no kit rental", f"add kit: 25/day to {report.person} in private/deals.yaml")
    form = options.form_of(form, output, FORMATS)
    content, warnings = _made(folder, report, form, kit, paper)
    for warning in warnings:
        options.say(warning)
    if report.blanks:
        options.say(f"left to fill in by hand: {', '.join(report.blanks)}")
    if form in ("text", "json"):
        output = output or options.STDOUT
    options.deliver(folder.root, f"{_file(folder, report, kit)}.{form}", content, output, private=True)
    ctx.exit(options.report_errors(folder))


def attached(folder: Folder, request: Request, person: str) -> tuple[Attachment, ...]:
    """The memos of a person that go along with a request's mail: of each deal it is about that is not signed.

    Raises `Stop` when there is no deal to make one from.
    """
    from pmkit.mail.message import Attachment
    from pmkit.reports.dealmemo import dealmemo
    from pmkit.rollup.unsigned import deals_asked

    deals = deals_asked(folder.production, request, person)
    keys = [deal.key for deal in deals if deal.signed is None] or [deal.key for deal in deals] or [person]
    found = []
    for key in keys:
        report = dealmemo(folder.production, key)
        if isinstance(report, Fault):
            raise Stop(f"{report.message}; nothing was sent", report.hint)
        content, _ = _made(folder, report, "pdf", False, None)
        file = f"{options.file_name(_file(folder, report, False))}.pdf"
        found.append(Attachment(file, "application/pdf", content))
    return tuple(found)


def _file(folder: Folder, report: DealMemo, kit: bool) -> str:
    return f"{options.title_word(folder.production.settings)}_{'KitRental' if kit else 'DealMemo'}_{report.person}"


def _made(folder: Folder, report: DealMemo, form: str, kit: bool, paper: str | None) -> tuple[bytes, tuple[str, ...]]:
    formats, own = options.formats(folder.production.settings, paper=paper), folder.root / "templates"
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "dealmemo").encode(), ()
    if form == "pdf":
        from pmkit.render import pdf

        made = pdf.compile("dealmemo.typ", report, formats, folder.root / "fonts", kit_only=kit)
        return made.content, made.warnings
    if form == "html":
        from pmkit.render import html

        return html.page("dealmemo.html.j2", report, formats, own, kit_only=kit).encode(), ()
    from pmkit.render import columns, text

    page = text.page("dealmemo.txt.j2", report, formats, own, **columns.named(), kit_only=kit)
    return (columns.tidy(page).rstrip("\n") + "\n").encode(), ()


def _sign(folder: Folder, report: DealMemo, signed: str, date: str | None, dry_run: bool) -> None:
    from pmkit.commands.dealmemo_signed import sign
    from pmkit.model import dates
    from pmkit.rollup.unsigned import deal_of

    today = options.today(folder.production.settings, date)
    day = today if signed.strip() == "today" else dates.parse(signed)
    if isinstance(day, Fault):
        raise click.BadParameter(f"{day.message}; {day.hint}", param_hint="--signed")
    if day > today:
        raise Stop(f"{day.isoformat()} is still to come; nothing was written", "say the day it was signed", exit_code=2)
    hire = folder.production.hires.get(report.person)
    deal = deal_of(folder.production, hire[1]) if hire is not None else None
    sign(folder, [deal.key if deal is not None else report.person], day, dry_run)


def _missing(date: str | None, form: str | None, output: str | None) -> int:
    """Lists who works on a day without a signed memo. Returns the exit code: 1 when there is somebody."""
    from pmkit.commands import tables
    from pmkit.model import dates
    from pmkit.reports import missing_memos

    folder = options.read(_BOARD)
    production = folder.production
    if not production.has_private:
        raise Stop("deals are in private/, which is not here", "work in a clone that has it")
    today = options.today(production.settings, date)
    day = today if date is not None else today + dt.timedelta(days=1)
    form = options.form_of(form, output, FORMATS)
    found = missing_memos.table(production, day)
    if not found.rows and form == "text":
        click.echo(f"Everybody who works on {dates.said(day)} has a signed deal memo.")
        return options.report_errors(folder)
    tables.deliver(folder, found, form, "dealmemo --missing", "DealMemos_missing", output, private=True)
    if form == "text":
        options.say(f"{found.subtitle} without a signed deal memo.")
    return options.report_errors(folder) or int(bool(found.rows) and not options.is_caught())

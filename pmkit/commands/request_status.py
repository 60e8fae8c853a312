"""`pmkit request status [NAME]`: who said what for which date, and what is due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, options, tables
from pmkit.commands.request_standing import SECTIONS, all_deliveries, deliveries, now_of, request_of

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.reports.request_status import RequestStatus

_HELP = """Where requests stand: people against dates, and what is due today first.

Delivery (what became of the mail), answer (yes, no, maybe, counter) and booking (hold, BOOKED,
released) are three things: a mail that arrived is no answer, and a yes is no booking.

\b
Examples:
  pmkit request status                     every request, and all that is due
  pmkit request status grips-2nd-unit
  pmkit request status grips-2nd-unit --format pdf
  pmkit request status grips-2nd-unit --format xlsx
"""
_COLUMNS = 7  # dates side by side in the terminal


@click.command(name="status", help=_HELP, short_help="Who said what, by date, and what is due today.")
@click.argument("name", required=False, default="", shell_complete=completion.requests)
@click.option("--date", metavar="DATE", help="Today, if it is not today; with a time: '2025-10-17 18:00'.")
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, name: str, date: str | None, form: str | None, output: str | None) -> None:
    """Reads requests, answers and the mail's log and prints them."""
    folder = options.read(SECTIONS)
    now = now_of(folder.production.settings, date)
    form = tables.form_of(form, output)
    if not name:
        _all(folder, now, form, output)
        ctx.exit(options.report_errors(folder))
    from pmkit.reports.request_status import request_status

    request = request_of(folder, name)
    report = options.held(request_status(folder.production, request.name, now, deliveries(folder, request.name)))
    if form in ("csv", "xlsx", "md"):
        from pmkit.reports.request_data import data

        tables.deliver(folder, data(report), form, "request status", f"Request_{request.name}", output, private=True)
    else:
        content, warnings = _made(folder, report, form)
        for warning in warnings:
            options.say(warning)
        if form in ("text", "json"):
            output = output or options.STDOUT
        file = f"{options.title_word(folder.production.settings)}_Request_{request.name}.{form}"
        options.deliver(folder.root, file, content, output, private=True)
    ctx.exit(options.report_errors(folder))


def _all(folder: Folder, now: dt.datetime, form: str, output: str | None) -> None:
    from pmkit.reports.request_list import request_list

    table, due = request_list(folder.production, now, all_deliveries(folder))
    if not table.rows:
        options.say("There are no requests yet; begin one with: pmkit request new NAME --help")
    tables.deliver(folder, table, form, "request status", "Requests", output, private=True)
    if form == "text" and output in (None, options.STDOUT):
        for item in due:
            options.say(f"{item.name}: {item.command}")


def _made(folder: Folder, report: RequestStatus, form: str) -> tuple[bytes, tuple[str, ...]]:
    formats = options.formats(folder.production.settings)
    own = folder.root / "templates"
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "request status").encode(), ()
    if form == "pdf":
        from pmkit.render import pdf

        paper = pdf.compile("request_status.typ", report, formats, folder.root / "fonts", landscape=True)
        return paper.content, paper.warnings
    from pmkit.model.clock import Clock
    from pmkit.render import filters

    def moment(value: dt.datetime | None) -> str:
        if value is None:
            return ""
        return f"{filters.short_day(value)}, {filters.clock(Clock(value.hour * 60 + value.minute), formats)}"

    extra: dict[str, Any] = {"moment": moment}
    if form == "html":
        from pmkit.render import html

        return html.page("request_status.html.j2", report, formats, own, **extra).encode(), ()
    from pmkit.render import columns, text

    count = len(report.days)
    stretches = [range(first, min(first + _COLUMNS, count)) for first in range(0, count, _COLUMNS)]
    page = text.page("request_status.txt.j2", report, formats, own, **columns.named(), stretches=stretches, **extra)
    return (columns.tidy(page).rstrip("\n") + "\n").encode(), ()

"""What the documents of the schedule share: the board asked for, their forms and their trade names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmkit.commands import completion, options

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Production
    from pmkit.render.filters import Formats
    from pmkit.reports.basis import Words
    from pmkit.reports.table import Table

PARTS = frozenset({"cast", "locations", "breakdown", "schedule", "boards"})
"""What a document of the schedule is made from."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Printing:
    """A document of the schedule and how each form of it is made.

    `word` is its command, `document` its part of the file's name. A form without a template of
    its own is made from the table; `data` is what programs read, else the table too.
    """

    word: str
    document: str
    report: object
    table: Callable[[Words], Table]
    data: Callable[[], Table] | None = None
    text: str = ""
    page: str = ""
    paper: str = ""
    landscape: bool = False
    extra: tuple[tuple[str, object], ...] = ()


def boarded(function: F) -> F:
    """Adds `--unit` and `--board`."""
    for option in (
        click.option("--board", metavar="NAME", default="", help="Another board, of boards/NAME.yaml."),
        click.option("--unit", metavar="ID", default="", shell_complete=completion.units, help="One unit."),
    ):
        function = option(function)
    return function


def one_episode(function: F) -> F:
    """Adds `--episode`."""
    return click.option("--episode", metavar="NO", default="", help="One episode of a series.")(function)


def deliver(folder: Folder, printing: Printing, form: str, output: str | None) -> None:
    """Makes a document in its form and puts it where it belongs."""
    content, warnings = _made(folder, printing, form, options.formats(folder.production.settings))
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    options.deliver(folder.root, f"{file_name(folder.production, printing.document)}.{form}", content, output)


def file_name(production: Production, document: str) -> str:
    """The trade's file name, with the date of the schedule's draft: `SALT_OneLine_2025-10-30`."""
    settings = production.settings
    dated = settings.schedule.date.isoformat() if settings.schedule is not None and settings.schedule.date else ""
    return "_".join(word for word in (options.title_word(settings), document, dated) if word)


def _words(formats: Formats) -> Words:
    from pmkit.render import filters
    from pmkit.reports.basis import Words

    return Words(filters.day, filters.short_day, lambda time: filters.clock(time, formats), filters.length)


def _made(folder: Folder, asked: Printing, form: str, formats: Formats) -> tuple[bytes, tuple[str, ...]]:
    own, fonts = folder.root / "templates", folder.root / "fonts"
    extra: dict[str, Any] = dict(asked.extra)
    if form == "json":
        from pmkit.render import json

        return json.raw(asked.report, asked.word).encode(), ()
    if form == "text" and asked.text:
        from pmkit.render import columns, text

        page = text.page(asked.text, asked.report, formats, own, **columns.named(), **extra)
        return (columns.tidy(page).rstrip("\n") + "\n").encode(), ()
    if form == "html" and asked.page:
        from pmkit.render import html

        return html.page(asked.page, asked.report, formats, own, **extra).encode(), ()
    if form == "pdf" and asked.paper:
        from pmkit.render import pdf

        paper = pdf.compile(asked.paper, asked.report, formats, fonts, landscape=asked.landscape, **extra)
        return paper.content, paper.warnings
    return _tabled(folder, asked, form, formats)


def _tabled(folder: Folder, asked: Printing, form: str, formats: Formats) -> tuple[bytes, tuple[str, ...]]:
    from pmkit.render import table as tables

    if form in ("csv", "xlsx"):
        table = asked.data() if asked.data is not None else asked.table(_words(formats))
        if form == "csv":
            return tables.csv(table).encode(), ()
        from pmkit.render import workbook

        book = workbook.xlsx(table, formats)
        return book.content, book.warnings
    table = asked.table(_words(formats))
    if form == "pdf":
        paper = tables.pdf(table, formats, folder.root / "fonts")
        return paper.content, paper.warnings
    if form == "html":
        return tables.html(table, formats, folder.root / "templates").encode(), ()
    return (tables.terminal if form == "text" else tables.markdown)(table, formats).encode(), ()

"""Documents that are only a table, printed in whichever form was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.files.folder import Folder
    from pmkit.render.filters import Formats
    from pmkit.reports.table import Table

FORMATS = ("text", "md", "csv", "xlsx", "html", "pdf", "json")
WHOLE = ("csv", "xlsx", "json")
"""The forms that programs read: their columns are the same whatever the folder holds."""

F = TypeVar("F", bound=Callable[..., Any])


def printed(function: F) -> F:
    """Adds `--format`, `--json` and `-o`."""
    for option in (
        click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout."),
        click.option("--json", "form", flag_value="json", help="As --format json."),
        click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise."),
    ):
        function = option(function)
    return function


def form_of(form: str | None, output: str | None) -> str:
    """The form asked for: as said, else as the file's name ends, else text."""
    return options.form_of(form, output, FORMATS)


def deliver(
    folder: Folder, table: Table, form: str, name: str, document: str, output: str | None, *, private: bool = False
) -> None:
    """Makes a table in its form and puts it where it belongs; `name` is its word, `document` stands in its file's name."""
    settings = folder.production.settings
    content, warnings = made(folder.root, table, form, options.formats(settings), name)
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    file = f"{options.title_word(settings)}_{document}.{form}"
    options.deliver(folder.root, file, content, output, private=private)


def made(
    root: Path, table: Table, form: str, formats: Formats, name: str, report: object = None
) -> tuple[bytes, tuple[str, ...]]:
    """A table in a form, and what had to be said while making it; `report` is what JSON shows of it, if not the table."""
    if form == "json":
        from pmkit.render import json

        return json.raw(table if report is None else report, name).encode(), ()
    if form == "xlsx":
        from pmkit.render import workbook

        book = workbook.xlsx(table, formats)
        return book.content, book.warnings
    from pmkit.render import table as tables

    if form == "pdf":
        paper = tables.pdf(table, formats, root / "fonts")
        return paper.content, paper.warnings
    if form == "csv":
        return tables.csv(table).encode(), ()
    if form == "html":
        return tables.html(table, formats, root / "templates").encode(), ()
    return (tables.terminal if form == "text" else tables.markdown)(table, formats).encode(), ()

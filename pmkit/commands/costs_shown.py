"""The cost report in each of its forms: its bytes, and where they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmkit.commands import options, tables
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.render.filters import Formats
    from pmkit.reports.account_costs import AccountCosts
    from pmkit.reports.costs import CostReport
    from pmkit.reports.table import Table

Made = tuple[bytes, tuple[str, ...]]


def deliver(root: Path, made: Made, form: str, name: str, output: str | None) -> None:
    """Says what had to be said while a document was made, and puts it where it belongs."""
    content, warnings = made
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    options.deliver(root, f"{name}.{form}", content, output, private=True)


def a_table(root: Path, report: AccountCosts | CostReport | Table, table: Table, form: str, formats: Formats) -> Made:
    """A view of the costs that is only a table; `report` is what JSON shows of it."""
    if form == "svg":
        raise Stop("only the whole cost report has a curve", "pmkit costs --format svg", exit_code=2)
    return tables.made(root, table, form, formats, "costs", report)


def the_report(root: Path, report: CostReport, tables: tuple[Table, ...], form: str, formats: Formats) -> Made:
    """The whole report: on paper and screen with its curve, trend and memo; as text with the memo under it."""
    if form in ("pdf", "html", "svg"):
        from pmkit.reports import curve

        trend = report.trend
        chart = curve.drawing(trend.weeks, trend.shoot, report.currency) if trend is not None else None
        own = root / "templates"
        if form == "pdf":
            from pmkit.render import pdf

            paper = pdf.compile("costs.typ", report, formats, root / "fonts", landscape=True, chart=chart)
            return paper.content, paper.warnings
        if form == "svg":
            from pmkit.render import svg

            return svg.page("costs.svg.j2", report, formats, own, chart=chart).encode(), ()
        from pmkit.render import html

        return html.page("costs.html.j2", report, formats, own, chart=chart).encode(), ()
    if form == "json":
        return a_table(root, report, tables[0], form, formats)
    if form in ("csv", "xlsx"):
        return a_table(root, tables[0], tables[0], form, formats)
    pages = [a_table(root, table, table, form, formats)[0] for table in tables]
    return b"\n".join(pages), ()

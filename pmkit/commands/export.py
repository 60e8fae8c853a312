"""`pmkit export uss|ics|hledger|beancount`: the production in other programs' formats."""

from __future__ import annotations

import click

from pmkit.commands import export_ics, export_journal, options

_HELP = """Writes the production for other people's programs.

\b
Examples:
  pmkit export uss                       into build/, under the trade's file name
  pmkit export uss -o "Salt Road.uss"
  pmkit export ics                       everybody's calendar, into build/calendar/
  pmkit export hledger                   the ledger, for plain-text accounting
"""
_USS_HELP = """Breakdown, cast, boards and dates as a Universal Schedule Standard file.

What the standard has no place for is listed on stderr.

\b
Examples:
  pmkit export uss
  pmkit export uss -o - | less
"""


@click.group(name="export", help=_HELP)
def command() -> None:
    """Groups the formats that can be written."""


@command.command("uss", help=_USS_HELP, short_help="The schedule as a .uss file.")
@click.option("-o", "output", metavar="FILE", help="Where to; - is stdout. Else build/, under the trade's file name.")
@options.in_production
def uss(output: str | None) -> int:
    """The schedule as a .uss file."""
    from pmkit.exchange import uss_write
    from pmkit.problems import Stop

    folder = options.read({"cast", "locations", "breakdown", "schedule", "boards", "calendar"})
    production = folder.production
    if not production.scenes:
        raise Stop("there is no breakdown to export", "pmkit import script, or write breakdown.yaml")
    code = options.report_errors(folder)
    exported = uss_write.write(production)
    name = f"{options.title_word(production.settings)}.uss"
    options.deliver(folder.root, name, exported.data, output)
    boards = 1 + len(production.boards)
    options.say(f"{exported.scenes} scenes, {exported.days} shooting days, {boards} board{'s' if boards > 1 else ''}.")
    if exported.left:
        options.say("Not in the file, or otherwise than here:")
        for sentence in exported.left:
            options.say(f"  {sentence}")
    return code


command.add_command(export_ics.command)
command.add_command(export_journal.hledger)
command.add_command(export_journal.beancount)

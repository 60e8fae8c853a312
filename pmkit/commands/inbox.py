"""`pmkit inbox`: the answers that come by mail. A reply proposes; a person confirms."""

from __future__ import annotations

import click

from pmkit.commands import inbox_accept, inbox_fetch, inbox_list

_HELP = """Take in the answers that came by mail, look at them, and accept them.

The mailbox is only read: nothing in it is marked, moved or deleted. What was answered by a link or in a
calendar is read; free text is shown, and never made a yes or no by itself. Nothing counts until a person
accepts it.

\b
Examples:
  pmkit inbox fetch                              from the mailbox of your configuration
  pmkit inbox fetch --from ~/Maildir
  pmkit inbox list
  pmkit inbox accept 3f2a9c10
  pmkit inbox accept 3f2a9c10 'yes 12-13 nov, maybe 14'
"""


@click.group(name="inbox", help=_HELP)
def command() -> None:
    """Groups what can be done with mail that came in."""


for _act in (inbox_fetch.command, inbox_list.command, inbox_accept.command):
    command.add_command(_act)

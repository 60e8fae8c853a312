"""`pmkit request`: ask people, in batches: who, when, at which rate; who said what; who is booked."""

from __future__ import annotations

import click

from pmkit.commands import request_answer, request_book, request_new, request_remind, request_send, request_status

_HELP = """Ask people whether they are free, hold, book and release them; and see who said what.

A request is a file, requests/NAME.yaml. What they answer and how they are booked lies in private/answers/, a file each.

\b
Examples:
  pmkit request new grips-2nd-unit --ask k-moss --ask j-bird --dates 2025-11-12..2025-11-14
  pmkit request send grips-2nd-unit                          who would get what
  pmkit request send grips-2nd-unit --yes
  pmkit request answer grips-2nd-unit moss 'yes 12-13 nov, maybe 14, 450/day'
  pmkit request status grips-2nd-unit
  pmkit request remind --yes
  pmkit request confirm grips-2nd-unit k-moss --yes
"""


@click.group(name="request", help=_HELP)
def command() -> None:
    """Groups what can be done with a request."""


for _act in (
    request_new.command,
    request_send.command,
    request_status.command,
    request_remind.command,
    request_answer.command,
    request_book.confirm,
    request_book.release,
):
    command.add_command(_act)

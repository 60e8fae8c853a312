"""`pmkit send DOCUMENT|daily|FILE --to LIST`: a document by mail, to each recipient a mail of their own."""

from __future__ import annotations

from pathlib import Path

import click

from pmkit.commands import completion, options, sending
from pmkit.problems import Stop

_HELP = """Mail a document to lists and people: whatever pmkit prints, the daily report, or a file.

Without --yes nothing leaves this machine: the mails are written to look at. With --yes each
recipient gets one mail of their own, and the same content once only. A call sheet says in its
subject when that person is called, and brings the calendar along.

\b
WHO is a list of lists.yaml, a person, cast, crew, dept:camera, unit:second or works:tomorrow.

\b
Examples:
  pmkit send callsheet tomorrow --to works:tomorrow
  pmkit send callsheet 4 --to call-sheet --to cast --yes
  pmkit send costs --to producers
  pmkit send oneliner --to crew --as html
  pmkit send request status b-camera --to producers
  pmkit send po print LOC-014         to its own vendor, unless --to says otherwise
  pmkit send daily --yes              the report of the day, as production.yaml has it: for cron
  pmkit send "Risk assessment.pdf" --to dept:stunts
"""


@click.command(name="send", help=_HELP, context_settings={"ignore_unknown_options": True})
@click.argument("document", metavar="DOCUMENT|daily|FILE")
@click.argument("words", metavar="[...]", nargs=-1, type=click.UNPROCESSED)
@click.option("--to", "to", metavar="WHO", multiple=True, shell_complete=completion.recipients, help="Who gets it.")
@click.option(
    "--as", "form", type=click.Choice(["pdf", "html"]), help="Attached as PDF (usual), or as the page itself."
)
@click.option("--subject", metavar="WORDS", default="", help="In place of the usual one.")
@click.option("--text", "note", metavar="WORDS", default="", help="A word of your own above the document.")
@sending.yes("Send it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing as long as all is well.")
@click.option("--date", metavar="DATE", help="The day that today means.")
@click.option("-o", "output", metavar="DIR", help="Where the mails are written to look at.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    document: str,
    words: tuple[str, ...],
    to: tuple[str, ...],
    form: str | None,
    subject: str,
    note: str,
    yes: bool,
    quiet: bool,
    date: str | None,
    output: str | None,
) -> None:
    """Finds what is to be sent and to whom, and shows or sends it."""
    from pmkit.commands import send_mails

    asked = send_mails.Asked(to, form or "", subject, note, yes, quiet, date, output)
    if document == "daily":
        from pmkit.commands import send_daily

        _none(words, document)
        ctx.exit(send_daily.send(asked))
    if document == "callsheet":
        from pmkit.commands import send_callsheet

        ctx.exit(send_callsheet.send(words, asked))
    from pmkit.commands import send_document
    from pmkit.commands.words import HEADINGS

    if send_document.is_document((document, *words)):
        ctx.exit(send_document.send((document, *words), asked))
    if Path(document).is_file():
        _none(words, document)
        ctx.exit(send_document.send_file(Path(document), asked))
    from pmkit.model.record import did_you_mean

    close = did_you_mean(document, ["daily", *HEADINGS["documents"]])
    papers = [f"{word} {paper}" for word, kinds in send_document.PAPERS.items() for paper in kinds]
    documents = ", ".join([*HEADINGS["documents"], *papers, "daily"])
    hint = f"did you mean {close}?" if close else f"documents: {documents}; or a file"
    if document in send_document.PAPERS:
        hint = " or ".join(f"pmkit send {document} {paper} …" for paper in send_document.PAPERS[document])
    raise Stop(f"there is no document and no file {document}", hint, exit_code=2)


def _none(words: tuple[str, ...], document: str) -> None:
    if words:
        raise click.UsageError(f"{document} takes no further words: {' '.join(words)}")

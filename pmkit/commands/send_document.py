"""Any document a command prints, or any file, as mails: PDF attached or the page itself, with its text."""

from __future__ import annotations

import datetime as dt
import html as markup
import mimetypes
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from pmkit.commands import mails as made, options, send_mails
from pmkit.commands.send_mails import Asked
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.message import Attachment
    from pmkit.mail.standing import Entry
    from pmkit.reports.recipients import Recipient

_PARTS: Final = ("crew", "cast", "lists", "schedule", "breakdown", "vendors")
_ROOMS: Final = {"calendar": "month", "po print": "po", "po list": "po_log", "request status": "request_status"}
PAPERS: Final = {"po": ("print", "list"), "request": ("status",)}
"""Acts, and which of their words print a document."""
_REPLAYED: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9:._ -]*|--(?:period|unit|episode|date|cents|by|department|contacts|account)(?:=[\w:.-]+)?"
)
"""The words of a document that another clone may ask for: none that names a file."""
_LARGEST: Final = 20 * 1024 * 1024


class Printed(NamedTuple):
    """A document as it goes into a mail: its words, its printed title, its text, its page and what is attached."""

    words: str
    stem: str
    title: str
    text: str
    page: str
    attachments: tuple[Attachment, ...]


def send(words: Sequence[str], asked: Asked) -> int:
    """A document to everybody asked for. Returns the exit code."""
    from pmkit.commands import sending

    if any(word.partition("=")[0] in ("--format", "--json") for word in words):
        raise click.UsageError("a mail has the document as PDF, or with --as html as the page; leave out --format")
    folder = options.read(_PARTS)
    if asked.yes and not all(map(_REPLAYED.fullmatch, words)) and not sending.sends_here(folder):
        raise Stop(f"this clone does not send, and {' '.join(words)} cannot be asked for from another", "send it there")
    today, moment = send_mails.when(folder, asked)
    own = _whose_own(folder, words)
    to = asked.to or own if _word(words) == "po print" else asked.to  # an order goes to its own vendor
    people, whole = send_mails.to_whom(folder, to, today, _sees(words), _word(words), asked.quiet, own)
    printed = _printed(words, asked.form, asked.date)
    mails = _mails(folder, printed, send_mails.once(people), moment, asked.subject, asked.note)
    again = f"pmkit send {' '.join(words)} {' '.join(f'--to {word}' for word in to)} --yes"
    return send_mails.go(folder, mails, asked, f"send {_word(words)}", whole, again)


def is_document(words: Sequence[str]) -> bool:
    """Whether the words begin as one of the documents that can be sent does."""
    from pmkit.commands.words import HEADINGS

    return words[0] in HEADINGS["documents"] or (len(words) > 1 and words[1] in PAPERS.get(words[0], ()))


def send_file(path: Path, asked: Asked) -> int:
    """A file to everybody asked for, as it is. Returns the exit code."""
    from pmkit.commands import sending
    from pmkit.mail.message import Attachment

    folder = options.read(_PARTS)
    if asked.yes and not sending.sends_here(folder):
        raise Stop("this clone does not send, and a file cannot be asked for from another", "send it from there")
    today, moment = send_mails.when(folder, asked)
    people, whole = send_mails.to_whom(folder, asked.to, today, _file_sees(folder, path), path.name, asked.quiet)
    if not path.stat().st_size:
        raise Stop(f"{path.name} is empty; nothing was sent", "is it the right file?")
    if path.stat().st_size > _LARGEST:
        raise Stop(f"{path.name} is larger than 20 MB, which mail servers refuse", "share it in another way")
    kind = mimetypes.guess_type(path.name, strict=False)[0] or "application/octet-stream"
    attachment = Attachment(options.file_name(path.name), kind, path.read_bytes())
    text = asked.note or f"{path.name} is attached."
    printed = Printed(path.name, path.name, path.stem, text, "", (attachment,))
    mails = _mails(folder, printed, send_mails.once(people), moment, asked.subject, "", kind="file")
    again = f'pmkit send "{path}" {" ".join(f"--to {word}" for word in asked.to)} --yes'
    return send_mails.go(folder, mails, asked, f"send {path.name}", whole, again)


def again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> tuple[list[Mail], list[Problem]]:
    """The documents that another clone asked for, as the folder has them now. What it may not have is left out."""
    from pmkit.reports import recipients

    words = tuple(entries[0].about.get("what", "").split())
    if not words or not is_document(words) or not all(map(_REPLAYED.fullmatch, words)):
        return [], []
    try:
        own = _whose_own(folder, words)
    except Stop as stop:  # it keeps no other mail waiting
        options.say(f"{' '.join(words)}: {stop.message}")
        return [], []
    when = dt.datetime.now(folder.production.settings.zone)
    found = []
    for entry in entries:
        one = recipients.again(folder.production, entry.about.get("who", ""), today)
        if one is not None and (_sees(words) <= one.sees or one.id in own):
            printed = _printed(words, "", None)
            mail = _mail(folder, printed, one, send_mails.revision_of(entry), when, "", "", "report")
            found += [mail] if not isinstance(mail, Fault) else []
    return found, []


def _mails(
    folder: Folder, printed: Printed, people: Sequence[Recipient], moment: dt.datetime, subject: str, note: str,
    kind: str = "report",
) -> list[Mail]:  # fmt: skip
    def writes(one: Recipient, revision: int) -> Mail | Fault:
        return _mail(folder, printed, one, revision, moment, subject, note, kind)

    return send_mails.written(folder, people, writes, kind, printed.words)


def _mail(
    folder: Folder,
    printed: Printed,
    one: Recipient,
    revision: int,
    moment: dt.datetime,
    subject: str,
    note: str,
    kind: str,
) -> Mail | Fault:
    writer = made.writer(folder)
    title = printed.title.removeprefix(f"{folder.production.settings.title} – ")  # the code before it says which
    title += f" (revised, {revision})" if revision > 1 else ""
    return made.written(
        writer, kind, printed.words, one.id, revision,
        name=one.name, to=one.to, email=one.email,
        subject=subject or f"{writer.code}: {title}",
        text=f"{note}\n\n{printed.text}" if note else printed.text,
        html=printed.page and _noted(printed.page, note),
        date=moment,
        about=printed.stem,
        attachments=printed.attachments,
        headers=(("Auto-Submitted", "auto-generated"),),
    )  # fmt: skip


def _noted(page: str, note: str) -> str:
    """The page with a person's own word at its head."""
    if not note:
        return page
    words = '<p style="margin:1em">' + markup.escape(note).replace("\n", "<br>") + "</p>"
    return re.sub(r"(<body[^>]*>)", lambda found: found[1] + words, page, count=1)


def _sees(words: Sequence[str]) -> frozenset[str]:
    """The privacy classes a document shows; a document that does not say so is taken to show all of them."""
    try:
        report = import_module(f"pmkit.reports.{_ROOMS.get(_word(words), words[0])}")
        sees: frozenset[str] = report.SEES_CONTACTS if "--contacts" in words else report.SEES
    except (ImportError, AttributeError):
        return frozenset({"contact", "money", "identity", "health", "minor"})
    return sees


def _word(words: Sequence[str]) -> str:
    """The document's own words: `costs`, `po print`."""
    return " ".join(words[: 2 if words[0] in PAPERS else 1])


def _command(words: Sequence[str]) -> tuple[click.Command, list[str]]:
    """The document's own command, and what is typed behind it."""
    command = import_module(f"pmkit.commands.{words[0]}").command
    if words[0] in PAPERS:
        return command.commands[words[1]], [*words[2:]]
    return command, [*words[1:]]


def _whose_own(folder: Folder, words: Sequence[str]) -> tuple[str, ...]:
    """Whose own paper a document is, who may have it for that: the vendor of an order, the person of a deal memo.

    Whom or what it is of is read as its own command reads it. Raises `Stop` for an order that no vendor is sent.
    """
    if _word(words) not in ("dealmemo", "po print"):
        return ()
    command, typed = _command(words)
    given = command.make_context(_word(words), typed, resilient_parsing=True).params
    if words[0] == "dealmemo":
        from pmkit.rollup.answers import root_of
        from pmkit.rollup.person import find_person

        found = find_person(folder.production, given.get("person") or "")
        return (root_of(folder.production, found.id),) if not isinstance(found, Fault) else ()
    from pmkit.commands import po_desk

    numbers: tuple[str, ...] = given.get("numbers") or ()
    if len(numbers) != 1:
        raise Stop("one order goes to its vendor at a time", "pmkit send po print LOC-014", exit_code=2)
    order = po_desk.Desk(None, False).order(numbers[0])
    if order.state == "draft":
        raise Stop(f"{order.number} is a draft, and no vendor works on a draft", f"pmkit po approve {order.number}")
    return (order.vendor,)


def _file_sees(folder: Folder, path: Path) -> frozenset[str]:
    """The privacy classes a file may show: what lies in private/ is kept from whoever may not see money and contacts."""
    private = path.resolve().is_relative_to((folder.root / "private").resolve())
    return frozenset({"contact", "money"}) if private else frozenset()


def _printed(words: Sequence[str], form: str, date: str | None) -> Printed:
    """What the document's own command prints, in the forms a mail wants."""
    from pmkit.mail.message import Attachment

    said, told, name = " ".join(words), set[str](), f"pmkit {_word(words)}"
    command, typed = _command(words)
    taken = next((p.type.choices for p in command.params if p.name == "form" and isinstance(p.type, click.Choice)), ())
    dated = [f"--date={date}"] if date and any(p.name == "date" for p in command.params) else []
    rest = [*typed, *(dated if not any(word.startswith("--date") for word in words) else [])]
    text = _made(command, name, [*rest, "--format", "text"], told)
    page = _made(command, name, [*rest, "--format", "html"], told).data.decode() if "html" in taken else ""
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    attached: tuple[Attachment, ...] = ()
    pdf = _made(command, name, [*rest, "--format", "pdf"], told) if form != "html" and "pdf" in taken else None
    if pdf is not None:
        attached = (Attachment(pdf.name, "application/pdf", pdf.data),)
    stem = (pdf or text).name.rpartition(".")[0]
    named = " ".join(markup.unescape(title[1]).split()) if title else stem.replace("_", " ")
    return Printed(said, stem, named, text.data.decode(), page, attached)


def _made(command: click.Command, name: str, words: list[str], said: set[str]) -> options.Document:
    """One form of a document, caught instead of written. Raises `Stop` when the folder has errors."""
    caught: list[options.Document] = []
    above = click.get_current_context()
    told = {**(above.find_object(dict) or {}), "caught": caught, "told": said}
    with command.make_context(name, words, obj=told) as ctx:
        try:
            code = command.invoke(ctx)
        except click.exceptions.Exit as ended:
            code = ended.exit_code
    send_mails.sound(code if isinstance(code, int) else 0)
    if not caught:
        raise Stop(f"{command.name} prints nothing that could be sent")
    return caught[-1]

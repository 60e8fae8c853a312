"""The links that answer a request's mail with a tap, and the secret they are signed with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pmkit.commands.mails import Writer
    from pmkit.files.folder import Folder
    from pmkit.reports.request import Letter

_WORDS = ("yes", "no", "maybe")


def linked(letter: Letter, writes: Writer, secret: bytes | None) -> Letter:
    """The letter with its links, where it asks for a yes or no and there is a secret to sign them with."""
    if secret is None or not letter.answered:
        return letter
    from pmkit.mail import token
    from pmkit.reports.request import Link
    from pmkit.reports.request_form import form, short

    asked = token.Asked(letter.name, letter.person, letter.revision, letter.email)
    mark = token.tagged(token.made(secret, writes.code, asked))
    to, about = (writes.reply_to or writes.sender).email, letter.subject.removeprefix("Re: ")
    links = [Link(word, token.link(to, f"{word.upper()} {mark} {about}", short(letter, word))) for word in _WORDS]
    links.append(Link("some", token.link(to, f"SOME {mark} {about}", form(letter))))
    return replace(letter, links=tuple(links))


def secret_of(folder: Folder) -> bytes | None:
    """The secret of the answer links: only on the clone that sends, and only where the user names a file with it."""
    from pmkit.files import configuration
    from pmkit.mail import token

    settings = folder.production.settings
    if settings.mail is None or elsewhere(folder):
        return None
    config = Path(click.get_app_dir("pmkit")) / "config.yaml"
    account = configuration.account(config, settings.code or settings.title, folder.root)
    found = configuration.secret(config, account)
    return None if found is None else token.checked(found)


def elsewhere(folder: Folder) -> bool:
    """Whether another clone than this one sends the production's mail."""
    from pmkit.files import clone

    mail, card = folder.production.settings.mail, clone.read(folder.root)
    return mail is not None and bool(mail.sender) and (card is None or card.name != mail.sender)

"""Marking a deal memo signed: `signed:` in private/deals.yaml, and nothing else of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmkit.commands import options
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder


def sign(folder: Folder, keys: Iterable[str], day: dt.date, dry_run: bool = False) -> None:
    """Writes the day into the deals under these keys. Raises `Stop` when there is none, or not one of them."""
    from pmkit.files import edit

    deals = [folder.production.deals.get(key) for key in dict.fromkeys(keys)]
    drafts: dict[str, edit.Draft] = {}
    told = []
    for deal in deals:
        if deal is None or deal.node is None:
            raise Stop("there is no such deal; nothing was written", "add it to private/deals.yaml")
        if deal.signed == day:
            options.show([f"The memo of {deal.key} is signed {day.isoformat()} already."])
            continue
        file = deal.node.file
        own = file.rpartition("/")[2] == f"{deal.key}.yaml" and "/deals/" in f"/{file}"
        if file not in drafts:
            drafts[file] = edit.open_file(folder.root, file)
        draft = drafts[file]
        path = ("signed",) if own and not draft.has(deal.key, "rate") else (deal.key, "signed")
        draft.set(path, day.isoformat())
        told.append(f"{file}: {deal.key} signed {day.isoformat()}")
    if not deals:
        raise Stop("there is no deal to sign; nothing was written", "add it to private/deals.yaml")
    if dry_run and drafts:
        options.say("Nothing is written: --dry-run")
    elif drafts:
        edit.write(folder.root, [*drafts.values()])
        options.show(told)

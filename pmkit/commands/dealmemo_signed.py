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
    """Writes the day into the deal under the first of these keys that has one. Raises `Stop`."""
    from pmkit.files import edit

    keys = [*dict.fromkeys(keys)]
    deal = next((folder.production.deals[key] for key in keys if key in folder.production.deals), None)
    if deal is None or deal.node is None:
        raise Stop(f"there is no deal of {keys[0]}; nothing was written", "add it to private/deals.yaml")
    if deal.signed == day:
        options.show([f"The memo of {deal.key} is signed {day.isoformat()} already."])
        return
    file = deal.node.file
    own = file.rpartition("/")[2] == f"{deal.key}.yaml" and "/deals/" in f"/{file}"
    draft = edit.open_file(folder.root, file)
    path = ("signed",) if own and not draft.has(deal.key, "rate") else (deal.key, "signed")
    draft.set(path, day.isoformat())
    if dry_run:
        options.say("Nothing is written: --dry-run")
        return
    edit.write(folder.root, [draft])
    options.show([f"{file}: {deal.key} signed {day.isoformat()}"])

"""What somebody was last asked, as the mails tell that went: a request's file may say something else by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.production import Production
    from pmkit.model.request import Request

_GONE = frozenset({"cancelled", "expired"})


def by_person(folder: Folder) -> dict[str, list[Entry]]:
    """The messages of the log that count, by whom they are about: in a rehearsal every one, else what is none's."""
    from pmkit.mail import standing

    mail = folder.production.settings.mail
    rehearsal = bool(mail is not None and mail.redirect_all)
    found: dict[str, list[Entry]] = {}
    for entry in standing.read(folder.root).entries.values():
        if rehearsal or not entry.about.get("rehearsal"):
            found.setdefault(entry.about.get("who", "").removesuffix("-copy"), []).append(entry)
    return found


def last_asked(production: Production, request: Request, person: str, entries: Iterable[Entry]) -> Request | None:
    """A request as it last asked this person, by mail, or else on the phone.

    None where nobody can tell: it never did, or it is a release from the start.
    """
    from pmkit.model.dates import in_a_row

    entries = list(entries)
    said = _said(production, request, person, entries)
    revisions = [revision for revision, entry in _asking(request, person, entries) if entry.status not in _GONE]
    revisions += [one.revision for one in said]
    if not revisions:
        return None
    found = as_asked(request, person, entries, max(revisions))
    if found.dates:
        return found
    days = [day for one in said if one.revision == found.revision for day in one.dates]
    return found.but(dates=in_a_row(days))


def as_asked(request: Request, person: str, entries: Iterable[Entry], revision: int) -> Request:
    """A request as it asked this person up to a revision, with the dates of the mail that was written then.

    Without such a mail it is as the file says, or where that is of a later revision or a release by now, of no dates.
    """
    from pmkit.model.dates import DateRange, parse_range

    mails = [(r, entry) for r, entry in _asking(request, person, entries) if r <= revision]
    now = request.kind != "release" and request.revision <= revision
    if now:
        mails = [(r, entry) for r, entry in mails if r == request.revision and entry.kind == request.kind]
    if not mails:
        return request if now else request.but(kind="hold", dates=(), revision=revision)
    found, mail = max(mails, key=lambda pair: (pair[0], pair[1].status not in _GONE, pair[1].order))
    spans = [parse_range(word) for word in mail.about.get("dates", "").split()]
    dates = tuple(span for span in spans if isinstance(span, DateRange)) or request.dates
    return request.but(kind=mail.kind, dates=dates, revision=found)


def invited(entries: Iterable[Entry]) -> frozenset[str]:
    """The requests that stand in somebody's calendar, or will as soon as what waits for them has gone."""
    from pmkit.mail.standing import NOTICES
    from pmkit.model.request import INVITED

    kinds = {*INVITED, *NOTICES}
    return frozenset(one.about.get("what", "") for one in entries if one.kind in kinds and one.status not in _GONE)


def copies(entries: Iterable[Entry], yes: bool = True) -> list[Entry]:
    """Of somebody's messages the copies that an artist got of the agent's; or the others."""
    return [one for one in entries if one.about.get("who", "").endswith("-copy") == yes]


def in_calendar(name: str, entries: Iterable[Entry], number: int) -> bool:
    """Whether somebody's calendar was told of a request before their `number`th booking or release.

    A hold that still waits is taken back by then.
    """
    from pmkit.mail.standing import NOTICES, REACHED
    from pmkit.model.request import INVITED

    mine = [one for one in entries if one.about.get("what") == name]
    asked = any(one.kind in INVITED and one.status in REACHED for one in mine)
    told = (one for one in mine if one.kind in NOTICES and one.status not in _GONE)
    return asked or any(_revision(one) < number for one in told)


def told_by(entries: Iterable[Entry]) -> frozenset[str]:
    """The releases, each with its revision, whose mail has gone."""
    from pmkit.mail.standing import REACHED

    went = (one.about for one in entries if one.kind == "release" and one.status in REACHED)
    return frozenset(f"{about.get('what', '')}/{about.get('revision', '')}" for about in went)


def _asking(request: Request, person: str, entries: Iterable[Entry]) -> Iterator[tuple[int, Entry]]:
    from pmkit.model.request import ANSWERED

    for entry in entries:
        who = entry.about.get("who", "").removesuffix("-copy")
        if entry.kind in ANSWERED and (entry.about.get("what"), who) == (request.name, person):
            yield _revision(entry), entry


def _said(production: Production, request: Request, person: str, entries: Iterable[Entry]) -> list[Answer]:
    """What was said and done about it; of a release only what is older than its mail, which is answered by nobody."""
    mine = [one for one in production.answers_of.get((request.name, person), ()) if not one.proposed]
    if request.kind != "release" or any(one.ending == request.name for one in mine):
        return mine
    mails = [one for one in entries if one.kind == "release" and one.about.get("what") == request.name]
    first = min((_revision(one) for one in mails), default=None)
    return [one for one in mine if first is None or one.revision < first]


def _revision(entry: Entry) -> int:
    told = entry.about.get("revision", "")
    return int(told) if told.isdigit() else 1

"""What the commands of a request share: the folder's sections, the moment that counts as now, the mail's state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.production import Production, Settings
    from pmkit.model.request import Request
    from pmkit.reports.asked import Person
    from pmkit.reports.request_due import Delivery
    from pmkit.rollup.answers import Standing

SECTIONS = ("crew", "cast", "locations", "breakdown", "schedule", "requests", "answers", "deals", "vendors")


def now_of(settings: Settings, date: str | None) -> dt.datetime:
    """The wall clock of the production's zone: now, or what `--date` says; a date alone is its first minute."""
    if date is None:
        return dt.datetime.now(settings.zone).replace(tzinfo=None, microsecond=0)
    from pmkit.model import dates

    parsed = dates.parse_moment(date) if " " in date.strip() else dates.parse(date)
    if isinstance(parsed, Fault):
        raise click.BadParameter(f"{parsed.message}; {parsed.hint}", param_hint="--date")
    return parsed if isinstance(parsed, dt.datetime) else dt.datetime.combine(parsed, dt.time())


def instant_of(settings: Settings, now: dt.datetime) -> dt.datetime:
    """A wall clock as the moment it is, in UTC."""
    return now.replace(tzinfo=settings.zone, microsecond=0).astimezone(dt.UTC)


def next_moment(
    production: Production, request: str, person: str, at: dt.datetime, booking: bool = False
) -> dt.datetime:
    """A moment for what is written down now: a second after what is known of that very second, which has no order.

    A booking or release comes after every one before it: what was decided last counts last, by whichever clock.
    """
    from pmkit.rollup import bookings

    mine, second = production.answers_of.get((request, person), ()), dt.timedelta(seconds=1)
    if booking:
        at = max([at, *(one.at + second for one in bookings.of(production, request, person))])
    known = {one.at for one in mine}
    while at in known:
        at += second
    return at


def request_of(folder: Folder, name: str) -> Request:
    """The request a word names. Raises `Stop` with what is wrong with its file, or with what there is."""
    from pmkit.commands import options
    from pmkit.model.record import meant

    word, production = name.removesuffix(".yaml").rpartition("/")[2], folder.production
    request = production.requests.get(word)
    if request is None:
        options.unbroken(folder, f"requests/{word}")
        known = list(production.requests)
        have = f"there is {', '.join(known)}" if known else "write it with: pmkit request new NAME"
        raise Stop(f"there is no request {word[:60]}", meant(word, known, have), exit_code=2)
    return request


def person_of(production: Production, request: Request, word: str, now: dt.datetime) -> tuple[Person, Standing]:
    """Whom of a request a word means: an id, a cast number, a name or a part of one."""
    from pmkit.model.record import meant
    from pmkit.reports.request_status import people

    everybody = people(production, request, now)
    typed = " ".join(word.casefold().split())
    member = production.cast.get(word.strip()) or production.cast.get(word.strip().upper())
    for exact in (True, False):
        found = [
            (who, how)
            for who, how in everybody
            if typed in (who.id, *who.deals, who.name.casefold())
            or (member is not None and member.id == who.id)
            or (not exact and any(_within(typed, name) for name in (who.name, who.to)))
        ]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            several = ", ".join(f"{who.id} ({who.name})" for who, _ in found)
            raise Stop(f"{word[:40]} may be {several}", "say the id", exit_code=2)
    names = {who.id: who.name for who, _ in everybody}
    asked = ", ".join(names) or "nobody"
    if production.knows_person(word.strip()):
        hint = f"it asks {asked}; add them under ask: in requests/{request.name}.yaml"
        raise Stop(f"{request.name} does not ask {production.name_of(word.strip())}", hint, exit_code=2)
    raise Stop(f"{request.name} asks nobody called {word[:40]}", meant(typed, names, f"it asks {asked}"), exit_code=2)


def _within(typed: str, name: str) -> bool:
    """Whether a word is part of a name, with or without its accents: beart, of Zoë Béart."""
    from pmkit.model import letters

    bare = letters.plain(typed)
    return bool(typed) and (typed in name.casefold() or bool(bare and bare in letters.plain(name)))


def deliveries(folder: Folder, name: str) -> dict[str, Delivery]:
    """What became of the mails of a request's current revision, by person; copies are not told of."""
    from pmkit.mail import standing

    entries = standing.read(folder.root).entries.values()
    return _deliveries(folder, name, entries, _released(entries))


def all_deliveries(folder: Folder) -> dict[str, dict[str, Delivery]]:
    """What became of the mails of every request, from one reading of the logs."""
    from pmkit.mail import standing

    of: dict[str, list[Entry]] = {name: [] for name in folder.production.requests}
    every = standing.read(folder.root).entries.values()
    for entry in every:
        of.get(entry.about.get("what", ""), []).append(entry)
    released = _released(every)
    return {name: _deliveries(folder, name, entries, released) for name, entries in of.items()}


def _released(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """The releases that people are told of by a release request's own mail: by its name and the person, the revision.

    It tells of what its earlier revisions ended as well.
    """
    found: dict[tuple[str, str], int] = {}
    for one in entries:
        there = one.kind == "release" and one.status not in ("cancelled", "expired", "failed")
        if there and not one.about.get("rehearsal") and one.about.get("revision", "").isdigit():
            key = one.about.get("what", ""), one.about.get("who", "")
            found[key] = max(found.get(key, 0), int(one.about["revision"]))
    return found


def _deliveries(
    folder: Folder, name: str, entries: Iterable[Entry], released: Mapping[tuple[str, str], int]
) -> dict[str, Delivery]:
    from pmkit.commands.mails import word_of
    from pmkit.mail.standing import NOTICES
    from pmkit.reports.request_due import MOVED, Delivery

    request = folder.production.requests[name]
    zone = folder.production.settings.zone
    found: dict[str, Delivery] = {}
    for entry in entries:
        who, about = entry.about.get("who", ""), entry.about
        if about.get("what") != name or about.get("rehearsal") or not who:
            continue
        there = found.get(who, Delivery())
        gone = entry.status not in ("cancelled", "expired", "failed")
        if entry.kind in NOTICES:
            told = _act_told(folder.production, name, who, about.get("revision", ""))
            found[who] = there if not (gone and told) else _with_told(there, told)
        elif about.get("revision") != str(request.revision):
            continue
        elif entry.kind == "reminder":
            # One that was taken back, or replaced by the next before it went, has had its turn.
            had = gone or entry.status == "cancelled"
            found[who] = Delivery(there.state, there.at, there.reminders + had, there.told)
        elif entry.kind == request.kind and entry.status != "cancelled":
            at = entry.last.astimezone(zone).replace(tzinfo=None, microsecond=0)
            moved = entry.status != "wanted" and about.get("dates", "") not in ("", request.dates_in_short())
            found[who] = Delivery(MOVED if moved else word_of(entry), at, there.reminders, there.told)
    for (asked, who), acts in folder.production.answers_of.items() if released else ():
        told = [act.name for act in acts if released.get((act.ending, who), 0) >= act.ending_revision > 0]
        if told and asked == name:
            found[who] = _with_told(found.get(who, Delivery()), told)
    return found


def _with_told(there: Delivery, told: Iterable[str]) -> Delivery:
    from pmkit.reports.request_due import Delivery

    return Delivery(there.state, there.at, there.reminders, (*there.told, *told))


def _act_told(production: Production, name: str, who: str, number: str) -> list[str]:
    from pmkit.rollup import bookings

    return acts_told(bookings.of(production, name, who), int(number) if number.isdigit() else 0)


def acts_told(acts: Sequence[Answer], number: int) -> list[str]:
    """The bookings, or else the releases, a notice tells of: it is numbered by how many acts there had been.

    One that goes along with a release request's mail tells of its own act alone.
    """
    last = acts[:number][-1:]
    if last and last[0].ended_by:
        return [last[0].name]
    return [act.name for act in acts[:number] if act.act == last[0].act]


def told_together(acts: Sequence[Answer], number: int, have: Collection[str], upto: int | None = None) -> Answer:
    """The `number`th booking or release with the dates of those before it that they `have` not heard of.

    A date that was decided otherwise since is not told of: by the acts up to this one, or `upto` a later one.
    """
    from pmkit.model.dates import DateRange

    last = acts[number - 1]
    new = [one for one in acts[:number] if one.act == last.act and (one is last or one.name not in have)]
    decided = {day: one.act for one in acts[: upto or number] for day in one.booked()}
    days = sorted({day for one in new for day in one.booked() if decided[day] == last.act})
    return last.but(days=tuple(DateRange(day, day) for day in days))


def overtaken(folder: Folder, name: str, whose: Collection[tuple[str, str]]) -> None:
    """Takes back notices that still wait in the outbox, where all they tell was decided otherwise since.

    They would come after the one that says so. Of others it is said that they are on their way. `whose` are
    requests with the person that something was decided about; `name` is what is being sent.
    """
    from pmkit import lock
    from pmkit.files import clone
    from pmkit.mail.outbox import Outbox
    from pmkit.reports.date_words import in_words

    with lock.mail_lock(folder.root, f"notices of {name}"):
        me = clone.ensure(folder.root)
        outbox = Outbox(folder.root, me.actor)
        gone = []
        for entry in outbox.standing().entries.values():
            for told, since in _since(folder.production, entry, whose):
                if entry.kind != "release" and set(told.booked()) <= since:
                    gone.append(entry)
                elif since & set(told.booked()):
                    days = in_words(sorted(since & set(told.booked())))
                    take_back = f"pmkit outbox cancel {entry.key[:8]}"
                    click.echo(f"A mail that says {told.act}, {days}, still waits: {take_back}", err=True)
        outbox.decide(gone, "cancelled", dt.datetime.now(dt.UTC), me.name, "it was decided otherwise before it went")


def _since(
    production: Production, entry: Entry, whose: Collection[tuple[str, str]]
) -> Iterator[tuple[Answer, set[dt.date]]]:
    """The bookings and releases that a mail tells of which still waits, and the dates decided otherwise since."""
    from pmkit.mail.standing import NOTICES
    from pmkit.rollup import bookings

    about, number = entry.about, entry.about.get("revision", "")
    what, who = about.get("what", ""), about.get("who", "").removesuffix("-copy")
    if entry.status not in ("wanted", "queued", "deferred") or about.get("rehearsal") or not number.isdigit():
        return
    for name, person in whose if entry.kind == "release" or entry.kind in NOTICES else ():
        acts = bookings.of(production, name, person) if person == who else ()
        for at, told in enumerate(acts, 1):
            by_number = entry.kind in NOTICES and (name, at) == (what, int(number))
            if by_number or (entry.kind == "release" and told.ended_by == f"{what}/{number}"):
                yield told, {day for one in acts[at:] if one.act != told.act for day in one.booked()}

"""A call sheet by mail: to each person their own call first, the whole sheet and the calendar along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from pmkit.commands import callsheet as sheets, mails as made, options, send_mails, sending
from pmkit.commands.send_mails import Asked
from pmkit.problems import Fault, Problem

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.exchange.ics import Exported
    from pmkit.files.folder import Folder
    from pmkit.mail.message import Attachment
    from pmkit.mail.standing import Entry
    from pmkit.reports.callsheet_facts import DayFacts
    from pmkit.reports.diary import Diaries
    from pmkit.reports.recipients import Recipient
    from pmkit.rollup.board import NumberedDay

PARTS: Final = frozenset({*sheets.PARTS, "lists", "calendar", "travel"})


def send(words: Sequence[str], asked: Asked) -> int:
    """The call sheet of a day to everybody asked for. Returns the exit code."""
    if len(words) == 2 and not words[1].startswith("-"):
        raise click.UsageError(f"everybody is sent their own call: pmkit send callsheet {words[0]} --to {words[1]}")
    if len(words) != 1 or words[0].startswith("-"):
        raise click.UsageError("name the day: pmkit send callsheet tomorrow --to call-sheet")
    from pmkit.rollup import board

    folder = options.read(PARTS)
    send_mails.sound(options.report_errors(folder))
    today, moment = send_mails.when(folder, asked)
    day = options.held(board.find_day(folder.production, words[0], today))
    to = asked.to or ()
    people, whole = send_mails.to_whom(folder, to, today, _sees(), "the call sheet", asked.quiet)
    post = _Sheets(folder, day, moment, asked)
    what = f"{day.date.isoformat()}-{day.unit}"
    mails = send_mails.written(folder, people, post.mail, "callsheet", what)
    if asked.yes and sending.sends_here(folder):  # else the clone that sends remembers what it says
        post.remember()
    again = f"pmkit send callsheet {words[0]} {' '.join(f'--to {word}' for word in to)} --yes"
    return send_mails.go(folder, mails, asked, f"send callsheet {what}", whole, again)


def again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> tuple[list[Mail], list[Problem]]:
    """The call sheets that another clone asked for, as the folder has them now."""
    from pmkit.reports import recipients
    from pmkit.rollup import board

    date, _, unit = entries[0].about.get("what", "").rpartition("-")
    if date.count("-") != 2:  # a unit's own hyphens
        date, unit = entries[0].about.get("what", "")[:10], entries[0].about.get("what", "")[11:]
    settings = folder.production.settings
    day = board.find_day(folder.production, date, today, unit)
    if isinstance(day, Fault):
        return [], []
    post = _Sheets(folder, day, dt.datetime.now(settings.zone), Asked((), "", "", "", True, True, None, None))
    found = []
    for entry in entries:
        one = recipients.again(folder.production, entry.about.get("who", ""), today)
        mail = post.mail(one, send_mails.revision_of(entry)) if one is not None else None
        found += [mail] if mail is not None and not isinstance(mail, Fault) else []
    post.remember()
    return found, []


def _sees() -> frozenset[str]:
    from pmkit.reports.callsheet import SEES

    return SEES


class _Page(NamedTuple):
    """A report as text and as a page."""

    text: str
    html: str


class _Sheets:
    """The mails of one day's call sheet: what is the same for all is made once."""

    def __init__(self, folder: Folder, day: NumberedDay, moment: dt.datetime, asked: Asked) -> None:
        from pmkit.reports.callsheet import callsheet, lacking
        from pmkit.reports.callsheet_facts import gathered

        self.folder = folder
        self.day = day
        self.moment = moment
        self.asked = asked
        self.writer = made.writer(folder)
        self.facts: DayFacts = gathered(folder.production, day)
        self.sheet = callsheet(folder.production, day, self.facts)
        for line in lacking(self.sheet, self.facts) if not asked.quiet else ():
            options.say(f"the sheet still lacks: {line}")
        self._whole: tuple[_Page, Attachment | None] | None = None
        self._diaries: Diaries | None = None
        self._news: dict[str, Exported] = {}
        settings = folder.production.settings
        self.formats = options.formats(settings)
        end = dt.datetime.combine(day.date, dt.time(23, 59, 59), settings.zone)
        # a day that is past was named by a person, and is no limit
        self.not_after = end if end > moment else None

    def mail(self, one: Recipient, revision: int) -> Mail | Fault:
        """One person's mail: their own call if they have one that day, else the sheet."""
        from pmkit.reports.callsheet_person import PersonalCall, personal

        card = personal(self.folder.production, self.day, one.id, self.facts, self.sheet)
        own = card if isinstance(card, PersonalCall) else None
        whole, pdf = self._sheet()
        page = self._page("callsheet_person", own) if own is not None else whole
        note = self.asked.note
        calendar = self._calendar(one) if own is not None else None
        return made.written(
            self.writer, "callsheet", f"{self.day.date.isoformat()}-{self.day.unit}", one.id, revision,
            name=one.name, to=one.to, email=one.email,
            subject=self.asked.subject or self._subject(own, revision, one),
            text=f"{note}\n\n{page.text}" if note else page.text,
            html=page.html,
            date=self.moment,
            not_after=self.not_after,
            about=f"{self.day.date.isoformat()}-{self.day.unit}/{one.id}",
            attachments=tuple(part for part in (pdf, calendar) if part is not None),
            headers=(("Auto-Submitted", "auto-generated"),),
        )  # fmt: skip

    def remember(self) -> None:
        """Keep what the calendars said, before any of them goes."""
        from pmkit import disk, lock
        from pmkit.files import sent_calendars

        if not self._news:
            return
        with lock.folder_lock(self.folder.root, "sending calendars"):
            files = []
            for key, exported in self._news.items():
                sent, before = sent_calendars.read(self.folder.root, key)
                remembered = sent_calendars.written(dict(sorted({**sent, **exported.sent}.items(), key=_by_date)))
                if remembered != before:
                    files.append(disk.File(self.folder.root / sent_calendars.FOLDER / f"{key}.yaml", remembered))
            disk.write_all(files, root=self.folder.root)

    def _subject(self, own: Any, revision: int, one: Recipient) -> str:
        """The own call leads: it is all that a locked phone shows; an agent of several is told whose it is."""
        from pmkit.render import filters

        day, unit = self.day, self.folder.production.settings.units.get(self.day.unit, self.day.unit)
        revised = f", revised {revision}" if revision > 1 else ""
        several = f" {unit}" if day.unit != "main" else ""
        whose = f" of {one.name}" if one.to not in ("", one.name) else ""  # an address outside is nobody's agent
        sheet = f"{self.writer.code}{several} day {day.number}, {filters.short_day(day.date)}{revised}"
        if own is None or own.call in (None, "N/A", "n/a"):
            return f"Call sheet{whose}: {sheet}"
        told = filters.clock(own.call, self.formats)
        if whose:
            return f"{one.name} {'on call' if told == 'O/C' else f'{own.call_is.lower()} {told}'}: {sheet}"
        return f"On call: {sheet}" if told == "O/C" else f"{own.call_is} {told}: {sheet}"

    def _sheet(self) -> tuple[_Page, Attachment | None]:
        if self._whole is None:
            from pmkit.mail.message import Attachment

            pdf = None
            if self.asked.form != "html":
                data = sheets.written(self.folder, self.facts, "", self.sheet, "pdf", None)
                pdf = Attachment(f"{sheets.file_name(self.folder.production, self.day)}.pdf", "application/pdf", data)
            self._whole = self._page("callsheet", self.sheet), pdf
        return self._whole

    def _page(self, name: str, report: object) -> _Page:
        person = name if name == "callsheet_person" else ""
        told = [
            sheets.written(self.folder, self.facts, person, report, form, None).decode() for form in ("text", "html")
        ]
        return _Page(*told)

    def _calendar(self, one: Recipient) -> Attachment | None:
        """That day of the person's calendar, after what was sent of it before."""
        from pmkit.exchange import ics
        from pmkit.files import sent_calendars
        from pmkit.mail.message import Attachment
        from pmkit.render import filters
        from pmkit.reports.diary import Diaries, Diary
        from pmkit.reports.diary_whose import whose

        found = whose(self.folder.production, one.id)
        if isinstance(found, Fault):
            return None
        if self._diaries is None:
            self._diaries = Diaries(self.folder.production, lambda time: filters.clock(time, self.formats))
        diary = self._diaries.of(found[0])
        entries = tuple(entry for entry in diary.entries if entry.day == self.day.date)
        sent, _ = sent_calendars.read(self.folder.root, diary.key)
        before = {uid: event for uid, event in sent.items() if event.date == self.day.date}
        if not entries and not before:
            return None
        office = self.folder.production.settings.office
        exported = ics.write(
            Diary(diary.key, diary.name, diary.production, entries), before, office.email if office is not None else ""
        )
        self._news[diary.key] = exported
        return Attachment(f"{self.writer.code}_{self.day.date.isoformat()}.ics", "text/calendar", exported.data)


def _by_date(item: tuple[str, Any]) -> tuple[Any, str]:
    return item[1].date, item[0]

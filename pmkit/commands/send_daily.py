"""The daily report by mail, for cron: safe to run twice, late, and while somebody works.

Each recipient gets the report of a date once, whatever changed since it went.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pmkit.commands import mails as made, options, send_mails, sending
from pmkit.commands.send_mails import Asked
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.production import DailyReport
    from pmkit.reports.daily_report import DueLine
    from pmkit.reports.recipients import Recipient
    from pmkit.reports.request_due import Due
    from pmkit.rollup.costs import Costs

_STALE: Final = dt.timedelta(days=2)
_EXAMPLE: Final = "daily_report: {time: 21:00, to: producers, contains: [today, costs, tomorrow, requests]}"
_NAMED: Final = 4  # who something is due of, by name; forty names would be read by nobody
PARTLY: Final = made.PARTLY


def send(asked: Asked) -> int:
    """The daily report to whom production.yaml names, or to whom `--to` does. Returns the exit code."""
    folder = options.read()
    settings = folder.production.settings
    plan = settings.daily_report
    if plan is None or not plan.contains:
        raise Stop("production.yaml does not say what the daily report holds", f"add {_EXAMPLE}")
    send_mails.sound(options.report_errors(folder, _problems(folder)))
    day = _day(asked, dt.datetime.now(settings.zone), plan.time)
    code = _of_the_day(folder, day, plan, asked)
    return max(code, _of_days_before(folder, day)) if asked.yes else code


def _of_the_day(folder: Folder, day: dt.date, plan: DailyReport, asked: Asked) -> int:
    """The report of a day, to whoever has none of it yet. Returns the exit code."""
    _, moment = send_mails.when(folder, asked)
    to = asked.to or ((plan.to,) if plan.to else ())
    people, whole = send_mails.to_whom(folder, to, day, (), "the daily report", asked.quiet or asked.yes)
    letters = _Letters(folder, day, moment, asked)
    if not letters.news:
        if not asked.yes:
            options.say(f"nothing happened on {day}, nothing is next and nothing is due: no report goes out")
        return 0
    mails = letters.once(send_mails.once(people))
    if letters.lost:
        whole = False
        options.say(f"the report of {day} waits for {', '.join(letters.lost)}, and its file is not here any more:")
        options.say("pmkit outbox send --yes writes it anew and sends it")
    if not mails:
        return 0 if whole else PARTLY
    quiet = asked._replace(quiet=asked.quiet or asked.yes)  # cron mails whatever is printed
    again = "pmkit send daily --yes"
    return send_mails.go(folder, mails, quiet, "send daily", whole, again)


def _of_days_before(folder: Folder, day: dt.date) -> int:
    """The reports of days before that the server put off: no other line of the crontab sends them. Returns the exit code."""
    from pmkit import lock
    from pmkit.files import clone
    from pmkit.mail.outbox import Outbox

    if not sending.sends_here(folder):
        return 0
    with lock.mail_lock(folder.root, "send daily"):
        outbox = Outbox(folder.root, clone.ensure(folder.root).actor)
        late = [
            entry.key
            for entry in outbox.standing().entries.values()
            if entry.kind == "daily"
            and entry.about.get("what", "") < day.isoformat()
            and (entry.status in ("queued", "deferred") or (entry.status == "doubt" and _in_time(entry)))
        ]
        batch = sending.deliver(folder, outbox, late) if late else None
        after = outbox.standing().entries
    said = {result.key: result.words for result in batch.results} if batch is not None else {}
    left = [after[key] for key in late if after[key].status != "sent"]
    for entry in left:
        words = said.get(entry.key, entry.words)
        options.say(f"{entry.about['what']} to {entry.about.get('who', '')}: {made.word_of(entry)}: {words}")
    if batch is not None and batch.stopped is not None:
        raise batch.stopped
    return PARTLY if left else 0


def again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> tuple[list[Mail], list[Problem]]:
    """The daily reports that another clone asked for, as the folder has them now."""
    from pmkit.model import dates
    from pmkit.reports import recipients

    day = dates.parse(entries[0].about.get("what", ""))
    if not isinstance(day, dt.date) or folder.production.settings.daily_report is None:
        return [], []
    moment = dt.datetime.now(folder.production.settings.zone)
    letters = _Letters(folder, day, moment, Asked((), "", "", "", True, True, None, None))
    people = [recipients.again(folder.production, entry.about.get("who", ""), day) for entry in entries]
    return [
        mail for one in people if one is not None for mail in [letters.mail(one)] if not isinstance(mail, Fault)
    ], []


def _in_time(entry: Entry) -> bool:
    """Whether a report in doubt may still go; one whose time has passed was told every night before."""
    return entry.not_after is None or dt.datetime.now(dt.UTC) <= entry.not_after


def _day(asked: Asked, now: dt.datetime, time: int | None) -> dt.date:
    """The day the report is of: `--date`, else today; before the report's hour it is still yesterday's."""
    if asked.date is not None:
        from pmkit.model import dates

        found = dates.parse(asked.date)
        if isinstance(found, dt.date):
            return found
        raise Stop(f"--date: {found.message}", found.hint, exit_code=2)
    early = time is not None and now.hour * 60 + now.minute < time
    return now.date() - dt.timedelta(days=early)


def _problems(folder: Folder) -> list[Problem]:
    from pmkit import checks
    from pmkit.problems import in_order

    found = in_order([*folder.problems, *checks.run(folder.production)])
    return checks.waived(found, folder.production.settings.waivers)[0]


class _Page(NamedTuple):
    """The report as text and as a page."""

    text: str
    html: str


class _Letters:
    """The daily report of one day: one for who may see money, one for who may not."""

    def __init__(self, folder: Folder, day: dt.date, moment: dt.datetime, asked: Asked) -> None:
        from pmkit.reports import daily_report

        self.folder = folder
        self.day = day
        self.moment = moment
        self.asked = asked
        self.writer = made.writer(folder)
        problems = _problems(folder)
        seen_by_all = [one for one in problems if not one.place.file.startswith("private/")]
        costs = self._costs()
        plan = folder.production.settings.daily_report
        assert plan is not None
        self.reports = {
            money: daily_report.report(
                folder.production,
                day,
                costs=costs if money else None,
                due=_due(folder, self._at(), money) if "requests" in plan.contains else (),
                problems=problems if money else seen_by_all,
                memos=money,
            )
            for money in (True, False)
        }
        self.news = self.reports[True].news
        self.lost: list[str] = []
        self._pages: dict[bool, _Page] = {}

    def _at(self) -> dt.datetime:
        """The wall clock that what is due is told by: now, or the report's hour of a day named with --date."""
        settings = self.folder.production.settings
        if self.asked.date is None:
            return self.moment.astimezone(settings.zone).replace(tzinfo=None)
        time = settings.daily_report.time if settings.daily_report is not None else None
        return dt.datetime.combine(self.day, dt.time()) + dt.timedelta(minutes=time or 0)

    def once(self, people: Sequence[Recipient]) -> list[Mail]:
        """A mail for whoever has none of this day yet; what waits in the outbox stays as it was frozen."""
        from pmkit.mail.outbox import Outbox

        outbox = Outbox(self.folder.root, "")
        entries = outbox.standing().entries
        found = []
        for one in people:
            mail = self.mail(one)
            if isinstance(mail, Fault):
                raise Stop(f"{mail.message}; nothing was sent", mail.hint)
            entry = entries.get(mail.parcel.key)
            if entry is not None and entry.digest and entry.status not in ("cancelled", "wanted", "expired"):
                frozen = outbox.frozen(mail.parcel.key)
                if entry.status == "sent" or isinstance(frozen, Fault):
                    self.lost += [one.name] if entry.status in ("queued", "deferred", "doubt") else []
                    continue
                mail = mail._replace(parcel=mail.parcel._replace(sealed=frozen))
            found.append(mail)
        return found

    def mail(self, one: Recipient) -> Mail | Fault:
        """One recipient's report."""
        from pmkit.reports.daily_report import COSTS_SEE

        money = one.sees >= COSTS_SEE
        page = self._page(money)
        note = self.asked.note
        return made.written(
            self.writer, "daily", self.day.isoformat(), one.id, 1,
            name=one.name, to=one.to, email=one.email,
            subject=self.asked.subject or self._subject(money),
            text=f"{note}\n\n{page.text}" if note else page.text,
            html=page.html,
            date=self.moment,
            not_after=max(self.moment, dt.datetime.combine(self.day, dt.time(), self.moment.tzinfo)) + _STALE,
            headers=(("Auto-Submitted", "auto-generated"),),
        )  # fmt: skip

    def _subject(self, money: bool) -> str:
        from pmkit.render import filters

        report = self.reports[money]
        words = [f"{self.writer.code} {filters.short_day(self.day)}"]
        for shot in report.shot:
            done = (
                f"{filters.pages(shot.done)} of {filters.pages(shot.planned)} pages"
                if shot.reported
                else "no report yet"
            )
            words.append(f"day {shot.number}: {done}")
        if report.costs is not None and report.costs.standing:
            whole = options.formats(self.folder.production.settings, whole=True)
            words.append(f"{report.costs.standing} {filters.money(abs(report.costs.variance), whole)}")
        return ", ".join(words)

    def _page(self, money: bool) -> _Page:
        if money not in self._pages:
            from pmkit.render import columns, html, text

            formats = options.formats(self.folder.production.settings, whole=True)
            own, report = self.folder.root / "templates", self.reports[money]
            plain = text.page("daily_report.txt.j2", report, formats, own, **columns.named())
            self._pages[money] = _Page(columns.tidy(plain), html.page("daily_report.html.j2", report, formats, own))
        return self._pages[money]

    def _costs(self) -> Costs | None:
        from pmkit.rollup.costs import costs
        from pmkit.rollup.periods import Periods

        production = self.folder.production
        if not production.has_private or (production.budget is None and not production.ledger):
            return None
        period = Periods(production.periods).chosen("", production.ledger, self.day)
        return None if isinstance(period, Fault) else costs(production, period)


def _due(folder: Folder, now: dt.datetime, money: bool) -> tuple[DueLine, ...]:
    """What is due of requests as `request status` has it; without rates and quotes for who may not see money."""
    from pmkit.commands.request_standing import all_deliveries
    from pmkit.reports.daily_report import DueLine
    from pmkit.reports.request_status import due_of

    found: dict[tuple[str, str], list[str]] = {}
    for name, delivered in sorted(all_deliveries(folder).items()):
        for one in due_of(folder.production, name, now, delivered):
            found.setdefault((name, _said(one, money)), []).append(one.name)
    return tuple(DueLine(name, _names(who), words) for (name, words), who in found.items())


def _names(who: Sequence[str]) -> str:
    return ", ".join(who) if len(who) <= _NAMED else f"{', '.join(who[:_NAMED])} and {len(who) - _NAMED} more"


def _said(one: Due, money: bool) -> str:
    words = one.words if money and one.what != "proposed" else one.public
    return f"{words}, by {one.by:%a} {one.by.day} {one.by:%b %H:%M}" if one.by is not None else words

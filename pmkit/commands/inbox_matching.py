"""To which question a mail belongs: by its token, by the mail of ours that it answers, by the calendar event it is about.

Never by a name or an address: whose question it is must stand in the mail.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmkit.exchange.itip import Event, Reply
    from pmkit.files.folder import Folder
    from pmkit.mail.mime import Post
    from pmkit.mail.standing import Entry
    from pmkit.mail.token import Asked
    from pmkit.model.money import Rate
    from pmkit.model.request import Request
    from pmkit.reports.asked import Person


class Match(NamedTuple):
    """The question a mail answers: which request, person and revision, and by what it is known. `kind` is that of the
    mail of ours that it answers, where it answers one; `events` are the calendar's, with their dates.
    """

    request: str
    person: str
    revision: int
    by: str
    kind: str = ""
    rehearsal: bool = False
    events: tuple[tuple[Event, tuple[dt.date, ...]], ...] = ()


class Questions:
    """Everything that was asked, to be found by what a mail carries of it."""

    def __init__(self, folder: Folder, code: str, secret: bytes, now: dt.datetime, entries: dict[str, Entry]) -> None:
        from pmkit.mail import token
        from pmkit.reports.request_status import people

        production = folder.production
        self.production, self._secret, self._code, self._entries = production, secret, code, entries
        self._now, self._root = now, folder.root
        self._subjects: dict[tuple[str, str], str] = {}
        self.people: dict[tuple[str, str], Person] = {}
        for name, request in production.requests.items():
            for person, _ in people(production, request, now):
                self.people[name, person.id] = person
        self._known = token.by_id(code, self._asked())
        self._uids = self._events()

    def _asked(self) -> Iterable[Asked]:
        """Every question that may have been put, to every address that counts, in every revision so far."""
        from pmkit.mail.token import Asked

        for (name, who), person in self.people.items():
            addresses = dict.fromkeys([person.email, person.own, *person.addresses])
            for revision in range(1, min(self.production.requests[name].revision, 100) + 1):
                yield from (Asked(name, who, revision, address) for address in addresses if address)

    def _events(self) -> dict[str, tuple[str, str, tuple[dt.date, ...]]]:
        """The events of invitations, by their UID: whose, of which request, and for which dates."""
        from pmkit.reports.invitation import uid_of

        found = {}
        for name, who in self.people:
            found[uid_of(self.production, name, who)] = (name, who, self.production.requests[name].days())
        return found

    def request(self, match: Match) -> Request:
        """The request a match is about."""
        return self.production.requests[match.request]

    @property
    def today(self) -> dt.date:
        """Today in the production's zone."""
        return self._now.date()

    def sent(self, key: str) -> tuple[str, str] | None:
        """What a mail of ours was about, and for whom; None for one that never went."""
        entry = self._entries.get(key)
        if entry is None or entry.status not in ("sent", "bounced", "doubt"):
            return None
        return entry.about.get("what", ""), entry.about.get("who", "")

    def moved(self, match: Match) -> bool:
        """Whether the request asks for other dates by now than the mail to them did, under the same revision."""
        request = self.request(match)
        asked = {entry.about["dates"] for entry in self._mails(match) if entry.about.get("dates")}
        return bool(asked) and match.revision == request.revision and asked != {request.dates_in_short()}

    def offered(self, match: Match) -> Rate | None:
        """The rate that was offered to them: as the mail to them named it, else as the request does now."""
        return self.named(match) or self.now_offered(match)

    def now_offered(self, match: Match) -> Rate | None:
        """The rate that the request names to them by now, as far as it is known here."""
        from pmkit.reports.request import offered

        return offered(self.production, self.request(match), self.people[match.request, match.person])

    def named(self, match: Match) -> Rate | None:
        """The rate that stood in the mail they answer; None where its card is not here."""
        from pmkit.mail import archive
        from pmkit.model import money
        from pmkit.problems import Fault

        for entry in self._mails(match):
            found = money.parse_rate(archive.rate_of(self._root, entry.key))
            if not isinstance(found, Fault):
                return found
        return None

    def _mails(self, match: Match) -> list[Entry]:
        """The mails that asked them in that revision, the last first; a rehearsal's are for its own replies."""
        kind, asked = self.request(match).kind, (match.request, match.person, str(match.revision))
        return [
            entry
            for entry in sorted(self._entries.values(), key=lambda one: one.order, reverse=True)
            if entry.kind == kind
            and (entry.about.get("what"), entry.about.get("who", "").removesuffix("-copy"), entry.about.get("revision"))
            == asked
            and bool(entry.about.get("rehearsal")) == match.rehearsal
            and entry.status not in ("cancelled", "wanted")
        ]

    def subject(self, match: Match) -> str:
        """The subject of our letter, which the links carry; empty where the revision is an older one."""
        from pmkit.reports.request import letter_to

        request = self.request(match)
        if match.revision != request.revision:
            return ""
        whose = match.request, match.person
        if whose not in self._subjects:
            self._subjects[whose] = letter_to(self.production, request, self.people[whose], request.days()).subject
        return self._subjects[whose]

    def claimed(self, post: Post) -> bool:
        """Whether a mail says that it has to do with a question of ours, rightly or not."""
        from pmkit.mail import automatic, token

        ids = f"{post.raw('in-reply-to')} {post.raw('references')}"
        return token.claims(post.get("subject")) or automatic.OUR_ID.search(ids) is not None

    def of(self, post: Post, reply: Reply | None) -> Match | str:
        """The question, or why there is none. A token that is not ours is believed in nothing else either."""
        from pmkit.mail import token

        subject = post.get("subject")
        to = " ".join(post.raw(name) for name in ("delivered-to", "x-original-to", "to", "cc"))
        mark = token.in_text(subject) or token.in_address(to)
        if not mark and token.claims(subject):
            return "its token is broken, or none of ours"
        if mark:
            asked = token.resolved(self._secret, self._code, mark, self._known.get(mark.partition(".")[0], ()))
            if asked is None:
                return "its token is none of ours"
            match = Match(asked.request, asked.person, asked.revision, "token")
            other = self._thread(post)
            if other is not None and (other.request, other.person) != (match.request, match.person):
                return "its token belongs to one question, and the mail that it answers to another"
            return match._replace(events=self._calendar(reply, match))
        found = self._thread(post)
        # The entry of the calendar that goes with a release is the one of the hold that it cut.
        event = self._by_calendar(reply) if found is not None and found.kind == "release" else None
        if found is not None and event is not None and event.person == found.person:
            return event._replace(rehearsal=found.rehearsal)
        if found is not None:
            return found._replace(events=self._calendar(reply, found))
        return self._by_calendar(reply) or "it answers no mail of ours"

    def _thread(self, post: Post) -> Match | None:
        """By the mail of ours that it answers: the one it names itself, else the last of its thread."""
        from pmkit.mail.automatic import OUR_ID

        for header in ("in-reply-to", "references"):
            for key in reversed(OUR_ID.findall(post.raw(header)[-200_000:])):
                entry = self._entries.get(key)
                if entry is None:
                    continue
                name, who = entry.about.get("what", ""), entry.about.get("who", "").removesuffix("-copy")
                if (name, who) not in self.people:
                    continue
                told = entry.about.get("revision", "")
                revision = int(told) if told.isdigit() and len(told) < 6 else 1
                if entry.kind in ("confirmation", "notice"):
                    revision = self.production.requests[name].revision
                return Match(name, who, revision, "thread", entry.kind, bool(entry.about.get("rehearsal")))
        return None

    def _by_calendar(self, reply: Reply | None) -> Match | None:
        owners = {self._uids[event.uid][:2] for event in reply.events if event.uid in self._uids} if reply else set()
        if len(owners) != 1:
            return None
        from pmkit.reports.invitation import answered

        name, who = owners.pop()
        match = Match(name, who, self.production.requests[name].revision, "calendar")
        match = match._replace(events=self._calendar(reply, match))
        lowest = min(event.sequence for event, _ in match.events)
        revision, notice = answered(self.production, self.production.requests[name], who, lowest)
        return match._replace(revision=revision, kind="notice" if notice else "")

    def _calendar(self, reply: Reply | None, match: Match) -> tuple[tuple[Event, tuple[dt.date, ...]], ...]:
        """The events of this question's invitation, each with the dates that it answers."""
        found = []
        for event in reply.events if reply is not None else ():
            owner = self._uids.get(event.uid)
            if owner is not None and owner[:2] == (match.request, match.person):
                days = owner[2] if event.day is None else tuple(day for day in owner[2] if day == event.day)
                found.append((event, days))
        return tuple(found)

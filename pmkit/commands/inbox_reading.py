"""One mail that came in, judged: whose answer it is, what it says, and what keeps it from being believed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from pmkit.commands import inbox_calendars
from pmkit.commands.inbox_matching import Match, Questions

if TYPE_CHECKING:
    from pmkit.exchange.itip import Reply
    from pmkit.mail.automatic import Bounce
    from pmkit.mail.inbox import Record
    from pmkit.mail.mime import Post
    from pmkit.model.answer import Answer
    from pmkit.rollup.quoting import Own
    from pmkit.rollup.replies import Reading


class Judged(NamedTuple):
    """What came of a mail: what is kept of it (nothing of a machine's mail that is about nothing of ours), the
    answer it proposes, the mail of ours that came back.
    """

    record: Record | None
    answer: Answer | None = None
    bounce: Bounce | None = None


def judged(data: bytes, size: int, questions: Questions, authserv: str, now: dt.datetime) -> Judged:
    """Judges a mail from its bytes; `now` is an instant. Whatever it holds, it is but text."""
    from pmkit.mail import automatic, inbox, mime, trust

    post = mime.read(data, size)
    base = inbox.Record(
        inbox.key_of(post, data),
        "unmatched",
        message_id=inbox.plain(post.raw("message-id").strip(), 300),
        sender=trust.sender_of(post) or inbox.plain(post.get("from"), 300),
        date=f"{inbox.written_at(post, now):%Y-%m-%dT%H:%M:%SZ}",
        subject=inbox.plain(post.get("subject"), 300),
    )
    reply = inbox_calendars.reply_of(post)
    kind = automatic.kind_of(post)
    served = kind == "automatic" and reply is not None
    if kind and not served:
        return _machine(kind, post, base, questions)
    match = questions.of(post, reply)
    if isinstance(match, str):
        known = questions.claimed(post) or any(
            trust.listed(base.sender, person.addresses) for person in questions.people.values()
        )
        own = _own(post) if known else None
        if own is not None:  # a stranger's text is not kept
            base = base._replace(text=inbox.plain(_text(post)), quote=inbox.plain(_quote(own), 300))
        return Judged(base._replace(why=match))
    return _answer(post, base, match, questions, authserv, served, reply)


def _machine(kind: str, post: Post, base: Record, questions: Questions) -> Judged:
    """A bounce of a mail of ours, or an out-of-office reply to one; all else that machines send is left alone."""
    from pmkit.mail import automatic, inbox, trust

    if kind == "bounce":
        bounce = automatic.bounced(post)
        if bounce is None:
            lost = automatic.not_reached(post)
            if any(trust.listed(lost, person.addresses) for person in questions.people.values()):
                return Judged(base._replace(why=f"a mail to {inbox.plain(lost, 100)} came back; which one is not told"))
            return Judged(None)
        if bounce.action not in ("failed", "delayed"):  # it arrived, or went on
            return Judged(None)
        words = inbox.plain(bounce.words, 200)
        found = questions.sent(bounce.key)
        if found is None:
            return Judged(base._replace(kind="unmatched", why="a bounce of no mail of ours"))
        kind = "bounce" if bounce.action == "failed" else "delayed"
        about = base._replace(kind=kind, request=found[0], person=found[1], why=f"{bounce.action}: {words}")
        return Judged(about, None, bounce._replace(words=words) if bounce.action == "failed" else None)
    match = questions.of(post, None)
    if isinstance(match, str):
        return Judged(None)
    record = base._replace(
        kind="away",
        matched=match.by,
        request=match.request,
        person=match.person,
        revision=match.revision,
        why="an automatic reply",
        quote=inbox.plain(_quote(_own(post)), 300),
        text=inbox.plain(_text(post)),
    )
    return Judged(record)


def _answer(
    post: Post,
    base: Record,
    match: Match,
    questions: Questions,
    authserv: str,
    served: bool,
    reply: Reply | None,
) -> Judged:
    """A person's answer: read where it is closed, and proposed."""
    from pmkit.mail import inbox
    from pmkit.model.answer import Answer

    own = _own(post)
    attached = tuple(_names(post))
    reading = _reading(post, own, match, questions, reply)
    doubt = "; ".join(
        part
        for part in (
            _mistrust(post, base.sender, match, questions, authserv, served),
            _turned(match, questions, reading),
            _repriced(match, questions),
            reading.doubt,
        )
        if part
    )
    quote = inbox.plain(reading.quote, 300) or (f"(attached: {', '.join(attached)})" if attached else "(no text)")
    answer = Answer(
        request=match.request,
        person=match.person,
        revision=match.revision,
        at=dt.datetime.fromisoformat(base.date.replace("Z", "+00:00")),
        dates=dict(reading.dates),
        answer=reading.answer,
        rate=reading.rate,
        offered=questions.offered(match)
        if match.revision == questions.request(match).revision
        else questions.named(match),
        note=inbox.plain(reading.note, 500),
        how=reading.how,
        via=base.sender,
        source=base.message_id or base.key,
        quote=" ".join(quote.split()),
        doubt=inbox.plain(doubt, 400),
        proposed=True,
    )
    record = base._replace(
        kind="review" if doubt else "answer",
        matched=match.by,
        request=match.request,
        person=match.person,
        revision=match.revision,
        why=answer.doubt,
        quote=answer.quote,
        text=inbox.plain(_text(post)),
        attached=attached,
    )
    return Judged(record, answer)


def _reading(post: Post, own: Own, match: Match, questions: Questions, reply: Reply | None) -> Reading:
    from pmkit.rollup import replies

    request = questions.request(match)
    if post.fault:
        return replies.free(own, post.fault)
    if reply is not None and (match.events or reply.events):
        current = questions.request(match).revision == match.revision and not questions.moved(match)
        return inbox_calendars.reading(post, own, match, reply, current, request.days())
    word, _ = replies.link_of(post.get("subject"))
    if match.by != "token" or not word:
        return replies.free(own)
    person = questions.people[match.request, match.person]
    asked = replies.Question(
        dates=request.days(),
        today=questions.today,
        offered=questions.offered(match),
        subject=questions.subject(match),
        names=(person.name, person.to),
        current=match.revision == request.revision and not questions.moved(match),
    )
    if post.more():
        return replies.free(own, "something goes along with it")
    found = replies.by_link(post.get("subject"), own, asked)
    other = _other_own(post)
    if found.closed and other is not None:
        twin = replies.by_link(post.get("subject"), other, asked)
        if (twin.closed, twin.dates, twin.answer, twin.rate, twin.note) != (
            found.closed, found.dates, found.answer, found.rate, found.note
        ):  # fmt: skip
            return replies.free(own, "its text and its HTML say different things")
    return found


def _mistrust(post: Post, sender: str, match: Match, questions: Questions, authserv: str, served: bool) -> str:
    """Why a mail is not to be believed by itself."""
    from pmkit.mail import trust

    person = questions.people[match.request, match.person]
    request = questions.request(match)
    found = []
    if not trust.listed(sender, (person.email, person.own, *person.addresses)):
        found.append("it comes from an address that is not listed for them")
    elif match.events and any(
        not trust.listed(event.attendee, (person.email, person.own, *person.addresses)) for event, _ in match.events
    ):
        found.append("the calendar answers for somebody else")
    found.append(trust.vouched(post, authserv))
    if served:
        found.append("a calendar service sent it, perhaps by itself")
    if match.rehearsal:
        found.append("it answers a rehearsal")
    if questions.moved(match):
        found.append("the request asks for other dates by now, without a new revision")
    if match.revision > request.revision:
        found.append("it answers a revision that this folder does not have")
    if match.kind in ("confirmation", "notice"):
        found.append("it answers the notice of a booking, not the question")
    return "; ".join(one for one in found if one)


def _turned(match: Match, questions: Questions, reading: Reading) -> str:
    """Why a calendar's yes to the whole event needs a look: to one of its dates they had said no."""
    from pmkit.reports.date_words import in_words
    from pmkit.rollup import answers

    if reading.how != "calendar" or all(event.day is not None for event, _ in match.events):
        return ""
    before = answers.standing(questions.production, questions.request(match), match.person).said("no")
    turned = [day for day in before if day in reading.dates and reading.dates[day].answer != "no"]
    return f"they had said no to {in_words(turned)}" if turned else ""


def _repriced(match: Match, questions: Questions) -> str:
    """Why an answer needs a look: the rate it was given to is another by now, and the revision was not raised."""
    named, now = questions.named(match), questions.now_offered(match)
    if named is None or now is None or named == now or match.revision != questions.request(match).revision:
        return ""
    return f"the mail to them named {named}, and the rate is {now} by now"


def _text(post: Post) -> str:
    """The mail's text: as plain text, else what stands in its HTML; all of it where a picture lies between."""
    from pmkit.mail.html_text import text_of

    texts = [part.text() for part in post.parts if part.type == "text/plain" and not part.attached]
    pages = [part for part in post.parts if part.type == "text/html" and not part.attached]
    said = [text for text in texts if text.strip()] or [text_of(part.text()) for part in pages]
    return said[0] if len(said) == 1 else "\n\n".join(text.strip("\n") for text in said)


def _own(post: Post) -> Own:
    from pmkit.rollup.quoting import own_words

    return own_words(_text(post))


def _other_own(post: Post) -> Own | None:
    """The own words of the HTML beside the text, where a mail has both."""
    from pmkit.mail.html_text import text_of
    from pmkit.rollup.quoting import own_words

    text, page = post.first("text/plain"), post.first("text/html")
    if text is None or page is None or not text.text().strip():
        return None
    return own_words(text_of(page.text()))


def _quote(own: Own) -> str:
    from pmkit.rollup.replies import quoted

    return quoted(own.lines)


def _names(post: Post) -> list[str]:
    """The names of what is attached, fit to print."""
    from pmkit.mail import inbox

    found = []
    for part in post.parts:
        if part.type == "application/ms-tnef":
            found.append("winmail.dat")
        elif part.attached or part.type.partition("/")[0] not in ("text", "message", "multipart"):
            found.append(inbox.plain(part.filename or part.type, 80))
    return found[:20]

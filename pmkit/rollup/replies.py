"""What the answer in a mail says, where it says it in a closed form: one of the links, or a calendar's reply.

Free text is never made a yes, nor a no: it is shown, and a person says what it means. A link counts where
its subject and text are what it wrote, but for what programs do to letters and servers to subjects; else it is free text.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pmkit.model.answer import DayAnswer
from pmkit.model.money import Rate
from pmkit.problems import Fault
from pmkit.rollup.quoting import Own
from pmkit.rollup.signatures import closed, goes_on, is_hedged, is_narrowed, is_title, may_tell, says_nothing
from pmkit.rollup.spoken import Spoken, understood

QUOTE: Final = 240
"""So many letters of a reply stand in the line that is shown."""
_LINK: Final = re.compile(r"^(yes|no|maybe|some)\s*\[\s*pm:[^\[\]]{1,60}\]\s*(.*)$", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(
    r"(?:\s*(?:[\[{(]\s*ext(?:ern(?:al|e|o)?)?(?: e-?mail| sender)?\s*[\])}]|ext(?:ern(?:al)?)?\s?:))+\s*",
    re.IGNORECASE,
)
"""What our own server puts before the subject of a mail from elsewhere."""
_PAGES: Final = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "latin-1")
"""What Outlook takes a link's UTF-8 for, where its option for it is off."""
_DATE: Final = re.compile(r"((?:[A-Za-z]{3,9}\s+)?\d{1,2}\s+[A-Za-z]{3,9})\s*:\s*(.*)")
_FORM: Final = re.compile(r"\(?\s*yes, no or maybe after each date\s*\)?", re.IGNORECASE)
_NOTHING: Final = Own(())
_REPLIED: Final = re.compile(
    r"[^,;!?]{1,80}?\b(tentatively accepted|replied .?maybe|accepted|declined)\b(?: (?:this|the|your|an) (?:invitation|event|meeting))?[^,;!?]{0,60}",
    re.IGNORECASE,
)
_ELSEWHERE: Final = {
    state: re.compile(rf"[^,;!?]{{1,80}}?(?:{words})[.。]?", re.IGNORECASE)
    for state, words in {
        "ACCEPTED": r" hat (?:diese|die|ihre|deine) einladung angenommen| a accepté (?:cette |votre |l['’])invitation| ha aceptado (?:esta|su|la) invitación| ha accettato (?:questo |il tuo |l['’])invito"
        r"| heeft (?:deze|uw|de) uitnodiging geaccepteerd| aceitou (?:este|o seu) convite| zaakceptował(?:a|\(a\))? (?:to|twoje) zaproszenie| přijal(?:a|\(a\))? (?:tuto|vaši) pozvánku|さんがこの招待を承諾しました",
        "DECLINED": r" hat (?:diese|die|ihre|deine) einladung abgelehnt| a (?:refusé|décliné) (?:cette |votre |l['’])invitation| ha rechazado (?:esta|su|la) invitación| ha rifiutato (?:questo |il tuo |l['’])invito"
        r"| heeft (?:deze|uw|de) uitnodiging (?:afgewezen|geweigerd)| recusou (?:este|o seu) convite| odrzucił(?:a|\(a\))? (?:to|twoje) zaproszenie| odmítl(?:a|\(a\))? (?:tuto|vaši) pozvánku|さんがこの招待を辞退しました",
    }.items()
}
"""What calendars of other languages write beside their reply, to the word."""
_NOTES: Final = ("note", "notiz", "hinweis", "remarque", "nota", "notitie", "poznám", "notatk", "uwag", "メモ")
_PARTSTAT: Final = {"ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe"}
_GREETING: Final = re.compile(
    r"(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|bonjour|salut|ch[eè]re?|hola|buen[oa]s (?:d[ií]as|tardes)|estimad[oa]"
    r"|ciao|buongiorno|gentile|dobrý den|ahoj|čau|beste|hoi|dzień dobry|cześć|olá|oi|bom dia|hej|tjena|hei|good (?:morning|evening|afternoon))\b[^.!?:]{0,40}[,!.]?",
    re.IGNORECASE,
)


class Question(NamedTuple):
    """What was asked: the dates, the rate offered, the subject of our letter, the names of whom it went to.

    `current` is whether it is the request as it stands; of an older revision the dates are not known any more.
    """

    dates: tuple[dt.date, ...]
    today: dt.date
    offered: Rate | None = None
    subject: str = ""
    names: tuple[str, ...] = ()
    current: bool = True


class Reading(NamedTuple):
    """What a reply says. Where `closed` is false nothing was read: the `quote` is for a person.

    `doubt` is why somebody must look first.
    """

    dates: Mapping[dt.date, DayAnswer]
    answer: str = ""
    rate: Rate | None = None
    note: str = ""
    quote: str = ""
    closed: bool = False
    how: str = "mail"
    doubt: str = ""


class Invited(NamedTuple):
    """One event of a calendar's reply: how, and for which of the dates; `one` where it is a single date of several."""

    dates: tuple[dt.date, ...]
    partstat: str
    comment: str = ""
    one: bool = False


def link_of(subject: str) -> tuple[str, str]:
    """The word of the link that a subject was made by, and what stands behind the token; empty for none.

    `Re: YES [pm:…]` is an answer to somebody's answer, and no link.
    """
    said = " ".join(subject[:1000].split())
    tag = _TAG.match(said)
    found = _LINK.match(said[tag.end() :] if tag is not None else said)
    return (found[1].lower(), found[2].strip()) if found is not None else ("", "")


def by_link(subject: str, own: Own, asked: Question) -> Reading:
    """A mail that a link opened: closed where its text is the link's own, else free text with the doubt."""
    word, rest = link_of(subject)
    lines = _telling(own, asked)
    if asked.subject and rest and _flat(rest) not in _as_shown(asked.subject):
        return free(own, f"its subject was changed: {rest[:80]}")
    if own.quotes or own.cut or any(may_tell(line, asked.names) for line in own.signature):
        return free(own, "there is more in it than the link's own words")
    found = _form(lines, asked) if word == "some" else _word(word, lines, asked)
    if isinstance(found, str):
        return free(own, found)
    said = [line for line in lines if not _FORM.fullmatch(line) and not line.endswith(":")]
    return found._replace(quote=quoted(said) or word, closed=True, how="link")


def by_calendar(events: Iterable[Invited], own: Own = _NOTHING) -> Reading:
    """A calendar's reply: what it says of a single date goes before what it says of all.

    A comment is for a person to read, and so is what was written beside it.
    """
    days: dict[dt.date, DayAnswer] = {}
    said: list[str] = []
    events = sorted(events, key=lambda event: event.one)
    comments: list[str] = [] if _by_program(own, {event.partstat for event in events}) else [" ".join(own.text.split())]
    doubt = ""
    named: set[dt.date] = set()
    for event in events:
        word = _PARTSTAT.get(event.partstat, "")
        said.append(f"{event.partstat.lower() or 'nothing'}")
        comments += [event.comment] if event.comment else []
        if not word:
            doubt = f"the calendar says {event.partstat.lower()[:30] or 'nothing'}"
        if not event.dates:
            doubt = "it answers a date that was not asked for"
        for day in event.dates if word else ():
            if day in days and days[day].answer != word and (day in named or not event.one):
                doubt = "its events say different things of one date"
            days[day] = DayAnswer(answer=word)
            named |= {day} if event.one else set()
    quote = quoted([f"calendar: {', '.join(dict.fromkeys(said))}", *comments])
    if doubt or not days:
        return Reading({}, quote=quote, how="calendar", doubt=doubt or "it answers none of the dates asked for")
    note = " ".join(comments)[:500]
    return Reading(
        dict(sorted(days.items())),
        note=note,
        quote=quote,
        closed=True,
        how="calendar",
        doubt="a comment goes with it" if note else "",
    )


def _by_program(own: Own, states: set[str]) -> bool:
    """Whether a calendar itself wrote what stands beside its reply: nothing, that it was accepted, or Google's page of it.

    `states` is what its events say: a page that says something else is none of it.
    """
    lines = [line for line in own.lines if line]
    if not lines:
        return True
    told = _REPLIED.fullmatch(lines[0])
    said = {"accepted": "ACCEPTED", "declined": "DECLINED"}.get(told[1].casefold(), "TENTATIVE") if told else ""
    foreign = any(form.fullmatch(lines[0]) for state, form in _ELSEWHERE.items() if state in states)
    plain = told is not None and said in states and not is_hedged(lines[0]) and not is_narrowed(lines[0][told.end(1) :])
    google = any("https://calendar.google.com/" in line for line in lines)
    noted = any(word in line.casefold() for line in lines for word in _NOTES)
    return (plain or foreign) and (len(lines) == 1 or (google and not noted))


def free(own: Own, doubt: str = "") -> Reading:
    """Free text: nothing is read of it; the lines that say something are quoted."""
    return Reading({}, quote=quoted([*own.lines, *(line for line in own.signature if goes_on(line))]), doubt=doubt)


def quoted(lines: Iterable[str]) -> str:
    """The lines that say something as one, a greeting left out; cut with an ellipsis."""
    said = [line for line in lines if line]
    if len(said) > 1 and _GREETING.fullmatch(said[0]):
        said = said[1:]
    one = " / ".join(said)
    return one if len(one) <= QUOTE else one[: QUOTE - 1].rstrip() + "…"


def as_words(reading: Mapping[dt.date, DayAnswer], answer: str, rate: Rate | None) -> str:
    """A reading as it would be said on the phone: `yes 12 nov, 13 nov; no 14 nov; 450/day`."""
    by: dict[str, list[str]] = {}
    for day, said in sorted(reading.items()):
        by.setdefault(said.answer, []).append(f"{day.day} {day:%b}".lower())
    parts = [f"{word} {', '.join(days)}" for word, days in by.items()] or ([answer] if answer else [])
    return "; ".join([*parts, *([str(rate)] if rate is not None else [])])


def _telling(own: Own, asked: Question) -> list[str]:
    """The lines that say something: without the greeting's and closing's, names, numbers and addresses below."""
    lines = [line for line in own.lines if line]
    end = len(lines)
    while end > 1 and (says_nothing(lines[end - 1], asked.names) or is_title(lines[end - 1], asked.names)):
        end -= 1
    while end < len(lines) and not any(says_nothing(one, asked.names) for one in (lines[end], _begin(lines[end]))):
        end += 1  # a title stands behind or below a name, or below a closing
    lines = lines[:end]
    return [] if lines and says_nothing(lines[0], asked.names) and len(lines) == 1 else lines


def _as_shown(subject: str) -> set[str]:
    """How a subject comes back: as it was, or with its letters beyond ASCII as Outlook reads a link's, or made plain."""
    data = subject.encode()
    broken = (data.decode(page, way) for page in _PAGES for way in ("replace", "ignore"))
    plain = (subject.encode("ascii", way).decode() for way in ("replace", "ignore"))
    dashes = re.sub(r"[‐-―]", "-", subject)
    composed = (unicodedata.normalize(form, subject) for form in ("NFC", "NFD"))
    return {_flat(one) for one in (subject, dashes, *broken, *plain, *composed)}


def _begin(line: str) -> str:
    """What stands before a title in its line: `Kay Moss | Gaffer`."""
    return re.split(r"\s*[,|/–—]\s*", line, maxsplit=1)[0]


def _word(word: str, lines: list[str], asked: Question) -> Reading | str:
    """One of the three links, or why it is not one any more."""
    if len(lines) > 1:
        return "there is more in it than the link's own words"
    said = lines[0] if lines else word
    first, comma, rest = said.partition(",")
    if _flat(first).rstrip(".!") != word:
        return f"its subject says {word}, and its text something else"
    if comma and _flat(rest).rstrip(".!") not in {_flat(form) for form in _wholes(asked.dates)}:
        return "there is more in it than the link's own words"
    if asked.current and asked.dates:
        return Reading({day: DayAnswer(answer=word) for day in asked.dates})
    return Reading({}, answer=word)


def _wholes(days: tuple[dt.date, ...]) -> list[str]:
    """How the links say: all of them."""
    found = ["both dates"] if len(days) == 2 else ["all dates"] if len(days) != 1 else []
    return [
        *found,
        *([f"{days[0].day} {days[0]:%B}", f"{days[0].day} {days[0]:%B} {days[0].year}"] if len(days) == 1 else []),
    ]


def _form(lines: list[str], asked: Question) -> Reading | str:
    """The form of the fourth link: a word after each date, a rate, a note; or why it cannot be read."""
    said: list[str] = []
    rate = note = ""
    noting = False
    for line in lines:
        if _FORM.fullmatch(line):
            continue
        if noting and _DATE.fullmatch(line):
            return f"it cannot be read for certain: {line[:60]}"
        key, colon, value = line.partition(":")
        if noting:
            note = f"{note} {line}".strip()
        elif colon and key.strip().lower() == "rate":
            rate = value.strip()
        elif colon and key.strip().lower() == "note":
            note, noting = value.strip(), True
        elif (dated := _DATE.fullmatch(line)) is not None:
            word = closed(dated[2]) if dated[2].strip() else ""
            if dated[2].strip() and not word:
                return f"it cannot be read for certain: {line[:60]}"
            said += [f"{word} {dated[1]}"] if word else []
        else:
            return f"it cannot be read for certain: {line[:60]}"
    if not said and not rate:
        return "no date is answered in it"
    if not asked.current:
        return "it fills in the form of an earlier revision"
    if rate and not _is_rate(rate, asked):
        return f"it cannot be read for certain: {rate[:60]}"
    found: Spoken | Fault = understood(
        ", ".join([*(said or ["counter all"]), *([rate] if rate else [])]), asked.dates, asked.today, asked.offered
    )
    if isinstance(found, Fault):
        return f"it cannot be read for certain: {found.message}"
    doubt = "a note goes with it" if note else ""
    return Reading(found.dates, found.answer, found.rate, note[:500], doubt=doubt)


def _is_rate(said: str, asked: Question) -> bool:
    """Whether what stands after `Rate:` is a rate and no more: no date, no time, no word besides."""
    found = understood(f"counter all, {said}", asked.dates, asked.today, asked.offered)
    if isinstance(found, Fault) or found.rate is None or found.rank is not None or found.challenge is not None:
        return False
    return all(day == DayAnswer(answer="counter") for day in found.dates.values())


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())

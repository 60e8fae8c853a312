"""The forms of what people say on the phone: yes and no, dates, rates, times of day, in the order they are tried."""

from __future__ import annotations

import re

from pmkit.model.dates import MONTHS
from pmkit.model.money import BASES

LONGEST = 2000
_YES = "yes|yep|yeah|yup|ok|okay|available|free|can do|can|confirm|confirms|confirmed|accepts?|accepted|sure|happy to|y"
_NO = (
    "no|nope|not available|unavailable|not free|cannot do|cannot|can not|can't do|can't|cant|won't|busy|declines?|"
    "declined|pass|passes|out|not|n"
)
_MAYBE = "maybe|perhaps|possibly|tentative|tentatively|probably|likely|tbc|not sure|unsure|m"
_COUNTER = "counters?|counter-?offer|would do|wants?|asks? for"
_FILLER = (
    "on|in|at|the|of|for|i am|i|i'm|im|is|are|be|she|she's|he|he's|they|they're|we|we're|please|thanks|thank you|to|also|then|"
    "day|days|date|dates|that|those|these|and|with|a|an|his|her|their|rate|it|it's|plus|so|well|will|would|has|have|says?"
)
MONTH = "|".join(f"{month[:3].lower()}(?:{month[3:].lower()})?" for month in MONTHS) + "|sept"
WEEK = "mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:rs?(?:day)?)?s?|fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?"
ORD = r"(?:st|nd|rd|th|\.(?=\s|$|[-–,]))?"
_TO = r"\s*(?:-|–|\.\.|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill?\b)\s*(?:the\s+)?"
_TIME = r"\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m?\.?)(?![a-z])|\d{1,2}:\d{2}|noon|midday"

RUNS_ON = frozenset({"iso", "monthspan", "mixed", "dotted", "number", "month", "weekdays", "weekend", "week", "named"})
"""What an answer goes on with: dates; words after a colon that begin so are no note."""
FORMS = [
    (kind, re.compile(form, re.IGNORECASE | re.ASCII))
    for kind, form in (
        ("gap", r"[\s,;.!&]+|all\s+day(?:\s+long)?\b"),
        ("unclear", r"(?:every|each)\s+(?:other|second|third|2nd|3rd)\b|(?:any\s+)?one\s+of\b"),
        ("challenge", rf"challenged?\s+(?:by|until|till|before)\s+(?P<day>.+?)(?:\s+(?:at\s+)?(?P<time>{_TIME}))?\s*$"),
        ("named", rf"(?P<a>{WEEK})\b[.,]?\s+(?:the\s+)?(?=\d{{1,2}}{ORD}\b(?!\s*(?:heads?|people|extras)))"),
        ("iso", rf"(?P<a>\d{{4}}-\d\d-\d\d)(?:{_TO}(?P<b>\d{{4}}-\d\d-\d\d))?"),
        (
            "rate",
            r"(?:(?:at|for|@)\s*)?(?P<sign>[$£€])?\s*(?P<amount>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)(?![\d.,]*\d)\s*(?P<code>[A-Z]{3}(?=\W))?\s*"
            rf"(?:(?:/\s*|per\s+|an?\s+)(?P<basis>{'|'.join(BASES[:-1])}|hr|wk)s?\b|(?P<flat>flat)\b)",
        ),
        ("heads", r"(?:only\s+)?(?P<n>\d{1,4})\s*(?:heads?|people|persons?|extras|of them|artists|bodies)\b"),
        ("rank", r"(?P<n>first|second|third|fourth|fifth|1st|2nd|3rd|4th)\s+(?:hold|pencil|option)\b"),
        ("rank", r"(?:hold|pencil|option)\s+(?P<n>[1-9])\b"),
        ("from", rf"(?:only\s+)?(?:from|after|not before)\s+(?P<t>{_TIME})"),
        ("until", rf"(?:only\s+)?(?:until|till|til|before|by|to)\s+(?P<t>{_TIME})"),
        (
            "monthspan",
            rf"(?P<d>\d{{1,2}}){ORD}\s*(?:of\s+)?(?P<m>{MONTH})\b\.?{_TO}(?P<e>\d{{1,2}}){ORD}\s*(?:of\s+)?(?P<n>{MONTH})\b\.?",
        ),
        (
            "monthspan",
            rf"(?P<m>{MONTH})\b\.?\s*(?P<d>\d{{1,2}}){ORD}{_TO}(?P<n>{MONTH})\b\.?\s*(?P<e>\d{{1,2}}){ORD}",
        ),
        ("mixed", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}|\d\d))?(?!\d|/)"),
        ("dotted", rf"(?P<d>\d{{1,2}})\.?{_TO}(?P<e>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<z>\d{{4}}|\d\d)?(?!\d)"),
        (
            "dotted",
            rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}|\d\d)?(?!\d)"
            rf"(?:{_TO}(?P<e>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<z>\d{{4}}|\d\d)?(?!\d))?",
        ),
        (
            "number",
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.(?!\d))?"
            rf"(?:{_TO}(?P<e>\d{{1,2}})(?:st|nd|rd|th|\.(?!\d))?)?(?![\d:%/]|\.\d|\s*[ap]\.?m\b)",
        ),
        ("month", rf"(?P<m>{MONTH})\b\.?"),
        ("weekdays", r"(?:the\s+)?week\s?days\b"),
        ("weekend", r"(?:the\s+)?week\s?ends?\b"),
        ("week", rf"(?P<a>{WEEK})\b\.?(?:{_TO}(?P<b>{WEEK})\b\.?)?"),
        (
            "except",
            r"(?:except|excepting|excluding|apart from|without|but not|other than)\b(?:\s+for\b)?",
        ),
        ("but", r"but\b"),
        ("range", rf"(?:from|between)\s+(?=(?:the\s+)?\d{{1,2}}{ORD}(?:\s+(?:{MONTH}))?{_TO}(?:the\s+)?\d)"),
        ("none", r"none\b(?:\s+of\s+(?:them|it|those))?"),
        ("rest", r"(?:the\s+|all\s+)?(?:rest|others?|other days)\b"),
        (
            "every",
            r"(?:all|both|every(?: ?day)?|everything|any(?:time)?|whole)\b(?:\s+(?:of\s+)?(?:them|it|days|dates|week))?",
        ),
        ("only", r"(?:only|just)\b"),
        ("maybe", rf"(?:{_MAYBE})\b"),
        ("no", rf"(?:{_NO})(?![\w'])"),
        ("counter", rf"(?:{_COUNTER})\b"),
        ("yes", rf"(?:{_YES})\b"),
        ("filler", rf"(?:{_FILLER})(?![\w'])"),
    )
]


def split(text: str) -> tuple[str, str]:
    """What is said, and the free words after its colon: `yes 5-7: needs parking`. `27 oct: yes` has none."""
    text = " ".join(text[:LONGEST].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    for found in re.finditer(r":(?!\d)", text):
        after = text[found.end() :].strip()
        if not re.match(rf"(?:{_YES}|{_NO}|{_MAYBE}|{_COUNTER})\b", after, re.IGNORECASE):
            return text[: found.start()], after
    return text.replace(": ", " ").rstrip(":"), ""


def runs_on(note: str) -> bool:
    """Whether words after a colon go on with the answer: `yes: only 5-7`, `yes: if it is paid`."""
    if re.match(
        r"(?:if|unless|provided|as long as|only|just|except|excluding|but|from|until|after|before)\b", note, re.I
    ):
        return True
    start = re.sub(rf"^(?:(?:{_FILLER})\s+)*", "", note, flags=re.IGNORECASE)
    return any(kind in RUNS_ON and form.match(start) for kind, form in FORMS)

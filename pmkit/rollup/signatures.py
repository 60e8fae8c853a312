"""What stands below a mail's own words and says nothing: closings, names, numbers, addresses, what a phone adds.

A line counts as such only where all of it is known. Whoever writes `Sent from my phone, not on Friday` has
said something; so has a signature that names a day. A line too many is looked at, a missed one may be the `but`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pmkit.rollup.quoting_words import CLOSING, DELIMITER, SCANNED, SENT_FROM
from pmkit.rollup.signature_words import BRANDS, FIRM, JOINING, PHONE, SENDS, THINGS, TRADE

_NUMBERS: Final = re.compile(
    r"(?!.*\b(?:19|20)\d\d\b)(?:(?:tel|tél|t|m|mob|mobile?|móvil|movil|handy|phone|ph|p|cell?|c|telefono?|téléphone|teléfono|telephone|office|büro|direct)\.?\s?:?"
    r"\s*\+?[\d\s()./-]{7,25}|\+\d[\d\s()./-]{6,24}|\(\+?\d{1,5}\)[\d\s/-]{5,20}|\d{3,5}[\d\s()./-]{6,20}|0\d(?:[ .]\d\d){4})",
    re.IGNORECASE,
)
_DATES: Final = re.compile(
    r"(?:^|[\s(-])\d{1,2}[./]\s?\d{1,2}(?:[./](?:\d{2}){0,2})?(?=$|[\s)-])|^[0-2]?\d[0-5]\d[\s/-]+[0-2]?\d[0-5]\d\s*$"
)
"""What reads like a date, or like hours (`0900-1300`), and is no telephone number then."""
_ADDRESS: Final = re.compile(
    r"(?:(?:e-?mail|mail|e|web|website|w)[.:]?\s*)?(?:https?://\S{1,200}|www\.\S{1,200}|[^\s@]{1,64}@[^\s@]{1,200})",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"//(?:docs|drive|forms|sheets|calendar|calendly|doodle|dropbox|wetransfer|onedrive)\b|\b(?:1drv|forms\.gle|notion|airtable)\b|[?#]",
    re.IGNORECASE,
)
"""An address of something to read, to fill in or to choose from: who sends that has more to say."""
_TARGET: Final = re.compile(
    r"<(?:mailto:|tel:|https?://)[^\s<>]{1,200}>|\s?\(?\b(?:she|he|they)/(?:her|him|them|they)(?:/\w{3,6})?\b\)?"
)
"""Where a program's link leads, behind its words; and what somebody is to be called."""
_MAKERS: Final = re.compile(
    r"<https?://[^\s<>]{1,200}>|\(https?://[^\s()]{1,200}\)|(?:https?://)?(?:www\.)?(?:aqua-mail|emclient|canarymail|tuta|tutanota|proton)\.(?:com|io|me)(?:/[\w-]{1,40})?"
)
"""Where a program's line leads: to whoever made it."""
_ODD: Final = re.compile(r"[^\w\s.,'’|/&()·•–—!*-]")
"""A sign that no name and no title has: a face, a cross, a thumb."""
_COUNTRY: Final = re.compile(r"\.[a-z]{2,3}(?=[/:]|$)", re.IGNORECASE)
_HEDGES: Final = re.compile(
    r"\b(?:but|only|not|no|never|except|unless|if|cannot|can't|won't|don't|however|without|until|till|before|after|minus|half|w/o"
    r"|sorry|unavailable|busy|impossible|imposible|cancel\w*|maybe|perhaps|rate|instead|p\.?s"
    r"|aber|nur|nicht|kein\w*|außer|ausser|ohne|wenn|falls|bis|leider|unmöglich|mais|seulement|pas|sauf|sans|jusqu\w*|désolée?"
    r"|pero|solo|sólo|excepto|sin|hasta|siento|però|non|tranne|senza|fino|spiace|ale|jen|ne|není|nem\w*|kromě|krom|okrem|bez|pokud|bohužel"
    r"|maar|alleen|niet|behalve|zonder|tot|helaas|tylko|nie|oprócz|jeśli|niestety|mas|não|nao|sem|até|infelizmente"
    r"|men|bara|bare|kun|inte|ikke|utom|utan|uten|uden|unntatt|tyvärr|dessverre|desværre|mutta|vain|ei|en|paitsi|ilman|valitettavasti"
    r"|csak|kivéve|nélkül|sajnos|dar|doar|nu|fără|ali|samo|osim|osobno|но|только|не|нет|кроме|без|але|тільки|крім|αλλά|μόνο|όχι|εκτός|ama|hariç|değil|yok)\b",
    re.IGNORECASE,
)
_DAYS: Final = re.compile(
    r"\b(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:days?|nesday|urday)?\b|\bweekends?\b|tag\b|\bmittwoch|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche"
    r"|\b(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned|marted|mercoled|gioved|venerd|domenica)"
    r"|\b(?:pond[ěe]l|pondel|[úu]ter|st[řr]ed|[čc]tvrt|štvrt|p[áa]t[ek]|piat|sobot|ned[ěe]l|poniedzia|wtor|[śs]rod|czwart|pi[ąa]t|niedziel)"
    r"|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag|\b(?:segunda|ter[çc]a|quarta|quinta|sexta)|\b(?:m[åa]n|tis|tirs|ons|tors|fre|l[öø]r|s[öø]n)da"
    r"|\b(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|h[ée]tf|kedd|szerda|cs[üu]t|p[ée]ntek|szombat|vas[áa]rnap)"
    r"|понедел|вторник|сред[ау]|четвер|пятниц|суббот|воскрес|вівтор|серед[ау]|субот|неділ|[日月火水木金土]曜|星期|周[一二三四五六日]",
    re.IGNORECASE,
)
_CLOSED: Final = {
    "yes": "yes|y|ok|okay|ja|oui|sí|si|sì|ano|tak|sim|kyllä|igen|да|так",
    "no": "no|n|nein|non|nee|nej|nie|não|nao|nei|ei|nem|нет|ні",
    "maybe": "maybe|perhaps|tbc|vielleicht|peut-être|peut être|quizás|quizá|forse|možná|misschien|może|talvez|kanske|måske|kanskje|ehkä|talán",
}
_WHOLE: Final = re.compile(
    r"(?:iphone|ipad|android|galaxy|xperia)から送信(?:しました)?|(?:ios|android)\s?版\s?outlook\s?を入手(?:する)?|outlook for (?:ios|android)\s?を入手(?:する)?"
    r"|(?:나의|내) (?:iphone|ipad|galaxy)에서 보냄|(?:发|發)自我的\s?(?:iphone|ipad|手机|手機|小米|华为)|[从從]我的\s?(?:iphone|ipad|手机|手機)\s?(?:发送|傳送)"
    rf"|yahoo mail ?: search, organize, conquer|{SCANNED}|sent (?:on the (?:go|move)|while mobile)|mobil gesendet|von unterwegs gesendet|(?:last ned|hent) outlook (?:for|til) (?:ios|android)"
    r"|ส่งจาก (?:iphone|ipad) ของฉัน|(?:أُرسلت|مُرسل) من الـ (?:iphone|ipad)|मेरे (?:iphone|ipad) से भेजा गया",
    re.IGNORECASE,
)


def says_nothing(line: str, names: Iterable[str]) -> bool:
    """Whether a line below one's words is a closing, a number, an address or a name of whom was asked, and no more."""
    if DELIMITER.match(line) or CLOSING.fullmatch(line) or _of_a_phone(line):
        return True
    own = {word for name in names for word in re.findall(r"[^\W\d_]+", name.casefold())}
    pieces = [
        piece for piece in re.split(r"\s*[|•·]\s*", line if _PAPER.search(line) else _TARGET.sub("", line)) if piece
    ]
    return bool(pieces) and all(_is_address(one) or _is_number(one) or _is_name(one, own) for one in pieces)


def _is_name(line: str, own: set[str]) -> bool:
    """Whether a line is the name of whom was asked, perhaps behind a closing: `Best, Kay`."""
    closing = CLOSING.match(line)
    said = re.findall(r"[^\W\d_]+", (line[closing.end() :] if closing is not None else line).casefold())
    known = all(word in own and not closed(word) for word in said)
    return bool(said) and known and not re.search(r"\d", line) and not _ODD.search(line)


def may_tell(line: str, names: Iterable[str] = ()) -> bool:
    """Whether a line of a signature may be more than one: what no program and no trade puts there, a person has typed."""
    if SENT_FROM.match(line):
        return not _of_a_phone(line)
    return not (says_nothing(line, names) or is_title(line, names))


def goes_on(line: str) -> bool:
    """Whether a line of a signature goes on in somebody's own words: `Sent from Reno, where I stay`; `not on Friday`."""
    if SENT_FROM.match(line):
        return not _of_a_phone(line)
    return is_narrowed(line) and not says_nothing(line, ())


def is_hedged(line: str) -> bool:
    """Whether a line has a word of those that take something back."""
    return _HEDGES.search(line) is not None


def is_narrowed(line: str) -> bool:
    """Whether a line takes something back, or names a day or a number."""
    return bool(_HEDGES.search(line) or _DAYS.search(line) or re.search(r"[\d!?]", line))


def closed(word: str) -> str:
    """Which of yes, no and maybe a word is, by itself, in whichever language; empty for none."""
    typed = " ".join(word.casefold().split()).rstrip(".!")
    return next((kind for kind, forms in _CLOSED.items() if typed in forms.split("|")), "")


def is_title(line: str, names: Iterable[str] = ()) -> bool:
    """Whether a line tells somebody's trade, or a firm's name, and no more."""
    line = _TARGET.sub("", line)
    words = [word.strip(".'’-") for word in re.findall(r"[\w.'’-]+", line)]
    if _ODD.search(line) or is_narrowed(re.sub(r"\b(?:1st|2nd|3rd)\b", "", line)):
        return False
    own = {part for name in names for part in name.casefold().split()}
    known = [word.casefold() for word in words if word]
    if known and known[-1] in FIRM:
        return len(known) > 1 and all(word[:1].isupper() or word.casefold() in JOINING | FIRM for word in words)
    return any(word in TRADE for word in known) and all(word in TRADE | JOINING | own for word in known)


def _is_number(line: str) -> bool:
    """Whether a line is a telephone number: long enough, and neither days (`+10 12 14`), hours (`1200-1800`) nor sums."""
    groups = re.findall(r"\d+", line)
    figures = "".join(groups)
    if _NUMBERS.fullmatch(line) is None or _DATES.search(line) or len(figures) < (10 if line.startswith("+") else 7):
        return False
    days = all(int(figures[n : n + 2]) <= 31 for n in range(0, len(figures), 2))
    sums = all(len(group) == 3 and group[-1] in "05" for group in groups)
    return not (days or sums)


def _is_address(line: str) -> bool:
    """Whether a line is an address and no more: none that names a day or takes something back, none of a paper to read."""
    if _ADDRESS.fullmatch(line) is None or _PAPER.search(line):
        return False
    words = re.sub(r"[\W\d_]+", " ", _COUNTRY.sub(" ", line))
    return not (_HEDGES.search(words) or _DAYS.search(words))


def _of_a_phone(line: str) -> bool:
    """Whether every word of a line is one that phones and mail programs add of themselves."""
    if _WHOLE.fullmatch(line.strip().rstrip(".")):
        return True
    bare = _MAKERS.sub("", line.casefold().replace("’", "'"))
    if re.sub(r"[\w\s.,'\"“”()\[\]&/|:-]", "", bare):
        return False
    before = ""
    words = [word.strip(".'-") for word in re.findall(r"[\w.'-]+", bare)]
    if "please" in words and "excuse" not in words and "pardon" not in words:  # `please phone`
        return False
    for word in words:
        model = before in BRANDS and re.fullmatch(r"[a-z]?\d{1,3}(?:[acestx+]|fe|se)?", word)
        if word and word not in PHONE and not model:
            return False
        before = word or before
    return any(word in THINGS for word in words) and any(word in SENDS or "outlook" in word for word in words)

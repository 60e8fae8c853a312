"""What stands below a mail's own words and says nothing: closings, names, numbers, addresses, what a phone adds.

A line counts as such only where all of it is known. Whoever writes `Sent from my phone, not on Friday` has
said something; so has a signature that names a day. A line too many is looked at, a missed one may be the `but`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pmkit.rollup.quoting_words import CLOSING, DELIMITER, SENT_FROM

_NUMBERS: Final = re.compile(
    r"(?!.*\b(?:19|20)\d\d\b)(?:(?:tel|t|m|mob|mobile|phone|cell)[.:]?\s*\+?[\d\s()./-]{7,25}|\+\d[\d\s()./-]{6,24}"
    r"|\(\+?\d{1,5}\)[\d\s/-]{5,20}|\d{3,5}[\d\s()/-]{6,20})",
    re.IGNORECASE,
)
_DATES: Final = re.compile(
    r"(?:^|[\s(-])\d{1,2}[./]\s?\d{1,2}(?:[./](?:\d{2}){0,2})?(?=$|[\s)-])|^[0-2]?\d[0-5]\d[\s/-]+[0-2]?\d[0-5]\d\s*$"
)
"""What reads like a date, or like hours (`0900-1300`), and is no telephone number then."""
_ADDRESS: Final = re.compile(
    r"(?:e-?mail:?\s*)?(?:https?://\S{1,200}|www\.\S{1,200}|[^\s@]{1,64}@[^\s@]{1,200})", re.IGNORECASE
)
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
_MADE: Final = (
    "iphone iphone'a iphonu iphonie iphonesta ipad ipadu ipada android samsung galaxy xiaomi redmi poco huawei honor pixel motorola moto nokia oneplus sony xperia"
    " blackberry windows outlook ios"
)
_BRANDS: Final = frozenset(_MADE.split())
_ADDED: Final = (
    # devices and programs
    "k-9 email.cz seznam.cz orange sfr verizon t-mobile vodafone telekom xfinity connect please excuse brevity "
    "mail mails gmail e-mail email yahoo proton protonmail aol spark thunderbird icloud libero fastmail gmx web.de app aplikace aplikaci aplikację application"
    " phone mobile cell device tablet handy smartphone smartphonu telefon telefonu telefonem mobil mobilu mobiltelefon mobiltelefonem móvil movil celular"
    " téléphone telephone telefono teléfono cellulare telefone telemóvel gsm телефона телефон мобильного устройства pro max mini plus ultra note secure"
    # what stands around them: en de fr es it cs sk nl pl pt sv da no fi ru uk ro tr
    " sent from my the a an with via using on for get download von aus meinem meiner mein gesendet mit mobilen mobiler der dem vom über für"
    " envoyé de depuis mon à partir avec téléchargez pour enviado desde mi obtener para un dispositivo el do meu da dal mio inviato con scarica per il"
    " odesláno odoslané z ze zo mého môjho získat pro pomocí přes mobilního verzonden verstuurd vanaf met mijn voor downloaden outlook"
    " wysłane wysłano mojego przez pobierz dla systemu o obter partir skickat från min mitt hämta för sendt fra hent til lähetetty"
    " elküldve az iphone-omról отправлено с из моего надіслано із мого trimis pe iphone'umdan gönderildi"
)
_PHONE: Final = _BRANDS | frozenset(_ADDED.split())
"""The words of the lines that phones and mail programs add; what else stands in one was typed by a person."""
_WHOLE: Final = re.compile(
    r"(?:iphone|ipad|android)から送信|(?:发|發)自我的\s?(?:iphone|ipad|手机|手機|小米|华为)|从我的\s?(?:iphone|ipad|手机)\s?发送",
    re.IGNORECASE,
)


def says_nothing(line: str, names: Iterable[str]) -> bool:
    """Whether a line below one's words is a closing, a number, an address or a name of whom was asked, and no more."""
    if DELIMITER.match(line) or CLOSING.fullmatch(line) or _ADDRESS.fullmatch(line) or _is_number(line):
        return True
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name.casefold())}
    said = re.findall(r"[^\W\d_]+", line.casefold())
    known = all(word in words and not closed(word) for word in said)
    return bool(said) and known and not re.search(r"[\d?]", line)


def may_tell(line: str) -> bool:
    """Whether a line of a signature may be more than one."""
    if SENT_FROM.match(line):
        return not _of_a_phone(line)
    if _is_number(line) or _ADDRESS.fullmatch(line):
        return False
    return bool(_HEDGES.search(line) or _DAYS.search(line)) or re.search(r"[\d!?]", line) is not None


def is_hedged(line: str) -> bool:
    """Whether a line has a word of those that take something back."""
    return _HEDGES.search(line) is not None


def closed(word: str) -> str:
    """Which of yes, no and maybe a word is, by itself, in whichever language; empty for none."""
    typed = " ".join(word.casefold().split()).rstrip(".!")
    return next((kind for kind, forms in _CLOSED.items() if typed in forms.split("|")), "")


def _is_number(line: str) -> bool:
    return _NUMBERS.fullmatch(line) is not None and _DATES.search(line) is None


def _of_a_phone(line: str) -> bool:
    """Whether every word of a line is one that phones and mail programs add of themselves."""
    if _WHOLE.fullmatch(line.strip().rstrip(".")):
        return True
    bare = re.sub(r"<https?://[^\s<>]{1,200}>|\(https?://[^\s()]{1,200}\)", "", line.casefold().replace("’", "'"))
    if re.sub(r"[\w\s.,'\"“”()\[\]&/-]", "", bare):
        return False
    before = ""
    words = [word.strip(".'-") for word in re.findall(r"[\w.'-]+", bare)]
    for word in words:
        model = before in _BRANDS and re.fullmatch(r"[a-z]?\d{1,3}[a-z+]{0,2}", word)
        if word and word not in _PHONE and not model:
            return False
        before = word or before
    return any(word in _PHONE for word in words)

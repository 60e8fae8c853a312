"""The kinds of value a field can hold: the readers of text, by the words that records use."""

from __future__ import annotations

import re

from pmkit.model import clock, dates, letters, money, pages, scene_number
from pmkit.model.forms import (
    Either as Either,
    ListOf as ListOf,
    MappingOf as MappingOf,
    Of as Of,
    OneOf as OneOf,
    Text as Text,
    Value as Value,
    record_schema as record_schema,
)
from pmkit.problems import Fault

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"\\“”‘’]+@[^\s@,;<>()\[\]\"\\]+\.[^\s@,;<>()\[\]\"\\“”‘’]+")
# The short numbers are for help: 112, 911, 999.
_PHONE = re.compile(r"[0-9]{3}|\+?\(?[0-9][0-9 ().\-/]{3,24}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?")
_COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,8})?)")
_SCENE = re.compile(r"[^\W_][\w.\-/]*")
RESERVED = ("sets", "boneyard")


# ---- readers of text


def _text(text: str) -> str:
    return text


def _id(text: str) -> str | Fault:
    if _ID.fullmatch(text):
        return text if text not in RESERVED else Fault(f"{text} is a reserved word", "choose another id", "bad-id")
    proposal = re.sub(r"[^a-z0-9]+", "-", letters.plain(text)).strip("-")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:\.\..*)?", text):
        return Fault(f"the date {text[:24]} stands where an id is wanted", "dates stand under an id: main:", "bad-id")
    hint = f"write {proposal}" if _ID.fullmatch(proposal) else "start with a letter; small letters, figures, hyphens"
    return Fault(f"{text[:40]!r} is not an id", hint, "bad-id")


def _integer(text: str) -> int | Fault:
    if re.fullmatch(r"-?[0-9]{1,12}", text.strip()):
        return int(text)
    figures = re.match(r"[0-9]{1,12}", text.strip())
    return Fault(f"{text[:40]} is not a whole number", f"write {figures[0] if figures else 'figures'}", "bad-number")


def _flag(text: str) -> bool | Fault:
    if text in ("true", "false"):
        return text == "true"
    hint = {"yes": "write true", "on": "write true", "no": "write false", "off": "write false"}.get(text.lower(), "")
    return Fault(f"{text[:40]} is neither true nor false", hint or "write true or false", "bad-flag")


def _email(text: str) -> str | Fault:
    if _EMAIL.fullmatch(text) and text.isprintable():
        return text
    hint = "one address here, the others in the note" if text.count("@") > 1 else "write it as name@example.com"
    return Fault(f"{text[:60]!r} is not one e-mail address", hint, "bad-address")


def _phone(text: str) -> str | Fault:
    if _PHONE.fullmatch(text.strip()):
        return text.strip()
    return Fault(f"{text[:40]!r} is not a phone number", "write it with its country: +1 310 555 0142", "bad-phone")


def _coordinates(text: str) -> tuple[float, float] | Fault:
    found = _COORDINATES.fullmatch(text.strip())
    if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
        return (float(found[1]), float(found[2]))
    hint = "write latitude and longitude in degrees: 34.8958, -117.0228"
    swapped = re.fullmatch(r"(-?[0-9.]+)\s*,\s*(-?[0-9.]+)", text.strip())
    if swapped and _COORDINATES.fullmatch(f"{swapped[2]}, {swapped[1]}"):
        hint = f"the latitude comes first: {swapped[2]}, {swapped[1]}"
    return Fault(f"{text[:40]} is not a place on the map", hint, "bad-coordinates")


def _scene(text: str) -> str | Fault:
    typed = text.strip()
    if _SCENE.fullmatch(typed) and len(typed) <= 24:
        return typed
    joined = "".join(typed.split())
    hint = f"write {joined}" if _SCENE.fullmatch(joined) and len(joined) <= 8 else "as the script does: 12, 12A, A12"
    return Fault(f"{text[:40]!r} is not a scene number", hint, "bad-scene")


def _url(text: str) -> str | Fault:
    if re.fullmatch(r"https?://[^\s<>\"']+", text):
        return text
    return Fault(f"{text[:60]!r} is not a web address", "it begins with https://", "bad-url")


def code_word(text: str) -> str | Fault:
    """A short code for file names and mail subjects: letters, figures, hyphens."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,15}", text):
        return text
    return Fault(f"{text[:24]!r} is not a code", "letters and figures, as in SALT", "bad-code")


text = Text(_text, "text")
ident = Value(_id, "an id", _ID.pattern)
integer = Value(_integer, "a whole number")
flag = Value(_flag, "true or false")
email = Value(_email, "an e-mail address")
phone = Value(_phone, "a phone number")
coordinates = Value(_coordinates, "latitude, longitude")
url = Value(_url, "a web address")
scene = Value(_scene, "a scene number")
clock_time = Value(clock.parse, "a time of day: 7:30, 22:30, 2:30 +1")
length = Value(clock.parse_length, "a length of time: 0:45, 1:30")
call = Value(clock.parse_call, "a call: 6:30, -0:30, o/c, n/a")
timezone = Value(clock.parse_zone, "a time zone: America/Los_Angeles")
span = Value(clock.parse_span, "a stretch of time: 13:00-13:30")
eighths = Value(pages.parse, "pages in eighths: 1 3/8")
day = Value(dates.parse, "a date: 2025-10-16")
day_range = Value(dates.parse_range, "a date, or two with .. between")
moment = Value(dates.parse_moment, "a date and time: 2025-10-17 18:00")
weekday = Value(dates.parse_weekday, "a day of the week: mon … sun")
amount = Value(money.parse_amount, "an amount: 1234.50")
rate = Value(money.parse_rate, "a rate: 850/day, 12000 flat")
percent = Value(money.parse_percent, "a percentage: 6.2%")
texts = ListOf(text, single=True)
ids = ListOf(ident, single=True)
day_ranges = ListOf(day_range, single=True)
same_scene = scene_number.same

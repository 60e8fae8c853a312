"""Whatever is asked, booked and released in whatever order, what stands in people's calendars is what the folder says.

A calendar keeps of every UID what the highest SEQUENCE said (RFC 5546, 2.1.5) and lets what is lower pass by.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.mail import standing
from pmkit.rollup import answers, bookings
from tests.mail.loopback import PASSWORD, USER, Fault, Loopback

Days = frozenset[dt.date]
Captured = pytest.CaptureFixture[str]
FILES = {
    "production": "pmkit: 1\ntitle: The Salt Road\ncode: SALT\ntimezone: Europe/Prague\n"
    f"mail:\n  from: The Salt Road <{USER}>\n  host: 127.0.0.1\n  port: PORT\n  user: {USER}\n  per_minute: 5000\n",
    "crew": "grip:\n  people:\n    - {id: kay, name: Kay Moss, position: Grip, email: kay@example.com}\n"
    "    - {id: kay-2, person: kay, position: Driver}\n"
    "    - {id: orla, name: Orla Finch, position: Key Grip, email: orla@example.com}\n",
    "cast": "1:\n  id: lena\n  character: LENA\n  performer: Lena Prior\n  email: lena@example.com\n"
    "  agent: {name: Dana, email: dana@example.com}\n",
}
PEOPLE = {"kay": ["kay"], "orla": ["orla"], "lena": ["dana", "lena"]}
STEPS = [
    "send",
    "send",
    "send",
    "answer",
    "answer",
    "confirm",
    "release",
    "off",
    "off",
    "revise",
    "revise",
    "kind",
    "off-revise",
    "flush",
    "mail-trouble",
]


class Kept(NamedTuple):
    """What a calendar keeps of one event."""

    sequence: tuple[int, dt.datetime]
    held: Days
    firm: Days


class Calendars:
    """Everybody's calendars, by address and UID."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Kept] = {}
        self.ids: list[str] = []

    def take(self, to: str, data: bytes) -> None:
        """A mail comes."""
        mail = email.message_from_bytes(data, policy=email.policy.default)
        self.ids.append(mail["message-id"])
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                uid, event = read(icalendar.Calendar.from_ical(part.get_content()))  # type: ignore[attr-defined]
                before = self.kept.get((to.partition("@")[0], uid))
                if before is not None and before.sequence == event.sequence:
                    assert before == event, f"two events of one sequence: {uid}"
                if before is None or event.sequence > before.sequence:
                    self.kept[to.partition("@")[0], uid] = event


def read(calendar: Any) -> tuple[str, Kept]:
    """One message's event: its UID, and the dates that stand after it."""
    events = calendar.walk("VEVENT")
    ((uid, *sequence),) = {(str(e["uid"]), int(e["sequence"]), e.decoded("dtstamp")) for e in events}
    held, firm = set[dt.date](), set[dt.date]()
    for event in events if calendar["method"] == "REQUEST" else ():
        days = set(_days(event))
        held, firm = held - days, firm - days
        if event["status"] == "CONFIRMED":
            firm |= days
        else:
            held |= days
    return uid, Kept((sequence[0], sequence[1]), frozenset(held), frozenset(firm))


def _days(event: Any) -> Iterator[dt.date]:
    first = event.decoded("dtstart")
    last = event["rrule"]["UNTIL"][0] if "rrule" in event else event.decoded("dtend") - dt.timedelta(days=1)
    left = event.get("exdate", [])
    out = {each.dt for one in (left if isinstance(left, list) else [left]) for each in one.dts}
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        if day not in out:
            yield day


class Office:
    """A production office that does what comes into its mind, and writes down what it did."""

    def __init__(self, root: Path, server: Loopback, seed: int, capsys: Captured) -> None:
        self.root, self.server, self.capsys = root, server, capsys
        self.random, self.calendars = random.Random(seed), Calendars()
        self.now, self.story = dt.datetime(2025, 11, 1, 9), [f"seed {seed}"]
        copy = [bool(self.random.getrandbits(1)) for _ in range(3)]
        self.asks: dict[str, dict[str, Any]] = {
            "h1": {"kind": "hold", "ask": [*PEOPLE], "days": {10, 12, 13}, "revision": 1, "copy": copy[0]},
            "h2": {"kind": "offer", "ask": ["kay-2", "lena"], "days": {13, 14}, "revision": 1, "copy": copy[1]},
            "off": {"kind": "release", "ask": [*PEOPLE], "days": {12, 13, 14}, "revision": 1, "copy": copy[2]},
        }
        for name in self.asks:
            self.write(name)

    def write(self, name: str, **changed: Any) -> None:
        """Writes a request's file."""
        one = self.asks[name]
        one.update(changed)
        days = ", ".join(f"2025-11-{day}" for day in sorted(one["days"]))
        text = f"#: coordinator\nkind: {one['kind']}\nask: [{', '.join(one['ask'])}]\nrevision: {one['revision']}\n"
        text += (f"dates: [{days}]\n" if days else "") + ("copy: true\n" if one["copy"] else "")
        (self.root / "requests" / f"{name}.yaml").write_text(text)
        self.story.append(f"{name}: {one}")

    def do(self, *words: str) -> int:
        """Runs a command; what it sends comes to people's calendars."""
        if words[0] == "request":
            self.now += dt.timedelta(minutes=self.random.choice([0, 0, 1, 90]))
            words = (*words, "--date", f"{self.now:%Y-%m-%d %H:%M}")
        code = cli.run([*words])
        said = self.capsys.readouterr()
        self.story.append(f"$ pmkit {' '.join(words)} -> {code}\n{said.out}{said.err}")
        assert code != 70 and "with another content" not in said.err, self.told()
        for to, data in self.server.mails:
            self.calendars.take(to, data)
        self.server.mails.clear()
        return code

    def told(self) -> str:
        return "\n".join(self.story)

    def step(self) -> None:
        """One thing more."""
        name, who, what = (self.random.choice(words) for words in (["h1", "h2"], [*PEOPLE], STEPS))
        one = self.asks[name]
        days = [str(self.random.choice(sorted(one["days"])))] if self.random.random() < 0.7 else []
        yes = ["--yes"] if self.random.random() < 0.7 else []
        if what in ("send", "off"):
            self.do("request", "send", name if what == "send" else "off", "--yes")
        elif what == "answer" and not self.decided(name, who) and one["kind"] != "release":
            self.do("request", "answer", name, who, self.random.choice(["yes", "no", "maybe", "yes 13"]))
        elif what in ("confirm", "release") and self.mailed(name, who):
            self.do("request", what, name, who, *days, *yes)
        elif what == "revise":
            kind = "hold" if one["kind"] == "release" else one["kind"]
            some = set(self.random.sample(range(10, 16), self.random.randint(1, 4)))
            self.write(name, kind=kind, revision=one["revision"] + 1, days=self.random.choice([one["days"], some]))
        elif what == "kind":
            kind, more = "hold" if one["kind"] == "release" else "release", self.random.choice([0, 1])
            self.write(name, kind=kind, revision=one["revision"] + (more if kind == "release" else 1))
        elif what == "off-revise":
            some = set(self.random.sample(range(10, 16), self.random.randint(0, 5)))
            self.write("off", revision=self.asks["off"]["revision"] + 1, days=some)
        elif what == "flush":
            self.do("outbox", "send", "--yes", "--date", f"{self.now:%Y-%m-%d}")
        elif what == "mail-trouble":
            to = self.random.choice([address for addresses in PEOPLE.values() for address in addresses])
            stage, how = self.random.choice(["RCPT", "DOT"]), self.random.choice(["4xx", "5xx"])
            self.server.faults.append(Fault(stage, how, 1, f"{to}@example.com"))
            self.story.append(f"{to} is refused once at {stage}: {how}")

    def decided(self, name: str, who: str) -> bool:
        return bool(bookings.of(folders.read(self.root).production, name, who))

    def mailed(self, name: str, who: str) -> bool:
        """Whether somebody was asked by mail what the file asks now."""
        now = name, who, str(self.asks[name]["revision"])
        mails = (e for e in standing.read(self.root).entries.values() if e.kind in ("hold", "offer"))
        return any((e.about["what"], e.about["who"], e.about["revision"]) == now for e in mails)

    def settle(self) -> None:
        """The mail server is well again; all that waits goes, and whoever was not told is told."""
        self.server.faults.clear()
        for _ in range(2):
            self.do("outbox", "retry")
            self.do("outbox", "retry", "--failed")
            self.do("outbox", "send", "--yes", "--date", f"{self.now:%Y-%m-%d}")
            for name in self.asks:
                self.do("request", "send", name, "--yes")
            production = folders.read(self.root).production
            for name, who in production.answers_of:
                request = production.requests[name]
                how = answers.standing(production, request, who)
                for act, word in (
                    (("confirmed", "confirm"), ("released", "release")) if request.kind != "release" else ()
                ):
                    known = {*request.days(), *(how.on(act) if act == "released" else ())}
                    if how.on(act):
                        days = (day.isoformat() for day in how.on(act) if day in known)
                        self.do("request", word, name, who, *days, "--yes")

    def compare(self) -> Iterator[str]:
        """What calendars say otherwise than the folder does."""
        production = folders.read(self.root).production
        for name, request in production.requests.items():
            for who in PEOPLE:
                how = answers.standing(production, request, who)
                refused = any(one.act == "answer" for one in production.answers_of.get((name, who), ()))
                for address in PEOPLE[who]:
                    kept = self.calendars.kept.get((address, f"SALT-{name}-{who}@pmkit"))
                    if kept is None or name == "off":
                        continue
                    gone, booked = {*how.on("released")}, {*how.on("confirmed")}
                    held = {*request.days()} - gone - booked - {*how.on("declined")}
                    if address != "lena" and kept.firm != booked:
                        yield f"{name} {address}: firm {kept.firm}, booked {booked}"
                    if kept.held & gone or (
                        request.kind == "release" and not refused and kept.held & {*request.days()}
                    ):
                        yield f"{name} {address}: held {kept.held}, released {gone}"
                    if (
                        address != "lena"
                        and request.kind != "release"
                        and self.mailed(name, who)
                        and not held <= kept.held
                    ):
                        yield f"{name} {address}: held {kept.held}, asked for {held}"


@pytest.mark.parametrize("seed", [*range(14), 516])
def test_calendars_and_folder_agree_whatever_was_done(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    root, config = tmp_path / "SALT", tmp_path / "config" / "pmkit"
    for folder in (root / "requests", root / "private", config):
        folder.mkdir(parents=True)
    (config / "config.yaml").write_text("SALT: {password_file: smtp}\n")
    (config / "smtp").write_text(PASSWORD + "\n")
    for file in config.iterdir():
        file.chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(root)
    with Loopback() as server:
        for name, text in FILES.items():
            (root / f"{name}.yaml").write_text(text.replace("PORT", str(server.port)))
        office = Office(root, server, seed, capsys)
        for _ in range(office.random.randint(8, 18)):
            office.step()
        office.settle()
        assert office.do("validate") == 0, office.told()
    assert not [*office.compare()], "\n".join([*office.compare(), office.told()])
    assert len(set(office.calendars.ids)) == len(office.calendars.ids), office.told()  # nothing twice

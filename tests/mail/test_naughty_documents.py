"""A naughty string wherever text stands, in all the other mails: reminders, notices, memos, call sheets, documents, reports."""

from __future__ import annotations

import email
import email.policy
import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.commands import request_mails
from pmkit.commands.mails import Mail
from pmkit.commands.request_standing import person_of
from pmkit.files import folder as folders
from pmkit.mail import log
from pmkit.problems import Problem, Stop
from pmkit.rollup import bookings
from tests.mail.test_naughty import HEADERS, NAUGHTY, NOW

PEOPLE = {"k-moss@example.com", "dana@example.com"}
ALTERNATIVE = ["multipart/alternative", "text/plain", "text/html"]
THREAD = {"in-reply-to", "references"}
AUTO = {"auto-submitted"}
SAMPLE = {0, 2, NAUGHTY.index("\ufeffbyte\ufefforder")}
CHOSEN = [
    pytest.param(words, id=str(number), marks=() if number in SAMPLE else pytest.mark.soak)
    for number, words in enumerate(NAUGHTY)
]  # in `make test` a few, all of them in the soak


def production(root: Path, words: str) -> folders.Folder:
    """A production of two days and two people, one of them through her agent, with these words wherever text stands."""
    q = json.dumps(words)
    texts = {
        "production": f"pmkit: 1\ntitle: {q}\ncode: FILM\ncompany: {q}\npeople: {{coordinator: k-moss}}\n"
        f"units: {{main: {q}}}\noffice: {{address: {q}, email: office@example.com}}\n"
        "daily_report: {to: everybody, contains: [today, tomorrow, requests]}\n"
        "mail: {from: office@example.com, host: 127.0.0.1, reply_to: answers@example.com}\n",
        "crew": f"grip:\n  people:\n    - {{id: k-moss, name: {q}, position: {q}, email: k-moss@example.com}}\n",
        "cast": f"1: {{character: {q}, id: ana, performer: {q}, agent: {{name: {q}, email: dana@example.com}}}}\n",
        "lists": "everybody: {who: [k-moss, ana]}\n",
        "locations": f"motel: {{name: {q}, address: {q}, parking: {q}}}\n",
        "breakdown": f"1: {{heading: INT. ROOM - DAY, synopsis: {q}, pages: 1, cast: [1], notes: {q}}}\n2: {{heading: EXT. YARD - DAY, pages: 1}}\n",
        "schedule": f"main:\n  2025-10-13: {{call: 7:00, location: motel, note: {q}, strips: [1]}}\n"
        "  2025-10-14: {call: 8:00, strips: [2]}\n",
        "requests/r": f"kind: hold\nask: [k-moss, ana]\ndates: [2025-10-27, 2025-10-29]\nlocation: motel\ncopy: true\n"
        f"text: {q}\nsubject: {q}\nrespond_by: 2025-10-20 18:00\n",
        "requests/memos": f"kind: dealmemo\nask: [k-moss]\ntext: {q}\nsubject: {q}\n",
        "private/deals": f"k-moss: {{rate: 300/day, account: 2505, position: {q}, credit: {q}, note: {q}}}\n",
        "private/answers/r-k-moss-1": "request: r\nperson: k-moss\nat: 2025-10-12T10:00:00Z\nanswer: yes\n"
        f"dates: {{2025-10-27: yes}}\nnote: {q}\n",
        "private/answers/r-k-moss-2": f"request: r\nperson: k-moss\nat: 2025-10-12T11:00:00Z\nact: confirmed\ndays: [2025-10-27]\nnote: {q}\n",
        "private/answers/r-k-moss-3": f"request: r\nperson: k-moss\nat: 2025-10-12T12:00:00Z\nact: released\ndays: [2025-10-27, 2025-10-29]\nnote: {q}\n",
    }  # fmt: skip
    for name, text in texts.items():
        path = root / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _held(root)
    return folders.read(root)


def _held(root: Path) -> None:
    """The hold has gone, and stands in the calendar that a notice brings up to date."""
    at = datetime(2025, 10, 12, 9, tzinfo=UTC)
    about = {"kind": "hold", "what": "r", "who": "k-moss", "revision": "1", "dates": "2025-10-27 2025-10-29"}
    acts = [
        log.line(at, "queued", "0" * 16, digest="d", **about),
        *(log.line(at, act, "0" * 16) for act in ("try", "sent")),
    ]
    log.append(root, "mara", acts, at)


def check(data: bytes, recipient: str, more: set[str], types: list[str]) -> None:
    """What a receiver reads: the headers meant, the one recipient, the parts meant, and safe names of files."""
    assert data.isascii() and b"\0" not in data
    assert not [line for line in data.split(b"\r\n") if len(line) > 998 or b"\n" in line or b"\r" in line]
    head = data.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode().lower() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    assert sorted(names) == sorted([*HEADERS, *more])
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for header, meant in (("to", recipient), ("from", "office@example.com"), ("reply-to", "answers@example.com")):
        assert [address.addr_spec for address in mail[header].addresses] == [meant]
    assert [part.get_content_type() for part in mail.walk()] == types
    for part in mail.walk():
        assert {name.lower() for name in part} <= {*HEADERS, *more, "content-transfer-encoding", "content-disposition"}
        name = part.get_filename() or ""
        assert not set(name) & set('/\\\r\n\0"<>') and len(name) < 120, name


def told(found: tuple[list[Mail], list[Problem]]) -> list[tuple[str, bytes]]:
    mails, problems = found
    assert mails or any(problem.severity == "error" for problem in problems)
    return [(mail.parcel.sealed.recipient, mail.parcel.sealed.data) for mail in mails]


def of_requests(folder: folders.Folder) -> list[tuple[str, bytes, set[str], list[str]]]:
    made, when, today = folder.production, NOW, NOW.date()
    calendar = [*ALTERNATIVE, "text/calendar"]
    found = [(*one, set(), calendar) for one in told(request_mails.mails_of(folder, "r", today, when))]
    again = told(request_mails.reminders(folder, "r", {"k-moss": 1, "ana": 2}, today, when))
    found += [(*one, THREAD, ALTERNATIVE) for one in again]
    who, _ = person_of(made, made.requests["r"], "k-moss", NOW.replace(tzinfo=None))
    acts = list(enumerate(bookings.of(made, "r", "k-moss"), 1))
    assert len(acts) == 2
    found += [(*one, set(), calendar) for one in told(request_mails.notices(folder, "r", who, acts, when))]
    memo = ["multipart/mixed", *ALTERNATIVE, "application/pdf"]
    return found + [(*one, set(), memo) for one in told(request_mails.mails_of(folder, "memos", today, when))]


@pytest.mark.parametrize("words", CHOSEN)
def test_requests_reminders_notices_and_memos(tmp_path: Path, words: str) -> None:
    folder = production(tmp_path, words)
    errors = [problem for problem in folder.problems if problem.severity == "error"]
    try:
        found = of_requests(folder)
    except (Stop, KeyError):  # a broken record is left out, and said
        assert errors
        return
    assert errors or len(found) == 7
    for recipient, data, more, types in found:
        check(data, recipient, more, types)
    assert {recipient for recipient, *_ in found} <= PEOPLE


PAGE = ["multipart/mixed", *ALTERNATIVE, "text/calendar"]
SENT = {
    "callsheet": (["callsheet", "1", "--to", "works:2025-10-13", "--as", "html"], (ALTERNATIVE, PAGE)),
    "oneliner": (["oneliner", "--to", "everybody", "--as", "html"], (ALTERNATIVE,)),
    "daily": (["daily"], (ALTERNATIVE,)),
}


@pytest.mark.parametrize("document", SENT)
@pytest.mark.parametrize("words", CHOSEN)
def test_documents_and_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], document: str, words: str
) -> None:
    folder = production(tmp_path, words)
    errors = [problem for problem in folder.problems if problem.severity == "error"]
    monkeypatch.chdir(tmp_path)
    command, types = SENT[document]
    typed = [] if document == "daily" else ["--subject", words, "--text", words]
    for more in ([], typed):  # the subject of its own, and one that was typed
        code = cli.run(["send", *command, *more, "--date", "2025-10-13", "-o", str(tmp_path / "out")])
        assert code in (0, 1, 3) and "Traceback" not in capsys.readouterr().err
        mails = sorted((tmp_path / "out").glob("*.eml"))
        assert mails or code
        assert code == 0 or errors or more, words
        for path in mails:
            data = path.read_bytes()
            parts = [part.get_content_type() for part in email.message_from_bytes(data).walk()]
            assert parts in types
            recipient = {"k-moss": "k-moss@example.com", "ana": "dana@example.com"}[path.stem.split(".")[0]]
            check(data, recipient, AUTO, parts)
            path.unlink()


def test_the_sample_is_sent_where_it_can_be(tmp_path: Path) -> None:
    assert datetime(2025, 10, 13, 9, tzinfo=UTC) == NOW
    assert len(of_requests(production(tmp_path, "Plain words"))) == 7

"""What must hold of every document in every format: data stays data, nothing private leaks, same bytes."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.model import kinds as k
from pmkit.model.budget import Line
from pmkit.model.record import Field, Record
from pmkit.model.tree import Scalar
from tests.conftest import SAMPLE
from tests.filled import fill, holds_text, quoted

TODAY = ("--date", "2025-10-30")
TABLE = ("text", "md", "csv", "xlsx", "html", "pdf", "json")
SHEET = ("text", "html", "pdf", "json")
# What a budget is compared with: the sample's, so that every line of a filled one is another.
BUDGET = str(SAMPLE / "private" / "budget.yaml")
DOCUMENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "callsheet": (("callsheet", "2025-11-01"), SHEET),
    "callsheet of 2nd unit": (("callsheet", "second:2"), SHEET),
    "personal call": (("callsheet", "2025-10-30", "jun-ito"), SHEET),
    "a minor's call": (("callsheet", "2025-10-24", "7"), SHEET),
    "costs": (("costs", *TODAY), (*TABLE, "svg")),
    "costs by location": (("costs", "--by", "location", *TODAY), TABLE),
    "costs by vendor": (("costs", "--by", "vendor", *TODAY), TABLE),
    "the trend of costs": (("costs", "--trend", *TODAY), TABLE),
    "the memo of variances": (("costs", "--memo", *TODAY), TABLE),
    "an account": (("costs", "3607", *TODAY), TABLE),
    "topsheet": (("topsheet",), TABLE),
    "budget": (("budget",), TABLE),
    "an account of the budget": (("budget", "1401"), TABLE),
    "fringes": (("budget", "--fringes"), TABLE),
    "budget by location": (("budget", "--by", "location"), TABLE),
    "comparison of budgets": (("budget", "--against", BUDGET), (*SHEET, "xlsx")),
    "topsheet beside another": (("topsheet", "--against", BUDGET), ("text", "html", "pdf")),
    "cashflow": (("cashflow", *TODAY), TABLE),
    "an order": (("po", "print", "LOC-001"), SHEET),
    "order log": (("po", "list", *TODAY), TABLE),
    "crewlist": (("crewlist",), TABLE),
    "castlist": (("castlist",), TABLE),
    "castlist with contacts": (("castlist", "--contacts"), TABLE),
    "oneliner": (("oneliner",), TABLE),
    "shooting": (("shooting", "--unit", "main"), TABLE),
    "stripboard": (("stripboard",), ("text", "html", "svg", "pdf", "json")),
    "breakdown": (("breakdown",), TABLE),
    "a breakdown sheet": (("breakdown", "12A"), TABLE),
    "elements": (("elements",), TABLE),
    "elements props": (("elements", "props"), TABLE),
    "dood": (("dood",), TABLE),
    "dood of props": (("dood", "props"), TABLE),
    "calendar": (("calendar",), TABLE),
    "a person's calendar": (("calendar", "2"), TABLE),
    "scenes": (("scenes",), TABLE),
    "a request's status": (("request", "status", "makeup-wedding", "--date", "2025-11-03"), TABLE),
    "requests": (("request", "status", "--date", "2025-11-03"), TABLE),
    "dealmemo": (("dealmemo", "jun-ito"), SHEET),
    "a performer's dealmemo": (("dealmemo", "gordon-applewhite"), SHEET),
}


def printed(root: Path, name: str, form: str, out: Path) -> bytes:
    """A document's bytes, through the command as a person types it."""
    words, _ = DOCUMENTS[name]
    path = out / f"{name.replace(' ', '-')}.{form}"
    code = cli.run(["-C", str(root), *words, "--format", form, "-o", str(path)])
    assert code == 0, (name, form, code)
    return path.read_bytes()


# ---- text from the folder is data

REFERENCES = {
    "Line": {"amount", "x", "rate", "unit", "currency"},
    "Budget": {"chart", "globals", "categories"},
    "Fringe": {"on", "account"},
    "Charge": {"on", "exclude", "account", "flat", "exclude_amount", "inside"},
    "Credit": {"on", "exclude", "less", "flat"},
    "CreditRow": {"on", "exclude", "less", "flat"},
    "AtMost": {"on", "exclude", "less"},
    "Overage": {"account"},
    "Account": {"category"},
    "Deal": {"account", "agreement"},
    "OrderLine": {"account", "unit", "amount"},
    "Order": {"currency"},
    "Invoice": {"account"},
    "Vendor": {"account"},
    "Scene": {"heading", "episode"},
    "Event": {"who"},
    "DistributionList": {"who"},
    "Trip": {"who"},
    "Ride": {"who", "vehicle"},
    "Strip": {"episode"},
    "Waiver": {"code", "about"},
    "CastCall": {"status"},
    "CastHours": {"status"},
    "ImportMap": {"columns", "departments"},
    "Answer": {"request", "settles"},
}
HOSTILE = "<script>alert(1)</script>{{7*7}}\"'><img src=x>\n[link](javascript:x) =1+1 #panic() $x$ *b*"


class Canaries:
    """Fills every field that is not public with a token of its own, remembers which class it was, and ends every text in `what`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.tokens: dict[str, tuple[str, str, bool]] = {}
        self.places: dict[str, tuple[str, int]] = {}

    def make(self, record: type[Record], declared: Field, node: Scalar) -> str | None:
        if declared.key in REFERENCES.get(record.__name__, ()):
            return None
        text = holds_text(declared)
        if declared.sees in ("public", "set"):
            return quoted(f"{node.text} {self.what}") if text else None
        count = len(self.tokens)
        if declared.kind is k.phone:
            token = f"+1 999 555 {count:04d}"
        elif declared.kind is k.email:
            token = f"canary{count}@leak.example"
        elif declared.kind is k.rate and record.__name__ == "Deal":
            token = f"{7000000 + count}"
        elif text:
            token = f"CANARY{count:05d}X"
        else:
            return None
        self.places[token] = (node.file, node.line)
        self.tokens[token] = (f"{record.__name__}.{declared.key}", declared.sees, node.file.startswith("private/"))
        if declared.kind is k.rate:
            return quoted(token + "/day")
        return quoted(f"{token} {self.what}" if text else token)

    def found(self, told: str) -> set[str]:
        """The tokens that a text shows, however its figures are grouped and wherever its lines break."""
        packed = UNSEEN.sub("", told)
        shown = {found.replace(",", "") for found in TOKEN.findall(packed)}
        return {token for token in self.tokens if UNSEEN.sub("", token) in shown}


UNSEEN = re.compile(r"url\(data:[^)]*\)|[\s()\-]")
TOKEN = re.compile(r"CANARY\d{5}X|canary\d+@leak\.example|\+1999555\d{4}|7,?00\d,?\d{3}")
Planted = tuple[Path, Canaries]


def plant(folder: Path, what: str) -> Planted:
    canaries = Canaries(what)
    return fill(folder / "salt", canaries.make), canaries


@pytest.fixture(scope="module")
def benign(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("benign"), "x\nx")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("hostile"), HOSTILE)


class Tags(HTMLParser):
    """The tags of a page in order with their attributes' names; refuses what does not close."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def tags(page: bytes) -> list[tuple[str, tuple[str, ...]]]:
    reader = Tags()
    reader.feed(page.decode("utf-8"))
    reader.close()
    assert reader.open == []
    return reader.seen


def test_what_is_planted_reads_as_the_sample_and_is_of_every_class(benign: Planted, hostile: Planted) -> None:
    for root, canaries in (benign, hostile):
        assert [p for p in folders.read(root).problems if p.severity == "error"] == []
        assert {"contact", "money", "identity", "health", "minor"} <= {sees for _, sees, _ in canaries.tokens.values()}
        assert len(canaries.tokens) > 1000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_data_stays_data_and_nobody_sees_what_he_may_not(
    name: str, benign: Planted, hostile: Planted, tmp_path: Path
) -> None:
    root, canaries = hostile
    allowed = may_see(name)
    for form in DOCUMENTS[name][1]:
        content = printed(root, name, form, tmp_path)
        told = in_document(content, form)
        leaked = {
            what
            for what, sees, private in (canaries.tokens[token] for token in canaries.found(told))
            if sees not in allowed and not (name in CALLS and what in DUTY and not private)
        }
        assert not leaked, form
        if form == "text":
            assert "\x1b" not in told
        if form == "html":
            assert tags(content) == tags(printed(benign[0], name, "html", tmp_path))
            assert "<script" not in told
            assert "{{7*7}}" in told


def test_hostile_text_goes_by_mail_as_text(benign: Planted, hostile: Planted, tmp_path: Path) -> None:
    for request in ("grips-2nd-unit", "b-camera-operator"):
        pages = []
        for root, _ in (benign, hostile):
            out = tmp_path / root.parent.name / request
            out.mkdir(parents=True)
            assert cli.run(["-C", str(root), "request", "send", request, "-o", str(out), "--date", "2025-10-14"]) == 0
            pages.append([html_of(path) for path in sorted(out.glob("*.eml"))])
        assert [tags(page) for page in pages[1]] == [tags(page) for page in pages[0]]


def html_of(path: Path) -> bytes:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content()).encode()


# ---- nothing private where it does not belong


def may_see(name: str) -> frozenset[str]:
    """The privacy classes that a document's report declares."""
    words, _ = DOCUMENTS[name]
    word = {"calendar": "month", "request": "request_status"}.get(words[0], words[0])
    word = "comparison" if words[:2] == ("budget", "--against") else word
    word = "po_log" if words[:2] == ("po", "list") else word
    report = import_module(f"pmkit.reports.{word}")
    found: frozenset[str] = report.SEES_CONTACTS if "--contacts" in words else report.SEES
    return found


@lru_cache(maxsize=4)
def in_document(content: bytes, form: str) -> str:
    """All text of a document, however it is packed; the same paper goes to many."""
    if form == "pdf":
        from io import BytesIO

        from pypdf import PdfReader

        reader = PdfReader(BytesIO(content))
        told = "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    elif form == "xlsx":
        from io import BytesIO
        from zipfile import ZipFile

        with ZipFile(BytesIO(content)) as book:
            told = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        told = content.decode("utf-8")
    return told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-")


def test_an_order_shows_its_vendor_nothing_but_itself(hostile: Planted, tmp_path: Path) -> None:
    """It goes outside: no other order, no budget, no ledger, no other vendor, nothing of the house in it."""
    from pmkit.reports import po

    root, canaries = hostile
    vendors = (root / "vendors.yaml").read_text(encoding="utf-8").splitlines()
    own = 1 + next(n for n, line in enumerate(vendors) if line.startswith("desert-rose:"))
    seen: set[str] = set()
    for form in SHEET:
        told = in_document(printed(root, "an order", form, tmp_path), form)
        for token in canaries.found(told):
            what = canaries.tokens[token][0]
            seen.add(what)
            assert what in po.SHOWS, (what, form)
            assert canaries.places[token] in (("vendors.yaml", own),) or canaries.places[token][0].endswith(
                "po/LOC-001.yaml"
            ), (what, form)
    assert {"OrderLine.what", "Vendor.email"} <= seen


CALLS = ("callsheet", "callsheet of 2nd unit", "personal call", "a minor's call")
# A call sheet prints the telephones of those on duty, when the public crew list has them.
DUTY = {"Hire.phone"}


def test_a_call_sheet_prints_the_numbers_of_three_people_at_most(hostile: Planted, tmp_path: Path) -> None:
    root, canaries = hostile
    told = in_document(printed(root, "callsheet", "json", tmp_path), "json")
    phones = {t for t, (what, _, private) in canaries.tokens.items() if what == "Hire.phone" and not private}
    shown = {token for token in phones if token in told}
    assert len(shown) <= 3 < len(phones)


def test_a_personal_mail_knows_no_other_address(hostile: Planted, tmp_path: Path) -> None:
    root, _ = hostile
    assert (
        cli.run(["-C", str(root), "request", "send", "grips-2nd-unit", "-o", str(tmp_path), "--date", "2025-10-14"])
        == 0
    )
    mails = {
        path: email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in tmp_path.glob("*.eml")
    }
    addresses = {path: mail["To"].addresses[0].addr_spec for path, mail in mails.items()}
    assert len(set(addresses.values())) == len(mails) > 2
    for path, mail in mails.items():
        assert [name for name in mail if name.lower() in ("cc", "bcc")] == []
        assert len(mail["To"].addresses) == 1
        whole = path.read_text(encoding="utf-8", errors="replace")
        others = set(addresses.values()) - {addresses[path]}
        assert not [address for address in others if address in whole]


SENT = {
    "daily to who sees money": (("daily", "--to", "producers"), frozenset({"public", "set", "money"})),
    "daily to who does not": (("daily", "--to", "insurers"), frozenset({"public", "set"})),
    "call sheet": (("callsheet", "2025-10-31", "--to", "dept:camera", "--to", "7"), frozenset({"public", "set"})),
    "one-line schedule": (("oneliner", "--to", "dept:grip"), frozenset({"public", "set"})),
}


def sent(root: Path, words: tuple[str, ...], out: Path) -> list[email.message.EmailMessage]:
    """The mails of a document as they would go."""
    out.mkdir(parents=True, exist_ok=True)
    assert cli.run(["-C", str(root), "send", *words, "-o", str(out), *TODAY]) == 0
    paths = sorted(out.glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]  # type: ignore[misc]


@pytest.mark.parametrize("name", SENT)
def test_no_sent_document_shows_what_its_reader_may_not_see(
    name: str, hostile: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmkit.commands import send_mails

    monkeypatch.setattr(send_mails, "sound", lambda code: None)  # what is planted is not all sound
    root, canaries = hostile
    words, allowed = SENT[name]
    mails = sent(root, words, tmp_path)
    assert mails
    for mail in mails:
        address = mail["to"].addresses[0].addr_spec
        told = str(mail["subject"]) + str(mail["to"].addresses[0].display_name)
        for part in mail.walk():
            kind = part.get_content_type()
            if kind == "application/pdf":
                told += in_document(part.get_payload(decode=True), "pdf")  # type: ignore[arg-type]
            elif kind.startswith("text/"):
                told += part.get_payload(decode=True).decode()  # type: ignore[union-attr]
        leaked = {
            what
            for what, sees, private in (canaries.tokens[token] for token in canaries.found(told) - {address})
            if sees not in allowed
            and not (name == "call sheet" and what in DUTY and not private)
            and what not in ("Contact.name", "Office.email")  # whom it is addressed to, and the organizer of an entry
        }
        assert not leaked, name


@pytest.mark.parametrize("name", SENT)
def test_hostile_text_goes_along_as_text(
    name: str, benign: Planted, hostile: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmkit.commands import send_mails

    monkeypatch.setattr(send_mails, "sound", lambda code: None)  # ids were filled too: the folder has errors
    words, _ = SENT[name]
    pages = []
    for root, _ in (benign, hostile):
        bodies = [mail.get_body(("html",)) for mail in sent(root, words, tmp_path / root.parent.name)]
        pages.append([str(body.get_content()).encode() for body in bodies if body is not None])
    assert [tags(page) for page in pages[1]] == [tags(page) for page in pages[0]]
    assert pages[0]


# ---- same input, same bytes


def all_bytes(root: Path, out: Path, zone: str, locale: str, documents: list[tuple[str, str]]) -> dict[str, bytes]:
    """Those documents and a batch of mails, printed by another process in another time zone and locale."""
    out.mkdir()
    program = (
        "import json, sys; from pmkit import cli\n"
        "from tests.test_every_document import DOCUMENTS\n"
        "for name, form in json.loads(sys.argv[3]):\n"
        "    path = f'{sys.argv[2]}/{name}.{form}'.replace(' ', '-')\n"
        "    assert cli.run(['-C', sys.argv[1], *DOCUMENTS[name][0], '--format', form, '-o', path]) == 0\n"
        "assert cli.run(['-C', sys.argv[1], 'request', 'send', 'grips-2nd-unit', '-o', sys.argv[2], "
        "'--date', '2025-10-14']) == 0\n"
    )
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": "random"}
    subprocess.run(
        [sys.executable, "-c", program, str(root), str(out), json.dumps(documents)],
        check=True,
        env=environment,
        cwd=SAMPLE.parent,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def the_same(tmp_path: Path, documents: list[tuple[str, str]]) -> None:
    first = all_bytes(SAMPLE, tmp_path / "a", "UTC", "C", documents)
    second = all_bytes(SAMPLE, tmp_path / "b", "Pacific/Kiritimati", "C.UTF-8", documents)
    assert len(first) > len(documents)
    assert [name for name in first if first[name] != second.get(name)] == []


def test_same_input_same_bytes_whatever_the_zone_and_locale(tmp_path: Path) -> None:
    """Each document in one of its formats, so that each format has its turn; all of them are the soak's."""
    turns = [(name, formats[n % len(formats)]) for n, (name, (_, formats)) in enumerate(DOCUMENTS.items())]
    turns += [("costs", "svg"), ("stripboard", "svg")]
    assert {form for _, form in turns} == {*TABLE, *SHEET, "svg"}
    the_same(tmp_path, turns)


@pytest.mark.soak
def test_same_input_same_bytes_in_every_format(tmp_path: Path) -> None:
    the_same(tmp_path, [(name, form) for name, (_, formats) in DOCUMENTS.items() for form in formats])


# ---- text survives as typed

AS_TYPED = ("1.10", "12e3", "0123", "1234.50", "=1+1", "NO", "22:30", "1_2", "on", "~x")


def cells(content: bytes, form: str) -> set[str]:
    """The single values of a document in a form that has such, exactly as they stand there."""
    if form == "json":
        found: set[str] = set()
        json.loads(content, object_pairs_hook=lambda pairs: found.update(v for _, v in pairs if isinstance(v, str)))
        return found
    if form == "csv":
        return {cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row}
    from openpyxl import load_workbook

    rows = [row for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows()]
    return {cell.value for row in rows for cell in row if cell.data_type == "s" and isinstance(cell.value, str)}


@pytest.fixture(scope="module")
def as_typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in which crew, cast, scenes and budget lines are called by what a program likes to change."""
    counts: Counter[str] = Counter()
    told = {("Hire", "position"), ("CastMember", "character"), ("Scene", "synopsis"), ("Line", "what")}

    def make(record: type[Record], declared: Field, node: Scalar) -> str | None:
        if (record.__name__, declared.key) not in told:
            return None
        counts[record.__name__] += 1
        return AS_TYPED[counts[record.__name__] % len(AS_TYPED)]

    return fill(tmp_path_factory.mktemp("typed") / "salt", make)


@pytest.mark.parametrize("name", ["callsheet", "crewlist", "castlist", "an account", "budget", "oneliner", "breakdown"])
def test_text_survives_every_format_as_typed(name: str, as_typed: Path, tmp_path: Path) -> None:
    words, formats = DOCUMENTS.get(name, ((name,), TABLE))
    expected = set(AS_TYPED)
    if name == "an account":
        budget = folders.read(as_typed).production.budget
        assert budget is not None
        expected = {line.what for line in budget.accounts["3607"].lines if isinstance(line, Line) and not line.subtotal}
        assert len(expected) > 8
    for form in formats:
        path = tmp_path / f"x.{form}"
        assert cli.run(["-C", str(as_typed), *words, "--format", form, "-o", str(path)]) == 0
        content = path.read_bytes()
        if form in ("json", "csv", "xlsx"):
            assert expected - cells(content, form) == set(), (name, form)
        else:
            told = in_document(content, form).replace("&#x3D;", "=").replace("\\", "")
            assert [typed for typed in expected if typed not in told] == [], (name, form)


def test_a_spreadsheet_of_the_lists_holds_no_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    def make(record: type[Record], declared: Field, node: Scalar) -> str | None:
        return "=1+1" if (record.__name__, declared.key) == ("Hire", "position") else None

    root = fill(tmp_path / "salt", make)
    printed(root, "crewlist", "xlsx", tmp_path)
    book = load_workbook(tmp_path / "crewlist.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert len(cells) > 40
    assert {cell.data_type for cell in cells} == {"s"}

"""The deal memo: what was agreed and no more, of one person and of nobody else."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.dealmemo import DealMemo, dealmemo
from tests.conftest import SAMPLE

GOLDEN = Path(__file__).parents[1] / "golden" / "dealmemo"
CREW = """\
camera:
  people:
    - {id: jun, name: Jun Ito, position: DP, email: jun@example.com, from: 2025-10-13}
    - {id: jun-2, person: jun, position: B Operator}
    - {id: lee, name: Lee, position: Loader}
"""
CAST = "7: {character: MILO, id: sam, performer: Sam O., minor: 9-16, guardian: {name: P. O.}, agent: {name: Dana, email: d@example.com}}\n"
DEALS = """\
jun:
  rate: 850/day
  guarantee: 12h
  agreement: iatse-low-budget
  account: 3301
  kit: 150/day
  kit_cap: 3000
  inventory: [2 meters, {what: viewfinder, serial: DV-1, value: 1400, quantity: 2}, {what: case, value: 0.10}]
  loan_out: Ito Light Ltd.
  work_for_hire: Our own words.
sam: {rate: 1246/day, agency_fee: 10%, credit: "single card", work: 3 days, to: 2025-10-30}
"""


@pytest.fixture
def memo(production: Callable[..., Folder]) -> Callable[[str], DealMemo]:
    folder = production(
        production="pmkit: 1\ntitle: Salt\ncode: SALT\ncompany: Halcyon LLC\npeople: {upm: lee}\n",
        crew=CREW,
        cast=CAST,
        private__deals=DEALS,
    )
    assert folder.errors == []

    def make(word: str) -> DealMemo:
        found = dealmemo(folder.production, word)
        assert isinstance(found, DealMemo), found
        return found

    return make


def terms(memo: DealMemo) -> dict[str, str]:
    return {term.label: term.words for section in memo.sections for term in section.terms}


def test_a_crew_memo_says_what_was_agreed(memo: Callable[[str], DealMemo]) -> None:
    found = memo("Jun Ito")
    assert (found.variant, found.lender, found.blanks) == ("crew", "Ito Light Ltd.", ())
    told = terms(found)
    assert told["Rate"] == "USD 850.00 a day, for 12 hours guaranteed"
    assert told["Starts"] == "Monday 13 October 2025"
    assert told["Kit rental"] == "USD 150.00 a day, at most USD 3,000.00"
    assert told["Overtime, sixth day, seventh day"] == "by IATSE low budget"
    assert found.clauses[0].words == "Our own words."
    assert found.kit is not None and found.kit.worth == Decimal("2800.10")
    assert [(line.quantity, line.what) for line in found.kit.lines] == [
        (2, "meters"),
        (2, "viewfinder"),
        (None, "case"),
    ]


def test_a_second_hire_has_the_first_ones_deal(memo: Callable[[str], DealMemo]) -> None:
    assert terms(memo("jun-2"))["Rate"].startswith("USD 850.00")


def test_a_performers_memo_names_the_agent_and_the_guardian(memo: Callable[[str], DealMemo]) -> None:
    found = memo("7")
    assert found.variant == "cast" and found.kit is None
    assert [term.words for term in found.parties] == ["Sam O.", "P. O.", "Dana · d@example.com"]
    assert terms(found)["Agency fee"] == "10% on top, to the agent"
    assert found.blanks == ("start date", "account")


def test_without_a_deal_there_is_no_memo(production: Callable[..., Folder]) -> None:
    found = dealmemo(production(crew=CREW, private__deals="jun: {rate: 850/day}\n").production, "lee")
    assert isinstance(found, Fault) and "private/deals.yaml" in found.hint
    found = dealmemo(production(crew=CREW).production, "nobody")
    assert isinstance(found, Fault)


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_nobody_elses_terms_stand_in_a_memo(form: str, tmp_path: Path) -> None:
    out = tmp_path / form
    assert cli.run(["-C", str(SAMPLE), "dealmemo", "k-moss", "--format", form, "-o", str(out)]) == 0
    told = out.read_text(encoding="utf-8")
    assert "205.00" in told
    assert not [word for word in ("850.00", "1,246", "4,326", "jun@", "Applewhite", "Quist") if word in told]


@pytest.mark.parametrize(
    ("person", "form"), [(p, f) for p in ("jun-ito", "gordon-applewhite") for f in ("text", "html")]
)
def test_golden_memos(person: str, form: str, tmp_path: Path) -> None:
    out = tmp_path / "memo"
    assert cli.run(["-C", str(SAMPLE), "dealmemo", person, "--format", form, "-o", str(out)]) == 0
    path = GOLDEN / f"{person}.{'txt' if form == 'text' else form}"
    if os.environ.get("PMKIT_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.read_bytes())
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_on_paper_it_is_a_page_and_the_kit_form_another(paper: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    for words, pages in (((), 2), (("--kit",), 1)):
        out = tmp_path / "memo.pdf"
        assert cli.run(["-C", str(SAMPLE), "dealmemo", "jun-ito", "--paper", paper, *words, "-o", str(out)]) == 0
        assert len(PdfReader(out).pages) == pages


def test_signing_changes_one_line_of_the_deals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shutil

    root = tmp_path / "salt"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit", "mail"))
    before = (root / "private" / "deals.yaml").read_text(encoding="utf-8").splitlines()
    words = ["-C", str(root), "dealmemo", "noor-flynn", "--signed", "2025-11-07"]
    assert cli.run([*words, "--date", "2025-11-06"]) == 2  # still to come
    assert cli.run([*words, "--date", "2025-11-07", "--dry-run"]) == 0
    assert (root / "private" / "deals.yaml").read_text(encoding="utf-8").splitlines() == before
    assert cli.run(["-C", str(root), "dealmemo", "--missing", "--date", "2025-11-10"]) == 1
    assert "Noor Flynn" in capsys.readouterr().out
    assert cli.run([*words, "--date", "2025-11-07"]) == 0
    after = (root / "private" / "deals.yaml").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1 and "signed: 2025-11-07}" in changed[0][1] and "# not signed" in changed[0][1]
    assert cli.run(["-C", str(root), "dealmemo", "--missing", "--date", "2025-11-10"]) == 0
    assert dt.date(2025, 11, 7).isoformat() in changed[0][1]


def test_the_guardian_signs_for_a_minor(memo: Callable[[str], DealMemo]) -> None:
    from pmkit.render import columns, html, text
    from pmkit.render.filters import Formats

    report = memo("sam")
    page = text.page("dealmemo.txt.j2", report, Formats(), None, **columns.named(), kit_only=False)
    lines = [line.split("   ")[0] for line in page.splitlines()]
    assert {"P. O., guardian", "for Sam O."} <= {*lines} and "Sam O." not in lines[-3:]
    assert "for signature by the guardian, P. O." in html.page(
        "dealmemo.html.j2", report, Formats(), None, kit_only=False
    )
    assert memo("jun").guardian == ""

"""`pmkit inbox`: from the mail that came in to the answer that counts, over a Maildir; nothing is read as yes that is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.mail import inbox, standing, token
from pmkit.rollup.replies import as_words
from tests.commands.test_request import mail_by, salt as salt  # the fixture
from tests.mail import replies
from tests.mail.loopback import Loopback
from tests.mail.replies import Shop, all_

GRIPS = "grips-2nd-unit"
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def asked(salt: Path, tmp_path: Path) -> Path:
    """The sample with its grips asked by mail, on the clone that has the secret."""
    config = tmp_path / "config" / "pmkit"
    (config / "config.yaml").write_text("SALT: {password_file: smtp, secret_file: salt.key}\n")
    (config / "salt.key").write_text(SECRET)
    (config / "salt.key").chmod(0o600)
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run(["request", "send", GRIPS, "--yes", "--date", "2025-10-31"]) == 0
    return salt


def shop_of(root: Path, who: str = "k-moss", revision: int = 1) -> Shop:
    """What the replies of one person are made of."""
    folder = folders.read(root)
    entry = next(one for one in standing.read(root).entries.values() if one.about.get("who") == who)
    address = folder.production.hires[who][1].email
    mark = token.made(SECRET.encode(), "SALT", token.Asked(GRIPS, who, revision, address))
    return Shop(f"<pmkit.{entry.key}@salt.example.com>", mark, "SALT: are you free 10, 12–14 November?", address)


def fetch(root: Path, tmp_path: Path, *mails: bytes, name: str = "box") -> int:
    return cli.run(["inbox", "fetch", "--from", str(replies.maildir(tmp_path / name, list(mails)))])


def proposals(root: Path) -> list[dict[str, object]]:
    """Every kept mail with what was read of it."""
    production = folders.read(root).production
    found = []
    for record in inbox.read(root)[0].values():
        answer = production.answers.get(record.answer)
        words = as_words(answer.dates, answer.answer, answer.rate) if answer is not None else ""
        found.append({"record": record, "answer": answer, "reads": words})
    return found


def only(root: Path) -> dict[str, object]:
    (one,) = proposals(root)
    return one


def tree(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def test_the_subject_of_the_samples_is_the_letters(asked: Path) -> None:
    data = next((asked / "mail").rglob("*.eml")).read_text()
    assert "Subject: =?utf-8?" in data  # the dash in the dates


def test_no_sample_is_read_as_what_it_does_not_say(asked: Path, tmp_path: Path) -> None:
    made = list(replies.samples(shop_of(asked)))
    assert len(made) > 150
    assert fetch(asked, tmp_path, *(one.mail for one in made)) == 0
    kept = {one["record"].message_id: one for one in proposals(asked)}  # type: ignore[attr-defined]
    wrong = []
    for number, sample in enumerate(made, 1):
        one = kept.get(f"<reply-{number}@phone.example>")
        kind = one["record"].kind if one else "-"  # type: ignore[attr-defined]
        reads = one["reads"] if one else ""
        if reads != sample.reads or (sample.kind and kind != sample.kind):
            wrong.append((sample.name, reads, kind, one["record"].why if one else ""))  # type: ignore[attr-defined]
    assert not wrong, "\n".join(map(str, wrong))
    said = folders.read(asked).production.answers_of[GRIPS, "k-moss"]
    assert all(one.proposed for one in said)

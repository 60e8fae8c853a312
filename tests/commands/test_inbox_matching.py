"""What a reply is matched to: the mail that asked, and the rate that stood in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pmkit.commands.inbox_matching import Match, Questions
from pmkit.files import folder as folders
from pmkit.mail import standing
from tests.commands.test_request import mail_by, salt as salt
from tests.commands.test_request_book import GRIPS, run
from tests.mail.loopback import Loopback


def test_the_rate_that_was_named_is_that_of_the_mail_that_went_and_not_of_a_rehearsal(salt: Path) -> None:
    deals = salt / "private" / "deals.yaml"
    before = deals.read_text()
    with Loopback() as server:
        mail_by(salt, server, "  redirect_all: me@example.com")
        deals.write_text(before.replace("o-finch: {rate: ", "o-finch: {rate: 9"))
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        deals.write_text(before)
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
    folder = folders.read(salt)
    questions = Questions(folder, "SALT", b"secret", dt.datetime(2025, 11, 1), standing.read(salt).entries)
    match = Match(GRIPS, "o-finch", 1, "token")
    assert questions.named(match) == questions.now_offered(match) is not None

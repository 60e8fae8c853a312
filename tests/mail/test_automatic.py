"""Bounces: what was given up is told apart from what is tried on, whosever mail it was."""

from __future__ import annotations

import pytest

from pmkit.mail import automatic, mime

REPORT = (
    b"From: mailer-daemon@example.net\nSubject: Undelivered\nContent-Type: multipart/report; boundary=b\n\n--b\n"
    b"Content-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
    b"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; k-moss@example.com\nAction: failed\nStatus: STATUS\n--b--\n"
)


@pytest.mark.parametrize(("status", "final"), [("5.1.1", True), ("4.4.7", True), ("4.2.2", False), ("2.0.0", False)])
def test_the_address_that_a_mail_did_not_reach_is_told_once_it_is_given_up(status: str, final: bool) -> None:
    post = mime.read(REPORT.replace(b"STATUS", status.encode()))
    assert automatic.not_reached(post) == ("k-moss@example.com" if final else "")

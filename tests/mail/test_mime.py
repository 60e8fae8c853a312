"""A mail taken apart within limits: what mail programs write, what liars write, and never an error."""

from __future__ import annotations

import subprocess
import sys
from email.message import EmailMessage

import pytest
from hypothesis import given, strategies as st

from pmkit.mail import automatic, inbox, mime, trust
from pmkit.mail.html_text import text_of


@given(st.binary(max_size=3000))
def test_any_bytes_are_read(data: bytes) -> None:
    post = mime.read(data)
    automatic.kind_of(post)
    automatic.bounced(post)
    trust.sender_of(post)
    inbox.key_of(post, data)
    for part in post.parts:
        part.text()


@given(st.text(max_size=300), st.sampled_from(["utf-8", "UTF8"]), st.sampled_from(["base64", "quoted-printable"]))
def test_text_comes_out_as_it_was_written(text: str, charset: str, way: str) -> None:
    said = "".join(c for c in text if c == "\n" or c.isprintable())
    mail = EmailMessage()
    mail["Subject"] = "Ünïcode – and more"
    mail.set_content(said + "\n", charset=charset, cte=way)
    mail.add_alternative(f"<p>{said}</p>", subtype="html")
    mail.add_attachment(b"%PDF", "application", "pdf", filename="Mémo.pdf")
    post = mime.read(mail.as_bytes())
    assert [part.type for part in post.parts] == ["text/plain", "text/html", "application/pdf"]
    found = post.first("text/plain")
    assert found is not None and found.text().rstrip("\n").split() == said.split()
    assert post.get("subject") == "Ünïcode – and more" and post.parts[2].filename == "Mémo.pdf"
    assert post.fault == ""


def test_limits_are_told() -> None:
    head = b'Content-Type: multipart/mixed; boundary="B%d"\n\n'
    deep = b"".join(b"--B%d\n" % (n - 1) * (n > 0) + head % n for n in range(12)) + b"x"
    assert "too deep" in mime.read(deep).fault
    many = head % 0 + b"--B0\nContent-Type: text/plain\n\nx\n" * 60
    post = mime.read(many)
    assert "more than 50 parts" in post.fault and len(post.parts) == 50
    large = mime.read(b"Subject: x\n\n" + b"y" * mime.LARGEST)
    assert "larger than 1 MB" in large.fault and large.get("subject") == "x" and not large.parts
    assert "larger than 1 MB" in mime.read(b"Subject: x\n\n", 5_000_000).fault


def test_flowed_lines_are_put_together_and_quotes_are_not() -> None:
    head = b"Content-Type: text/plain; format=flowed\n\n"
    (part,) = mime.read(head + b"a line that \ngoes on\n> quoted \n> so\n-- \nKay\n").parts
    assert part.text() == "a line that goes on\n> quoted \n> so\n-- \nKay\n"


@pytest.mark.parametrize(
    ("given_", "address"),
    [
        ("kay@x.example", "kay@x.example"),
        ("Kay <KAY@x.example>", "kay@x.example"),
        ('"Moss, Kay" <kay@x.example>', "kay@x.example"),
        ("kay@x.example <eve@y.example>", "eve@y.example"),
        ("kay@x.example, eve@y.example", ""),
        ("Eve <eve@y.example>, Kay <kay@x.example>", ""),
        ("<eve@y.example> <kay@x.example>", ""),
        ("kay@x.example (eve@y.example)", ""),
        ("kay@x.example (Kay (or Eve))", ""),
        ("kay@x.example (Kay Moss)", "kay@x.example"),
        ("", ""),
    ],
)
def test_a_sender_is_one_address_or_none(given_: str, address: str) -> None:
    assert trust.sender_of(mime.read(f"From: {given_}\n\nx".encode())) == address
    assert trust.sender_of(mime.read(f"From: {given_}\nFrom: a@b.example\n\nx".encode())) == ""


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Yes &amp; no</p>", "Yes & no"),
        ("a<br>b<div>c</div>", "a\nb\nc"),
        ("<style>p{}</style>yes<script>no</script>", "yes"),
        ("yes<!-- no -->", "yes"),
        ("ok<blockquote>Reply YES<br>or NO</blockquote>fine", "ok\n> Reply YES\n> or NO\nfine"),
        ('ok<div class="gmail_quote">yes</div>', "ok\n> yes"),
        (
            'ok<div class="gmail_quote"><div>On x wrote:</div>yes</div><div>but no</div>',
            "ok\n> On x wrote:\n> yes\nbut no",
        ),
        (
            '<div class="gmail_quote"><blockquote>Mon?</blockquote><div>yes</div><blockquote>Wed?</blockquote>no</div>',
            "> Mon?\nyes\n> Wed?\nno",
        ),
        ('<div class="gmail_quote">yes</div></div></div>but no', "> yes\nbut no"),
        (
            '<div class="moz-cite-prefix">On x wrote:</div><blockquote>yes</blockquote>but no',
            "On x wrote:\n> yes\nbut no",
        ),
        ('ok<p class="yahoo_quoted_begin">On x wrote:</p>yes', "ok\n> On x wrote:\n> yes"),
        ('ok<hr><div id="divRplyFwdMsg">From: x</div>', "ok\n> From: x"),
        ("a < b", "a < b"),
        ("a < b > c<br>d", "a < b > c\nd"),
        ("a <b", "a <b"),
        ("<head><body>no", "no"),
        ('yes<img src="x" alt="&#128078;">', "yes\N{THUMBS DOWN SIGN}"),
        ('yes<img alt="Moss Ltd" src="x">', "yes"),
        ("", ""),
    ],
)
def test_html_gives_its_words(page: str, text: str) -> None:
    said = [line for line in text_of(page).split("\n") if line]
    assert said == [line for line in text.split("\n") if line]


HOSTILE = {
    "nested": b'--B\nContent-Type: multipart/mixed; boundary="B"\n\n',
    "boundaries": b"--B\n",
    "headers": b"X: y\n",
    "folded": b" folded\n",
    "words": b"=?utf-8?q?=41?= ",
    "references": b"<pmkit.0123456789abcdef@x>\n ",
}


def _steps(unit: bytes, size: int) -> int:
    """The lines of Python it takes, counted in a process of its own; a time-out is there for what hangs."""
    program = (
        "import sys\nfrom pmkit.mail import mime, automatic, trust\ncount = 0\n"
        "def step(frame, event, about):\n    global count\n    count += 1\n    return step\n"
        "data = sys.stdin.buffer.read()\nsys.settrace(step)\npost = mime.read(data)\nautomatic.kind_of(post)\nautomatic.bounced(post)\n"
        "trust.sender_of(post)\npost.get('subject')\nsys.settrace(None)\nprint(count)"
    )
    head = b'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="B"\n'
    data = head + (b"References: " if unit[:1] == b"<" else b"" if unit[:2] in (b"X:", b" f") else b"\n")
    data += unit * (size // len(unit))
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True, timeout=120)
    return int(done.stdout)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_megabyte_costs_no_more_than_its_size(kind: str) -> None:
    small, large = (_steps(HOSTILE[kind], size) for size in (2**17, 2**19))
    assert large <= 4.5 * small + 5000
    _steps(HOSTILE[kind], 2**20 - 500)

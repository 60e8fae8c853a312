"""A mail as it came in: its headers and parts, read within limits, in time that grows with its size and no faster.

The standard library's parser follows parts within parts as deep as they go; a hostile mail makes
it recurse, or walk its lines once for every level. Here depth, number and size of parts are bounded
first. What a mail holds is data: nothing of it is run, fetched or rendered.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import Final

LARGEST: Final = 1024 * 1024
"""A mail of more bytes is looked at by a person: its headers alone are read."""
MOST_PARTS: Final = 50
DEEPEST: Final = 8
_SILENT: Final = frozenset(
    {"text/vcard", "text/x-vcard", "text/directory", "application/pgp-signature", "application/pgp-keys"}
    | {"application/pkcs7-signature", "application/x-pkcs7-signature"}
)
"""What goes along with every mail of somebody: a card, a signature."""
_HEADERS: Final = 2000
_WIDEST: Final = 4000
_TEXT: Final = 256 * 1024
_CHARSETS: Final = re.compile(
    r"utf-?8|us-ascii|ascii|utf-?16(?:le|be)?|iso-?8859-?\d{1,2}|latin-?1|(?:windows|cp)-?125[0-8]|cp-?85[0-9]|koi8-?[ru]"
    r"|iso-2022-(?:jp|kr)|shift_?jis|sjis|euc-?(?:jp|kr)|gb2312|gbk|gb18030|big5|mac-?roman|macintosh|tis-620"
)


@dataclass
class Part:
    """One part: its type (`text/plain`), its content's parameters, and its bytes as they were before the transport."""

    type: str
    headers: list[tuple[str, str]]
    data: bytes
    charset: str = ""
    attached: bool = False
    flowed: bool = False
    filename: str = ""

    def cut(self) -> bool:
        """Whether it is longer than what is read of it."""
        return len(self.data) > _TEXT

    def text(self) -> str:
        """The text of the part. A character set that lies, or is none, loses letters and nothing else."""
        data = self.data[:_TEXT]
        name = self.charset.strip().lower()
        known = name if _CHARSETS.fullmatch(name) else "utf-8"
        try:
            text = data.decode(known)
        except (UnicodeError, LookupError):
            text = data.decode("utf-8", "replace") if known != "utf-8" else data.decode("cp1252", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return _unflowed(text) if self.flowed else text


@dataclass
class Post:
    """A mail that was read: the headers, the parts that are no containers, and why it could not be read whole."""

    headers: list[tuple[str, str]]
    parts: list[Part] = field(default_factory=list)
    type: str = "text/plain"
    report: str = ""
    fault: str = ""
    raw_size: int = 0

    def all(self, name: str) -> list[str]:
        """Every header of a name, decoded, on one line each, the topmost first."""
        return [decoded(value) for key, value in self.headers if key == name.lower()]

    def get(self, name: str) -> str:
        """The topmost header of a name; empty when there is none."""
        return next((decoded(value) for key, value in self.headers if key == name.lower()), "")

    def raw(self, name: str) -> str:
        """Every header of a name as it stands, one after the other: for ids, which are never encoded."""
        return " ".join(value for key, value in self.headers if key == name.lower())

    def first(self, kind: str) -> Part | None:
        """The first part of a type that is not attached."""
        return next((part for part in self.parts if part.type == kind and not part.attached), None)

    def _shows(self, picture: Part) -> bool:
        """Whether its page shows a picture that goes along with it: a firm's mark."""
        name = next((value.strip().strip("<>") for key, value in picture.headers if key == "content-id"), "")
        page = self.first("text/html")
        return page is not None and bool(name) and f"cid:{name[:300]}" in page.text()

    def more(self, known: tuple[str, ...] = ()) -> bool:
        """Whether there is more in it than a text, the same as a page, and the pictures within: another text, a paper,
        a recording, a picture that is attached, or all there is. Parts of the `known` types are none of it.
        """
        shown = (self.first("text/plain"), self.first("text/html"))
        silent = not any(_said(part) for part in shown if part is not None)
        for part in self.parts:
            within = part.type.startswith("image/") and not silent and (not part.attached or self._shows(part))
            if part in shown and part.cut():
                return True
            if part in shown or within or part.type in _SILENT or part.type in known:
                continue
            if part.attached or part.type not in ("text/plain", "text/html") or _said(part):
                return True
        return False


def _said(part: Part) -> str:
    """The words of a text or a page."""
    from pmkit.mail.html_text import text_of

    return (text_of(part.text()) if part.type == "text/html" else part.text()).strip()


def read(data: bytes, whole: int | None = None) -> Post:
    """A mail from its bytes; `whole` is its size where only its beginning was fetched. Never raises."""
    size = len(data) if whole is None else whole
    head, body = _split(data if size <= LARGEST else data[: 64 * 1024])
    post = Post(head, raw_size=size)
    if size > LARGEST:
        post.fault = f"it is larger than {LARGEST // 1024 // 1024} MB"
        return post
    kind, _ = _type_of(head)
    post.type = kind
    if kind == "multipart/report":
        post.report = "yes"
    try:
        _parts(head, body, 0, post)
    except _TooMany as error:
        post.fault = str(error)
    return post


def decoded(value: str) -> str:
    """A header's words in clear, on one line; what cannot be decoded stays as it stands."""
    value = value[:_WIDEST]
    if "=?" not in value:
        return " ".join(value.split())
    try:
        pieces = [
            piece.decode(name if name and _CHARSETS.fullmatch(name.lower()) else "utf-8", "replace")
            if isinstance(piece, bytes)
            else piece
            for piece, name in decode_header(value)
        ]
    except (MessageError, ValueError, LookupError, IndexError):
        return " ".join(value.split())
    return " ".join("".join(pieces).split())


class _TooMany(Exception):
    """More than the limits let through."""


def _parts(head: list[tuple[str, str]], body: bytes, depth: int, post: Post) -> None:
    """Adds the parts of one level, then those within them."""
    kind, about = _type_of(head)
    if kind.startswith("multipart/"):
        if depth >= DEEPEST:
            raise _TooMany("its parts lie too deep within each other")
        boundary = about.get_param("boundary")
        for piece in _pieces(body, boundary if isinstance(boundary, str) else ""):
            _parts(*_split(piece), depth + 1, post)
        return
    if len(post.parts) >= MOST_PARTS:
        raise _TooMany(f"it has more than {MOST_PARTS} parts")
    post.parts.append(_leaf(kind, about, head, body))


def _leaf(kind: str, about: Message, head: list[tuple[str, str]], body: bytes) -> Part:
    values = dict(reversed(head))
    way = values.get("content-transfer-encoding", "").strip().lower()
    try:
        if way == "base64":
            body = binascii.a2b_base64(body)
        elif way == "quoted-printable":
            body = quopri.decodestring(body)
    except (ValueError, binascii.Error):
        body = b""
    charset = about.get_param("charset")
    if isinstance(charset, tuple):  # RFC 2231
        charset = charset[2]
    flowed = about.get_param("format")
    about["Content-Disposition"] = re.sub(r"[\r\n]", " ", values.get("content-disposition", ""))[:1000]
    try:
        filename = decoded(about.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        filename = ""
    return Part(
        kind,
        head,
        body,
        charset=str(charset or ""),
        attached=values.get("content-disposition", "").strip().lower().startswith("attachment"),
        flowed=isinstance(flowed, str) and flowed.lower() == "flowed",
        filename=filename.rpartition("/")[2].rpartition("\\")[2],
    )


def _type_of(head: list[tuple[str, str]]) -> tuple[str, Message]:
    """A content type with its parameters, by the standard library, of a value that was cut to a sane length."""
    about = Message()
    value = next((value for key, value in head if key == "content-type"), "text/plain")
    about["Content-Type"] = re.sub(r"[\r\n\0]", " ", value)[:1000]
    try:
        return about.get_content_type(), about
    except (ValueError, LookupError):
        plain = Message()
        plain["Content-Type"] = "text/plain"
        return "text/plain", plain


def _split(data: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """Headers (names in small letters, values unfolded) and what follows the empty line."""
    found: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        line = data[at : end if end >= 0 else len(data)].rstrip(b"\r")
        after = end + 1 if end >= 0 else len(data)
        if not line.strip():
            at = after
            break
        text = line.decode("utf-8", "replace")
        if line[:1] in b" \t" and found:
            found[-1][1].append(text)
        else:
            name, colon, value = text.partition(":")
            if not colon or not re.fullmatch(r"[!-9;-~]{1,100}", name.strip()):
                if not found and text.startswith("From "):
                    at = after
                    continue
                break  # no header: the text begins here
            if len(found) < _HEADERS:
                found.append((name.strip().lower(), [value]))
        at = after
    return [(name, " ".join(value).replace("\0", "")) for name, value in found], data[at:]


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """The parts between the lines of a boundary; without one there are none."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    if not boundary or len(mark) > 200:
        return
    start = -1
    at = 0
    while at <= len(body):
        found = body.find(mark, at)
        if found < 0:
            break
        at = found + len(mark)
        if found and body[found - 1 : found] != b"\n":
            continue
        end = body.find(b"\n", at)
        rest = body[at : end if end >= 0 else len(body)].strip()
        if rest not in (b"", b"--"):
            continue
        if start >= 0:
            yield body[start:found]
        start = end + 1 if end >= 0 else len(body)
        if rest == b"--":
            return
    if start >= 0:
        yield body[start:]


def _unflowed(text: str) -> str:
    """Lines of `format=flowed` put together again (RFC 3676), those of a quote left alone."""
    lines: list[str] = []
    open_ = False
    for line in text.split("\n"):
        line = line.removeprefix(" ") if not line.startswith("  ") else line
        if open_ and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
        open_ = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)

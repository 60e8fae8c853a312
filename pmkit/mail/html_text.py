"""The words of a mail that came as HTML alone. Never rendered: the marks are taken off, in one pass over the text.

What was struck out, or is not shown, has `~~` about it: it is not said. What stands in a block quote, in what a mail program puts around the mail it answers, or after
the mark that it puts before it, comes out with `>` before its lines, as plain text quotes it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})
_SKIPPED: Final = frozenset({"style", "script", "title", "template", "noscript"})
_AROUND: Final = re.compile(
    r"gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|ya-quote|hm_quote", re.IGNORECASE
)
_BEFORE: Final = re.compile(
    r"appendonsend|divrplyfwdmsg|olk_src_body|ms-outlook-mobile-reference|x_divrplyfwdmsg|mail-editor-reference-message-container",
    re.IGNORECASE,
)
_STRUCK: Final = frozenset({"s", "strike", "del"})
_UNSAID: Final = re.compile(r"line-through|display:\s{0,9}none", re.IGNORECASE)
_OUTLOOK: Final = re.compile(r"border-top:\s*solid\s*#(?:e1e1e1|b5c4df)", re.IGNORECASE)
_OPENS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")
_ALT: Final = re.compile(r"""\balt=["']?([^"'<>]{1,12})""", re.IGNORECASE)
LONGEST: Final = 256 * 1024


def text_of(source: str) -> str:
    """The text of an HTML page, a line a block."""
    source = source[:LONGEST].replace("\0", "")
    found: list[str] = []
    line: list[str] = []
    depth = boxes = around = 0
    before = False
    last = source.rfind(">")
    at = 0

    def end() -> None:
        words = " ".join("".join(line).split())
        if words:
            found.append(("> " if depth or around or before else "") + words)
        elif found and found[-1]:
            found.append("")
        line.clear()

    while at < len(source):
        mark = source.find("<", at)
        if mark < 0:
            line.append(html.unescape(source[at:]))
            break
        if mark > at:
            line.append(html.unescape(source[at:mark]))
        if source.startswith("<!--", mark):
            close = source.find("-->", mark + 4)
            at = close + 3 if close >= 0 else len(source)
            continue
        close = source.find(">", mark + 1) if source[mark + 1 : mark + 2] in _OPENS and mark < last else -1
        if close < 0:  # no mark but text, as in `< 5`
            line.append("<")
            at = mark + 1
            continue
        tag = source[mark + 1 : min(close, mark + 1000)]
        at = close + 1
        word = re.match(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})", tag)
        if word is None:
            continue
        name, closes = word[1].lower(), tag.startswith("/")
        if name in _SKIPPED and not closes:
            over = re.compile(f"</{name}", re.IGNORECASE).search(source, at)
            at = over.start() if over is not None else len(source)
        elif name == "blockquote":
            end()
            depth = max(0, depth + (-1 if closes else 1))
            around = around if depth or not closes else 0  # below it one's own words may go on
        elif name in _BREAKS:
            end()
        if name in _STRUCK or (not closes and name not in _SKIPPED and _UNSAID.search(tag)):
            line.append("~~")
        if name == "img":
            line.append(_face(tag))
        if name == "div":
            boxes = max(0, boxes + (-1 if closes else 1))
            around = around if boxes >= around else 0
            around = around or (boxes if not closes and _AROUND.search(tag) else 0)
        loose = name not in ("div", "blockquote") and _AROUND.search(tag)
        if not closes and (loose or _BEFORE.search(tag) or (name == "div" and _OUTLOOK.search(tag))):
            end()
            before = True
    end()
    return "\n".join(found).strip("\n")


def _face(tag: str) -> str:
    """The sign that a picture stands for, as old programs put their faces and thumbs; empty for any other picture."""
    found = _ALT.search(tag)
    said = html.unescape(found[1]) if found is not None else ""
    return said if any(unicodedata.category(sign) == "So" for sign in said) else ""

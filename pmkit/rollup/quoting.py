"""What somebody wrote themselves in the answer to a mail: without the mail that is answered, and without the signature.

Each line is looked at once or twice and no more, so that no text can stall it. Where it is not certain
that something is a quote it stays: a line too many is seen by a person, one that went missing may be the `but`.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pmkit.rollup.quoting_words import BANNER, DATED, DELIMITER, HEADER, ORIGINAL, RULE, SENT_FROM, WROTE

MOST_LINES: Final = 200
LONGEST_LINE: Final = 500
_UNSEEN: Final = {
    0xA0: " ",
    **dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]),
}
_SIGNATURE: Final = 12
"""More lines than this after `-- ` are no signature."""
_ABOVE: Final = 3
"""Over so many lines an attribution may be broken."""


class Own(NamedTuple):
    """The lines of one's own, in order. `quotes` is whether a mail was quoted, `between` whether they stand below or
    within the quote; `cut` whether more was written than is kept; `signature` what stood after its delimiter, and what phones add.
    """

    lines: tuple[str, ...]
    quotes: bool = False
    between: bool = False
    cut: bool = False
    signature: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The first line that says something; empty when none does."""
        return next((line for line in self.lines if line), "")

    @property
    def text(self) -> str:
        """All of it, an empty line between paragraphs."""
        return "\n".join(self.lines).strip("\n")


def own_words(text: str) -> Own:
    """What of a mail's text is its writer's own."""
    given = text.translate(_UNSEEN).split("\n", MOST_LINES)
    cut = len(given) > MOST_LINES and bool(given[MOST_LINES].strip())
    # White space is put together first: forms that allow any of it would try every way to share it out.
    lines = [" ".join(line[:LONGEST_LINE].split()) for line in given[:MOST_LINES]]
    cut = cut or any(len(line.rstrip()) > LONGEST_LINE for line in given[:MOST_LINES])
    quoted = [line.lstrip().startswith((">", "|")) for line in lines]
    kept: list[str] = []
    signature: list[str] = []
    between = dropped = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if quoted[at]:
            dropped = True
        elif not any(kept) and (warns := _warns(lines, at)):
            at += warns
            continue
        elif ORIGINAL.match(line) or _block_begins(lines, at):
            at = len(lines)
            dropped = True
        elif introduces := _introduces(lines, quoted, at):
            dropped = True  # the answer may stand below or within the quote
            at += introduces
            continue
        elif any(kept) and _bare(lines, quoted, at):
            at = len(lines)
            dropped = True
        elif DELIMITER.match(line) and _signature_ends(lines, quoted, at):
            signature += [one for one in lines[at + 1 : at + 1 + _SIGNATURE] if one.strip() and not _is_quote(one)]
            at = _end_of_signature(lines, quoted, at)
            continue
        elif SENT_FROM.match(line) and not _says_more(lines, quoted, at):
            signature.append(line)
        else:
            between = between or (dropped and bool(line.strip()))
            kept.append(line.strip())
        at += 1
    return Own(_tidy(kept), dropped, between, cut, tuple(signature))


def _warns(lines: list[str], at: int) -> int:
    """Over how many lines from here our own server warns of a mail from elsewhere; 0 for none."""
    said = ""
    for count in range(1, _ABOVE + 2):
        if not lines[at] or at + count > len(lines):
            return 0
        said = f"{said} {lines[at + count - 1]}".strip()
        if lines[at + count - 1] and BANNER.fullmatch(said):
            return count
    return 0


def _introduces(lines: list[str], quoted: list[bool], at: int) -> int:
    """How many lines from here introduce a quote right below: `On …` / `… wrote:`; 0 for none."""
    count = _attribution(lines, quoted, at)
    if not count:
        return 0
    end = at + count
    below = next((n for n in range(end, min(end + 3, len(lines))) if lines[n]), -1)
    return count if below < 0 or quoted[below] else 0


def _bare(lines: list[str], quoted: list[bool], at: int) -> bool:
    """Whether the mail that is answered follows without any mark, as Yahoo and Outlook on a Mac put it.

    Then the attribution tells the date, the address, and that somebody wrote.
    """
    count = _attribution(lines, quoted, at)
    said = " ".join(lines[at : at + count])
    return count > 0 and "@" in said and DATED.search(said) is not None and WROTE.search(said) is not None


def _attribution(lines: list[str], quoted: list[bool], at: int) -> int:
    """How many lines from here tell who wrote what follows; 0 for none.

    Of several lines the first tells the date or the address, and the others are no introduction without it.
    """
    named = re.search(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>", lines[at]) and DATED.search(lines[at])
    for count in range(1, _ABOVE + 1):
        end = at + count
        if end > len(lines) or quoted[end - 1] or not lines[end - 1]:
            return 0
        if lines[end - 1].endswith((":", "：")) and _attributes(lines[at:end]):
            if count > 1 and (
                not (DATED.search(lines[at]) or "@" in lines[at])
                or any(
                    _attributes(rest) and DATED.search(" ".join(rest)) and ("@" in " ".join(rest) or not named)
                    for rest in (lines[n:end] for n in range(at + 1, end))
                )
            ):
                return 0
            return count
    return 0


def _attributes(lines: list[str]) -> bool:
    said = " ".join(lines)
    wrote = WROTE.search(said) is not None
    return (DATED.search(said) is not None and (wrote or "@" in said)) or (wrote and "@" in said)


def _block_begins(lines: list[str], at: int) -> bool:
    """Whether Outlook's header block begins here: three of its lines at least, perhaps below a rule."""
    start = at + 1 if RULE.match(lines[at]) else at
    while start < len(lines) and start < at + 3 and start > at and not lines[start].strip():
        start += 1
    heads = addressed = 0
    for line in lines[start : start + 8]:
        if HEADER.match(line):
            heads += 1
            addressed += "@" in line
        elif line.strip():
            break
    return heads >= 3 or (heads >= 2 and addressed > 0 and start > at)


def _is_quote(line: str) -> bool:
    return line.lstrip().startswith(">")


def _signature_ends(lines: list[str], quoted: list[bool], at: int) -> bool:
    """Whether what follows a delimiter is short enough for a signature."""
    return _end_of_signature(lines, quoted, at) - at <= _SIGNATURE + 1


def _end_of_signature(lines: list[str], quoted: list[bool], at: int) -> int:
    end = at + 1
    while end < len(lines) and end <= at + _SIGNATURE + 1:
        if quoted[end] or ORIGINAL.match(lines[end]) or _introduces(lines, quoted, end) or _block_begins(lines, end):
            return end
        end += 1
    return end


def _says_more(lines: list[str], quoted: list[bool], at: int) -> bool:
    """Whether a line that reads like a phone's goes on in the next: `sent from my hotel` / `so no`."""
    return (
        at + 1 < len(lines)
        and bool(lines[at + 1].strip())
        and not quoted[at + 1]
        and not (
            DELIMITER.match(lines[at + 1])
            or ORIGINAL.match(lines[at + 1])
            or RULE.match(lines[at + 1])
            or _introduces(lines, quoted, at + 1)
            or _block_begins(lines, at + 1)
        )
    )


def _tidy(lines: list[str]) -> tuple[str, ...]:
    """No empty lines at the ends, none twice."""
    found: list[str] = []
    for line in lines:
        if line or (found and found[-1]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    return tuple(found)

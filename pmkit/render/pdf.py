"""Paper: a report set by typst into a tagged PDF.

typst sees the shipped templates and nothing else of the machine; the report goes in as text,
so nothing in it is markup. No date is written: the same report gives the same bytes. Fonts
are tried in this order: the shipped ones and the production's own; when a letter is in none
of them, this machine's fonts; when it is in none of those either, the page is printed with a
blank or a box for it and without the accessibility mark. Each step is said.
"""

from __future__ import annotations

import json as plain_json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import typst

from pmkit import shipped
from pmkit.problems import Stop
from pmkit.render import json
from pmkit.render.filters import Formats

SIZES = {"letter": "us-letter", "legal": "us-legal", "a4": "a4", "tabloid": "us-tabloid"}
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_FONT_FILES = (".ttf", ".otf", ".ttc", ".otc")
_SCRIPTS = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "BOPOMOFO": "Chinese phonetic signs",
}


class Paper(NamedTuple):
    """A PDF and what had to be said while making it, in sentences; usually nothing."""

    content: bytes
    warnings: tuple[str, ...] = ()


def compile(
    template: str,
    report: object,
    formats: Formats,
    own_fonts: Path | None = None,
    issued: str = "",
    landscape: bool = False,
    **extra: object,
) -> Paper:
    """A report through a paper template (`callsheet.us.typ`), on the production's paper.

    `own_fonts` is the production's `fonts/` folder. `issued` is when it was issued, in words;
    without it the footer says NOT ISSUED with the content's mark. What else is given reaches
    the template beside `report`, formatted alike.
    """
    given = {
        "report": json.formatted(report, formats),
        "paper": {"size": SIZES[formats.paper], "flipped": landscape, "issued": json.issued_line(report, issued)},
        **{name: json.formatted(value, formats) for name, value in extra.items()},
    }
    return _set(template, given, own_fonts)


def _set(template: str, given: dict[str, Any], own_fonts: Path | None) -> Paper:
    home = shipped.templates()
    folders = [str(shipped.fonts()), *_own(own_fonts)]
    data = plain_json.dumps(given, ensure_ascii=False)

    def attempt(system: bool, standards: list[typst.PDFStandard]) -> tuple[bytes, tuple[str, ...]]:
        content, warnings = typst.compile_with_warnings(
            str(home / template),
            root=str(home),
            font_paths=typst.Fonts(include_system_fonts=system, font_paths=folders),
            sys_inputs={"data": data},
            pdf_standards=standards,
        )
        return content, tuple(f"{template}: {warning.message}" for warning in warnings)

    try:
        return Paper(*attempt(False, ["ua-1"]))
    except typst.TypstError as error:
        missing = dict(_named(_missing(error), given))
    lost: dict[str, list[str]] = {}
    try:
        content, warnings = attempt(True, ["ua-1"])
    except typst.TypstError as error:
        lost = dict(_named(_missing(error), given))
        content, warnings = attempt(True, [])
    said = [_nowhere(script, texts) for script, texts in lost.items()]
    for script, texts in missing.items():
        printed = [text for text in texts if text not in lost.get(script, ())]
        if printed:
            said.append(_elsewhere(script, printed))
    return Paper(content, (*said, *warnings))


def _own(folder: Path | None) -> list[str]:
    if folder is None or not folder.is_dir():
        return []
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise Stop(
                f"{path.name} in the production's fonts is a link or a device, not a font",
                "copy the font file itself into fonts/",
            )
    return [str(folder)] if any(path.suffix.lower() in _FONT_FILES for path in folder.rglob("*")) else []


def _missing(error: typst.TypstError) -> list[str]:
    """The letters that no font has; any other complaint of typst is a fault of the template."""
    letters = list(dict.fromkeys(_MISSING.findall(f"{error.message}\n{error.diagnostic}")))
    if not letters:
        raise error
    return letters


def _named(letters: list[str], given: object) -> Iterator[tuple[str, list[str]]]:
    """Each script with letters missing, and the texts of the report that hold them."""
    scripts: dict[str, list[str]] = {}
    for letter in letters:
        scripts.setdefault(_script(letter), []).append(letter)
    texts = list(dict.fromkeys(_texts(given)))
    for script, found in scripts.items():
        yield script, [text for text in texts if any(letter in text for letter in found)] or found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        children: Iterable[object] = value.values() if isinstance(value, dict) else value
        for child in children:
            yield from _texts(child)


def _script(letter: str) -> str:
    name = unicodedata.name(letter[0], "")
    first = name.split(" ")[0]
    if unicodedata.category(letter[0]) == "So" and first not in _SCRIPTS:
        return "symbols or emoji"
    return _SCRIPTS.get(first) or (first.capitalize() + " letters" if first else "characters without a name")


def _quoted(texts: list[str]) -> str:
    more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
    return ", ".join(text if len(text) <= 40 else text[:40] + "…" for text in texts[:3]) + more


def _elsewhere(script: str, texts: list[str]) -> str:
    return (
        f"{_quoted(texts)}: {script}, in none of the shipped fonts nor the production's own; printed with a font of "
        "this machine. Put a font that has them in the production's fonts/ and the sheet looks the same everywhere."
    )


def _nowhere(script: str, texts: list[str]) -> str:
    return (
        f"{_quoted(texts)}: {script}, in no font here; blank or a box on the page, and the PDF without its accessibility mark. "
        "Put a font that has them in the production's fonts/."
    )

"""Scripts as Final Draft saves them (.fdx), and as other programs write the same XML.

Only what stands directly in `FinalDraft/Content` is the script: headings elsewhere in the file
are the outline's, the title page's or a note's. What a writer typed is the joined `Text` of a
paragraph. Two people speaking at once stand in `DualDialogue`; a cut scene keeps its number
over an `OmittedScene` with what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pmkit.exchange import fdx_tags, xml_tree
from pmkit.exchange.xml_tree import Element, Refused
from pmkit.model import pages
from pmkit.model.pages import Eighths
from pmkit.model.screenplay import Kind, Paragraph, Screenplay, ScriptScene, Tag, says_omitted
from pmkit.problems import Fault, Place, Problem

_KINDS: Final[dict[str, Kind]] = {
    "character": "character",
    "parenthetical": "parenthetical",
    "dialogue": "dialogue",
    "transition": "transition",
    "lyrics": "lyrics",
    "singing": "lyrics",
}
_HEADING: Final = "scene heading"
_WANTED: Final = ("Content", "TagData", "TitlePage")
_HIDDEN: Final = "outline"


def read(data: bytes, file: str) -> tuple[Screenplay | None, list[Problem]]:
    """The draft a Final Draft file holds, and what is wrong with the file; None when it is refused."""
    if data[:2] == b"PK" or data[:4] == b"%PDF":
        hint = "export it from the program that wrote it as Final Draft (.fdx)"
        return None, [Problem("not-final-draft", Place(file, 1), "this file is no Final Draft script", hint)]
    try:
        root = xml_tree.read(data, lambda path: path[0] in _WANTED)
    except Refused as refused:
        return None, [Problem(refused.code, Place(file, refused.line), refused.message, refused.hint)]
    content = root.first("Content")
    if root.name != "FinalDraft" or content is None:
        message = f"this is XML, but no Final Draft script: it begins with {root.name[:40]}"
        if root.name == "FinalDraft":
            message = "this Final Draft file has no script in it"
        return None, [Problem("not-final-draft", Place(file, root.line), message, "is it the right file?")]
    draft = _Draft(file, fdx_tags.labels(root.first("TagData")))
    draft.take(content.children)
    draft.close()
    return Screenplay(tuple(draft.scenes), _title(root), shots=draft.shots), draft.problems


def _title(root: Element) -> str:
    page = root.first("TitlePage", "Content")
    return next((text for one in page.all("Paragraph") if (text := _text(one).strip())), "") if page else ""


def _text(paragraph: Element) -> str:
    return "".join(one.text for one in paragraph.all("Text"))


class _Draft:
    """The paragraphs of a file on their way to scenes."""

    def __init__(self, file: str, labels: dict[str, tuple[Tag, ...]]) -> None:
        self.file = file
        self.labels = labels
        self.problems: list[Problem] = []
        self.scenes: list[ScriptScene] = []
        self.shots = 0
        self.heading: Element | None = None
        self.paragraphs: list[Paragraph] = []
        self.tags: dict[Tag, None] = {}

    def take(self, paragraphs: Iterable[Element], beside: bool = False) -> None:
        """Paragraphs in order. In `DualDialogue` the first speech is the left column, the rest the right."""
        column = 0
        for one in paragraphs:
            if one.name == "DualDialogue":
                self.take(one.children, beside=True)
            elif one.name == "Paragraph":
                kind = one.get("Type").lower()
                if beside:
                    column = min(column + 1, 2) if kind == "character" else column
                self._paragraph(one, kind, column)
                for dual in one.all("DualDialogue"):
                    self.take(dual.children, beside=True)

    def _paragraph(self, one: Element, kind: str, column: int) -> None:
        text = _text(one)
        if kind == _HEADING:
            self._heading(one, text)
            return
        self.shots += kind == "shot" and bool(one.get("Number"))
        self._tagged(one)
        if kind.startswith(_HIDDEN) or not text.strip():
            return
        if one.get("StartsNewPage").lower() == "yes":
            self.paragraphs.append(Paragraph("page-break", "", one.line))
        self.paragraphs.append(Paragraph(_KINDS.get(kind, "action"), text.strip("\n"), one.line, column))

    def _heading(self, one: Element, text: str) -> None:
        if not text.strip() and one.first("OmittedScene") is None:
            if one.get("Number"):
                message = f"scene {one.get('Number')[:20]} has no heading, and is not read as a scene"
                self.problems.append(Problem("empty-heading", Place(self.file, one.line), message, "", "warning"))
            return
        self.close()
        self.heading = one
        self._tagged(one)

    def _tagged(self, one: Element) -> None:
        for text in one.all("Text"):
            for number in re.findall(r"[^\s,;]+", text.get("TagNumber")):
                for tag in self.labels.get(number, ()):
                    self.tags[tag if tag.label else Tag(tag.category, " ".join(text.text.split()))] = None

    def close(self) -> None:
        """Ends the scene that is open."""
        one = self.heading
        if one is not None:
            self.scenes.append(self._scene(one))
        self.heading, self.paragraphs, self.tags = None, [], {}

    def _scene(self, one: Element) -> ScriptScene:
        properties = one.first("SceneProperties") or Element("SceneProperties", {}, one.line)
        text = " ".join(_text(one).split())
        omitted = one.first("OmittedScene") is not None or says_omitted(text)
        beats = properties.first("SceneArcBeats")
        page = properties.get("Page")
        return ScriptScene(
            text,
            Place(self.file, one.line),
            one.get("Number") or properties.get("Number"),
            tuple(self.paragraphs),
            None if omitted else self._length(properties),
            "" if page == "0" else page,
            _summary(properties),
            tuple(beat.get("Name") for beat in beats.all("CharacterArcBeat") if beat.get("Name")) if beats else (),
            tuple(tag for tag in self.tags if tag.label),
            omitted,
        )

    def _length(self, properties: Element) -> Eighths | None:
        typed = properties.get("Length")
        length = pages.parse(typed) if typed else Eighths(0)
        if isinstance(length, Fault):
            place = Place(self.file, properties.line)
            self.problems.append(length._replace(hint="it is estimated").at(place, "warning"))
            return None
        return length or None


def _summary(properties: Element) -> str:
    summary = properties.first("Summary")
    words = [_text(one) for one in summary.all("Paragraph")] if summary else []
    return " ".join(" ".join(words).split()) or " ".join(properties.get("Synopsis").split())

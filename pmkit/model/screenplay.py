"""A draft of the script as read from a writer's file: scenes, what is said in them, what is tagged.

Nothing here is decided yet: numbers, headings and names are as typed, each with its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pmkit.model.pages import Eighths
from pmkit.problems import Place

Kind = Literal["action", "character", "parenthetical", "dialogue", "transition", "lyrics", "centred", "page-break"]
_EXTENSION = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NO_SCENE = re.compile(r"(?:SCENES?\s+)?(?:[\w.\-]{1,12}\s*[:.\-]?\s+)?\(?OMIT(?:TED)?\)?[.\s]*", re.IGNORECASE)
_HEARD = ("V.O", "VO", "VOICE OVER", "VOICEOVER")


class Paragraph(NamedTuple):
    """One paragraph of a scene. `column` is 1 or 2 where two people speak side by side, else 0."""

    kind: Kind
    text: str
    line: int = 0
    column: int = 0


class Tag(NamedTuple):
    """Something tagged in a scene: the category's key, or its name where it is none of ours, and what it is."""

    category: str
    label: str


class Cue(NamedTuple):
    """Somebody speaks: the name without what stands in brackets, whether only heard, and the lines."""

    name: str
    heard: bool
    words: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ScriptScene:
    """A scene of a draft. `length` and `page` are empty where the file does not give them.

    `present` are characters the file says are there, beside those who speak.
    """

    heading: str
    place: Place
    number: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    length: Eighths | None = None
    page: str = ""
    synopsis: str = ""
    present: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    omitted: bool = False

    def cues(self) -> Iterator[Cue]:
        """Every speech in order."""
        name, words = "", list[Paragraph]()
        heard = False
        for paragraph in (*self.paragraphs, Paragraph("action", "")):
            if paragraph.kind in ("parenthetical", "dialogue", "lyrics") and name:
                words.append(paragraph)
                continue
            if name:
                yield Cue(name, heard, tuple(words))
            name = ""
            if paragraph.kind == "character":
                name, heard = speaker(paragraph.text)
                words = []


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A draft as read. `draft` is its name and `title` the script's, where the title page says them."""

    scenes: tuple[ScriptScene, ...]
    title: str = ""
    draft: str = ""
    shots: int = 0

    @property
    def paged(self) -> bool:
        """Whether the file says on which page scenes stand."""
        return any(scene.page for scene in self.scenes)

    def of_episode(self, episode: str) -> Screenplay:
        """The same draft with numbers that say their episode (`101-12A`) without it."""
        if not episode:
            return self
        start = f"{episode}-".upper()
        scenes = (
            replace(scene, number=scene.number[len(start) :]) if scene.number.upper().startswith(start) else scene
            for scene in self.scenes
        )
        return replace(self, scenes=tuple(scenes))


def speaker(text: str) -> tuple[str, bool]:
    """A character cue without extensions, and whether it is a voice only: `WALT (V.O.)`."""
    extensions = [a or b for a, b in _EXTENSION.findall(text)]
    name = " ".join(_EXTENSION.sub(" ", text).rstrip(" ^:").split())
    return name, any(extension.strip().upper().startswith(_HEARD) for extension in extensions)


def same_name(text: str) -> str:
    """The form by which two typings of a character's name are one."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()
    words = plain.replace(".", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def says_omitted(heading: str) -> bool:
    """Whether a heading stands for a scene that was cut: `OMITTED`, `12 OMITTED`, `SCENES 3-5 OMITTED`."""
    return _NO_SCENE.fullmatch(heading.strip()) is not None

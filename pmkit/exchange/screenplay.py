"""Reading a script, whichever program wrote it: bytes in, a draft and every problem out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from pmkit.model import kinds
from pmkit.model.screenplay import Screenplay, ScriptScene, Tag
from pmkit.problems import Fault, Place, Problem, Stop, in_order

LARGEST: Final = 64 * 1024 * 1024
LONGEST_HEADING: Final = 300
ENDINGS: Final = (".fountain", ".fdx")
_RANGE = re.compile(r"(\d{1,4})\s*[-\N{EN DASH}]\s*(\d{1,4})")
_WIDEST_RANGE: Final = 40
# What no file of the folder may hold, and nobody typed on purpose.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile("[\x85\u2028\u2029]")


class Reading(NamedTuple):
    """A draft as read, all that is wrong with the file in order, and its bytes.

    `script` is None when the file could not be read at all.
    """

    script: Screenplay | None
    problems: list[Problem]
    data: bytes

    def line(self, file: str, number: int) -> str | None:
        """A line of the file, for showing a problem."""
        wide = self.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        lines = self.data.decode("utf-16" if wide else "utf-8-sig", "replace").splitlines()
        return lines[number - 1][:400] if 0 < number <= len(lines) else None


def load(path: Path) -> Reading:
    """Reads a script from the disk. Raises `Stop` when there is no such file, or it is no script's."""
    if path.suffix.lower() not in ENDINGS:
        hint = "save the script as Fountain (.fountain) or Final Draft (.fdx)"
        if path.suffix.lower() in (".fdr", ".pdf", ".celtx", ".fadein", ".docx", ".doc", ".txt", ".md", ".highland"):
            raise Stop(f"{path.name} is no file a script is read from here", hint)
        raise Stop(f"{path.name or path} is neither .fountain nor .fdx", hint)
    try:
        if not path.is_file():
            raise Stop(f"there is no file {path}", "is the name right?")
        if path.stat().st_size > LARGEST:
            raise Stop(f"{path.name} is larger than {LARGEST // 2**20} MB; a script has far less", "is it a script?")
        data = path.read_bytes()
    except OSError as error:
        raise Stop(f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}", "may you?") from None
    return read(data, path.name)


def read(data: bytes, file: str) -> Reading:
    """Reads a script's bytes; the ending of its name says how."""
    from pmkit.exchange import fdx, fountain

    script, problems = (fdx if file.lower().endswith(".fdx") else fountain).read(data, file)
    if script is not None:
        scenes, wrong = _sound(script.scenes)
        script = replace(script, scenes=scenes)
        problems = [*problems, *wrong]
        if not scenes:
            hint = "a Fountain heading begins with INT. or EXT. (or a dot) between blank lines"
            problems.append(Problem("no-scenes", Place(file), "this script has no scene", hint, "warning"))
    return Reading(script, in_order(problems), data)


def _sound(scenes: Iterable[ScriptScene]) -> tuple[tuple[ScriptScene, ...], list[Problem]]:
    """Scenes with numbers that the breakdown can hold; a range of omitted ones becomes a scene each."""
    sound: list[ScriptScene] = []
    problems: list[Problem] = []
    for found in scenes:
        scene = _seen(found)
        if len(scene.heading) > LONGEST_HEADING:
            message = f"this heading has {len(scene.heading)} letters, and is cut short"
            problems.append(Problem("long-heading", scene.place, message, "is it a heading?", "warning"))
            scene = replace(scene, heading=f"{scene.heading[:LONGEST_HEADING]}…")
        if scene.omitted and (numbers := [*_omitted_range(scene.number)]):
            sound += [replace(scene, number=number) for number in numbers]
            continue
        number = scene.number.strip().rstrip("*").strip()
        if number and isinstance(kinds.scene.parse(number), Fault):
            joined = "".join(number.split())
            number = "" if isinstance(kinds.scene.parse(joined), Fault) else joined
            told = f"taken as {number}" if number else "the scene is read as without one"
            message = f"{scene.number.strip()[:40]!r} is no scene number; {told}"
            problems.append(Problem("bad-scene", scene.place, message, "write 12, 12A, A12", "warning"))
        sound.append(replace(scene, number=number) if number != scene.number else scene)
    return tuple(sound), problems


def _seen(scene: ScriptScene) -> ScriptScene:
    """The scene without control characters and other letters that cannot be seen."""
    return replace(
        scene,
        heading=_clean(scene.heading),
        number=_clean(scene.number),
        page=_clean(scene.page),
        synopsis=_clean(scene.synopsis),
        present=tuple(map(_clean, scene.present)),
        tags=tuple(Tag(_clean(tag.category), _clean(tag.label)) for tag in scene.tags),
        paragraphs=tuple(one._replace(text=_unseen(one.text)) for one in scene.paragraphs),
    )


def _unseen(text: str) -> str:
    return _UNSEEN.sub("", _SPACE.sub(" ", text))


def _clean(text: str) -> str:
    return " ".join(_unseen(text).split())


def _omitted_range(number: str) -> Iterator[str]:
    found = _RANGE.fullmatch(number.strip())
    if found and 0 < int(found[2]) - int(found[1]) < _WIDEST_RANGE:
        yield from map(str, range(int(found[1]), int(found[2]) + 1))

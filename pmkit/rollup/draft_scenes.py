"""The scenes of a draft as the breakdown would have them from the draft alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pmkit.model.breakdown import Scene, story_day, take_apart
from pmkit.model.production import Production
from pmkit.model.screenplay import Paragraph, Screenplay, ScriptScene, same_name, speaker
from pmkit.problems import Place
from pmkit.rollup import eighths
from pmkit.rollup.speaking_cast import Cast, heard_only, names_in

Value = str | tuple[str, ...]
# The fields a draft can fill, in the order in which they are written; categories follow.
FIELDS: Final = (
    "heading", "pages", "estimated", "page", "script_day", "synopsis", "cast", "background", "light", "location",
    "unit", "omitted",
)  # fmt: skip
LISTS: Final = ("cast", "background")
# Stars and underscores are Fountain's; quotes are straight or curly as the program likes.
_SAME: Final = str.maketrans(
    {
        "*": "",
        "_": "",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    }
)
_SINGLE: Final = ("cast", "background", "script_day", "unit", "location", "sequence", "synopsis")


@dataclass(frozen=True, slots=True)
class DraftScene:
    """A scene of a draft: its number as typed, its fields as the breakdown writes them, and its text.

    `light_from` is the scene before (its place in the draft) whose light a CONTINUOUS takes.
    `left` says what the file tells of it that has no place in the folder.
    """

    typed: str
    fields: Mapping[str, Value]
    text: tuple[str, ...]
    place: Place
    heard: tuple[str, ...] = ()
    light_from: int | None = None
    left: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Its heading."""
        return str(self.fields.get("heading", ""))

    @property
    def omitted(self) -> bool:
        """Whether the draft has only its number left."""
        return bool(self.fields.get("omitted"))


def draft_scenes(script: Screenplay, cast: Cast, production: Production) -> tuple[DraftScene, ...]:
    """Every scene of a draft in its order."""
    reckoned = eighths.rooms(script.scenes)
    locations = {same_name(key): key for key in production.locations}
    locations |= {same_name(one.name): key for key, one in production.locations.items() if one.name}
    units = {same_name(text): key for key, name in production.settings.units.items() for text in (key, name)}
    categories = production.settings.category_names()
    by_name = {same_name(name): key for key, name in categories.items()}
    found: list[DraftScene] = []
    light, source = "", 0
    for at, (scene, room) in enumerate(zip(script.scenes, reckoned, strict=True)):
        if scene.omitted:
            found.append(DraftScene(scene.number, {"omitted": "true"}, (), scene.place))
            continue
        fields: dict[str, Value] = {"heading": scene.heading}
        fields["pages"] = str(scene.length or room.pages)
        if scene.length is None:
            fields["estimated"] = "true"
        fields["page"] = scene.page if script.paged else str(room.page)
        fields["script_day"] = _tagged(scene, "script_day") or story_day(scene.heading)
        fields["synopsis"] = scene.synopsis or _tagged(scene, "synopsis")
        fields["cast"] = cast.of(names_in(scene))
        left: list[str] = []
        fields["location"] = _known(scene, "location", locations, "locations.yaml", left)
        fields["unit"] = _known(scene, "unit", units, "production.yaml", left)
        fields.update(
            _elements(scene, lambda name: name if name in categories else by_name.get(same_name(name), ""), left)
        )
        parts = take_apart(scene.heading)
        taken = None
        if parts.light:
            light, source = parts.light, at
        elif parts.time and light:
            fields["light"], taken = light, source
        given = {key: value for key, value in fields.items() if value}
        text = tuple(words for one in scene.paragraphs if (words := _plain(one)))
        found.append(DraftScene(scene.number, given, text, scene.place, heard_only(scene), taken, tuple(left)))
    return tuple(found)


def breakdown_fields(scene: Scene) -> dict[str, Value]:
    """What the breakdown says of a scene, in the same form; what was not typed is not there."""
    fields: dict[str, Value] = {}
    for key in FIELDS:
        value = getattr(scene, key)
        if isinstance(value, bool):
            fields[key] = "true" if value else ""
        elif key in LISTS:
            fields[key] = tuple(value)
        else:
            fields[key] = str(value) if scene.given(key) else ""
    return {key: value for key, value in {**fields, **scene.elements}.items() if value}


def _plain(paragraph: Paragraph) -> str:
    """A paragraph's words without what another program writes in another way: marks, brackets, (CONT'D), quotes."""
    text = speaker(paragraph.text)[0] if paragraph.kind == "character" else paragraph.text
    if paragraph.kind == "parenthetical":
        text = text.strip().removeprefix("(").removesuffix(")")
    return " ".join(text.translate(_SAME).split()).casefold()


def _tagged(scene: ScriptScene, category: str) -> str:
    return next((tag.label for tag in scene.tags if tag.category == category), "")


def _known(scene: ScriptScene, category: str, ids: Mapping[str, str], where: str, left: list[str]) -> str:
    label = _tagged(scene, category)
    if label and same_name(label) not in ids:
        left.append(f"{category} {label} is not in {where}")
    return ids.get(same_name(label), "")


def _elements(scene: ScriptScene, key_of: Callable[[str], str], left: list[str]) -> dict[str, Value]:
    found: dict[str, dict[str, None]] = {}
    for tag in scene.tags:
        key, label = tag.category, tag.label
        if key == "background":
            found.setdefault(key, {})[label] = None
        elif key == "sequence":
            found.setdefault("notes", {})[f"sequence {label}"] = None
        elif key not in _SINGLE:
            known = key_of(key)
            if not known:
                left.append(f"category {key} is not in production.yaml; what is tagged stands under miscellaneous")
                known, label = "miscellaneous", f"{label} ({key})"
            found.setdefault(known, {})[label] = None
    return {key: tuple(labels) for key, labels in found.items()}

"""A new draft into the breakdown: what the writer changed is taken, what people wrote there stays.

Three sides: the last draft imported (the base), the breakdown as people have made it since, and
the new draft. A field that only the draft changed is taken; one that people changed stays; where
both did, people's stays and both are shown. Lists grow and shrink by what the draft adds and
drops. A cut scene keeps its number and all it has, and is marked omitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from pmkit.model.breakdown import Scene, take_apart
from pmkit.model.scene_number import same, sort_key
from pmkit.problems import Problem
from pmkit.rollup.draft_numbers import base_numbers, numbered
from pmkit.rollup.draft_scenes import FIELDS, LISTS, DraftScene, Value, breakdown_fields

_APART = ("estimated", "light", "omitted", "page", "pages")


@dataclass(frozen=True, slots=True)
class FieldNews:
    """One field: what stands in the breakdown and what the draft makes of it.

    `kept` means that what stands there stays, and `after` is only what the draft says.
    """

    key: str
    before: Value
    after: Value
    kept: bool = False


@dataclass(frozen=True, slots=True)
class SceneNews:
    """What a draft means for one scene.

    `moved` is a scene whose page alone is another; `kept` one where nothing is taken.
    `rewritten` counts the paragraphs that are new or gone, of how many. `follows` is the number
    below which a new scene is written.
    """

    kind: Literal["added", "changed", "omitted", "restored", "moved", "kept", "same"]
    number: str
    heading: str
    scene: DraftScene | None = None
    fields: tuple[FieldNews, ...] = ()
    rewritten: tuple[int, int] | None = None
    follows: str = ""
    proposed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[FieldNews, ...]:
        """The fields that are written."""
        return tuple(one for one in self.fields if not one.kept)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a draft means for the breakdown, a scene each in the draft's order, cut ones last.

    `absent` are scenes of the breakdown of which neither this draft nor the last knows.
    """

    news: tuple[SceneNews, ...]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...]

    def of(self, *kinds: str) -> tuple[SceneNews, ...]:
        """The news of some kinds."""
        return tuple(one for one in self.news if one.kind in kinds)


def merged(
    draft: Sequence[DraftScene],
    base: Sequence[DraftScene] | None,
    scenes: Mapping[str, Scene],
    names: Mapping[str, str],
) -> Merge:
    """What a new draft means for the breakdown.

    `base` is the last draft imported, None when there was none; `scenes` the breakdown's, by
    number; `names` the characters by cast number.
    """
    numbers = numbered(draft, base, scenes)
    before = base_numbers(base or (), scenes)
    keys = {same(number): number for number in scenes}
    news: list[SceneNews] = []
    follows = ""
    for at, (scene, number) in enumerate(zip(draft, numbers.numbers, strict=True)):
        known = scenes.get(keys.get(same(number), ""))
        if known is None:
            fields = tuple(FieldNews(key, "", value) for key, value in scene.fields.items())
            kind: Literal["added", "omitted"] = "omitted" if scene.omitted else "added"
            proposed = at in numbers.proposed
            news.append(SceneNews(kind, number, scene.heading, scene, fields, None, follows, proposed))
        else:
            old = before.get(same(number))
            one = _merged(scene, old, known, names, base is not None)
            news.append(replace(one, number=keys[same(number)], proposed=at in numbers.proposed))
            follows = keys[same(number)]
    there = {same(number) for number in numbers.numbers}
    gone = sorted((number for number in scenes if same(number) not in there), key=sort_key)
    for number in gone:
        if same(number) in before and not before[same(number)].omitted and not scenes[number].omitted:
            cut = FieldNews("omitted", "", "true")
            news.append(SceneNews("omitted", number, scenes[number].heading, None, (cut,)))
    absent = tuple(number for number in gone if same(number) not in before and not scenes[number].omitted)
    return Merge(tuple(news), absent, numbers.problems)


def _merged(
    scene: DraftScene, base: DraftScene | None, known: Scene, names: Mapping[str, str], any_base: bool
) -> SceneNews:
    heading = scene.heading or known.heading
    empty = SceneNews("same", "", heading, scene)
    if scene.omitted:
        if known.omitted:
            return empty
        return replace(empty, kind="omitted", fields=(FieldNews("omitted", "", "true"),))
    ours = breakdown_fields(known)
    then = base.fields if base is not None else {}
    fields: list[FieldNews] = []
    notes: list[str] = []
    back = known.omitted and any_base and (base is None or base.omitted)
    if back:
        fields.append(FieldNews("omitted", "true", "false"))
    elif known.omitted:
        notes.append("omitted in the breakdown, and still in the draft")
    for key in [*FIELDS, *_more(then, scene.fields)]:
        if key in LISTS or key not in FIELDS:
            fields += _list(key, _items(then, key), _items(ours, key), _items(scene.fields, key), scene, names, notes)
        elif key not in _APART:
            fields += _one(key, *(str(side.get(key, "")) for side in (then, ours, scene.fields)))
    fields += _length(then, ours, scene.fields)
    fields += _light(then, ours, scene)
    rewritten = _rewritten(base, scene)
    fields.sort(key=lambda one: FIELDS.index(one.key) if one.key in FIELDS else len(FIELDS))
    news = replace(empty, fields=tuple(fields), rewritten=rewritten, notes=tuple(notes))
    if back:
        return replace(news, kind="restored")
    if rewritten or {one.key for one in news.taken} - {"page"} or notes:
        return replace(news, kind="changed")
    if news.taken:
        return replace(news, kind="moved")
    return replace(news, kind="kept" if fields else "same")


def _more(*sides: Mapping[str, Value]) -> list[str]:
    return list(dict.fromkeys(key for side in sides for key in side if key not in FIELDS))


def _items(side: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = side.get(key, ())
    return (value,) if isinstance(value, str) else value


def _one(key: str, then: str, ours: str, now: str) -> Iterator[FieldNews]:
    """A field of one value; what the draft no longer says stays as it is."""
    if not now or _alike(now, then) or _alike(now, ours):
        return
    yield FieldNews(key, ours, now, kept=not _alike(ours, then))


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _length(then: Mapping[str, Value], ours: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[FieldNews]:
    """Pages, whether they are an estimate, and the page in the script.

    An estimate never speaks against what a person typed when the last draft said nothing.
    """
    found = [*_one("pages", str(then.get("pages", "")), str(ours.get("pages", "")), str(now.get("pages", "")))]
    reckoned = bool(now.get("estimated"))
    if reckoned and not then:
        found = [one for one in found if not one.kept]
    yield from found
    if not any(one.kept for one in found) and (found or not reckoned) and reckoned != bool(ours.get("estimated")):
        yield FieldNews("estimated", str(ours.get("estimated", "")), "true" if reckoned else "false")
    for one in _one("page", str(then.get("page", "")), str(ours.get("page", "")), str(now.get("page", ""))):
        if then or not one.kept:
            yield one


def _light(then: Mapping[str, Value], ours: Mapping[str, Value], scene: DraftScene) -> Iterator[FieldNews]:
    """The light a heading leaves open; when it no longer does, the light written for it goes with it."""
    now = str(scene.fields.get("light", ""))
    stands, was = str(ours.get("light", "")), str(then.get("light", ""))
    if now:
        yield from _one("light", was, stands, now)
    elif stands and stands == was and (plain := take_apart(scene.heading).light) and plain != stands:
        yield FieldNews("light", stands, plain)


def _list(
    key: str,
    then: tuple[str, ...],
    ours: tuple[str, ...],
    now: tuple[str, ...],
    scene: DraftScene,
    names: Mapping[str, str],
    notes: list[str],
) -> Iterator[FieldNews]:
    """A list: the draft's additions come, what it drops goes, everything else stays in its order."""
    here, before, after = ({same(item) for item in side} for side in (ours, then, now))
    added = [item for item in now if same(item) not in before | here]
    dropped = [item for item in ours if same(item) in before - after]
    if key == "cast":
        for number in [*dropped]:
            name = names.get(number, "")
            if name and re.search(rf"\b{re.escape(name)}\b", "\n".join(scene.text), re.IGNORECASE):
                notes.append(f"{number} {name} no longer speaks, but is still in the action and stays")
                dropped.remove(number)
    if added or dropped:
        yield FieldNews(key, ours, (*(item for item in ours if item not in dropped), *added))


def _rewritten(base: DraftScene | None, scene: DraftScene) -> tuple[int, int] | None:
    if base is None or base.omitted:
        return None
    old, new = base.text, scene.text
    if old == new:
        return None
    kept = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    longest = max(len(old), len(new))
    return longest - kept, longest

"""What a draft of the script would change, in words: a line a scene and below it a line a field, like a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pmkit.model.breakdown import take_apart
from pmkit.model.screenplay import Screenplay
from pmkit.rollup.draft_merge import FieldNews, Merge, SceneNews
from pmkit.rollup.draft_scenes import LISTS
from pmkit.rollup.speaking_cast import Cast, silent

_SIGNS = {"added": "+", "changed": "~", "omitted": "-", "restored": "+", "kept": "="}
_TOLD = {"omitted": "omitted; its number and all it has stay", "restored": "no longer omitted"}


def plan(merge: Merge, cast: Cast) -> Iterator[str]:
    """Every change in the draft's order, then the new cast, then the pages that only moved."""
    whole = all(news.proposed for news in merge.of("added"))
    numbers = [news.number for news in merge.news]
    for news in merge.news:
        if news.kind in _SIGNS:
            yield from _scene(news, cast, numbers, marked=not whole)
    if cast.new:
        yield "new in cast.yaml, most lines first:"
        for part in cast.new:
            yield f"+ {part.number}  {part.name}  {_many(part.lines, 'line')} in {_many(part.scenes, 'scene')}"
    moved = [
        (news.number, one) for news in merge.news for one in news.taken if one.key == "page" and news.kind != "added"
    ]
    if moved:
        yield "pages in the script: " + ", ".join(
            f"{number} {one.before or '–'} -> {one.after}" for number, one in moved
        )


def counted(merge: Merge) -> str:
    """How many scenes of each kind."""
    words = (("added", "added"), ("changed", "changed"), ("omitted", "omitted"), ("restored", "restored"))
    counts = [f"{count} {word}" for kind, word in words if (count := len(merge.of(kind)))]
    same = len(merge.of("same", "moved", "kept"))
    return (
        ", ".join([*counts, *([f"{same} as {'they were' if same > 1 else 'it was'}"] if same else [])]) or "No scenes"
    )


def remarks(merge: Merge, cast: Cast, script: Screenplay) -> Iterator[str]:
    """What should be known of the reading beside the changes."""
    added = merge.of("added")
    if added and all(news.proposed for news in added) and len(added) > 1:
        yield f"{_many(len(added), 'scene')} came without a number; the numbers above are proposed"
    estimated = [news for news in merge.of("added", "changed") if _says(news, "estimated")]
    if estimated:
        yield f"pages of {_many(len(estimated), 'scene')} are estimates (55 lines a page), and marked estimated"
    timeless = [news.number for news in added if news.heading and not take_apart(news.heading).time]
    if timeless:
        yield f"no time of day in the heading of {_listed(timeless)}"
    unsaid = [
        f"{news.number} ({', '.join(cast.names[number] for number in found)})"
        for news, scene in zip(merge.news, script.scenes, strict=False)
        if news.kind in ("added", "restored") and (found := silent(scene, cast.numbers))
    ]
    if unsaid:
        yield f"named in the action without a line, and not in the scene's cast: {_listed(unsaid)}"
    if script.shots:
        yield f"{_many(script.shots, 'shot')} with a number of its own: part of the scene, not a scene"
    left: dict[str, list[str]] = {}
    for news in merge.of("added", "changed", "restored"):
        for words in dict.fromkeys(news.scene.left if news.scene else ()):
            left.setdefault(words, []).append(news.number)
    for words, where in left.items():
        yield f"{words} (scene {_listed(where)})"
    if cast.nobody:
        yield f"cues that name nobody of the cast: {_listed(cast.nobody)}"
    if merge.absent:
        yield f"in the breakdown and not in this draft, left as they are: {_listed(merge.absent)}"


def _scene(news: SceneNews, cast: Cast, numbers: Sequence[str], marked: bool) -> Iterator[str]:
    head = f"{_SIGNS[news.kind]} {news.number}  {news.heading}".rstrip()
    if news.kind == "added":
        fields = {one.key: one.after for one in news.fields}
        head += f"  {fields.get('pages', '')}"
        if numbers_of := fields.get("cast"):
            head += f"  cast {', '.join(numbers_of)}"
        yield head + ("  (number proposed)" if news.proposed and marked else "")
        shown = [
            one for one in news.fields if one.key not in ("heading", "pages", "estimated", "page", "cast", "omitted")
        ]
    else:
        told = _TOLD.get(news.kind, "") if news.heading else "omitted in the script"
        yield f"{head}  {told}".rstrip()
        shown = [one for one in news.fields if one.key not in ("omitted", "page", "estimated") or one.kept]
    if news.kind != "added" and _ends_estimate(news):
        yield f"    pages: {news.scene.fields.get('pages', '') if news.scene else ''}, no longer an estimate"
    if news.rewritten:
        yield f"    text: {news.rewritten[0]} of {_many(news.rewritten[1], 'paragraph')}"
    for one in shown:
        yield f"    {_field(one, news, cast, numbers)}"
    scene = news.scene
    if scene is not None and scene.heard and (news.kind == "added" or _says(news, "cast")):
        yield f"    heard only: {', '.join(scene.heard)}"
    yield from (f"    {note}" for note in news.notes)


def _field(one: FieldNews, news: SceneNews, cast: Cast, numbers: Sequence[str]) -> str:
    estimate = " (estimated)" if one.key == "pages" and news.scene and news.scene.fields.get("estimated") else ""
    if one.kept:
        stays = f"{one.before!s} stays" if one.before else "stays empty"
        return f"{one.key}: yours, {stays}; the draft says {one.after!s}{estimate}"
    if one.key == "light" and news.scene is not None:
        at = news.scene.light_from
        source = f", from scene {numbers[at]}" if at is not None else ""
        return f"light: {one.after!s}{source} ({take_apart(news.heading).time})"
    if one.key in LISTS or isinstance(one.after, tuple):
        return f"{one.key}: {_list(one, cast.names if one.key == 'cast' else {})}"
    return (
        f"{one.key}: {one.before!s} -> {one.after!s}{estimate}" if one.before else f"{one.key}: {one.after!s}{estimate}"
    )


def _list(one: FieldNews, names: Mapping[str, str]) -> str:
    before, after = ((side,) if side and isinstance(side, str) else tuple(side) for side in (one.before, one.after))
    if not before:
        return ", ".join(after)
    changes = [f"+ {item} {names.get(item, '')}".rstrip() for item in after if item not in before]
    changes += [f"- {item} {names.get(item, '')}".rstrip() for item in before if item not in after]
    return ", ".join(changes)


def _ends_estimate(news: SceneNews) -> bool:
    keys = {one.key: one.after for one in news.taken}
    return keys.get("estimated") == "false" and "pages" not in keys


def _says(news: SceneNews, key: str) -> bool:
    return any(one.key == key and one.after != "false" for one in news.taken)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count != 1 else ''}"


def _listed(items: Iterable[str]) -> str:
    whole = [*items]
    return ", ".join(whole[:20]) + (f" and {len(whole) - 20} more" if len(whole) > 20 else "")
